"""The plan taken home last, as it was kept, and what is answered about it."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocols.assessment import assess
from protocols.case import Practice, Wanted
from protocols.kept import KeptPlanError, kept_plan
from protocols.model import Dose
from protocols.planning import Plan
from protocols.standing import Stage
from protocols.visit import (
    CRASH,
    Cell,
    Measurement,
    PatientDetails,
    TakenHome,
    Value,
    Visit,
    follow_cell,
    record,
    to_case,
)
from protocols.visits.follow import taken_home
from tests.protocols.visits import case, known, one, sides

NOON = dt.datetime(2026, 11, 1, 12, 0, tzinfo=dt.UTC)
LAST_DAY = dt.date(2026, 10, 4)
DOSE = {"sets": 2, "reps": 10, "sec_per_rep": 6, "sides": 1, "rest_s": 30}


def made() -> Plan:
    visit = case(tests={"mtt_hip_ext": sides(-15, -12), "cva": one(40)}, precautions=("POTS2",))
    return assess(visit, known()).plan


def visit_of(answers: dict[Cell, Value]) -> Visit:
    patient = PatientDetails(
        id="p", code="AA-11", family_name="Ruiz", given_name="Ana", birth_date=dt.date(1990, 1, 1), sex="F"
    )
    visit = Visit(id="v", patient=patient, started=NOON, clinician="M. Vogel", number=2, digest="d")
    for number, (cell, value) in enumerate(answers.items()):
        row = Measurement(id=str(number), visit="v", **cell._asdict(), value=value, at=NOON, clinician="M. Vogel")
        visit = record(visit, row)
    return visit


def kept(plan: Plan) -> dict[str, Any]:
    body: dict[str, Any] = msgspec.to_builtins(plan, builtin_types=(Decimal,))
    return body


def test_a_plan_reads_back_as_it_was_kept() -> None:
    plan = made()
    assert plan.exercises
    assert plan.snacks
    assert kept_plan(kept(plan)) == plan


def test_an_older_plan_gets_what_it_does_not_say() -> None:
    older = {"exercises": [{"id": "A03", "dose": DOSE, "load": "band"}], "author": "somebody"}
    plan = kept_plan(older)
    (card,) = plan.exercises
    assert (card.id, card.dose, card.side, card.because, card.forced) == ("A03", Dose(**DOSE), None, (), "")
    assert card.minutes == plan.minutes == Decimal("3.0")  # 30 s + 2 x 10 x 6 s + 30 s
    assert (plan.blocked, plan.stage, plan.snacks) == (False, "unknown", ())


def test_a_dose_with_more_in_it_is_read() -> None:
    assert kept_plan({"exercises": [{"id": "A03", "dose": {**DOSE, "load_kg": 2}}]}).exercises[0].dose == Dose(**DOSE)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({}, "got `null`"),
        ({"minutes": Decimal("9.5")}, "got `null`"),
        ({"exercises": "A03"}, "got `str`"),
        ({"exercises": ["A03"]}, "got `str`"),
        ({"exercises": [{"id": "A03"}]}, "got `null`"),
        ({"exercises": [{"dose": DOSE}]}, "missing required field `id`"),
        ({"exercises": [{"id": "A03", "dose": {"sets": 2}}]}, "`sec_per_rep`"),
        ({"exercises": [], "stage": 7}, "Invalid enum value 7"),
    ],
)
def test_what_is_no_plan_is_refused_in_one_sentence(body: dict[str, Any], said: str) -> None:
    with pytest.raises(KeptPlanError) as refused:
        kept_plan(body)
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.text(max_size=4), inside, max_size=3),
    max_leaves=8,
)


@given(
    st.dictionaries(st.sampled_from(["exercises", "stage", "snacks", "minutes", "blocked", "parked"]), ANY_JSON),
    st.dictionaries(st.sampled_from(["id", "dose", "minutes", "side", "because"]), ANY_JSON),
    st.booleans(),
)
def test_whatever_was_kept_is_a_plan_or_refused(body: dict[str, Any], card: dict[str, Any], held: bool) -> None:
    with suppress(KeptPlanError):
        assert isinstance(kept_plan({**body, "exercises": [card]} if held else body), Plan)


def test_the_last_plan_is_read_with_its_answers() -> None:
    plan = made()
    first, snack = plan.exercises[0], plan.snacks[0]
    answers: dict[Cell, Value] = {
        follow_cell("done", first.id): Decimal(7),
        follow_cell("pain", first.id): Decimal(0),
        follow_cell("red", first.id): True,
        follow_cell("spare", snack): True,
        follow_cell("done", "A99"): Decimal(3),
        CRASH: False,
    }
    last = to_case(visit_of(answers), known(), last=TakenHome(LAST_DAY, plan)).last_plan
    assert last is not None
    assert (last.date, last.crash) == (LAST_DAY, False)
    assert last.stage == 2  # the precaution asked for more care than the stand test, which was not done
    assert [card.card for card in last.cards] == [*(given.id for given in plan.exercises), *plan.snacks]
    assert last.cards[0] == Wanted(card=first.id, dose=first.dose, side=first.side)
    assert last.because[first.id] == first.because
    assert last.practice == {first.id: Practice(done=7, pain=0, red_days=True), snack: Practice(spare=True)}


def test_a_stage_counts_from_the_first_plan_made_for_it_without_a_break() -> None:
    plan = made()
    days = [LAST_DAY - dt.timedelta(weeks=week) for week in range(5)]
    stages: list[Stage] = [2, 2, 2, 3, 2]
    kept = [(day, msgspec.structs.replace(plan, planned_stage=stage)) for day, stage in zip(days, stages, strict=True)]
    found = taken_home(kept)
    assert found is not None
    assert found.stage_since == days[2]
    last = to_case(visit_of({}), known(), last=found).last_plan
    assert last is not None
    assert (last.date, last.stage_since) == (days[0], days[2])


def test_without_a_plan_nothing_was_taken_home() -> None:
    blocked = Plan(blocked=True, minutes=Decimal(0), stage="unknown")
    assert to_case(visit_of({}), known()).last_plan is None
    assert to_case(visit_of({}), known(), last=TakenHome(LAST_DAY, blocked)).last_plan is None


def test_nobody_asked_is_not_no() -> None:
    last = to_case(visit_of({}), known(), last=TakenHome(LAST_DAY, made())).last_plan
    assert last is not None
    assert last.practice == {}
    assert last.crash is None
