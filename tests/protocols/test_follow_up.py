"""What is proposed for each card of the last plan: each rule where it just holds and where it just does not."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from protocols.case import Entry, Practice, Wanted
from protocols.follow_up import Proposal
from protocols.model import Dose
from tests.protocols.followed import (
    DONE,
    EASY,
    GLU_FINE,
    GLU_WEAK,
    STAGE_3,
    TWICE_TEN,
    followed,
    only,
    proposed,
)
from tests.protocols.visits import case, known, one, sides


def test_nothing_to_follow_up() -> None:
    assert proposed(case(tests=GLU_WEAK)) == {}
    assert proposed(followed("A03", red_flags=("aaa",))) == {}


# -- (a) barred now ----------------------------------------------------------------------------------------------------


def test_a_card_barred_now_is_cut_with_the_reason() -> None:
    made = only(followed("A03", precautions=("REFLUX",), practice={"A03": EASY}, crash=True))
    assert (made.step, made.to) == ("cut", None)
    assert made.reason == "Barred by reflux lying flat (REFLUX)."


def test_a_card_the_library_lost_is_cut() -> None:
    assert only(followed("A99")).step == "cut"


def test_a_card_forced_last_time_is_looked_at_anew() -> None:
    assert only(followed(Wanted(card="A03", forced="asked the doctor"), precautions=("REFLUX",))).step == "cut"


# -- (b) a crash after effort ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dose", "half"),
    [
        (Dose(sets=3, reps=10, sec_per_rep=6), Dose(sets=1, reps=10, sec_per_rep=6)),
        (Dose(sets=1, reps=9, sec_per_rep=6), Dose(sets=1, reps=4, sec_per_rep=6)),
        (Dose(sets=1, reps=1, sec_per_rep=61), Dose(sets=1, reps=1, sec_per_rep=30)),
    ],
)
def test_after_a_crash_half_the_dose(dose: Dose, half: Dose) -> None:
    made = only(followed(Wanted(card="A03", dose=dose), crash=True, practice={"A03": EASY}))
    assert made.step == "regress"
    assert made.to is not None
    assert made.to.dose == half
    assert made.reason == "Effort was followed by a crash of more than a day: half the dose."


def test_a_single_breath_is_halved_by_doing_it_half_as_often() -> None:
    one_breath = Wanted(card="B05", dose=msgspec.structs.replace(known().exercises["B05"].dose, reps=1))
    made = only(followed(one_breath, crash=True, practice={"B05": EASY}))
    assert (made.step, made.to) == ("regress", one_breath)
    assert made.reason.endswith("half as often.")


def test_no_crash_halves_nothing() -> None:
    for crash in (False, None):
        assert only(followed("A03", crash=crash, practice={"A03": DONE})).step == "keep"


def test_what_is_done_through_the_day_is_done_half_as_often() -> None:
    made = only(followed("A11", crash=True, because={}))
    assert (made.step, made.to) == ("regress", Wanted(card="A11"))
    assert "half as often" in made.reason


# -- (c) red -----------------------------------------------------------------------------------------------------------


def test_pain_above_five_takes_the_easier_card() -> None:
    made = only(followed("A03", practice={"A03": Practice(done=10, pain=6)}))
    assert (made.step, made.to) == ("regress", Wanted(card="A03e"))
    assert made.reason == "Pain with it was above 5: the easier card."
    assert only(followed("A03", practice={"A03": Practice(done=10, pain=5)})).step == "keep"


def test_two_red_days_take_the_easier_card_on_the_same_side() -> None:
    red = {"A04": Practice(red_days=True), "S07": Practice(red_days=True)}
    made = proposed(followed(Wanted(card="S07", side="left"), practice=red))
    assert made["S07"].to == Wanted(card="S07e", side="left")
    assert made["S07"].reason == "It had two red days: the easier card."


def test_without_an_easier_card_half_the_dose() -> None:
    red = {"A03": Practice(pain=6)}
    barred = only(followed(Wanted(card="S01", dose=TWICE_TEN), practice={"S01": Practice(pain=6)}, kit=("band",)))
    assert barred.to == Wanted(card="S01e")
    there = proposed(followed(Wanted(card="A03", dose=TWICE_TEN), "A03e", practice=red))
    assert there["A03"].to == Wanted(card="A03", dose=msgspec.structs.replace(TWICE_TEN, sets=1))
    assert there["A03"].reason == "Pain with it was above 5: half the dose."
    no_easier = only(followed("M13", practice={"M13": Practice(pain=9)}, because={}))
    assert no_easier.to is not None
    assert no_easier.to.dose is not None
    assert no_easier.to.dose.reps == known().exercises["M13"].dose.reps // 2


def test_no_card_comes_twice_or_beside_one_it_does_not_go_with() -> None:
    red = Practice(red_days=True)
    both = proposed(followed("A03", "A04", practice={"A03": red, "A04": red}))
    assert both["A03"].to == Wanted(card="A03e")
    assert both["A04"].to is not None
    assert both["A04"].to.card == "A04"
    same = proposed(followed("M20", "A03e", practice={"M20": red, "A03e": red}))
    assert [made.to.card for made in same.values() if made.to] == ["B06", "A03e"]
    there = proposed(followed("A02e", "A01", practice={"A02e": red}))
    assert there["A02e"].to is not None
    assert there["A02e"].to.card == "A02e"
    alone = only(followed("M05", practice={"M05": red}))
    assert alone.to == Wanted(card="B06")
    breathing = proposed(followed("B05", "M05", practice={"M05": red}))
    assert breathing["M05"].to is not None
    assert breathing["M05"].to.card == "M05"


# -- (d) too many ------------------------------------------------------------------------------------------------------


def half_done(done: int, **rest: Any) -> dict[str, Proposal]:
    """Glutes and the hip flexors are found, the flexors marked; the plan had four cards and one through the day."""
    return proposed(
        followed(
            "B01",
            "A03",
            "M05",
            "A01",
            "B07",
            because={"B01": (), "A03": ("GLU",), "M05": ("PSO",), "A01": ("COR",)},
            practice={"A03": Practice(done=5, **rest), "M05": Practice(done=done, pain=0)},
            tests=GLU_WEAK | {"mtt_hip_ext": sides(-25, -25), "hip_pinch": sides("positive", "positive")},
        )
    )


def test_below_half_the_ticks_two_cards_stay() -> None:
    made = half_done(4)
    assert {card: one.step for card, one in made.items()} == {
        "B01": "cut",
        "A03": "keep",
        "M05": "keep",
        "A01": "cut",
        "B07": "keep",
    }
    assert made["A01"].reason == made["M05"].reason == "Fewer than half the planned times were done: two cards first."
    assert half_done(5)["A01"].step == "keep"


def test_of_the_two_that_stay_none_progresses() -> None:
    assert half_done(4, spare=True, pain=0)["A03"].step == "keep"
    assert "half the range" in half_done(4, pain=3)["A03"].reason


# -- (e) amber ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("pain", "amber"), [(2, False), (3, True), (5, True)])
def test_amber_keeps_the_card_until_it_settles(pain: int, amber: bool) -> None:
    made = only(followed("A03", practice={"A03": Practice(done=10, pain=pain, spare=True)}))
    assert made.step == ("keep" if amber else "progress")
    assert ("until it settles" in made.reason) is amber


# -- (f) no longer found -----------------------------------------------------------------------------------------------


def test_what_is_no_longer_found_is_cut() -> None:
    made = only(followed("A03", tests=GLU_FINE, then=GLU_WEAK, practice={"A03": EASY}))
    assert (made.step, made.reason) == ("cut", "What it was given for measured within reference now.")


def test_what_was_not_measured_again_is_kept() -> None:
    both = GLU_WEAK | {"prone_hip_ext": sides("poor", "poor")}
    for tests in ({}, {"sl_bridge": {"left": GLU_FINE["sl_bridge"]["left"]}}):
        assert only(followed("A03", tests=tests, then=GLU_WEAK)).step == "keep"
    assert only(followed("A03", tests=GLU_FINE, then=both)).step == "keep"


def test_a_test_still_outside_is_not_within_reference() -> None:
    then: dict[str, Entry] = {"pelvic_tilt": one(-5), "ake_deficit": sides(30, 30)}
    level: dict[str, Entry] = {"pelvic_tilt": one(8)}
    because = {"M02": ("PPT",)}
    assert (
        only(followed("M02", then=then, tests=level | {"ake_deficit": sides(30, 30)}, because=because)).step == "keep"
    )
    assert only(followed("M02", then=then, tests=level | {"ake_deficit": sides(5, 5)}, because=because)).step == "cut"


def test_a_test_that_another_finding_answers_does_not_hold_the_card() -> None:
    then: dict[str, Entry] = {"pelvic_tilt": one(20), "mtt_hip_ext": sides(-15, -15)}
    now = {"pelvic_tilt": one(8), "mtt_hip_ext": sides(-15, -15)}
    assert only(followed("A01", then=then, tests=now, because={"A01": ("APT",)})).step == "cut"


def test_more_than_usual_is_not_called_within_reference() -> None:
    cuts = known().tests["hip_ir_seated"].measure
    assert cuts.excess
    much = max(cuts.excess.values()) + 1
    then, now = ({"hip_ir_seated": sides(value, value)} for value in (5.0, float(much)))
    made = only(followed("A04", then=then, tests=now, because={"A04": ("HIR",)}))
    assert made.step == "cut"
    assert "above the usual range now" in made.reason


def test_one_of_two_findings_is_enough_to_go_on() -> None:
    psoas = {"mtt_hip_ext": sides(-25, -25)}
    because = {"A03": ("GLU", "PSO")}
    still = followed("A03", tests=GLU_FINE | psoas, then=GLU_WEAK | psoas, because=because)
    assert only(still).step == "keep"
    gone = followed(
        "A03",
        tests=GLU_FINE | {"mtt_hip_ext": sides(5, 5), "hip_pinch": sides("negative", "negative")},
        then=GLU_WEAK | psoas,
        because=because,
    )
    assert only(gone).step == "cut"


def test_a_finding_only_told_is_never_measured_away() -> None:
    assert only(followed("B01", because={"B01": ("STR",)}, practice={"B01": DONE})).step == "keep"
    back = {"stand_pain_delta": one(0)}
    told = followed("A03", because={"A03": ("LBT",)}, tests=back, then=back)
    assert only(told).step == "keep"
    assert only(msgspec.structs.replace(told, main_problem="GLU")).step == "cut"


def test_a_card_for_standing_stays_while_the_stage_does() -> None:
    visit = followed("A03", because={"A03": ("OI1",)}, tests={})
    assert only(visit).step == "cut"
    assert visit.last_plan is not None
    lying = msgspec.structs.replace(visit, last_plan=msgspec.structs.replace(visit.last_plan, stage=1))
    assert only(lying).step == "keep"
    assert only(msgspec.structs.replace(visit, standing=STAGE_3)).step == "keep"
    assert only(msgspec.structs.replace(visit, standing=None)).step == "keep"
