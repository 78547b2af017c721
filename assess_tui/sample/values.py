"""Believable values for an invented person: inside reference for age and sex, or outside where the story says so."""

from __future__ import annotations

import random
from decimal import Decimal
from typing import NamedTuple

from protocols.grading import Grade, grade_value
from protocols.model import Band, Sex, Test

INSIDE: tuple[Grade, ...] = ("W", "N")
OUTSIDE: tuple[Grade, ...] = ("R", "B", "N")
TRIES = 60


class Aim(NamedTuple):
    """Where values gather, and how far they spread."""

    centre: float
    spread: float


def measured(test: Test, sex: Sex, age: int, chance: random.Random, *, limited: bool) -> Decimal | str:
    """One value: inside reference, or outside where `limited`; drawn again until it grades so."""
    if test.measure.direction == "category":
        wanted = "WBR"[1 if limited else 0]
        return chance.choice([name for name, grade in test.measure.categories.items() if grade == wanted])
    aim = _aim(test, sex, age, limited=limited)
    wanted_grades = OUTSIDE if limited else INSIDE
    for _ in range(TRIES):
        value = at_resolution(test, chance.gauss(aim.centre, aim.spread))
        if grade_value(test, value, sex, age)[0] in wanted_grades:
            return value
    return at_resolution(test, aim.centre)


def toward(test: Test, start: Decimal, goal: Decimal, share: float, chance: random.Random) -> Decimal:
    """A value on the way from start to goal, with the noise of measuring again. None is none: no noise on a zero."""
    if not start:
        return start
    noise = chance.choice((-1, 0, 0, 1)) * float(test.measure.resolution or 1)
    return at_resolution(test, float(start) + (float(goal) - float(start)) * share + noise)


def trials(test: Test, value: Decimal, chance: random.Random) -> tuple[Decimal, ...]:
    """As many trials as the test takes, around the value."""
    step = float(test.measure.resolution or 1)
    spread = max(step, abs(float(value)) * 0.03)
    return tuple(at_resolution(test, chance.gauss(float(value), spread)) for _ in range(test.measure.trials))


def at_resolution(test: Test, value: float) -> Decimal:
    """The value as it would be read off and typed: at the test's resolution, inside its limits."""
    step = test.measure.resolution or Decimal(1)
    read = (Decimal(repr(value)) / step).quantize(Decimal(1)) * step
    low, high = test.measure.hard or (read, read)
    return min(max(read, low), test.measure.cap or high, high)


def _aim(test: Test, sex: Sex, age: int, *, limited: bool) -> Aim:
    band = _band(test, sex, age)
    if band is None:
        return _aim_without_band(test)
    if test.measure.direction == "band":
        _, low, high, high_border = (float(cut) for cut in band.cuts)
        if limited:
            return Aim(high_border + (high_border - high) * 0.2, (high_border - high) * 0.6 + 0.5)
        return Aim((low + high) / 2, (high - low) / 5)
    within, restricted = (float(cut) for cut in band.cuts)
    width = abs(within - restricted) or 1.0
    worse = 1.0 if test.measure.direction == "lo" else -1.0
    if limited:
        return Aim(restricted + worse * width * 0.3, width * 0.5)
    return Aim(within - worse * width * 0.8, width * 0.5)


def _aim_without_band(test: Test) -> Aim:
    """A score, or an age without a reference: a third of the way into the limits."""
    low, high = (float(limit) for limit in test.measure.hard or (Decimal(0), Decimal(10)))
    return Aim(low + (high - low) * 0.33, (high - low) * 0.05)


def _band(test: Test, sex: Sex, age: int) -> Band | None:
    rows = ("F" if sex == "X" else sex, "*")
    fitting = [one for one in test.measure.bands if one.ages[0] <= max(age, 18) <= one.ages[1] and one.sex in rows]
    return fitting[0] if fitting else (test.measure.bands[0] if test.measure.bands else None)
