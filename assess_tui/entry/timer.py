"""What Space does at a test: times a hold, counts a fixed time down, keeps the beat, paces breaths.

Every method is given the seconds of a clock; a tick only asks what it shows. What ends by itself ends on time also when
nobody looked: the value is that of the test, not of the moment it was noticed.
"""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal
from itertools import accumulate
from typing import Final, Literal, NamedTuple

from assess_tui.clock import minutes_seconds
from assess_tui.entry.stopwatch import Stopwatch
from assess_tui.keyboard.words import key_of
from protocols.model import Test
from protocols.pace import Beat, breaths
from protocols.visit import Cell, Value

UNSEEN_S: Final = 3.0
"""Noticed this much later, an end was not seen by anybody: the laptop slept."""
ROUND_UP: Final = 0.999
"""Added to a countdown, so that it shows 0:00 only when the time has come."""
MINUTE: Final = 60
HELD_S: Final = 0.25
"""A press so soon after the one before is a key or a pedal held down: it repeats by itself."""
MISPRESS_S: Final = 10.0
"""A lap taken back within so many seconds was pressed by mistake: its clock goes on as if nothing had happened."""

Phase = Literal["ready", "running", "rest", "kept"]
"""kept: the time of a trial is on record, and the next trial waits for the key."""
Follows = Literal["", "trial", "side"]
"""What of the test is open after a trial: nothing, another trial of this side, the other side."""


class Rang(NamedTuple):
    """What a key or a moment brought."""

    value: Decimal | None = None
    """A time for the open cell."""
    counted: bool = False
    """One repetition more."""
    bell: bool = False
    say: str = ""
    ask: bool = False
    """The value is not sure: it waits for Enter."""


class Lap(NamedTuple):
    """One trial that was timed: when it began and ended, its time, and where that was kept."""

    began: float
    ended: float
    value: Value
    cell: Cell | None = None
    """None while the time waits to be entered."""


