"""What was measured, test by test, as rows of the report."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from protocols.case import Absent
from protocols.devices import READ_WITH_CUFF
from protocols.grading import DESCRIBE, WITHIN, SideGrade, TestGrade, grade_word, reference_words, side_word, with_unit
from protocols.model import Library, Region, Test
from reports.blocks import Cell, Table
from reports.chart import reference_bar
from reports.content import Subject
from reports.wording import clean

REGIONS: Final[dict[Region, str]] = {
    "standing": "Standing",
    "psoas": "Psoas and pelvis",
    "hip": "Hip",
    "thorax": "Upper back and breathing",
    "shoulder": "Shoulder",
    "ankle": "Ankle, foot and balance",
    "trunk": "Trunk",
    "neck": "Neck and jaw",
    "whole": "Whole person",
}
ABSENCES: Final[dict[Absent, str]] = {
    "not_tested": "not tested",
    "pain": "not tested for pain",
    "refused": "declined",
    "contraindicated": "contraindicated",
}
HEAD: Final = ("Left, or only", "Right", "Against reference", "Reference", "Remarks")
SHARES: Final = (23, 16, 16, 22, 15, 36)
OUTSIDE: Final = frozenset({"B", "R"})
OF_TEN: Final = "/10"
NO_REAL_CHANGE: Final = "no real change"
"""A difference within measurement error is not reported as a change (clinic rule)."""
ERROR_NOT_KNOWN: Final = "error not known"
"""Said of a change that is described only: by how much it may be error, nobody knows for this test or these devices."""
FIRST: Final = ("left", "value", "pre")
SECOND: Final = ("right", "post")


def rows_by_region(subject: Subject, library: Library) -> tuple[tuple[str, tuple[tuple[Cell, ...], ...]], ...]:
    """The title of each region with its rows; regions without a test are left out."""
    grades = subject.assessment.grades
    told = []
    for region, title in REGIONS.items():
        tests = [test for test in library.tests.values() if test.region == region and test.id in grades]
        rows = tuple(_row(test, grades[test.id], subject) for test in tests if _measured(grades[test.id]))
        if rows:
            told.append((title, rows))
    return tuple(told)


def table(title: str, rows: tuple[tuple[Cell, ...], ...]) -> Table:
    """The rows of a region; said in plain text, a value without a side has no side's name before it."""
    alone, two = ((title, side, *HEAD[1:]) for side in ("", "Left"))
    return Table((title, *HEAD), rows, SHARES, tuple(two if row[2] else alone for row in rows), titled=True)


def read_with(subject: Subject, library: Library) -> tuple[str, ...]:
    """What was read with each device on record: "EasyAngle: Hip turn-in, lying; Modified Thomas."."""
    read: dict[str, list[str]] = {}
    for test in subject.assessment.grades:
        for name in subject.read_with.get(test, ()) if test != READ_WITH_CUFF else ():
            read.setdefault(clean(name), []).append(library.tests[test].name)
    return tuple(f"{device}: {'; '.join(tests)}." for device, tests in read.items())


def left_out(subject: Subject, library: Library) -> tuple[str, ...]:
    """What was not measured and why: "Hip turn-in, lying, right: not tested for pain"; then what was never begun."""
    absent = tuple(
        f"{library.tests[test].name}{'' if side == 'value' else f', {side}'}: {ABSENCES[given]}"
        for test, grade in subject.assessment.grades.items()
        for side, given in grade.sides.items()
        if not isinstance(given, SideGrade)
    )
    names = {test.id: test.name for test in library.tests.values()} | {"@stand": "Stand test"}
    never = (f"{names[test]}: {clean(why)}" for test, why in subject.skipped.items() if test in names)
    return (*absent, *never)


def without_card(subject: Subject, library: Library) -> tuple[str, ...]:
    """Tests measured outside reference that raise no finding."""
    raised = {test for finding in subject.assessment.findings for test in finding.because}
    return tuple(
        library.tests[test].name
        for test, grade in subject.assessment.grades.items()
        if test not in raised and any(given.grade in OUTSIDE for _, given in _graded(grade))
    )


def sources(subject: Subject, library: Library) -> tuple[str, ...]:
    """The sources of the cut-offs used, one line a test; none where there is no reference for the age."""
    used = [library.tests[test] for test, grade in subject.assessment.grades.items() if _compared(grade)]
    return tuple(f"{test.name}: {'; '.join(test.evidence.sources)}." for test in used if test.evidence.sources)


