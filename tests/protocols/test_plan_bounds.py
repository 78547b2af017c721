"""What a plan may hold (rules 6, exercises 7): the gate, the stage, clearance, blocks, kit and teaching."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from protocols.case import Case, Stand
from protocols.planning import barred, bounds_of
from protocols.red_flags import Concern
from tests.protocols.visits import CLEARED, blocks, case, finding, ids, known, planned, verdict


def reason(card: str, visit: Case, stage: Any = "none") -> str | None:
    bounds = bounds_of(visit, blocks(visit, stage), verdict(stage), known())
    return barred(known().exercises[card], bounds, known())


# -- the gate ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("level", [2, 3])
def test_a_red_flag_blocks_the_plan(level: int) -> None:
    made = planned(case(), finding("TRO", 2), stage=2, concern=Concern(level, ("cord",)))
    lists = (made.exercises, made.snacks, made.parked)
    assert (made.blocked, made.minutes, made.stage, made.lifestyle) == (True, Decimal(0), 2, ("L18",))
    assert lists == ((), (), ())
    assert made.messages


def test_a_low_concern_does_not() -> None:
    assert not planned(case(), finding("TRO", 2), concern=Concern(1, ("night_pain",))).blocked


@pytest.mark.parametrize("event", ["syncope", "chest_pain", "neuro_sign"])
def test_what_happened_while_standing_blocks_the_plan(event: str) -> None:
    stand = Stand(**{event: True})  # type: ignore[arg-type]  # one flag by name
    assert planned(case(standing=stand), finding("TRO", 2), stage=1).lifestyle == ("L18",)


def test_near_fainting_alone_does_not() -> None:
    assert not planned(case(standing=Stand(presyncope=True)), finding("OI1", 3), stage=1).blocked


def test_nothing_found_is_said_and_gets_one_small_start() -> None:
    made = planned(case(precautions=("HOLD",)), stage=2)
    assert (made.blocked, made.exercises, made.snacks, made.lifestyle) == (False, (), (), ("L13",))
    assert made.messages


@pytest.mark.parametrize("level", [0, 2])
def test_unknown_red_flags_are_to_be_asked_again(level: int) -> None:
    concern = Concern(level, ("cord",) if level else (), unknown=("aaa",))
    question = next(flag.ask for flag in known().red_flags.flags if flag.id == "aaa")
    assert any(question in said for said in planned(case(), finding("TRO", 2), concern=concern).messages)


# -- stage, clearance, pacing ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stage", "card", "allowed"),
    [
        (1, "A03", True), (1, "S01", False), (1, "P02", True), (1, "P01", False), (1, "P03", False),
        (2, "S01", True), (2, "S06", False), (2, "P01", True), (2, "P02", True), (2, "P03", True),
        (3, "S06", True), (3, "S07", False), (3, "P03", True),
        ("unknown", "S06", True), ("unknown", "S07", False), ("unknown", "P03", False),
        ("none", "S07", True), ("none", "P01", True), ("none", "P03", False),
    ],
)  # fmt: skip
def test_upright_levels_by_stage(stage: Any, card: str, allowed: bool) -> None:
    assert (reason(card, case(medical_clearance=CLEARED), stage) is None) == allowed


@pytest.mark.parametrize("stage", [1, 2, 3])
def test_without_clearance_a_standing_stage_gets_a_lying_starter_set(stage: Any) -> None:
    assert reason("A03", case(), stage) is None
    assert reason("P02", case(), stage) is None
    assert reason("S01e", case(), stage)
    made = planned(case(), finding(f"OI{stage}", 2), finding("FHP", 2), stage=stage)
    assert "Starter set, pending medical review" in made.messages
    assert all(known().exercises[card].upright == 0 for card in ids(made))


@pytest.mark.parametrize("stage", ["none", "unknown"])
def test_no_standing_stage_waits_for_no_clearance(stage: Any) -> None:
    made = planned(case(), finding("FHP", 2), stage=stage)
    assert "S01e" in ids(made)
    assert "Starter set, pending medical review" not in made.messages


def test_timed_standing_and_the_bike_wait_for_clearance() -> None:
    assert reason("P04", case())
    assert reason("P04", case(medical_clearance=CLEARED)) is None
    assert reason("P03", case(), 3)


def test_a_precaution_acts_as_if_the_stage_were_at_least_that() -> None:
    at_two = case(precautions=("POTS2",), medical_clearance=CLEARED)
    assert reason("S06", at_two, "none")
    assert reason("S06", at_two, 3)
    assert reason("S01", at_two, 3) is None
    assert reason("S01", at_two, 1)
    assert reason("S01", case(precautions=("POTS1",), medical_clearance=CLEARED), 2)


def test_no_stand_test_is_said_and_the_stage_reported_stays_unknown() -> None:
    made = planned(case(), finding("TRO", 2), stage=None)
    assert made.stage == "unknown"
    assert any("not known" in said for said in made.messages)


def test_an_unknown_stage_with_strong_symptoms_plans_as_stage_2_and_says_so() -> None:
    made = planned(case(standing=Stand(peak_symptoms=5)), finding("FHP", 2), stage="unknown")
    assert made.stage == "unknown"
    assert any("stage 2" in said for said in made.messages)
    assert ids(made)[0] == "B05"


@pytest.mark.parametrize("visit", [case(pem=True, minutes=20), case(precautions=("PEM",), minutes=20)])
def test_after_a_crash_only_rest_and_pacing(visit: Case) -> None:
    made = planned(visit, finding("OI2", 2), finding("TRO", 3), finding("PSO", 2), stage=2)
    assert ids(made) == ["B05", "B06"]
    assert (made.snacks, made.lifestyle) == (("A11", "P02"), ("L09",))
    assert "pacing" in made.messages[0]


# -- blocks, kit, teaching ---------------------------------------------------------------------------------------------


def test_a_bare_code_bars_and_a_code_with_words_limits() -> None:
    pregnant = case(precautions=("PREG_SUP",))
    assert "pregnant" in (reason("A02", pregnant) or "")
    assert reason("A03e", pregnant) is None
    made = planned(case(precautions=("PREG_SUP",)), finding("GLU", 3))
    assert made.exercises[0].id == "A03e"
    assert "wedge" in made.exercises[0].limits[0]


@pytest.mark.parametrize("card", ["A06h", "A07", "S02", "S04", "S05e", "S05", "S07"])
def test_a_falls_risk_bars_what_has_no_fixed_support(card: str) -> None:
    assert reason(card, case(precautions=("BAL",)))


@pytest.mark.parametrize("card", ["M03", "M04", "M06", "M08", "M14", "M22", "A08", "B06", "R03", "M11"])
def test_who_cannot_get_to_the_floor_gets_no_floor_card(card: str) -> None:
    assert reason(card, case(precautions=("FLOOR",)))


def test_other_mat_cards_go_on_the_bed() -> None:
    made = planned(case(precautions=("FLOOR",)), finding("GLU", 2))
    assert "on your bed" in made.exercises[0].limits


@pytest.mark.parametrize(
    ("code", "cards"),
    [("HIP_R", ["M03", "M26"]), ("SHO_AC", ["M03", "A08"]), ("PLE", ["M06", "M12", "R03"]), ("HOLD", ["B02", "B03"])],
)
def test_cards_barred_by_rule(code: str, cards: list[str]) -> None:
    assert all(reason(card, case(precautions=(code,))) for card in cards)


def test_a_slow_breath_takes_the_place_of_one_with_a_hold() -> None:
    assert "B02" not in ids(planned(case(precautions=("HOLD", "NECK")), finding("DIZ", 2)))
    assert "B05" in ids(planned(case(precautions=("HOLD", "NECK")), finding("DIZ", 2)))
    assert "B02" in ids(planned(case(precautions=("NECK",)), finding("DIZ", 2)))


def test_the_psoas_tool_is_taught_first() -> None:
    assert reason("R01b", case())
    assert reason("R01b", case(taught=("R01b",))) is None


def test_kit_left_out_is_no_filter_and_beds_and_chairs_are_always_there() -> None:
    assert reason("A12", case()) is None
    assert "band" in (reason("A12", case(kit=())) or "")
    assert reason("A12", case(kit=("band",))) is None
    assert reason("A03e", case(kit=())) is None