class Timer:
    """The clock of one test. It goes on while its screen is covered or left."""

    def __init__(self, test: Test) -> None:
        self.test = test
        self.phase: Phase = "ready"
        self.cell: Cell | None = None
        """Where it was started: its time lands there, whatever is open when it ends."""
        self._watch = Stopwatch()
        self._rung = 0
        """Beats or parts of a breath that were rung for."""
        self._breaths = breaths(test) if test.timer == "breath" else ()
        self._pressed: float | None = None
        self._lap: Lap | None = None
        """The last hold that a key ended."""
        self._kept_s = 0.0
        """Seconds of the last hold, for as long as they stay in view."""

    @property
    def kind(self) -> str:
        return self.test.timer

    @property
    def running(self) -> bool:
        return self.phase == "running"

    @property
    def length(self) -> float:
        """Seconds after which it ends by itself; 0 where a person ends it."""
        if self.phase == "rest":
            return self.test.timing.rest_s
        return sum(beat.seconds for beat in self._breaths) or self.test.timing.stop_s

    # -- keys ----------------------------------------------------------------------------------------------------

    def press(self, now: float) -> Rang:
        """Space: start; then end, and give the time where it is the value. With repetitions each press is one more."""
        held, self._pressed = self._pressed is not None and now - self._pressed < HELD_S, now
        if held:
            return Rang()
        if not self.running:
            self._run_from(now)
            return Rang(counted=self.kind == "count" and not (self.test.timing.beats or self.length))
        if self.kind == "count":
            return Rang(counted=True)
        if self.kind == "up":
            return self._ended(now)
        self.drop()
        return Rang(say="Stopped.")

    def _run_from(self, began: float) -> None:
        self.phase, self._rung = "running", 0
        self._watch.restart(began)

    def drop(self) -> None:
        """Throw the run or the rest away; nothing is kept."""
        self.phase = "ready"
        self._watch.clear()

    def rest(self, now: float) -> None:
        """One side is done: the rest before the other one, where the test has one."""
        self.drop()
        if self.test.timing.rest_s:
            self.phase = "rest"
            self._watch.restart(now)

    # -- laps ----------------------------------------------------------------------------------------------------

    def landed(self, cell: Cell, value: Value, now: float, follows: Follows) -> None:
        """The time that was just given is on record there; what follows waits for the key, or rests before it."""
        if self._lap is not None:
            self._lap = self._lap._replace(value=value, cell=cell)
        if follows == "side" and self.test.timing.rest_s:
            self.rest(now)
        elif follows:
            self.phase = "kept"

    def mispressed(self, cell: Cell | None, value: Value, now: float) -> bool:
        """Whether taking this answer back takes back the lap just pressed, so that its clock may go on."""
        lap = self._lap
        return lap is not None and (lap.cell, lap.value) == (cell, value) and now - lap.ended <= MISPRESS_S

    def go_on(self) -> None:
        """Count on from where the lap that was taken back began."""
        if self._lap is not None:
            self._run_from(self._lap.began)
            self._lap = None

    # -- time ----------------------------------------------------------------------------------------------------

    def look(self, now: float) -> Rang:
        """What has come due since the last look."""
        if self.phase in ("ready", "kept"):
            return Rang()
        if self.length and self._watch.seconds(now) >= self.length:
            return self._over(now)
        due = self._due(now)
        rings, self._rung = due > self._rung, max(due, self._rung)
        return Rang(bell=rings)

    def _due(self, now: float) -> int:
        """Beats of the metronome, or parts of the breaths, that have begun after the first."""
        seconds, beats = self._watch.seconds(now), self.test.timing.beats
        if self.phase == "running" and beats:
            return int(seconds * beats / MINUTE)
        if self.phase == "running" and self._breaths:
            return sum(end <= seconds for end in accumulate(beat.seconds for beat in self._breaths))
        return 0

    def _over(self, now: float) -> Rang:
        """The end that was set has come."""
        if self.phase == "rest":
            self.drop()
            return Rang(bell=True, say=f"The rest is over. {key_of('step.timer')} starts.")
        if self.kind == "up":
            return self._ended(now)
        length = self.length
        self.drop()
        if self.kind == "count":
            return Rang(bell=True, say=f"{minutes_seconds(length)} done: {key_of('step.next')} keeps the count.")
        said = f"{self.test.timing.breaths} breaths" if self._breaths else minutes_seconds(length)
        return Rang(bell=True, say=f"{said} done: now the value.")

    def _ended(self, now: float) -> Rang:
        """A hold is over: its time, in steps of the test, never rounded up; no longer than the test lasts."""
        stop, seconds = self.test.timing.stop_s, self._watch.seconds(now)
        self.drop()
        self._kept_s, self._lap = seconds, None
        if not stop or seconds < stop:
            value = in_steps(seconds, self.test)
            self._lap = Lap(now - seconds, now, value)
            return Rang(value=value)
        self._kept_s = stop
        if seconds < stop + UNSEEN_S:
            return Rang(value=Decimal(stop), bell=True, say=f"{stop} s reached: the test ends here.")
        ran = minutes_seconds(seconds)
        keep, clear = key_of("step.next"), key_of("step.erase")
        say = f"The clock ran on to {ran} with nobody looking. {keep} keeps {stop} s, {clear} clears it."
        return Rang(value=Decimal(stop), bell=True, say=say, ask=True)

    # -- what shows ----------------------------------------------------------------------------------------------

    def shown(self, now: float) -> str:
        """The time as large figures: "0:23" counting up, "0:37" counting down, "4" for the rest of a breath's part."""
        if self.phase == "kept":
            return minutes_seconds(self._kept_s)
        seconds = self._watch.seconds(now)
        if self.phase == "rest" or self.kind in ("down", "count"):
            return minutes_seconds(self.length - seconds + ROUND_UP)
        if self.kind == "breath":
            _, left = self.breath(now)
            return str(int(left + ROUND_UP))
        return minutes_seconds(seconds)

    def breath(self, now: float) -> tuple[Beat, float]:
        """The part of the breath this moment belongs to, and the seconds left of it."""
        seconds = min(self._watch.seconds(now), self.length)
        for beat, end in zip(self._breaths, accumulate(beat.seconds for beat in self._breaths), strict=True):
            if seconds < end:
                return beat, end - seconds
        return self._breaths[-1], 0.0

    def beat_up(self, now: float) -> bool:
        """Whether the metronome is at "up", its first beat and every other one after."""
        return int(self._watch.seconds(now) * self.test.timing.beats / MINUTE) % 2 == 0


def in_steps(seconds: float, test: Test) -> Decimal:
    """Seconds in steps of the test: what was reached counts, the step under way does not."""
    step = test.measure.resolution or Decimal(1)
    exact = Decimal(str(round(seconds, 3)))  # a float's dust must not cost a step
    return (exact / step).to_integral_value(ROUND_FLOOR) * step
