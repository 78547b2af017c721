"""Each measure over the visits of a patient, against its error: what really changed, and what only moved about.

Every two values are compared by the rules of `grades/change.py`, on the footing of their two visits: rater, device,
position, protocol of the stand test. So a trend says what a visit says, and is never kinder.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final, NamedTuple, cast

import msgspec

from protocols.grades.change import SideChange
from protocols.grading import Grade, SideGrade, TestGrade, grade_case
from protocols.model import Library, Side
from protocols.plans.outcome import FOR_THE_BETTER, FOR_THE_WORSE
from protocols.visit import Visit, compared, to_case

__all__ = [
    "FOR_THE_BETTER",
    "FOR_THE_WORSE",
    "Point",
    "Series",
    "by_change",
    "trend",
]

STANDING = "standing"
"""The region whose values belong to one way of standing."""
BY_CHANGE: Final = (True, False)
"""Changed beyond error: for the worse, then for the better ..."""
BY_CLASS: Final[tuple[Grade, ...]] = ("R", "B", "H", "POS", "W")
"""... and what did not change so, by its class today."""


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """One value of one visit."""

    visit: str
    date: dt.date
    value: Decimal | str
    grade: Grade
    since_first: SideChange | None = None
    """None at the first point, and for categories."""
    since_last: SideChange | None = None
    """The change since the point before."""


class Series(msgspec.Struct, frozen=True, kw_only=True):
    """One side of one test over the visits, oldest first."""

    test: str
    side: Side
    protocol: str = ""
    """Of the stand test, "lean" or "active_stand": the two are never compared, each has a series of its own."""
    points: tuple[Point, ...]

    @property
    def error(self) -> Decimal | None:
        """The smallest real change between the first point and the latest; None where a change is only described."""
        change = self.points[-1].since_first
        return change.mdc if change else None


def by_change(series: Iterable[Series]) -> tuple[Series, ...]:
    """What changed for the worse first, then what changed for the better, the most beyond its error first; then the
    rest by its class of today, limited first. What was measured once stands last."""
    return tuple(sorted(series, key=_rank))


def _rank(one: Series) -> tuple[int, Fraction]:
    now = one.points[-1]
    change = now.since_first
    if change is None and len(one.points) == 1:
        return len(BY_CHANGE) + len(BY_CLASS) + 1, Fraction(0)
    if change is not None and change.beyond_error and change.mdc:
        worse = change.say in FOR_THE_WORSE
        return BY_CHANGE.index(worse), -abs(Fraction(change.delta)) / Fraction(change.mdc)
    rank = BY_CLASS.index(now.grade) if now.grade in BY_CLASS else len(BY_CLASS)
    return len(BY_CHANGE) + rank, Fraction(0)


class _Key(NamedTuple):
    test: str
    side: Side
    protocol: str


def trend(visits: Sequence[Visit], library: Library) -> tuple[Series, ...]:
    """A series for every measure, in the order first measured. `visits` are one patient's, the oldest first.

    Values that are not valid have no point, nor has a test whose result is a response.
    """
    pairs = _Pairs(visits, library)
    measured: dict[_Key, list[int]] = {}
    for number in range(len(visits)):
        for key in pairs.measured(number):
            measured.setdefault(key, []).append(number)
    return tuple(_series(key, numbers, pairs) for key, numbers in measured.items())


def _series(key: _Key, numbers: list[int], pairs: _Pairs) -> Series:
    before = [numbers[0], *numbers]
    points = (pairs.point(key, now, first=numbers[0], last=last) for now, last in zip(numbers, before, strict=False))
    return Series(**key._asdict(), points=tuple(points))


class _Pairs:
    """The visits graded, each against any earlier one; every pair once."""

    def __init__(self, visits: Sequence[Visit], library: Library) -> None:
        self._visits = visits
        self._library = library
        self._cases = [to_case(visit, library) for visit in visits]
        self._graded: dict[tuple[int, int], dict[str, TestGrade]] = {}

    def measured(self, number: int) -> Iterator[_Key]:
        """What has a value in a visit."""
        stand = self._cases[number].standing
        for test, grade in self._grades(number, number).items():
            standing = self._library.tests[test].region == STANDING
            protocol = stand.protocol if stand and standing else ""
            for side, one in grade.sides.items():
                if isinstance(one, SideGrade) and one.grade != "INVALID" and one.value is not None:
                    yield _Key(test, side, protocol)

    def point(self, key: _Key, now: int, *, first: int, last: int) -> Point:
        grade = self._side(key, now, now)
        return Point(
            visit=self._visits[now].id,
            date=self._visits[now].date,
            value=cast("Decimal | str", grade.value),
            grade=grade.grade,
            since_first=self._side(key, now, first).change,
            since_last=self._side(key, now, last).change,
        )

    def _side(self, key: _Key, now: int, then: int) -> SideGrade:
        return cast(SideGrade, self._grades(now, then)[key.test].sides[key.side])

    def _grades(self, now: int, then: int) -> dict[str, TestGrade]:
        """A visit graded against an earlier one; against itself it is compared with nothing."""
        if (now, then) not in self._graded:
            earlier = compared(self._visits[then], self._visits[now], self._library) if then != now else None
            case = msgspec.structs.replace(self._cases[now], previous=earlier)
            self._graded[now, then] = grade_case(case, self._library)
        return self._graded[now, then]
