"""The standing stage from one plan to the next: up by its rule, one step at most; down at once (exercises 7.2, 7.7)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocols import findings
from protocols.assessment import assess
from protocols.case import Case, LastPlan, Practice, Previous, Reading, Stand, Supine, Wanted
from protocols.follow_up import propose
from protocols.planning import Plan
from protocols.plans.gates import planning_stage
from protocols.standing import Stage
from tests.protocols.stand_samples import COMPLETE, taken
from tests.protocols.visits import CALM, CLEARED, DAY, case, finding, ids, known, planned, sides, verdict

ORDER: list[Stage] = [1, 2, 3, "unknown", "none"]
STAGES = st.sampled_from(ORDER)


def stand(minutes: int, worst: int | None = 6, **rest: Any) -> Stand:
    """A stand test that lasted so many minutes; 10 is to the end."""
    rows = tuple(Reading(minute=minute, symptoms=worst) for minute in range(1, minutes + 1))
    stopped = None if minutes == 10 else Decimal(minutes)
    return Stand(standing=rows, stopped_min=stopped, **rest)


def followed(now: Stand | None, then: Stand | None, *, stage: Stage = 1, days: int = 14, **rest: Any) -> Case:
    """A visit after a plan for this stage, done as planned unless said otherwise."""
    told: dict[str, Any] = {"practice": {"A03": Practice(done=7), "B05": Practice(done=7)}, "crash": False} | rest
    date = DAY - dt.timedelta(days=days)
    last = LastPlan(date=date, stage=stage, cards=(Wanted(card="B05"), Wanted(card="A03")), **told)
    previous = Previous(date=date, tests={}, standing=then)
    return case(standing=now, previous=previous, last_plan=last, medical_clearance=CLEARED)


def plan_of(visit: Case, measured: Stage) -> Plan:
    return planned(visit, finding("GLU", 2), stage=measured)


def said(visit: Case, measured: Stage) -> str:
    return next((message for message in plan_of(visit, measured).messages if message.startswith("Planned as")), "")


def test_two_minutes_longer_is_a_step_up() -> None:
    assert plan_of(followed(stand(7), stand(5)), 2).planned_stage == 2
    held = followed(stand(6), stand(5))
    assert plan_of(held, 2).planned_stage == 1
    assert "standing lasts less than 2 minutes longer" in said(held, 2)


def test_a_point_less_is_a_step_up() -> None:
    assert plan_of(followed(stand(5, worst=5), stand(5, worst=6)), 2).planned_stage == 2
    assert plan_of(followed(stand(5, worst=6), stand(5, worst=6)), 2).planned_stage == 1


def test_to_the_end_counts_as_ten_minutes() -> None:
    assert plan_of(followed(stand(10), stand(8)), 2).planned_stage == 2
    assert plan_of(followed(stand(10), stand(9)), 2).planned_stage == 1


def test_symptoms_nobody_rated_are_not_milder() -> None:
    assert plan_of(followed(stand(5, worst=None), stand(5)), 2).planned_stage == 1
    assert plan_of(followed(stand(5), stand(5, worst=None)), 2).planned_stage == 1
    assert plan_of(followed(stand(5, worst=None, upright_symptoms=False), stand(5, worst=1)), 2).planned_stage == 2


def test_two_weeks_at_the_stage() -> None:
    assert plan_of(followed(stand(7), stand(5), days=14), 2).planned_stage == 2
    early = followed(stand(7), stand(5), days=13)
    assert plan_of(early, 2).planned_stage == 1
    assert said(early, 2) == "Planned as for standing stage 1, as last time: less than 2 weeks at this stage."


def test_weeks_at_a_stage_count_over_plans_that_kept_it() -> None:
    early = followed(stand(7), stand(5), days=1)
    last = early.last_plan
    assert last is not None
    for since, stage in ((13, 1), (14, 2)):
        kept = msgspec.structs.replace(last, stage_since=early.date - dt.timedelta(days=since))
        assert plan_of(msgspec.structs.replace(early, last_plan=kept), 2).planned_stage == stage


@pytest.mark.parametrize(
    ("practice", "stage"),
    [
        ({"A03": Practice(done=7), "B05": Practice(done=7)}, 2),
        ({"A03": Practice(done=10), "B05": Practice(done=4)}, 2),
        ({"A03": Practice(done=7), "B05": Practice(done=6)}, 1),
        ({"A03": Practice(done=10)}, 1),
        ({"A03": Practice(done=10), "B05": Practice(pain=1), "S02": Practice(done=10)}, 1),
        ({}, 1),
    ],
)
def test_seventy_percent_of_the_plan_was_done(practice: dict[str, Practice], stage: Stage) -> None:
    visit = followed(stand(7), stand(5), practice=practice)
    assert plan_of(visit, 2).planned_stage == stage
    assert ("70 % of the planned times" in said(visit, 2)) is (stage == 1)


def test_a_crash_is_asked_for_and_takes_a_step_down() -> None:
    not_asked = followed(stand(7), stand(5), crash=None)
    assert plan_of(not_asked, 2).planned_stage == 1
    assert "crash was not asked" in said(not_asked, 2)
    crashed = followed(stand(10, worst=0), stand(5), stage=3, crash=True)
    assert plan_of(crashed, "none").planned_stage == 2
    assert said(crashed, "none") == (
        "Planned as for standing stage 2, one stage down after a crash of more than a day."
    )


@pytest.mark.parametrize(("stage", "down"), [(1, 1), (2, 1), (3, 2), ("unknown", 2), ("none", 3)])
def test_one_step_down_from_every_stage(stage: Stage, down: Stage) -> None:
    crashed = followed(stand(10, worst=0), stand(10, worst=0), stage=stage, crash=True)
    assert plan_of(crashed, "none").planned_stage == down


def test_one_step_at_a_time() -> None:
    visit = followed(stand(10, worst=0), stand(2))
    assert plan_of(visit, "none").planned_stage == 2
    assert said(visit, "none") == "Planned as for standing stage 2, one stage at a time."


def test_a_worse_stage_counts_at_once() -> None:
    visit = followed(stand(2), stand(10), stage=3, days=1, practice={}, crash=None)
    assert plan_of(visit, 1).planned_stage == 1
    assert said(visit, 1) == ""


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (stand(7), None),
        (stand(7, protocol="active_stand"), stand(5)),
        (stand(7, screen=True), stand(5)),
        (stand(7), stand(3, screen=True)),
    ],
)
def test_only_like_stand_tests_are_compared(now: Stand, then: Stand | None) -> None:
    assert plan_of(followed(now, then), 2).planned_stage == 1


# -- a visit without a stand test --------------------------------------------------------------------------------------

NOT_TESTED = "Standing was not tested today: planned as at the last visit"
LYING = (Supine(hr=Decimal(70), sbp=Decimal(115), dbp=Decimal(75)),) * 2
FALLEN = Stand(
    screen=True, supine=LYING, standing=(Reading(minute=3, hr=Decimal(80), sbp=Decimal(90), dbp=Decimal(60)),)
)
"""A pressure screen in which the pressure fell."""


def check_in(stage: Stage, now: Stand | None = None, **rest: Any) -> Case:
    """A visit after a plan for this stage, with something measured that home cards answer."""
    told = {name: rest.pop(name) for name in ("precautions",) if name in rest}
    visit = followed(now, None, stage=stage, **rest)
    return msgspec.structs.replace(visit, tests={"sl_bridge": sides(5, 5), "sls_eo": sides(9, 9)}, **told)


def concluded(visit: Case) -> Plan:
    return assess(visit, known()).plan


@pytest.mark.parametrize(
    ("stage", "words"),
    [(1, f"{NOT_TESTED}, stage 1."), (3, f"{NOT_TESTED}, stage 3."), ("none", f"{NOT_TESTED}, no stage.")],
)
@pytest.mark.parametrize("now", [None, Stand(), Stand(supine=LYING), stand(3, None, screen=True)])
def test_without_a_stand_test_the_stage_stays(stage: Stage, words: str, now: Stand | None) -> None:
    plan = concluded(check_in(stage, now, crash=None, practice={}, days=7))
    assert (plan.stage, plan.planned_stage) == ("unknown", stage)
    assert words in plan.messages
    assert not [message for message in plan.messages if message.startswith(("Planned as", "Standing tolerance"))]


@pytest.mark.parametrize("tested", [Stand(standing=(Reading(minute=1),)), Stand(stopped_min=Decimal(9))])
def test_a_reading_or_a_stop_is_a_stand_test(tested: Stand) -> None:
    plan = concluded(check_in(1, tested))
    assert plan.planned_stage == 1
    assert any("as last time" in message for message in plan.messages)
    assert not [message for message in plan.messages if message.startswith(NOT_TESTED)]


def test_an_unknown_stage_stays_unknown() -> None:
    plan = concluded(check_in("unknown"))
    assert plan.planned_stage == "unknown"
    assert [message for message in plan.messages if "tanding" in message] == [
        "Standing tolerance is not known: planned with the upright limits of stage 3."
    ]


@pytest.mark.parametrize(("stage", "step"), [("none", "keep"), ("unknown", "cut")])
def test_cards_of_no_stage_stay_at_a_check_in(stage: Stage, step: str) -> None:
    """Standing on one leg goes above what an unknown stage allows."""
    assert known().exercises["S07"].upright == 3
    assert step_for("S07", check_in(stage)) == step


def step_for(card: str, visit: Case, **rest: Any) -> str:
    """What is proposed for the one card of the last plan."""
    assert visit.last_plan is not None
    last = msgspec.structs.replace(visit.last_plan, cards=(Wanted(card=card),), **rest)
    visit = msgspec.structs.replace(visit, last_plan=last)
    (made,) = propose(visit, assess(visit, known()), known())
    return made.step


@pytest.mark.parametrize(("stage", "planned_for"), [("none", 2), ("unknown", 2), (3, 2), (2, 2), (1, 1)])
def test_precautions_and_strong_symptoms_still_act(stage: Stage, planned_for: Stage) -> None:
    assert concluded(check_in(stage, precautions=("POTS2",))).planned_stage == planned_for
    assert concluded(check_in(stage, Stand(peak_symptoms=5))).planned_stage == planned_for
    assert concluded(check_in(stage, Stand(peak_symptoms=4))).planned_stage == stage
    assert concluded(check_in(stage, precautions=("POTS1",))).planned_stage == 1


def test_a_pressure_screen_in_which_pressure_fell_counts_at_once() -> None:
    plan = concluded(check_in("none", FALLEN))
    assert plan.stage == plan.planned_stage == 1


@pytest.mark.parametrize(("stage", "down"), [(1, 1), (2, 1), (3, 2), ("unknown", 2), ("none", 3)])
def test_a_crash_steps_down_without_a_stand_test_too(stage: Stage, down: Stage) -> None:
    plan = concluded(check_in(stage, crash=True))
    assert plan.planned_stage == down
    assert f"Planned as for standing stage {down}, one stage down after a crash of more than a day." in plan.messages


def test_without_a_last_plan_an_untested_stage_is_unknown() -> None:
    visit = msgspec.structs.replace(check_in("none"), last_plan=None)
    assert concluded(visit).planned_stage == "unknown"


def test_a_card_for_standing_is_not_settled_by_a_pressure_screen() -> None:
    """Where no stand test was done, nobody knows that standing has no limit any more."""
    screened = check_in("none", stand(3, None, screen=True))
    assert step_for("B05", screened, because={"B05": ("OI3",)}) == "keep"
    assert (
        step_for("B05", check_in("none", taken(*COMPLETE, upright_symptoms=False)), because={"B05": ("OI3",)}) == "cut"
    )


# -- which stand test is compared with ---------------------------------------------------------------------------------


def after_a_check_in(now: Stand, before: Stand | None, told: Stand | None = None) -> Plan:
    """The visit before had no stand test, or the one that was told; `before` is the newest on record."""
    visit = followed(now, told)
    assert visit.last_plan is not None
    last = msgspec.structs.replace(visit.last_plan, stand=before)
    return plan_of(msgspec.structs.replace(visit, last_plan=last), 2)


def test_the_newest_stand_test_on_record_is_compared_with() -> None:
    assert after_a_check_in(stand(7), stand(5)).planned_stage == 2
    held = after_a_check_in(stand(6), stand(5))
    assert held.planned_stage == 1
    assert "standing lasts less than 2 minutes longer" in " ".join(held.messages)


def test_without_an_earlier_stand_test_there_is_no_step_up() -> None:
    none, screened = after_a_check_in(stand(9), None), after_a_check_in(stand(9), stand(3, screen=True))
    for held in (none, screened):
        assert held.planned_stage == 1
        assert "there is no earlier stand test to compare with" in " ".join(held.messages)
    other = after_a_check_in(stand(9), stand(5, protocol="active_stand"))
    assert other.planned_stage == 1
    assert "done in another way" in " ".join(other.messages)


def test_what_was_told_of_another_practice_counts_beside_the_record() -> None:
    assert after_a_check_in(stand(7), stand(5), told=stand(5)).planned_stage == 2
    assert after_a_check_in(stand(7), stand(5), told=stand(6)).planned_stage == 1
    assert after_a_check_in(stand(7), stand(6), told=stand(5)).planned_stage == 1
    assert after_a_check_in(stand(7), stand(5), told=stand(6, protocol="active_stand")).planned_stage == 2


# -- in general --------------------------------------------------------------------------------------------------------


def test_the_limits_of_the_stage_kept_hold() -> None:
    """A patient who stands without limits today and was planned lying keeps to lying cards and to no breath holds."""
    visit = followed(stand(10, worst=0), stand(10, worst=0), days=7)
    made = planned(visit, finding("ANK", 1), finding("GLU", 1), stage="none")
    assert ids(made)
    assert all(known().exercises[card].upright == 0 for card in ids(made))
    in_force = findings.blocks(visit, {}, CALM, verdict("none"), known())
    assert {"POTS1", "HOLD"} <= in_force


@st.composite
def courses(draw: st.DrawFn) -> Case:
    tests = st.builds(
        stand,
        st.integers(1, 10),
        st.none() | st.integers(0, 10),
        screen=st.booleans(),
        protocol=st.sampled_from(["lean", "active_stand"]),
    )
    practice = st.dictionaries(st.sampled_from(["A03", "B05"]), st.builds(Practice, done=st.integers(0, 10)))
    return followed(
        draw(tests),
        draw(st.none() | tests),
        stage=draw(STAGES),
        days=draw(st.integers(0, 90)),
        practice=draw(practice),
        crash=draw(st.none() | st.booleans()),
    )


@given(courses(), STAGES)
def test_the_stage_never_rises_by_two_nor_above_what_was_measured(visit: Case, measured: Stage) -> None:
    assert visit.last_plan is not None
    last = visit.last_plan.stage
    seen = verdict(measured)
    stage = planning_stage(visit, seen, known().stand)
    without = planning_stage(msgspec.structs.replace(visit, last_plan=None), seen, known().stand)
    assert stage in get_args(Stage)
    tested = visit.standing is not None and not visit.standing.screen
    if tested or without != "unknown":
        assert ORDER.index(stage) <= ORDER.index(without)
    if not tested:
        assert ORDER.index(stage) <= ORDER.index(last)
    if last in (1, 2, 3):
        up: dict[Stage, list[Stage]] = {1: [1, 2], 2: [1, 2, 3], 3: [1, 2, 3, "unknown", "none"]}
        assert stage in up[last]
    if visit.last_plan.crash and last != 1:
        assert ORDER.index(stage) < ORDER.index(last)


@given(courses(), STAGES)
def test_a_step_up_meets_every_part_of_the_rule(visit: Case, measured: Stage) -> None:
    last, then = visit.last_plan, visit.previous.standing if visit.previous else None
    assert last is not None
    stage = planning_stage(visit, verdict(measured), known().stand)
    if last.stage not in (1, 2, 3) or ORDER.index(stage) <= ORDER.index(last.stage):
        return
    assert last.crash is False
    assert (visit.date - last.date).days >= 14
    assert sum(last.practice[card.card].done or 0 for card in last.cards) >= 14
    assert then is not None
    assert visit.standing is not None
    assert visit.standing.protocol == then.protocol
    longer = (visit.standing.stopped_min or 10) - (then.stopped_min or 10)
    rated = [one.standing[0].symptoms for one in (then, visit.standing)]
    milder = rated[0] is not None and rated[1] is not None and rated[0] - rated[1] >= 1
    assert longer >= 2 or milder
