"""The plan (rules 6, exercises 7), rule by rule, on hand-made patients."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocols.case import Case, Patient, Stand
from protocols.findings import Finding
from protocols.model import Dose
from protocols.planning import barred, bounds_of, minutes_of, rank
from protocols.plans.dosing import portions, short_dose
from protocols.plans.explaining import why_not
from protocols.plans.ordering import PHASES, in_order, position_changes
from protocols.red_flags import Concern
from tests.protocols.visits import CALM, CLEARED, DAY, blocks, case, finding, ids, known, planned, verdict

SHORT_MINUTES = {
    "B01": "1.5",
    "B02": "2",
    "B05": "3",
    "B06": "2.5",
    "A03": "1.5",
    "A12": "2.5",
    "M01": "3",
    "P04": "10.5",
}


def reason(card: str, visit: Case, stage: Any = "none") -> str | None:
    bounds = bounds_of(visit, blocks(visit, stage), verdict(stage), known())
    return barred(known().exercises[card], bounds, known())


def phases(made: Any) -> list[str]:
    return [known().exercises[card].phase for card in ids(made)]


# -- the gate --------------------------------------------------------------------------------------------------------


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


# -- stage, clearance, pacing ----------------------------------------------------------------------------------------


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


# -- blocks, kit, teaching -------------------------------------------------------------------------------------------


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


# -- rank and what is parked -----------------------------------------------------------------------------------------


def test_rank() -> None:
    told = (
        finding("PSO", 2),
        finding("TRO", 2),
        finding("ANK", 2, asymmetry=True),
        finding("OI3", 2),
        finding("FHP", 2),
        finding("SIT", 3),
    )
    assert [one.code for one in rank(told, "FHP", known())] == ["OI3", "SIT", "FHP", "ANK", "PSO", "TRO"]


@pytest.mark.parametrize(("minutes", "worked_on"), [(5, 2), (10, 2), (15, 3), (20, 3)])
def test_what_is_not_worked_on_is_parked_in_rank_order(minutes: int, worked_on: int) -> None:
    aims = [finding("SIT", 1), finding("GLU", 2), finding("TRO", 3), finding("COR", 2), finding("ANK", 1)]
    made = planned(case(minutes=minutes), *aims)
    assert [one.code for one in made.parked] == ["TRO", "COR", "GLU", "ANK", "SIT"][worked_on:]
    assert all(one.retest_weeks == known().findings[one.code].retest_weeks for one in made.parked)


def test_findings_without_exercises_take_no_place_and_are_not_lost() -> None:
    made = planned(case(), finding("SLP", 3), finding("HYD", 3), finding("TRO", 1), finding("GLU", 1))
    assert {"TRO", "GLU"} <= {code for given in made.exercises for code in given.because}
    assert set(made.lifestyle) == {"L11", "L07"}
    assert made.parked == ()


# -- which cards -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("severity", "card"), [(3, "M13"), (2, "M07"), (1, "M14")])
def test_the_column_follows_the_severity(severity: int, card: str) -> None:
    assert card in ids(planned(case(), finding("TRO", severity)))


def test_a_barred_column_gives_way_to_one_easier_then_one_harder() -> None:
    assert "M07" in ids(planned(case(precautions=("RADIC", "OSTEO")), finding("TRO", 3)))
    assert "M01" in ids(planned(case(), finding("PPT", 2)))
    assert "A03" in ids(planned(case(precautions=("RADIC",)), finding("PPT", 1)))


def test_the_card_that_covers_most_top_findings_comes_first() -> None:
    assert "M05" in ids(planned(case(), finding("PSO", 2)))
    assert "A03" in ids(planned(case(), finding("PSO", 2), finding("GLU", 2)))


def test_breathing_first_at_stage_1_and_2_and_for_a_breathing_finding() -> None:
    for stage in (1, 2):
        aims = (finding(f"OI{stage}", 2), finding("TRO", 2))
        assert ids(planned(case(medical_clearance=CLEARED), *aims, stage=stage))[0] == "B05"
    assert ids(planned(case(), finding("BRE", 3)))[0] == "B05"
    assert ids(planned(case(), finding("STR", 2)))[0] == "B01"
    assert ids(planned(case(precautions=("HOLD",)), finding("STR", 2)))[0] == "B05"
    assert phases(planned(case(minutes=20), finding("TRO", 2), finding("GLU", 2)))[0] != "breathe"


def test_the_breathing_of_a_stage_answers_its_finding_and_leaves_room_for_the_others() -> None:
    aims = (finding("OI1", 3), finding("LBT", 3), finding("COR", 2))
    made = planned(case(minutes=15, medical_clearance=CLEARED), *aims, stage=1)
    assert {code for given in made.exercises for code in given.because} == {"OI1", "LBT", "COR"}


def test_at_most_one_breathing_card() -> None:
    made = planned(case(minutes=20), finding("BRE", 3), finding("PSO", 3), finding("LBT", 3))
    assert phases(made).count("breathe") == 1


@pytest.mark.parametrize(
    ("aim", "card"),
    [
        (finding("TRO", 2), "A08"), (finding("SHO", 1, pain_limited=True), "S03h"), (finding("SUP", 3), "A12"),
        (finding("JAW", 2), "M24"), (finding("BRE", 2), "S01e"), (finding("TRP", 2), "S01e"),
    ],
)  # fmt: skip
def test_every_plan_has_an_active_card(aim: Finding, card: str) -> None:
    assert card in ids(planned(case(), aim))


def test_the_last_resort_comes_after_the_companions() -> None:
    no_arms = ("SHO_AC", "KNEEL", "WRIST")
    assert "A04" in ids(planned(case(precautions=no_arms), finding("TRO", 2)))
    assert "A03e" in ids(planned(case(precautions=("POTS1",)), finding("ADF", 3, pain_limited=True), stage=1))


def test_five_minutes_still_hold_an_active_card() -> None:
    made = planned(case(minutes=5), finding("TRO", 3), finding("ADF", 2))
    assert {"activate", "strengthen", "integrate"} & set(phases(made))


def test_hip_precautions_leave_hip_rotation_to_the_clinic() -> None:
    made = planned(case(precautions=("HIP_R",)), finding("HIR", 2))
    assert (made.exercises, made.blocked) == ((), False)
    assert "surgeon" in made.messages[0]
    beside = planned(case(precautions=("HIP_R",)), finding("HIR", 2), finding("GLU", 2))
    assert ids(beside)
    assert "surgeon" in beside.messages[0]


def test_neck_precautions_leave_the_jaw_to_the_clinic() -> None:
    made = planned(case(precautions=("NECK",)), finding("JAW", 2))
    assert made.exercises == ()
    assert any("Treat in clinic" in said for said in made.messages)


def test_what_hurts_is_neither_pressed_nor_stretched() -> None:
    made = planned(case(minutes=20), finding("PSO", 2, pain_limited=True))
    assert {"release", "mobilise"}.isdisjoint(phases(made))
    assert all("mid-range" in given.limits for given in made.exercises if "PSO" in given.because and given.id != "B06")


def test_what_does_not_hurt_has_no_mid_range() -> None:
    assert all("mid-range" not in given.limits for given in planned(case(), finding("PSO", 2)).exercises)


def test_hamstring_and_hip_flexor_stretch_only_with_a_measured_tilt() -> None:
    stretches = {"M01", "M26"}, {"M04", "M05"}
    without = planned(case(minutes=20), finding("PSO", 2), finding("LBT", 2))
    assert not all(pair & set(ids(without)) for pair in stretches)
    with_tilt = planned(case(minutes=20), finding("PPT", 2), finding("PSO", 2))
    assert all(pair & set(ids(with_tilt)) for pair in stretches)


def test_a_marked_finding_is_not_filled_up_with_its_hardest_cards() -> None:
    made = planned(case(minutes=20), finding("ANK", 3), finding("TRO", 2))
    assert {"S04", "S05e", "S05", "A06h"}.isdisjoint(ids(made))
    assert "S04" in ids(planned(case(minutes=20), finding("ANK", 2), finding("PRN", 2)))


def test_a_top_finding_left_without_a_card_is_named() -> None:
    made = planned(case(precautions=("KNEEL", "DVT"), minutes=10), finding("ADF", 3, pain_limited=True))
    assert any(said.startswith("Ankle bend low") for said in made.messages)


# -- number, minutes, doses ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("minutes", "age", "stage", "most"),
    [
        (5, 40, "none", 2), (10, 40, "none", 3), (15, 40, "none", 4), (20, 40, "none", 5),
        (10, 65, "none", 3), (15, 65, "none", 3), (20, 65, "none", 4), (20, 64, "none", 5),
        (15, 40, 1, 3), (20, 40, 2, 4), (20, 40, 3, 5), (20, 70, 2, 4),
    ],
)  # fmt: skip
def test_how_many_cards(minutes: int, age: int, stage: Any, most: int) -> None:
    aims = (finding("FHP", 2), finding("TEX", 2), finding("GLU", 2))
    visit = case(minutes=minutes, age=age, medical_clearance=CLEARED)
    assert len(planned(visit, *aims, stage=stage).exercises) == most


@pytest.mark.parametrize(
    ("dose", "minutes"),
    [
        (Dose(sets=2, reps=10, sec_per_rep=6, rest_s=30), "3"),  # 180 s
        (Dose(sets=1, reps=6, sec_per_rep=7, sides=2, rest_s=5), "2"),  # 119 s
        (Dose(sets=1, reps=1, sec_per_rep=91), "2.5"),  # 121 s
    ],
)
def test_minutes_are_rounded_up_to_the_half(dose: Dose, minutes: str) -> None:
    assert minutes_of(dose) == Decimal(minutes)


@pytest.mark.parametrize(("card", "minutes"), SHORT_MINUTES.items())
def test_short_doses(card: str, minutes: str) -> None:
    assert minutes_of(short_dose(known().exercises[card])) == Decimal(minutes)


def test_a_short_breathing_dose_rounds_the_breaths_down() -> None:
    assert short_dose(known().exercises["B01"]).reps == 7
    assert short_dose(known().exercises["B06"]).sec_per_rep == 120


def test_short_doses_come_before_leaving_a_card_out_and_the_first_finding_keeps_its_full_dose() -> None:
    made = planned(case(minutes=5), finding("ANK", 2), finding("PRN", 2))
    assert [(given.id, given.short) for given in made.exercises] == [("S07", False), ("S06", True)]
    assert made.minutes == 5


def test_full_doses_may_use_the_last_half_minute() -> None:
    doses = portions(cards("B05", "M02", "A03e"), Decimal(10))
    assert [one.short for one in doses.values()] == [False, False, False]
    tighter = portions(cards("B05", "A03", "A02e"), Decimal("10.5"))
    assert [one.short for one in tighter.values()] == [False, False, True]


def test_the_minutes_are_those_of_the_doses_given() -> None:
    made = planned(case(minutes=15), finding("PSO", 3), finding("ANK", 2), finding("COR", 1))
    assert made.minutes == sum(minutes_of(given.dose) for given in made.exercises)
    assert all(given.minutes == minutes_of(given.dose) for given in made.exercises)


def test_snacks_are_for_the_day_and_at_most_two() -> None:
    made = planned(case(medical_clearance=CLEARED), finding("OI2", 2), finding("FHP", 3), finding("SIT", 3), stage=2)
    assert made.snacks == ("P02", "P01") or made.snacks[0] == "P02"
    assert len(made.snacks) <= 2
    assert not any(known().exercises[card].snack for card in ids(made))
    assert "B07" in planned(case(), finding("FHP", 3)).snacks


# -- order -----------------------------------------------------------------------------------------------------------


def cards(*wanted: str) -> list[Any]:
    return [known().exercises[card] for card in wanted]


def test_the_order_is_by_phase_then_low_before_high() -> None:
    given = in_order(cards("S07", "S06", "A03h", "A10", "A03", "M07", "R01", "B05"))
    assert [card.id for card in given] == ["B05", "R01", "M07", "A03", "A10", "A03h", "S06", "S07"]


def test_balance_comes_right_after_mobilising_where_the_ankle_is_worked_on() -> None:
    made = planned(case(minutes=20), finding("ANK", 2), finding("TRO", 2), finding("GLU", 2))
    order = ids(made)
    balance = next(index for index, card in enumerate(order) if card in ("S07e", "S07"))
    assert set(phases(made)[:balance]) == {"mobilise"}
    assert "activate" in phases(made)[balance:]
    by_phase = planned(case(minutes=20), finding("ANK", 2), finding("TRO", 2), stage="unknown")
    places = [PHASES.index(phase) for phase in phases(by_phase)]
    assert "S07e" in ids(by_phase)
    assert places == sorted(places)


@given(st.permutations(["M07", "M13", "A04", "A03", "M02"]))
def test_lying_cards_are_grouped_whatever_order_they_came_in(wanted: list[str]) -> None:
    order = in_order(cards(*wanted))
    assert [card.phase for card in order] == ["mobilise"] * 3 + ["activate"] * 2
    assert position_changes(order) == 2  # supine to the side and back, once


def test_standing_comes_last_at_a_standing_stage() -> None:
    visit = case(minutes=20, medical_clearance=CLEARED)
    for aims in ([finding("TEX", 1), finding("SHO", 1)], [finding("TRP", 2), finding("SIT", 1)]):
        made = planned(visit, finding("OI3", 2), *aims, stage=3)
        standing = [known().exercises[card].upright >= 2 for card in ids(made)]
        assert standing == sorted(standing)


# -- lifestyle -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("aims", "agreed", "cards"),
    [
        (["SIT"], (), ("L01", "L02")),
        (["SIT", "DIZ"], (), ("L04", "L11", "L01")),
        (["FHP"], (), ("L04", "L11")),
        (["STR"], (), ("L09",)),
        (["PSO"], (), ("L09",)),
        (["TRO"], (), ("L13",)),
        (["HYD"], (), ("L07",)),
        (["SLP"], (), ("L11",)),
    ],
)
def test_lifestyle(aims: list[str], agreed: tuple[str, ...], cards: tuple[str, ...]) -> None:
    assert planned(case(agreed=agreed), *(finding(code, 2) for code in aims)).lifestyle == cards


@pytest.mark.parametrize(
    ("agreed", "cards"),
    [
        ((), ("L15",)),
        (("salt",), ("L15", "L07")),
        (("compression",), ("L15", "L16")),
        (("salt", "compression"), ("L15", "L07", "L16")),
    ],
)
def test_salt_and_compression_wait_for_the_doctor(agreed: tuple[str, ...], cards: tuple[str, ...]) -> None:
    assert planned(case(agreed=agreed), finding("OI1", 3), stage=1).lifestyle == cards


def test_a_stage_named_at_the_intake_gets_the_advice_of_a_stage() -> None:
    assert planned(case(precautions=("POTS2",)), finding("TRO", 2)).lifestyle == ("L15",)


def test_at_most_three_lifestyle_cards() -> None:
    aims = [finding("OI2", 2), finding("SIT", 3), finding("FHP", 2), finding("STR", 1)]
    assert len(planned(case(agreed=("salt", "compression")), *aims, stage=2).lifestyle) == 3


# -- sides, reasons, and why not -------------------------------------------------------------------------------------


def test_the_side_that_needs_it_is_named_on_cards_with_sides() -> None:
    made = planned(case(), finding("TRO", 2, side="left"))
    assert {given.id: given.side for given in made.exercises}["M07"] == "left"
    assert {given.id: given.side for given in made.exercises}["A08"] is None


def test_each_card_names_the_findings_it_answers() -> None:
    made = planned(case(), finding("GLU", 2), finding("TRO", 2))
    because = {given.id: given.because for given in made.exercises}
    assert because["A03"] == ("GLU",) or because["A04"] == ("GLU",)
    assert because["M07"] == ("TRO",)


def test_breathing_given_for_a_precaution_names_the_parked_finding_it_answers() -> None:
    aims = (finding("GLU", 3), finding("TRO", 3), finding("BRE", 1))
    made = planned(case(precautions=("POTS2",)), *aims)
    assert (made.exercises[0].id, made.exercises[0].because) == ("B05", ("BRE",))


def test_why_a_likely_card_is_not_in_the_plan() -> None:
    visit = case(precautions=("HIP_R",))
    aims = (finding("PSO", 3), finding("TRO", 2))
    made = planned(visit, *aims)
    reasons = why_not(visit, aims, blocks(visit, "none"), CALM, verdict("none"), known())
    assert "hip precautions" in reasons["M05"]
    assert not set(reasons) & {*ids(made), *made.snacks}
    ladders = [known().findings[code].ladder for code in ("PSO", "TRO")]
    on_ladders = {card for one in ladders if one for column in (one.easier, one.default, one.harder) for card in column}
    assert set(reasons) | set(ids(made)) | set(made.snacks) >= on_ladders
    assert why_not(visit, aims, frozenset(), Concern(3, ("aaa",)), verdict("none"), known()) == {}


def test_same_input_same_plan() -> None:
    aims = (finding("PSO", 3), finding("TRO", 2), finding("ANK", 1))
    assert planned(case(minutes=20), *aims) == planned(case(minutes=20), *aims)


def test_a_birth_date_gives_the_age() -> None:
    born = Patient(sex="M", birth_date=DAY.replace(year=DAY.year - 70))
    aims = (finding("FHP", 2), finding("TEX", 2), finding("GLU", 2))
    assert len(planned(Case(patient=born, date=DAY, minutes=20), *aims).exercises) == 4
