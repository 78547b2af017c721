"""Which cards a plan takes (rules 6, exercises 7), rule by rule, on hand-made patients."""

from __future__ import annotations

from typing import Any

import pytest

from protocols.findings import Finding
from protocols.planning import rank
from tests.protocols.visits import CLEARED, case, finding, ids, known, planned


def phases(made: Any) -> list[str]:
    return [known().exercises[card].phase for card in ids(made)]


# -- rank and what is parked -------------------------------------------------------------------------------------------


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


# -- which cards -------------------------------------------------------------------------------------------------------


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
