"""A plan changed by hand: what the rules still forbid, what they say against it, and what they leave alone."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec
import pytest

from protocols.case import Stand, Wanted
from protocols.editing import wanted
from protocols.findings import Finding
from protocols.model import Dose
from protocols.planning import Plan
from protocols.red_flags import Concern
from tests.protocols.test_plan_runs import random_patients
from tests.protocols.visits import CLEARED, case, finding, ids, known, planned

TRO = finding("TRO", 2)
GLU = finding("GLU", 2)


def changed(*cards: str | Wanted, aims: tuple[Finding, ...] = (TRO, GLU), stage: Any = "none", **visit: Any) -> Plan:
    chosen = tuple(Wanted(card=card) if isinstance(card, str) else card for card in cards)
    return planned(case(by_hand=chosen, **visit), *aims, stage=stage)


def said_against(*cards: str | Wanted, **how: Any) -> str:
    return " | ".join(changed(*cards, **how).warnings)


# -- what stays forbidden --------------------------------------------------------------------------------------------


def test_a_red_flag_blocks_it_all_the_same() -> None:
    visit = case(by_hand=(Wanted(card="A03", forced="I know better"),))
    made = planned(visit, TRO, concern=Concern(2, ("cord",)))
    assert (made.blocked, made.exercises, made.lifestyle) == (True, (), ("L18",))


def test_fainting_blocks_it_all_the_same() -> None:
    assert planned(case(by_hand=(Wanted(card="A03"),), standing=Stand(syncope=True)), TRO, stage=1).blocked


def test_a_barred_card_is_left_out_and_why_is_said() -> None:
    made = changed("M07", "S07", "A03", precautions=("BAL",))
    assert ids(made) == ["M07", "A03"]
    assert "One-leg balance left out: barred by falls risk (BAL)." in made.messages


@pytest.mark.parametrize("blank", ["", "  ", "\n"])
def test_a_blank_reason_is_none(blank: str) -> None:
    assert ids(changed(Wanted(card="S07", forced=blank), "A03", precautions=("BAL",))) == ["A03"]


def test_with_a_reason_it_stays_and_carries_it() -> None:
    made = changed("A03", Wanted(card="S07", forced=" holds the rail, I stand by "), precautions=("BAL",))
    assert [(one.id, one.forced) for one in made.exercises] == [("A03", ""), ("S07", "holds the rail, I stand by")]
    assert not any("left out" in message for message in made.messages)


def test_a_reason_where_nothing_bars_the_card_prints_nothing() -> None:
    made = changed(Wanted(card="A03", forced="just because"))
    assert [one.forced for one in made.exercises] == [""]


def test_a_snack_is_forced_with_its_reason_too() -> None:
    barred = changed("A03", "M12", stage=1)
    forced = changed("A03", Wanted(card="M12", forced="sits well for an hour"), stage=1)
    assert (barred.snacks, barred.forced_snacks) == ((), {})
    assert (forced.snacks, forced.forced_snacks) == (("M12",), {"M12": "sits well for an hour"})


def test_after_a_crash_only_pacing_cards_stay_unless_forced() -> None:
    made = changed("B05", "A03", Wanted(card="M07", forced="rests between"), aims=(TRO,), pem=True)
    assert ids(made) == ["B05", "M07"]
    assert made.lifestyle == ("L09",)
    assert "Glute bridge left out: not with a crash after effort." in made.messages


def test_a_card_the_library_does_not_have_is_left_out() -> None:
    made = changed("X99", "A03")
    assert ids(made) == ["A03"]
    assert "X99 left out: the library has no such card." in made.messages


# -- what the therapist decides --------------------------------------------------------------------------------------


def test_the_order_given_stands_and_each_card_once() -> None:
    assert ids(changed("A03", "M07", "B05", "A03")) == ["A03", "M07", "B05"]


def test_snacks_are_no_part_of_the_session() -> None:
    made = changed("A11", "A03", "M12")
    assert (ids(made), made.snacks, made.minutes) == (["A03"], ("A11", "M12"), Decimal(3))


def test_minutes_are_those_of_the_dose() -> None:
    dose = Dose(sets=3, reps=10, sec_per_rep=6, rest_s=30)  # 30 + 3 x 60 + 2 x 30 = 270 s
    made = changed(Wanted(card="A03", dose=dose), "M07")
    assert (made.exercises[0].dose, made.exercises[0].minutes) == (dose, Decimal("4.5"))
    assert made.minutes == Decimal("4.5") + Decimal("2.5")


def test_a_short_dose_is_called_short_and_a_full_one_is_not() -> None:
    short = Dose(sets=1, reps=10, sec_per_rep=6, rest_s=30)
    made = changed(Wanted(card="A03", dose=short), "M07")
    assert [(one.id, one.short) for one in made.exercises] == [("A03", True), ("M07", False)]


@pytest.mark.parametrize(
    "dose",
    [Dose(sets=0, sec_per_rep=6), Dose(sets=100, sec_per_rep=1), Dose(sec_per_rep=6, sides=2), Dose(sec_per_rep=1171)],
)
def test_a_dose_no_session_holds_gives_way_to_the_cards_own(dose: Dose) -> None:
    made = changed(Wanted(card="A03", dose=dose))
    assert made.exercises[0].dose == known().exercises["A03"].dose
    assert any(message.startswith("Glute bridge has its own dose: ") for message in made.messages)


def test_the_side_chosen_wins_over_that_of_the_findings() -> None:
    aim = finding("TRO", 2, side="right")
    assert [one.side for one in changed("M07", aims=(aim,)).exercises] == ["right"]
    assert [one.side for one in changed(Wanted(card="M07", side="left"), aims=(aim,)).exercises] == ["left"]
    assert [one.side for one in changed(Wanted(card="A03", side="left"), aims=(aim,)).exercises] == [None]


def test_each_card_names_what_it_answers_and_one_that_answers_nothing_names_nothing() -> None:
    made = changed("M07", "A03", "R06", "B02")
    assert [one.because for one in made.exercises] == [("TRO",), ("GLU",), ()]


def test_a_card_the_rules_give_too_keeps_the_finding_it_was_taken_for() -> None:
    aims = (finding("SHO", 2, pain_limited=True),)
    of_rules = planned(case(), *aims)
    again = changed(*reversed(ids(of_rules)), aims=aims)
    assert {one.id: one.because for one in again.exercises} == {one.id: one.because for one in of_rules.exercises}


def test_what_no_card_answers_is_parked() -> None:
    aims = (TRO, GLU, finding("HIR", 1))
    assert [parked.code for parked in changed("M07", aims=aims).parked] == ["GLU", "HIR"]
    assert [parked.code for parked in changed("A04", aims=aims).parked] == ["TRO"]
    assert [parked.code for parked in changed("M07", "A04", aims=aims).parked] == []
    assert [parked.code for parked in changed(aims=aims).parked] == ["TRO", "GLU", "HIR"]


def test_it_works_where_nothing_was_found() -> None:
    made = changed("M07", "A03", aims=())
    assert (ids(made), made.lifestyle, made.by_hand) == (["M07", "A03"], ("L13",), True)
    assert [one.because for one in made.exercises] == [(), ()]
    assert made.messages[0].startswith("Nothing measured outside reference")


def test_lifestyle_and_what_the_stage_asks_for_stay() -> None:
    aims = (finding("OI2", 2), TRO)
    made, of_rules = changed("A03", aims=aims, stage=2), planned(case(), *aims, stage=2)
    assert made.lifestyle == of_rules.lifestyle
    assert {"Starter set, pending medical review", "End each session lying down for 2 minutes."} <= set(made.messages)


def test_what_no_card_may_answer_at_home_is_still_for_the_clinic() -> None:
    made = changed("A03", aims=(finding("HIR", 2), TRO), precautions=("HIP_R",))
    assert any("Treat in clinic" in message for message in made.messages)


def test_the_plan_of_the_rules_knows_no_hand() -> None:
    made = planned(case(), TRO, GLU)
    assert (made.by_hand, made.warnings, made.forced_snacks) == (False, (), {})


def test_the_plan_of_the_rules_taken_by_hand_is_the_same_plan_and_nothing_speaks_against_it() -> None:
    for patient in random_patients(400, seed=713):
        of_rules = planned(patient.visit, *patient.aims, stage=patient.stage)
        taken = msgspec.structs.replace(patient.visit, by_hand=wanted(of_rules))
        again = planned(taken, *patient.aims, stage=patient.stage)
        assert (again.exercises, again.snacks) == (of_rules.exercises, of_rules.snacks)
        assert (again.minutes, again.lifestyle, again.stage) == (of_rules.minutes, of_rules.lifestyle, of_rules.stage)
        assert again.warnings == ()


# -- what speaks against it ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cards", "how", "words"),
    [
        (["A04", "A06e"], {"minutes": 5}, "takes 10 minutes, 5 more than the 5 at hand"),
        (["M07", "A03", "S01e", "A01"], {"minutes": 10}, "4 cards: 3 are enough for 10 minutes"),
        (
            ["B05", "M07", "M11", "A01", "A03", "S01e", "A07"],
            {"minutes": 20},
            "7 cards: no plan should hold more than 6",
        ),
        (["B05", "M07", "M11", "A01", "A03", "S01e"], {"minutes": 20}, "6 cards: 5 are enough for 20 minutes"),
        (["M07", "M13", "A03"], {}, "Open book and Lying knee roll (gentle twist) do the same work"),
        (["M01", "M05", "A03"], {}, "go together only with a measured pelvic tilt"),
        (["A03", "M07"], {}, "Open book belongs before Glute bridge: in a session mobilise comes before activate"),
        (["A07e", "A03"], {}, "Glute bridge belongs before Seated march: low positions come before high ones"),
        (["M07", "A03"], {"stage": 1}, "At standing stage 1 a session begins with breathing"),
        (["M10", "A03"], {"stage": 3, "medical_clearance": CLEARED}, "at standing stage 3 standing comes last"),
        (["M07", "M06", "M09", "A03", "A07"], {"minutes": 20}, "4 changes of position: more than 3"),
        (["M07", "M01"], {}, "No card of this plan activates or strengthens"),
        (["A03", "A11", "M12", "B07"], {}, "3 cards through the day: 2 are enough"),
        ([], {}, "The plan holds no card"),
        (
            ["M07", "A03"],
            {"aims": (finding("TRO", 2, pain_limited=True),)},
            "Open book presses or stretches where pain limits: Thoracic rotation low",
        ),
        (
            ["A12", "S07"],
            {"aims": (finding("ANK", 2),)},
            "One-leg balance belongs before Ankle push-out with a band: balance is trained before the muscles tire",
        ),
    ],
)
def test_what_speaks_against_a_plan_is_said(cards: list[str], how: dict[str, Any], words: str) -> None:
    assert words in said_against(*cards, **how)


@pytest.mark.parametrize(
    ("cards", "how", "words"),
    [
        (["M01", "M05", "A03"], {"aims": (finding("APT", 2),)}, "pelvic tilt"),
        (["S07", "A12"], {"aims": (finding("ANK", 2),)}, "belongs before"),
        (["A03", "M10"], {"stage": "none"}, "standing comes last"),
        (["B05", "A03"], {"stage": 1}, "begins with breathing"),
        (["B05"], {"pem": True}, "activates or strengthens"),
        (["M07"], {"aims": (finding("HIR", 2),), "precautions": ("HIP_R",)}, "activates or strengthens"),
        (["A03"], {"aims": (finding("TRO", 2, pain_limited=True),)}, "pain limits"),
        (["M07", "A03"], {"aims": (finding("TRO", 2, pain_limited=True), finding("TEX", 2))}, "pain limits"),
    ],
)
def test_and_nothing_is_said_where_nothing_speaks_against_it(cards: list[str], how: dict[str, Any], words: str) -> None:
    assert words not in said_against(*cards, **how)


def test_every_warning_is_one_sentence() -> None:
    cards = ["S04", "M01", "M05", "M07", "M13", "B01", "B02", "R05", "A11", "M12", "B07"]
    for sentence in changed(*cards, aims=(finding("TRO", 2, pain_limited=True),), minutes=5).warnings:
        assert sentence.endswith(".")
        assert ". " not in sentence
