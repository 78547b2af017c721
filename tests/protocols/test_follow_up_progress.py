"""When a card of the last plan goes on to more, and how."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from protocols.case import Practice, Wanted
from protocols.follow_up import Proposal
from protocols.model import Dose
from tests.protocols.followed import (
    EASY,
    STAGE_3,
    followed,
    only,
    proposed,
)
from tests.protocols.visits import known

# -- (g) two to spare --------------------------------------------------------------------------------------------------


def progressed(card: str, dose: Dose | None = None, **rest: Any) -> Proposal:
    because = rest.pop("because", {})
    return only(followed(Wanted(card=card, dose=dose), practice={card: EASY}, because=because, **rest))


@pytest.mark.parametrize(("reps", "then"), [(8, 10), (10, 12), (11, 12)])
def test_repetitions_come_first(reps: int, then: int) -> None:
    made = progressed("A03", Dose(sets=1, reps=reps, sec_per_rep=6))
    assert made.step == "progress"
    assert made.to is not None
    assert made.to.dose == Dose(sets=1, reps=then, sec_per_rep=6)
    assert made.reason == f"Two sessions with repetitions to spare: {then} repetitions."


def test_then_a_second_set_then_the_harder_card_then_the_load() -> None:
    one_set, two_sets = (Dose(sets=sets, reps=12, sec_per_rep=4, sides=1, rest_s=45) for sets in (1, 2))
    second = progressed("A03", one_set)
    assert second.to == Wanted(card="A03", dose=two_sets)
    assert progressed("A03", two_sets).to == Wanted(card="A03h")
    load = progressed("S01", two_sets, kit=("band",))
    assert load.to == Wanted(card="S01")  # its own dose
    assert load.reason == "Two sessions with repetitions to spare: a little more load (0.5 to 1 kg, or the next band)."


def test_balance_is_held_longer_then_in_two_sets_then_harder() -> None:
    own = known().exercises["S07"].dose
    longer = progressed("S07")
    assert longer.to is not None
    assert longer.to.dose == msgspec.structs.replace(own, sec_per_rep=35)
    assert longer.reason.endswith("hold 30 seconds.")
    again = progressed("S07", longer.to.dose)
    assert again.to is not None
    assert again.to.dose == msgspec.structs.replace(own, sec_per_rep=35, sets=2)
    assert progressed("S07", again.to.dose).to == Wanted(card="S04")


@pytest.mark.parametrize("card", ["B01", "M05", "M03", "A03e"])
def test_breathing_and_holds_get_no_more_repetitions(card: str) -> None:
    made = progressed(card)
    own = known().exercises[card].dose
    dose = (made.to.dose if made.to and made.to.card == card else None) or own
    assert (dose.reps, dose.sec_per_rep) == (own.reps, own.sec_per_rep)


def test_a_stretch_has_one_set_then_the_harder_card() -> None:
    assert progressed("M05").to == Wanted(card="M04")
    assert progressed("B06").to == Wanted(card="M05")


def test_what_is_done_through_the_day_has_the_dose_of_its_card() -> None:
    assert progressed("A11").step == "keep"
    assert progressed("B07").to == Wanted(card="M12")


def test_less_support_where_balance_is_safe() -> None:
    top = msgspec.structs.replace(known().exercises["S07e"].dose, sec_per_rep=35, sets=2)
    visit = followed(Wanted(card="S07e", dose=top), "S07", practice={"S07e": EASY}, because={})
    assert proposed(visit)["S07e"].reason == "Two sessions with repetitions to spare: less support."
    unsteady = msgspec.structs.replace(visit, precautions=("BAL",))
    assert proposed(unsteady)["S07e"].step == "keep"


def test_timed_standing_gets_a_minute_up_to_ten() -> None:
    own = known().exercises["P03"].dose
    for seconds, then in ((180, 240), (570, 600)):
        made = progressed("P03", msgspec.structs.replace(own, sec_per_rep=seconds), standing=STAGE_3)
        assert made.to is not None
        assert made.to.dose == msgspec.structs.replace(own, sec_per_rep=then)
    assert progressed("P03", msgspec.structs.replace(own, sec_per_rep=600), standing=STAGE_3).to == Wanted(card="A07")


def test_no_harder_card_than_the_stage_allows() -> None:
    top = Dose(sets=2, reps=12, sec_per_rep=3, sides=1, rest_s=20)
    assert progressed("A07e", top).to == Wanted(card="A07")
    seated = progressed("A07e", top, precautions=("POTS2",))
    assert seated.to is None or seated.to.card == "A07e"


def test_it_takes_both_spare_and_little_pain() -> None:
    for practice in (Practice(done=10, spare=True), Practice(done=10, pain=2), Practice(pain=3, spare=True)):
        assert only(followed("A03", practice={"A03": practice})).step == "keep"


def test_with_a_crash_after_effort_nothing_progresses() -> None:
    made = only(followed("B05", pem=True, practice={"B05": EASY}, because={}))
    assert (made.step, made.reason) == ("keep", "With a crash after effort nothing is increased by plan.")
