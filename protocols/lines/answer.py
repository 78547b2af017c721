"""What the instrument concludes -> one line of the answer, in the shape others read."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from protocols.assessment import Assessment
from protocols.findings import Finding
from protocols.grading import SideChange, SideGrade, TestGrade
from protocols.planning import Given, Plan
from protocols.red_flags import Concern
from protocols.standing import Verdict

ENCODER: Final = msgspec.json.Encoder(decimal_format="number")
"""Decimals are written as the numbers they are, never as a float that is nearly one."""


def answer(assessment: Assessment, ref: Any = None) -> dict[str, Any]:
    """The answer to one visit, ready for `ENCODER`."""
    return {
        "ref": ref,
        "red_flags": _concern(assessment.concern),
        "tests": {test: _test(grade) for test, grade in assessment.grades.items()},
        "standing": _standing(assessment.verdict),
        "findings": [_finding(finding) for finding in assessment.findings],
        "plan": _plan(assessment.plan),
    }


def _concern(concern: Concern) -> dict[str, Any]:
    return {
        "level": concern.level,
        "stop": concern.stop,
        "plan_blocked": concern.plan_blocked,
        "because": concern.because,
    }


def _test(grade: TestGrade) -> dict[str, Any]:
    told: dict[str, Any] = {side: _side(side, of) for side, of in grade.sides.items()}
    if grade.kind != "response":  # a response is its own result: no sides to compare, no cut to found
        told |= {"asymmetry": grade.asymmetry, "basis": grade.basis}
    if grade.permissive:
        told["sex_row"] = "permissive"
    if grade.band:
        told["band"] = grade.band
    changes = {
        side: _change(of.change)
        for side, of in grade.sides.items()
        if isinstance(of, SideGrade) and of.change is not None
    }
    return told | ({"change": changes} if changes else {})


def _side(side: str, grade: SideGrade | str) -> dict[str, Any]:
    if not isinstance(grade, SideGrade):
        return {"absent": grade}
    if side == "value" and not grade.pain_limited:
        return {"class": grade.grade}
    return {"class": grade.grade, "pain_limited": grade.pain_limited}


def _change(change: SideChange) -> dict[str, Any]:
    return {"delta": change.delta, "mdc": change.mdc, "beyond_error": change.beyond_error, "say": change.say}


def _standing(verdict: Verdict | None) -> dict[str, Any] | None:
    if verdict is None:
        return None
    return {
        "label": verdict.label,
        "tags": verdict.tags,
        "delta_hr_max": verdict.delta_hr_max,
        "noh_ratio": verdict.noh_ratio,
        "stage": verdict.stage,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "side": finding.side,
        "severity": finding.severity,
        "because": finding.because,
        "pain_limited": finding.pain_limited,
    }


def _plan(plan: Plan) -> dict[str, Any]:
    return {
        "blocked": plan.blocked,
        "minutes": plan.minutes,
        "stage": plan.stage,
        "exercises": [_given(card) for card in plan.exercises],
        "snacks": plan.snacks,
        "lifestyle": plan.lifestyle,
        "parked": [{"code": parked.code, "retest_weeks": parked.retest_weeks} for parked in plan.parked],
        "messages": plan.messages,
    }


def _given(card: Given) -> dict[str, Any]:
    dose = card.dose
    return {
        "id": card.id,
        "minutes": card.minutes,
        "dose": {
            "sets": dose.sets,
            "reps": dose.reps,
            "sec_per_rep": dose.sec_per_rep,
            "rest_s": dose.rest_s,
            "sides": dose.sides,
        },
        "side": card.side,
        "because": card.because,
        "limits": card.limits,
    }
