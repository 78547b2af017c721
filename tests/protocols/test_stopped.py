"""A test stopped on the way: the value is kept, and counts for nothing."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import get_args

import msgspec
import pytest

from protocols.assessment import assess
from protocols.case import Case, Patient, Previous, Stop, Taken
from protocols.grades.words import STOPS
from protocols.grading import SideGrade
from protocols.library import load
from protocols.visits.taken import entries
from protocols.visits.telling import from_case

LIBRARY = load()
SHORT = Taken(value=Decimal(3))
FULL = Taken(value=Decimal(30))
STOPPED = msgspec.structs.replace(SHORT, stopped="limb")


def case(test: str = "hip_ir_supine", *, previous: Previous | None = None, **sides: Taken) -> Case:
    patient = Patient(sex="F", age=40)
    return Case(patient=patient, date=dt.date(2026, 11, 2), tests={test: sides}, previous=previous)  # type: ignore[dict-item]  # sides are named by the caller


def graded(about: Case, test: str, side: str) -> SideGrade:
    given = assess(about, LIBRARY).grades[test].sides[side]  # type: ignore[index]  # as above
    assert isinstance(given, SideGrade)
    return given


def test_every_reason_has_its_words() -> None:
    assert set(STOPS) == set(get_args(Stop))


def test_the_value_is_kept_not_valid_and_pain_limited() -> None:
    given = graded(case(left=FULL, right=STOPPED), "hip_ir_supine", "right")
    assert (given.grade, given.value, given.pain_limited, given.stopped) == ("INVALID", Decimal(3), True, "limb")


def test_a_stopped_side_raises_no_finding_and_no_difference_between_sides() -> None:
    assert assess(case(left=FULL, right=SHORT), LIBRARY).findings
    stopped = assess(case(left=FULL, right=STOPPED), LIBRARY)
    assert stopped.findings == ()
    assert stopped.grades["hip_ir_supine"].asymmetry is None


def test_nothing_is_computed_from_a_stopped_part() -> None:
    parts = {"hip_ir_seated": {"left": STOPPED}, "hip_er_seated": {"left": FULL}}
    about = msgspec.structs.replace(case(), tests=parts)
    assert "hip_arc_seated" not in assess(about, LIBRARY).grades


@pytest.mark.parametrize(("then", "now"), [(STOPPED, FULL), (SHORT, msgspec.structs.replace(FULL, stopped="pain"))])
def test_no_change_is_told_where_either_was_stopped(then: Taken, now: Taken) -> None:
    earlier = Previous(date=dt.date(2026, 10, 1), same_rater=True, tests={"hip_ir_supine": {"left": then}})
    assert graded(case(previous=earlier, left=now), "hip_ir_supine", "left").change is None


def test_a_stopped_balance_test_still_asks_for_caution() -> None:
    low = Taken(value=Decimal(1), stopped="dizzy")
    assert "BAL" in assess(case("sls_eo", left=low), LIBRARY).blocks


@pytest.mark.parametrize(
    ("test", "score", "code"),
    [("beighton", 5, "HYPER"), ("beighton", 4, ""), ("nijmegen", 23, "HOLD"), ("nijmegen", 22, "")],
)
def test_a_score_stopped_above_its_line_blocks_and_raises_no_finding(test: str, score: int, code: str) -> None:
    """At 40, five hypermobile places are the line of the 2017 criteria; from 23 Nijmegen is high (clinic rule)."""
    stopped = assess(case(test, value=Taken(value=Decimal(score), stopped="pain")), LIBRARY)
    assert stopped.blocks & {"HYPER", "HOLD"} == ({code} if code else set())
    assert stopped.findings == ()


def test_a_response_stopped_half_way_is_no_response() -> None:
    before, after = Taken(value=Decimal(6)), Taken(value=Decimal(2), stopped="faint")
    given = graded(case("reset3", pre=before, post=after), "reset3", "value")
    assert (given.grade, given.stopped) == ("INVALID", "faint")


@pytest.mark.parametrize("taken", [STOPPED, Taken(stopped="faint"), Taken(trials=(Decimal(4),), stopped="asked")])
def test_it_is_stored_and_read_back(taken: Taken) -> None:
    cells = {told.cell: told for told in from_case(case(left=taken))}
    assert entries(cells) == {"hip_ir_supine": {"left": taken}}
