"""The whole brain in one call: case -> red flags, grades, stand test, findings, plan."""

from __future__ import annotations

import msgspec

from protocols import findings as finding
from protocols import planning
from protocols.case import Case
from protocols.findings import Finding
from protocols.grading import TestGrade, grade_case
from protocols.model import Library
from protocols.planning import Bounds, Plan
from protocols.red_flags import Concern, concern_of
from protocols.standing import Verdict, classify


class Assessment(msgspec.Struct, frozen=True, kw_only=True):
    """Everything the instrument concludes from one visit."""

    concern: Concern
    grades: dict[str, TestGrade]
    verdict: Verdict | None
    blocks: frozenset[str]
    findings: tuple[Finding, ...]
    """In the order a plan takes them: standing tolerance, then severity (rules 6)."""
    plan: Plan

    def bounds(self, case: Case, library: Library) -> Bounds:
        """What the patient's safety and means allow of the plan."""
        return planning.bounds_of(case, self.blocks, self.verdict, library)


def assess(case: Case, library: Library) -> Assessment:
    """Conclude from one visit. Pure: the same case and library give the same answer."""
    concern = concern_of(case, library.red_flags)
    grades = grade_case(case, library)
    age = case.patient.age_on(case.date)
    verdict = classify(case.standing, age, library.stand) if case.standing else None
    in_force = finding.blocks(case, grades, concern, verdict, library)
    raised = finding.find(case, grades, concern, verdict, library)
    found = planning.rank(raised, case.main_problem, library)
    plan = planning.plan(case, found, in_force, concern, verdict, library)
    return Assessment(concern=concern, grades=grades, verdict=verdict, blocks=in_force, findings=found, plan=plan)
