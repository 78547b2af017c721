"""Why a card is not in the plan: every exercise of the source articles has an answer, the gravest first."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from protocols import library
from protocols.case import Stand, Wanted
from protocols.findings import Finding
from protocols.plans.explaining import why_not, why_not_from_articles
from protocols.red_flags import Concern
from tests.protocols.test_plan_runs import random_patients
from tests.protocols.visits import CALM, blocks, case, finding, ids, known, planned, verdict

FILES = [tomllib.loads(file.read_text(encoding="utf-8")) for file in (library.DATA / "exercises").glob("*.toml")]
NAMED = {card["id"] for card in FILES if card["source"] in ("S0", "S1", "S2")}


LATE_ANKLE = (finding("TRO", 3), finding("FHP", 3), finding("ANK", 1))


def reasons(*aims: Finding, stage: Any = "none", concern: Concern = CALM, likely: bool = False, **rest: Any) -> Any:
    visit = case(**rest)
    ask = why_not if likely else why_not_from_articles
    return ask(visit, aims, blocks(visit, stage), concern, verdict(stage), known())


def test_every_exercise_of_the_articles_is_in_the_plan_or_has_a_reason() -> None:
    assert len(NAMED) == 33
    for patient in random_patients(200, seed=714):
        visit = patient.visit
        made = planned(visit, *patient.aims, stage=patient.stage)
        seen = (visit, patient.aims, blocks(visit, patient.stage), CALM, verdict(patient.stage), known())
        told = why_not_from_articles(*seen)
        assert set(told) == NAMED - {*ids(made), *made.snacks}
        assert all(told.values())
        likely = why_not(*seen)
        assert {card for card in told if "barred" in told[card]} >= {
            card for card in NAMED & set(likely) if "barred" in likely[card]
        }


def test_also_where_there_is_no_plan() -> None:
    blocked = reasons(finding("TRO", 2), concern=Concern(3, ("aaa",)))
    assert blocked == dict.fromkeys(blocked, "no exercise plan may be made in this visit")
    assert set(blocked) == NAMED


def test_and_where_nothing_was_found() -> None:
    told = reasons(precautions=("BAL",))
    assert set(told) == NAMED
    assert told["M07"] == "not for what was found"
    assert told["S07"] == "barred by falls risk (BAL)"


@pytest.mark.parametrize(
    ("card", "words", "how"),
    [
        ("S07", "barred by falls risk (BAL)", {"precautions": ("BAL",)}),
        ("S07", "standing on one leg or moving is not given at standing stage 3", {"stage": 3}),
        ("R01b", "has to be taught in clinic first", {}),
        ("R03", "needs ", {"kit": ()}),
        ("R04", "not for what was found", {}),
        ("M06", "limited by pain", {"aims": (finding("TRO", 2, pain_limited=True), finding("GLU", 2))}),
        ("M13", "its harder form is given: Open book", {}),
        ("M08", "its easier form is given: Open book", {}),
        ("S04", "Ankle control and balance low: left for later", {"aims": LATE_ANKLE}),
    ],
)
def test_the_reason_is_said_in_words(card: str, words: str, how: dict[str, Any]) -> None:
    rest = {name: value for name, value in how.items() if name != "aims"}
    aims = how.get("aims", (finding("TRO", 2), finding("GLU", 2)))
    assert words in reasons(*aims, **rest)[card]


def test_a_card_taken_out_by_hand_is_said_to_be() -> None:
    aims = (finding("TRO", 2), finding("GLU", 2))
    emptied = reasons(*aims, by_hand=(Wanted(card="A03"),), likely=True)
    assert emptied["M07"] == "left out by hand"
    assert emptied["A04"] == "another card answers it"
    assert "A03" not in emptied


def test_a_card_given_by_hand_needs_no_reason() -> None:
    aims = (finding("TRO", 2),)
    assert "S04" in reasons(*aims)
    assert "S04" not in reasons(*aims, by_hand=(Wanted(card="S04"),))
    assert reasons(*aims, by_hand=(Wanted(card="S04"),), precautions=("BAL",))["S04"] == "barred by falls risk (BAL)"


def test_after_fainting_no_card_is_likely() -> None:
    assert reasons(finding("TRO", 2), standing=Stand(syncope=True), stage=1, likely=True) == {}
