"""What a rule may look at, and how it reads the grades: sides outside reference, numbers, levels."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Final, NamedTuple

from protocols.case import Case
from protocols.grading import SideGrade, TestGrade
from protocols.model import Library, Side
from protocols.red_flags import Concern
from protocols.standing import Verdict

OUTSIDE: Final = ("B", "R", "POS")


class Seen(NamedTuple):
    """All a rule may look at."""

    case: Case
    grades: dict[str, TestGrade]
    concern: Concern
    verdict: Verdict | None
    library: Library


class Hit(NamedTuple):
    """One side of one test outside reference."""

    test: str
    side: Side
    grade: SideGrade


def hits_in(tests: Iterable[str], grades: dict[str, TestGrade]) -> tuple[Hit, ...]:
    """Every side outside reference, in the order of the tests."""
    return tuple(
        Hit(test, side, grade)
        for test in tests
        if test in grades
        for side, grade in grades[test].sides.items()
        if isinstance(grade, SideGrade) and grade.grade in OUTSIDE
    )


def severity(hits: Iterable[Hit], grades: dict[str, TestGrade], *, one_movement: bool = False) -> int:
    """1 to 3. `one_movement`: the tests measure the same thing, so two of them count as one."""
    restricted = [hit for hit in hits if hit.grade.grade == "R"]
    if not restricted:
        return 1
    tests = {hit.test for hit in restricted}
    several = len(tests) > 1 and not one_movement
    uneven = any(grades[test].asymmetry for test in tests)
    familiar = any(hit.grade.familiar for hit in restricted)
    return 3 if several or uneven or familiar else 2


def value_of(test: str, grades: dict[str, TestGrade], *, stopped: bool = False) -> Decimal | None:
    """The number of a test without sides, None where there is none that can be used; with `stopped` that of a stopped
    test can be, too.
    """
    grade = grades[test].sides.get("value") if test in grades else None
    if not isinstance(grade, SideGrade) or not isinstance(grade.value, Decimal):
        return None
    usable = grade.grade != "INVALID" or (stopped and grade.stopped is not None)
    return grade.value if usable else None


def is_positive(test: str, grades: dict[str, TestGrade], *, stopped: bool = False) -> bool:
    """Whether any side of a yes-or-no test was positive, whatever the age; with `stopped` a stopped side counts too."""
    sides = grades[test].sides.values() if test in grades else ()
    read = (grade for grade in sides if isinstance(grade, SideGrade) and (stopped or not grade.stopped))
    return any(grade.value == "positive" for grade in read)


def level_of(test: str, seen: Seen, *, stopped: bool = False) -> int:
    """How many levels above the first a questionnaire score stands; 0 where it was not asked, or stopped on the way
    unless `stopped` counts too.
    """
    score = value_of(test, seen.grades, stopped=stopped)
    if score is None:
        return 0
    return sum(score >= level.at_least for level in seen.library.tests[test].measure.levels[1:])
