"""Whether what the clock of a test does, and the pace of a card, fit what else is said of them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from protocols.checks.problem import Fault, Faults
from protocols.model import Exercise, Test

PARTS: Final = 4
"""Of a repetition: there, stay, back, wait; of a breath: in, wait, out, wait."""


def sound_timing(test: Test) -> Faults:
    """Every fault of what Space does in a test."""
    timing, measure = test.timing, test.measure
    if min(timing.stop_s, timing.rest_s, timing.beats, timing.breaths) < 0:
        yield Fault("timing", "timing", "seconds, beats and breaths cannot be below 0")
    if test.timer == "down" and not timing.stop_s:
        yield Fault("timing.stop_s", "timing", 'timer = "down" needs stop_s, the seconds it begins with')
    if test.timer == "count" and measure.unit != "reps":
        yield Fault("timer", "timing", 'timer = "count" counts repetitions: the unit is reps')
    if test.timer == "breath":
        yield from _parts("timing.breath", timing.breath)
        if not timing.breaths:
            yield Fault("timing.breaths", "timing", "say how many breaths are paced")
    if test.timer == "up" and timing.stop_s:
        yield from _end(test)


def _end(test: Test) -> Faults:
    """A hold ended by the clock is a value like any other."""
    stop, measure = Decimal(test.timing.stop_s), test.measure
    if measure.hard is not None and not measure.hard[0] <= stop <= measure.hard[1]:
        yield Fault("timing.stop_s", "timing", f"{stop} lies outside the hard limits of the value")
    if measure.cap is not None and stop != measure.cap:
        yield Fault("timing.stop_s", "timing", f"the clock stops at {stop}, but the value is capped at {measure.cap}")


def sound_pace(card: Exercise) -> Faults:
    """Every fault of a card's pace."""
    if not card.pace:
        return
    yield from _parts("pace", card.pace)
    if len(card.pace) == PARTS and sum(card.pace) != card.dose.sec_per_rep:
        yield Fault("pace", "pace", f"takes {sum(card.pace):g} s, but a repetition {card.dose.sec_per_rep} s")


def _parts(place: str, seconds: Sequence[float]) -> Faults:
    if len(seconds) != PARTS:
        yield Fault(place, "pace", f"{PARTS} numbers: there, stay, back, wait; of a breath in, wait, out, wait")
    elif min(seconds) < 0 or sum(seconds) <= 0:
        yield Fault(place, "pace", "no part is below 0 s, and together they are above 0 s")
