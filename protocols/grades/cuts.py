"""Reference rows and cuts: which row fits an age and a sex, and which class a number meets in it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Final, Literal, TypeVar

from protocols.model import Band, Measure, Sex, SexRow

Number = Decimal | Fraction
"""A value as typed, or the mean of trials as a fraction, so that 31.0, 28.5 and 30.1 lose nothing."""
_Number = TypeVar("_Number", bound=Decimal | Fraction)
Class = Literal["W", "B", "R", "H", "N"]

ADULT: Final = 18
"""Reference values hold from this age in completed years; younger is graded N."""

ROWS: Final[dict[Sex, tuple[SexRow, ...]]] = {"F": ("F",), "M": ("M",), "X": ("F", "M")}
"""The rows a person is read in; sex X in both, the better class counting."""


def inside(measure: Measure, number: Number) -> bool:
    """Whether a number lies within the hard limits, both ends included."""
    return measure.hard is None or measure.hard[0] <= number <= measure.hard[1]


def capped(measure: Measure, number: _Number) -> _Number | Decimal:
    """A number above the cap counts as the cap."""
    return number if measure.cap is None or number <= measure.cap else measure.cap


def band(measure: Measure, row: SexRow, age: int) -> Band | None:
    """The cuts for this age in completed years and this sex row, or None without a reference."""
    return next(_fitting(measure, row, age), None)


def excess(measure: Measure, row: SexRow) -> Decimal | None:
    """The value above which the grade is H."""
    return measure.excess.get(row, measure.excess.get("*"))


def class_of(measure: Measure, row: SexRow, age: int, number: Number) -> Class:
    """The class of an inside, capped number in one sex row."""
    found = band(measure, row, age)
    if age < ADULT or found is None:
        return "N"
    above = excess(measure, row)
    if above is not None and number > above:
        return "H"
    border, within = _edges(measure, found)
    if _between(number, within):
        return "W"
    return "B" if _between(number, border) else "R"


def within(measure: Measure, found: Band) -> Edges:
    """The reference band as (from, to); None is an open end."""
    return _edges(measure, found)[1]


def distance(edges: Edges, number: Fraction) -> Fraction:
    """How far a number lies outside the edges, 0 inside."""
    low, high = edges
    below = Fraction(low) - number if low is not None else Fraction(0)
    above = number - Fraction(high) if high is not None else Fraction(0)
    return max(below, above, Fraction(0))


Edges = tuple[Decimal | None, Decimal | None]


def _edges(measure: Measure, found: Band) -> tuple[Edges, Edges]:
    """(border, within): inside `within` is W, outside it but inside `border` is B."""
    if measure.direction == "hi":
        good, limit = found.cuts
        return (limit, None), (good, None)
    if measure.direction == "lo":
        good, limit = found.cuts
        return (None, limit), (None, good)
    low_border, low, high, high_border = found.cuts
    return (low_border, high_border), (low, high)


def _between(number: Number, edges: Edges) -> bool:
    low, high = edges
    return (low is None or number >= low) and (high is None or number <= high)


def _fitting(measure: Measure, row: SexRow, age: int) -> Iterator[Band]:
    for one in measure.bands:
        first, last = one.ages
        if one.sex in ("*", row) and first <= age <= last:
            yield one
