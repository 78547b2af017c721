"""Small visits for the tests of findings and plans."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import cache
from typing import Any

import msgspec

from protocols import findings, grading, library, red_flags
from protocols.case import Case, Clearance, Entry, Patient, Stand, Taken
from protocols.findings import Finding
from protocols.model import Library
from protocols.planning import Plan, plan
from protocols.red_flags import Concern
from protocols.standing import Stage, Verdict

DAY = dt.date(2026, 11, 1)
CALM = Concern(0, ())
CLEARED = Clearance(by="Dr Lee", date=dt.date(2026, 10, 1))


@cache
def known() -> Library:
    return library.load()


def case(*, age: int = 34, **rest: Any) -> Case:
    return Case(patient=Patient(sex="F", age=age), date=DAY, **rest)


def taken(value: float | str, **rest: Any) -> Taken:
    return Taken(value=value if isinstance(value, str) else Decimal(str(value)), **rest)


def sides(left: float | str | None = None, right: float | str | None = None, **rest: Any) -> Entry:
    """A test with sides; `left_pain=4`, `right_familiar=True` and the like go to that side."""
    entry: Entry = {}
    if left is not None:
        entry["left"] = taken(left, **_of("left", rest))
    if right is not None:
        entry["right"] = taken(right, **_of("right", rest))
    return entry


def one(value: float | str, **rest: Any) -> Entry:
    return {"value": taken(value, **rest)}


def _of(side: str, rest: dict[str, Any]) -> dict[str, Any]:
    own = {key.removeprefix(f"{side}_"): value for key, value in rest.items() if key.startswith(f"{side}_")}
    return own | ({"pain": Decimal(own["pain"])} if "pain" in own else {})


def verdict(stage: Stage) -> Verdict:
    return Verdict(label="NORMAL", tags=(), delta_hr_max=None, noh_ratio=None, stage=stage)


def found(visit: Case, stage: Stage | None = None, concern: Concern = CALM) -> dict[str, Finding]:
    """The findings of a visit by code, its tests graded as they would be."""
    seen = verdict(stage) if stage is not None else None
    grades = grading.grade_case(visit, known())
    return {one.code: one for one in findings.find(visit, grades, concern, seen, known())}


def blocks(visit: Case, stage: Stage | None = None) -> frozenset[str]:
    seen = verdict(stage) if stage is not None else None
    concern = red_flags.weigh(visit.red_flags, visit.red_flags_unknown, known().red_flags)
    return findings.blocks(visit, grading.grade_case(visit, known()), concern, seen, known())


def finding(code: str, severity: int, **rest: Any) -> Finding:
    return Finding(**({"side": None, "because": ("a test",)} | rest), code=code, severity=severity)


def planned(visit: Case, *aims: Finding, stage: Stage | None = "none", concern: Concern = CALM) -> Plan:
    """The plan for these findings; a stage of None is a visit without a stand test."""
    if stage is not None and visit.standing is None:
        visit = msgspec.structs.replace(visit, standing=Stand())
    seen = verdict(stage) if stage is not None else None
    return plan(visit, aims, blocks(visit, stage), concern, seen, known())


def ids(made: Plan) -> list[str]:
    return [given.id for given in made.exercises]
