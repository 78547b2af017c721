"""value + patient -> class, pain suffix, asymmetry, change since the last visit (rules 1 and 2)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Final

import msgspec

from protocols.case import Absent, Case, Entry, Taken
from protocols.grades import scores
from protocols.grades.change import DESCRIBE, WITHIN, SideChange, Then, as_decimal, since
from protocols.grades.computed import with_computed
from protocols.grades.cuts import ADULT, ROWS, Number, band, capped, class_of, inside, within
from protocols.grades.past import Past, past_of
from protocols.grades.results import Grade, Person, SideGrade, TestGrade
from protocols.grades.scores import level
from protocols.grades.trials import counted, number
from protocols.grades.words import STOPS, grade_word, plain_number, reference_words, side_word, with_unit
from protocols.model import Basis, Library, Sex, Side, Test

__all__ = [
    "ADULT",
    "DESCRIBE",
    "ROWS",
    "STOPS",
    "WITHIN",
    "Grade",
    "Past",
    "Person",
    "SideChange",
    "SideGrade",
    "TestGrade",
    "as_decimal",
    "band",
    "grade_case",
    "grade_test",
    "grade_value",
    "grade_word",
    "level",
    "number",
    "plain_number",
    "reference_words",
    "side_word",
    "summarise",
    "with_unit",
    "within",
]

BEST_FIRST: Final[tuple[Grade, ...]] = ("W", "B", "H", "R", "N")
"""Sex X keeps the better of both rows."""
PAIN_LIMITS_FROM: Final = 3
"""NPRS at end range from which a side is pain-limited (musculoskeletal 0)."""
BASIS_WORDS: Final[dict[Basis, str]] = {
    "published": "published cut-off",
    "derived": "derived",
    "clinic_rule": "clinic rule",
    "memory": "from memory, to be verified",
}


def summarise(test: Test, taken: Taken) -> Decimal | str | None:
    """The value that is graded: the typed value, or the capped trials by the test's own summary."""
    value = counted(test.measure, taken)
    return value if value is None or isinstance(value, str) else as_decimal(value)


def grade_value(
    test: Test, value: Decimal | str, sex: Sex, age: int, *, compensated: bool = False
) -> tuple[Grade, bool]:
    """Grade one value (rules 1.1-1.4). The flag is true where sex X met the permissive row.

    A category the test no longer has, on record from an older library, is N.
    """
    grade = _category(test, value, age) if isinstance(value, str) else _number(test, value, Person(sex, age))
    return _with_compensation(grade, compensated=compensated), _permissive(test, sex)


def grade_case(case: Case, library: Library) -> dict[str, TestGrade]:
    """Every test of the visit graded, computed tests included, in the order sent."""
    person = Person(case.patient.sex, case.patient.age_on(case.date))
    past = past_of(case, person, library)
    tests = with_computed(case.tests, case.standing, library)
    grades = {test: grade_test(library.tests[test], entry, person, past) for test, entry in tests.items()}
    return grades | _risk_groups(grades)


def grade_test(test: Test, entry: Entry, person: Person, past: Past | None = None) -> TestGrade:
    """One test graded. A side where nothing was taken yet is left out."""
    before = past.tests.get(test.id, {}) if past else {}
    sides = dict(_response(test, entry, person) if test.kind == "response" else _sides(test, entry, person))
    if past is not None:
        sides = {side: _changed(test, sides[side], before.get(side), entry.get(side), past) for side in sides}
    difference = _difference(test, entry)
    limit = test.measure.asymmetry
    return TestGrade(
        sides=sides,
        kind=test.kind,
        asymmetry=None if difference is None or limit is None else difference >= limit,
        difference=None if difference is None else as_decimal(difference),
        basis=BASIS_WORDS[test.evidence.basis[0]],
        permissive=_permissive(test, person.sex) and any(isinstance(grade, SideGrade) for grade in sides.values()),
        band=_band(test, sides, person),
    )


# -- one side ------------------------------------------------------------------------------------------------------


def _sides(test: Test, entry: Entry, person: Person) -> Iterator[tuple[Side, SideGrade | Absent]]:
    for side, taken in entry.items():
        value = counted(test.measure, taken)
        if taken.stopped is not None:
            yield side, _stopped(taken, value)
        elif taken.absent is not None:
            yield side, taken.absent
        elif value is not None:
            yield side, _side(test, taken, value, person)
        elif test.kind == "computed":  # its parts were taken and do not give a value
            yield side, SideGrade(grade="N")


def _side(test: Test, taken: Taken, value: Number | str, person: Person) -> SideGrade:
    return SideGrade(
        grade=_grade(test, value, person, compensated=taken.compensated),
        value=value if isinstance(value, str) else as_decimal(value),
        pain_limited=taken.pain is not None and taken.pain >= PAIN_LIMITS_FROM,
        compensated=taken.compensated,
        familiar=taken.familiar,
    )


