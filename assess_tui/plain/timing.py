"""The clock of a test by lines: Enter stops a hold, what ends by itself says so, the time is said on the way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from assess_tui.clock import minutes_seconds
from assess_tui.entry.timer import Rang, Timer
from assess_tui.plain.talk import CutOffError

if TYPE_CHECKING:
    from assess_tui.plain.room import Room
    from protocols.model import Test

SAID_S: Final = 10
"""Seconds between two times said."""
ASKS: Final = {
    "up": "The clock runs. Enter stops it, d drops the time.",
    "down": "The clock counts down. It ends by itself; d drops it.",
    "breath": "Breathe with the words. It ends by itself; d drops it.",
}
NOT_TAKEN: Final = "Enter stopped the clock; “{}” was not taken."
AGAIN: Final = {"up": "Enter stops it.", "down": "d drops it.", "breath": "d drops it."}
OFFERS: Final = {
    "up": "Enter starts the clock, / passes over",
    "down": "start runs the clock",
    "breath": "start paces the breaths",
}
"""What is offered where a test has a clock. Repetitions are counted by who watches them, and typed."""
BREATHS: Final = {"in": "Breathe in", "pause": "Wait", "out": "Breathe out"}


class Timing:
    """One run of the clock of a test."""

    def __init__(self, room: Room, test: Test, turn: str = "") -> None:
        self._turn = f"{turn.capitalize()}. ".replace(" · ", ", ") if turn else ""
        self._talk, self._clock = room.talk, room.clock
        self._timer = Timer(test)
        self._said = ""

    def run(self) -> Rang:
        """Talk until it ends; what it brought: a time for the open cell, or a sentence."""
        timer, kind = self._timer, self._timer.kind
        timer.press(self._clock.seconds())
        try:
            while (typed := self._ask()).casefold() != "d":
                if kind == "up":
                    rang = timer.press(self._clock.seconds())
                    return rang._replace(say=NOT_TAKEN.format(typed)) if typed else rang
                if (rang := timer.look(self._clock.seconds())).say:
                    return rang
        except CutOffError as ended:
            return ended.brought if isinstance(ended.brought, Rang) else Rang()
        timer.drop()
        return Rang(say="Dropped; nothing is on record.")

    def _ask(self) -> str:
        return self._talk.ask(self._turn + ASKS[self._timer.kind], self._every, lambda: AGAIN[self._timer.kind])

    def _every(self) -> Iterator[str]:
        """The time every ten seconds, each part of a breath as it begins. Raises CutOffError where it ends."""
        now = self._clock.seconds()
        rang = self._timer.look(now)
        if rang.value is not None or rang.say:
            raise CutOffError(rang)
        said = self._part(now) if self._timer.kind == "breath" else self._time(now)
        if said != self._said:
            self._said = said
            yield said

    def _part(self, now: float) -> str:
        beat, _ = self._timer.breath(now)
        return f"{BREATHS.get(beat.part, beat.part)}, breath {beat.number}."

    def _time(self, now: float) -> str:
        """As it stood at the last ten seconds; "" before the first."""
        shown = self._timer.shown(now)
        minutes, _, seconds = shown.partition(":")
        whole = (int(minutes) * 60 + int(seconds)) // SAID_S * SAID_S
        return f"{minutes_seconds(whole)}." if whole else ""