def changed(subject: Subject, library: Library) -> tuple[str, ...]:
    """Every change beyond error since the last visit: "Hip turn-in, lying, right +9°, improved"."""
    return tuple(
        ", ".join((library.tests[test].name, _moved(side, given.change.delta, library.tests[test]), given.change.say))
        for test, grade in subject.assessment.grades.items()
        for side, given in _graded(grade)
        if given.change is not None and given.change.beyond_error
    )


def _moved(side: str, delta: Decimal, test: Test) -> str:
    moved = _delta(delta, test.measure.unit)
    return moved if side == "value" else f"{side} {moved}"


def _graded(grade: TestGrade) -> Iterator[tuple[str, SideGrade]]:
    return ((side, given) for side, given in grade.sides.items() if isinstance(given, SideGrade))


def _measured(grade: TestGrade) -> bool:
    return any(given.value is not None or given.grade != "N" for _, given in _graded(grade))


def _compared(grade: TestGrade) -> bool:
    return bool(grade.band) or any(given.grade != "N" for _, given in _graded(grade))


def _row(test: Test, grade: TestGrade, subject: Subject) -> tuple[Cell, ...]:
    patient, age = subject.case.patient, subject.age
    bar = reference_bar(test, grade, patient, age)
    return (
        test.name,
        _side(test, grade, FIRST) + _before_and_after(test, subject),
        _side(test, grade, SECOND),
        bar or "",
        reference_words(test, patient.sex, age),
        "; ".join(_remarks(test, grade, subject)),
    )


def _side(test: Test, grade: TestGrade, names: tuple[str, ...]) -> str:
    for side, given in grade.sides.items():
        if side in names:
            return _words(test, given) if isinstance(given, SideGrade) else ABSENCES[given]
    return ""


def _before_and_after(test: Test, subject: Subject) -> str:
    """ " (6 before, 3 after)" for a test of the response to something."""
    entry = subject.case.tests.get(test.id, {})
    told = [(entry[side].value, word) for side, word in (("pre", "before"), ("post", "after")) if side in entry]
    words = ", ".join(f"{with_unit(value, test.measure.unit)} {word}" for value, word in told if value is not None)
    return f" ({words})" if words else ""


def _words(test: Test, given: SideGrade) -> str:
    """ "12° limited, pain-limited, compensated"."""
    value = "" if given.value is None else with_unit(given.value, test.measure.unit)
    if given.stopped is not None:
        return f"{value} {side_word(given.grade, given.stopped)}".strip()
    marks = (
        (given.pain_limited, "pain-limited"),
        (given.compensated, "compensated"),
        (given.familiar, "the patient's own pain"),
    )
    grade = "" if given.grade == "N" else grade_word(given.grade)
    head = f"{value} {grade}".strip()
    return ", ".join([head or grade_word(given.grade), *(words for holds, words in marks if holds)])


def _remarks(test: Test, grade: TestGrade, subject: Subject) -> Iterator[str]:
    if grade.band:
        yield grade.band
    if grade.basis and any(given.grade not in ("N", "INVALID") for _, given in _graded(grade)):
        yield grade.basis
    if grade.asymmetry and grade.difference is not None:
        yield f"{with_unit(grade.difference, test.measure.unit)} apart, beyond error"
    if grade.permissive:
        yield "read in the wider row of both sexes"
    yield from _changes(test, grade)
    yield from (f"“{note}”" for note in _notes(test, subject))


def _changes(test: Test, grade: TestGrade) -> Iterator[str]:
    """ "no real change since last visit", or "since last visit left no real change; right +9°, improved"."""
    changes = {side: given.change for side, given in _graded(grade) if given.change is not None}
    if not changes:
        return
    if all(change.say == WITHIN for change in changes.values()):
        yield f"{NO_REAL_CHANGE} since last visit"
        return
    said: dict[str, list[str]] = {}
    for side, change in changes.items():
        moved = side if change.say == WITHIN else _moved(side, change.delta, test)
        said.setdefault(change.say, []).append(moved)
    words = {WITHIN: f" {NO_REAL_CHANGE}", DESCRIBE: f", {ERROR_NOT_KNOWN}"}
    told = (f"{', '.join(moved)}{words.get(say, f', {say}')}" for say, moved in said.items())
    yield "since last visit " + "; ".join(told)


def _delta(delta: Decimal, unit: str) -> str:
    """ "+3.5°"; on a scale "of 10" the difference is a plain number."""
    sign = "+" if delta > 0 else ""
    return sign + with_unit(delta, unit).removesuffix(OF_TEN)


def _notes(test: Test, subject: Subject) -> Iterator[str]:
    """What the clinician noted, as typed."""
    for taken in subject.case.tests.get(test.id, {}).values():
        if note := clean(taken.note):
            yield note