def _stopped(taken: Taken, value: Number | str | None = None) -> SideGrade:
    """A stopped side: its value is kept, is not valid, and reads as pain-limited (musculoskeletal G5)."""
    kept = value if value is None or isinstance(value, str) else as_decimal(value)
    return SideGrade(grade="INVALID", value=kept, pain_limited=True, stopped=taken.stopped)


def _grade(test: Test, value: Number | str, person: Person, *, compensated: bool) -> Grade:
    grade = _category(test, value, person.age) if isinstance(value, str) else _number(test, value, person)
    return _with_compensation(grade, compensated=compensated)


def _with_compensation(grade: Grade, *, compensated: bool) -> Grade:
    return "B" if grade == "W" and compensated else grade


def _category(test: Test, value: str, age: int) -> Grade:
    known = test.measure.categories.get(value)
    return "N" if age < ADULT or known is None else known


def _number(test: Test, value: Number, person: Person) -> Grade:
    if not inside(test.measure, value):
        return "INVALID"
    if test.kind == "score":
        return "N"
    met = [class_of(test.measure, row, person.age, capped(test.measure, value)) for row in ROWS[person.sex]]
    return min(met, key=BEST_FIRST.index)


def _permissive(test: Test, sex: Sex) -> bool:
    return sex == "X" and test.kind in ("graded", "computed")


def _difference(test: Test, entry: Entry) -> Fraction | None:
    """|left - right|, exact, when both sides hold a number inside the hard limits."""
    left, right = (number(test.measure, entry.get(side)) for side in ("left", "right"))
    return None if left is None or right is None else abs(Fraction(left) - Fraction(right))


# -- before and after ----------------------------------------------------------------------------------------------


def _response(test: Test, entry: Entry, person: Person) -> Iterator[tuple[Side, SideGrade | Absent]]:
    taken = [entry[side] for side in ("pre", "post") if side in entry]
    absent = next((one.absent for one in taken if one.absent is not None), None)
    stopped = next((one for one in taken if one.stopped is not None), None)
    values = [one.value for one in taken if isinstance(one.value, Decimal)]
    if stopped is not None:
        yield "value", _stopped(stopped)
    elif absent is not None:
        yield "value", absent
    elif len(values) == 2:
        yield "value", SideGrade(grade=_response_code(test, values[0], values[1], person))


def _response_code(test: Test, before: Decimal, after: Decimal, person: Person) -> Grade:
    """Worse, not testable, a response, or none: the first that fits (musculoskeletal F, reset3)."""
    if not (inside(test.measure, before) and inside(test.measure, after)):
        return "INVALID"
    if person.age < ADULT:
        return "N"
    if after - before >= 1:
        return "WORSE"
    if before <= 1:
        return "NT"
    return "POS" if before - after >= 2 else "NEG"


# -- scores --------------------------------------------------------------------------------------------------------


def _band(test: Test, sides: dict[Side, SideGrade | Absent], person: Person) -> str:
    score = _score(sides)
    return "" if score is None or person.age < ADULT else scores.level(test.measure, score)


def _score(sides: dict[Side, SideGrade | Absent]) -> Decimal | None:
    grade = sides.get("value")
    if not isinstance(grade, SideGrade) or grade.grade != "N" or not isinstance(grade.value, Decimal):
        return None
    return grade.value


def _risk_groups(grades: dict[str, TestGrade]) -> dict[str, TestGrade]:
    """STarT Back: with both scores known, both carry the group they give together."""
    pair = {test: grades[test] for test in (scores.RISK_TOTAL, scores.RISK_PSYCH) if test in grades}
    total, psych = (_score(one.sides) for one in pair.values()) if len(pair) == 2 else (None, None)
    if total is None or psych is None or not all(one.band for one in pair.values()):
        return {}
    group = scores.risk_group(total, psych)
    return {test: msgspec.structs.replace(one, band=group) for test, one in pair.items()}


# -- since the last visit ------------------------------------------------------------------------------------------


def _changed(
    test: Test, grade: SideGrade | Absent, before: Taken | None, taken: Taken | None, past: Past
) -> SideGrade | Absent:
    if not isinstance(grade, SideGrade) or test.kind == "response" or before is None or taken is None:
        return grade
    new, old = number(test.measure, taken), number(test.measure, before)
    if new is None or old is None:
        return grade
    was = _grade(test, old, past.person, compensated=before.compensated)
    return msgspec.structs.replace(grade, change=since(test, Then(new, grade.grade), Then(old, was), past.footing))
