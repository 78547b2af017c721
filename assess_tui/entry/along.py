"""Exercising along: the cards of a plan one after the other, each at its own pace. The seconds are passed in.

A card waits until it is begun, runs by itself, can be paused, and says when it is done; the next one waits again.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import Final, Literal, NamedTuple

from assess_tui.entry.stopwatch import Stopwatch
from protocols.cues import cue_words
from protocols.model import Dose, Exercise
from protocols.pace import Beat, beats

SIDES: Final = ("left", "right")
LONG_S: Final = 4
"""A part as long as this is counted down; a shorter one is too quick to read."""

Phase = Literal["ready", "running", "paused", "done"]


class Turn(NamedTuple):
    """One card as it is given."""

    card: Exercise
    dose: Dose
    side: str = ""
    """ "left" or "right": the side to begin with, or the only one; "" where it does not matter."""

    limits: tuple[str, ...] = ()
    """Within what it is given to this patient."""

    @property
    def cues(self) -> tuple[str, ...]:
        return tuple(cue_words(cue, self.card, self.dose) for cue in self.card.cues)

    @property
    def beats(self) -> tuple[Beat, ...]:
        first = self.side if self.side in SIDES else "left"
        made = beats(self.card, self.dose, first)
        only = self.side in SIDES and self.dose.sides == 1 and self.card.dose.sides > 1
        return tuple(beat._replace(side=self.side) for beat in made) if only else made


class Moment(NamedTuple):
    """Where in a card a moment lies."""

    beat: Beat
    share: float
    """How much of the part is over, 0 to 1."""
    left: float
    """Seconds left of the part."""

    @property
    def way(self) -> float:
        """Where the figure is between start (0) and finish (1), eased at both ends."""
        eased = self.share * self.share * (3 - 2 * self.share)
        moving = {"go": eased, "back": 1 - eased, "in": eased, "out": 1 - eased, "wait": 0.0, "rest": 0.0}
        return moving.get(self.beat.part, 1.0)


class Along:
    """The cards in order, one of them open."""

    def __init__(self, turns: tuple[Turn, ...], index: int = 0) -> None:
        self.turns = turns
        self.index = min(index, len(turns) - 1)
        self.phase: Phase = "ready"
        self._watch = Stopwatch()
        self._place = 0
        self._lay_out()

    @property
    def turn(self) -> Turn:
        return self.turns[self.index]

    @property
    def beats(self) -> tuple[Beat, ...]:
        return self._beats

    @property
    def over(self) -> bool:
        """Whether the last card is done."""
        return self.phase == "done" and self.index == len(self.turns) - 1

    def _lay_out(self) -> None:
        self._beats = self.turn.beats
        self._ends = list(accumulate(beat.seconds for beat in self._beats))
        self._watch.clear()
        self.phase, self._place = "ready", 0

    # -- keys ----------------------------------------------------------------------------------------------------

    def next(self, now: float) -> bool:
        """Begin the card that waits; else on to the next one. False where there is no further card."""
        if self.phase == "ready":
            self.phase = "running"
            self._watch.restart(now)
            return True
        if self.index + 1 >= len(self.turns):
            return False
        self.index += 1
        self._lay_out()
        return True

    def back(self) -> None:
        """This card from its beginning; from there, the card before."""
        if self.phase == "ready" and self.index:
            self.index -= 1
        self._lay_out()

    def pause(self, now: float) -> None:
        """Stop here, or go on from here."""
        if self.phase == "running":
            self._watch.pause(now)
            self.phase = "paused"
        elif self.phase == "paused":
            self._watch.start(now)
            self.phase = "running"

    # -- time ----------------------------------------------------------------------------------------------------

    def look(self, now: float) -> bool:
        """Whether something began since the last look that is rung for: a rest, its end, the end of the card."""
        if self.phase != "running":
            return False
        seconds = self._watch.seconds(now)
        if seconds >= self._ends[-1]:
            self.phase = "done"
            return True
        was, self._place = self._place, bisect_right(self._ends, seconds)
        passed = {self._beats[place].part for place in range(was, self._place + 1)}
        return was != self._place and "rest" in passed

    def moment(self, now: float) -> Moment:
        """Where the open card is now; its first part while it waits, its last when it is done."""
        seconds = min(self._watch.seconds(now), self._ends[-1])
        place = min(bisect_right(self._ends, seconds), len(self._beats) - 1)
        if self.phase == "done":
            place = len(self._beats) - 1
        beat, end = self._beats[place], self._ends[place]
        left = max(0.0, end - seconds)
        return Moment(beat, 1 - left / beat.seconds, left)
