"""How many cards, their doses and order, the lifestyle cards, and the reasons given (rules 6, exercises 7)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocols.case import Case, Patient
from protocols.model import Dose
from protocols.planning import minutes_of
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


def phases(made: Any) -> list[str]:
    return [known().exercises[card].phase for card in ids(made)]


# -- number, minutes, doses --------------------------------------------------------------------------------------------


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


# -- order -------------------------------------------------------------------------------------------------------------


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


# -- lifestyle ---------------------------------------------------------------------------------------------------------


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


# -- sides, reasons, and why not ---------------------------------------------------------------------------------------


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
