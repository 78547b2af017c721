"""Graded tests -> findings with side, severity and because; and the block codes the screen itself sets."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, Literal

import msgspec

from protocols.case import Case
from protocols.grades.hypermobility import BEIGHTON
from protocols.grading import SideGrade, TestGrade
from protocols.model import Library, RedFlag
from protocols.plans.gates import planning_stage, stage_blocks
from protocols.plans.raising import RULES, Raised
from protocols.plans.seen import Hit, Seen, hits_in, is_positive, level_of, value_of
from protocols.questionnaires import hypermobile
from protocols.red_flags import Concern
from protocols.standing import Verdict

POSITIVE_SETS: Final = {"fadir": "HIP_R", "ple": "PLE"}
"""A positive test sets this block code."""
SAFE_ONE_LEG_S: Final = 5
"""Below this many seconds on one leg, eyes open, balance work needs a fixed support: injurious falls (Vellas 1997)."""
HIGH_NIJMEGEN: Final = 2
"""The level of the questionnaire from which breath holds are left out."""

FindingSide = Literal["left", "right", "both"]


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing worth working on."""

    code: str
    side: FindingSide | None
    severity: int
    because: tuple[str, ...]
    pain_limited: bool = False
    asymmetry: bool = False
    """One of its tests differs between sides beyond error; ranks it higher."""


def find(
    case: Case, grades: dict[str, TestGrade], concern: Concern, verdict: Verdict | None, library: Library
) -> tuple[Finding, ...]:
    """Every finding of the visit, in the order of the ladder table (rules 5)."""
    seen = Seen(case, grades, concern, verdict, library)
    raised = ((rule.code, RULES[rule.rule](rule, seen)) for rule in library.findings.values())
    return tuple(_finding(code, one, grades) for code, one in raised if one)


def blocks(
    case: Case, grades: dict[str, TestGrade], concern: Concern, verdict: Verdict | None, library: Library
) -> frozenset[str]:
    """Block codes in force: the intake's, the red flags', the stage's and those the tests set (rules 5, 6).

    What was seen on a side that was then stopped counts here, the safer reading, though it raises no finding.
    """
    from_flags = {code for flag in library.red_flags.flags if _counts(flag, case) for code in flag.sets}
    from_tests = {code for test, code in POSITIVE_SETS.items() if is_positive(test, grades, stopped=True)}
    seen = Seen(case, grades, concern, verdict, library)
    screened = {
        "BAL": _unsteady(grades),
        "HYPER": _hypermobile(case, grades),
        "HOLD": level_of("nijmegen", seen, stopped=True) >= HIGH_NIJMEGEN,
        "PEM": case.pem,
    }
    from_screen = {code for code, is_set in screened.items() if is_set}
    stage = stage_blocks(planning_stage(case, verdict, library.stand))
    return frozenset({*case.precautions, *from_flags, *from_tests, *from_screen, *stage})


def unanswered(grades: dict[str, TestGrade], found: tuple[Finding, ...]) -> tuple[str, ...]:
    """Tests outside reference that raised no finding: "measured outside reference, no home card"."""
    answered = {test for finding in found for test in finding.because}
    outside = dict.fromkeys(hit.test for hit in hits_in(grades, grades) if hit.grade.grade in ("B", "R"))
    return tuple(test for test in outside if test not in answered)


def _finding(code: str, raised: Raised, grades: dict[str, TestGrade]) -> Finding:
    hits = (*raised.hits, *raised.beside)
    tests = dict.fromkeys(hit.test for hit in hits)
    return Finding(
        code=code,
        side=_side(raised.hits),
        severity=raised.severity,
        because=(*tests, *raised.because),
        pain_limited=any(hit.grade.pain_limited for hit in hits),
        asymmetry=any(grades[test].asymmetry for test in tests),
    )


def _side(hits: tuple[Hit, ...]) -> FindingSide | None:
    sides = {hit.side for hit in hits} & {"left", "right"}
    if len(sides) > 1:
        return "both"
    return "left" if "left" in sides else "right" if sides else None


def _counts(flag: RedFlag, case: Case) -> bool:
    """Answered yes, or not known where not knowing counts as yes."""
    return flag.id in case.red_flags or (flag.unknown_is_yes and flag.id in case.red_flags_unknown)


def _unsteady(grades: dict[str, TestGrade]) -> bool:
    sides = grades["sls_eo"].sides.values() if "sls_eo" in grades else ()
    valid = (grade for grade in sides if isinstance(grade, SideGrade) and (grade.stopped or grade.grade != "INVALID"))
    return any(isinstance(grade.value, Decimal) and grade.value < SAFE_ONE_LEG_S for grade in valid)


def _hypermobile(case: Case, grades: dict[str, TestGrade]) -> bool:
    score = value_of(BEIGHTON, grades, stopped=True)
    entry = case.tests.get(BEIGHTON, {})
    answers = entry["value"].items if "value" in entry else {}
    return score is not None and hypermobile(score, case.patient.age_on(case.date), answers)
