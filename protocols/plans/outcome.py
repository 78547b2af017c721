"""What today's measures say of the findings a card was given for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from protocols.assessment import Assessment
from protocols.case import Case, Entry
from protocols.findings import Finding
from protocols.grades.change import SideChange
from protocols.grading import SideGrade
from protocols.model import FindingRule, Library
from protocols.plans.aims import STANDING_FINDINGS
from protocols.plans.seen import OUTSIDE
from protocols.standing import Stage

FOR_THE_BETTER: Final = ("improved", "changed toward the reference band")
FOR_THE_WORSE: Final = ("worsened", "changed away from the reference band")
NOT_GRADED: Final = ("INVALID", "N", "NT")
"""Grades that say nothing of a reference."""
MORE_THAN_USUAL: Final = "H"
ASKED_ONLY: Final = ("low_back",)
"""Rules that also raise a finding from the main problem alone, which has to be asked again."""


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of the findings a card was given for."""

    found: tuple[Finding, ...]
    """Those still found, the first-ranked first."""
    gone: bool
    """None of them is found any more, and their tests were measured today."""
    above: tuple[str, ...]
    """Names of their tests that measured above the usual range today."""
    better: tuple[str, ...]
    """Names of tests that changed beyond their error in the good direction since the visit compared with ..."""
    worse: tuple[str, ...]
    """... and in the other direction."""
    compared: bool
    """Whether any of their tests can be compared with that visit beyond error."""


def outcome(codes: tuple[str, ...], case: Case, assessment: Assessment, stage: Stage, library: Library) -> Outcome:
    """Of these findings today. `stage` is the standing stage planned for."""
    rules = [library.findings[code] for code in codes if code in library.findings]
    found = tuple(one for one in assessment.findings if _same(one.code, codes))
    changes = [(test, change) for test in _tests(rules) for change in _changes(test, assessment)]
    return Outcome(
        found=found,
        gone=bool(rules) and not found and all(_settled(rule, case, assessment, stage) for rule in rules),
        above=_names((test for test in _tests(rules) if _is_above(test, assessment)), library),
        better=_names((test for test, change in changes if _says(change, FOR_THE_BETTER)), library),
        worse=_names((test for test, change in changes if _says(change, FOR_THE_WORSE)), library),
        compared=any(change.beyond_error is not None for _, change in changes),
    )


def _same(code: str, codes: tuple[str, ...]) -> bool:
    """A lighter standing stage is the same finding still."""
    return code in codes or (code in STANDING_FINDINGS and any(one in STANDING_FINDINGS for one in codes))


def _tests(rules: Iterable[FindingRule]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(test for rule in rules for test in rule.tests))


def _changes(test: str, assessment: Assessment) -> Iterator[SideChange]:
    sides = assessment.grades[test].sides.values() if test in assessment.grades else ()
    return (side.change for side in sides if isinstance(side, SideGrade) and side.change is not None)


def _says(change: SideChange, words: tuple[str, ...]) -> bool:
    """These words are said beyond error only."""
    return change.say in words


def _names(tests: Iterable[str], library: Library) -> tuple[str, ...]:
    return tuple(library.tests[test].name for test in dict.fromkeys(tests))


# -- no longer found -------------------------------------------------------------------------------------------------


def _settled(rule: FindingRule, case: Case, assessment: Assessment, stage: Stage) -> bool:
    """Whether a finding that is not raised is so because its tests were measured: all that were taken at the last
    visit, or all there are, and none outside reference but where another finding answers it."""
    if rule.rule == "stage":
        return stage == "none" and assessment.verdict is not None and assessment.verdict.stage == "none"
    if rule.rule in ASKED_ONLY and case.main_problem is None:
        return False
    then = case.previous.tests if case.previous else {}
    before = [test for test in rule.tests if _sides_taken(then.get(test, {}))] or rule.tests
    answered = {test for finding in assessment.findings for test in finding.because}
    graded = [test for test in before if _is_graded(test, assessment)]
    measured = all(_measured(test, then.get(test, {}), assessment) for test in before)
    return measured and bool(graded) and all(test in answered or _inside(test, assessment) for test in rule.tests)


def _sides_taken(entry: Entry) -> set[str]:
    return {side for side, taken in entry.items() if taken.value is not None or taken.trials}


def _measured(test: str, then: Entry, assessment: Assessment) -> bool:
    """Whether every side taken at the last visit was taken again, and any where none was."""
    if test not in assessment.grades:
        return False
    sides = assessment.grades[test].sides.items()
    valid = {side for side, grade in sides if isinstance(grade, SideGrade) and grade.grade != "INVALID"}
    return bool(valid) and _sides_taken(then) <= valid


def _is_graded(test: str, assessment: Assessment) -> bool:
    return any(grade.grade not in NOT_GRADED for grade in _grades(test, assessment))


def _inside(test: str, assessment: Assessment) -> bool:
    return all(grade.grade not in OUTSIDE for grade in _grades(test, assessment))


def _is_above(test: str, assessment: Assessment) -> bool:
    return any(grade.grade == MORE_THAN_USUAL for grade in _grades(test, assessment))


def _grades(test: str, assessment: Assessment) -> list[SideGrade]:
    sides = assessment.grades[test].sides.values() if test in assessment.grades else ()
    return [side for side in sides if isinstance(side, SideGrade)]
