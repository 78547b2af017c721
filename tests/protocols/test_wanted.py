"""The cards of a plan changed by hand read back from the record as they were put there."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from protocols.case import Case, Patient, Wanted
from protocols.model import Dose
from protocols.visit import PLAN_CARDS, Told, cards_of, cards_value, from_case, plain
from protocols.visits.wanted import by_hand
from tests.protocols.visits import known

counts = st.integers(0, 99)
doses = st.builds(Dose, sets=counts, reps=counts, sec_per_rep=counts, sides=st.integers(1, 2), rest_s=counts)
cards = st.builds(
    Wanted,
    card=st.sampled_from(list(known().exercises)),
    dose=st.none() | doses,
    side=st.sampled_from([None, "left", "right", "both"]),
    forced=st.text(max_size=8),
)
plans = st.lists(cards, max_size=6).map(tuple)


@given(wanted=plans)
def test_what_is_stored_reads_back_the_same(wanted: tuple[Wanted, ...]) -> None:
    value = cards_value(wanted)
    assert plain(value) == value
    assert by_hand({PLAN_CARDS: Told(PLAN_CARDS, value)}) == wanted


@given(wanted=plans)
def test_numbers_come_back_whole_and_print_as_json(wanted: tuple[Wanted, ...]) -> None:
    again = cards_of(cards_value(wanted))
    assert json.loads(msgspec.json.encode(again)) == json.loads(msgspec.json.encode(wanted))


def test_what_is_left_to_the_card_is_not_stored() -> None:
    assert cards_value([Wanted(card="A03")]) == [{"card": "A03"}]


def test_a_dose_is_stored_as_decimals() -> None:
    dose = Dose(sets=2, reps=8, sec_per_rep=4)
    expected = {"sets": 2, "reps": 8, "sec_per_rep": 4, "sides": 1, "rest_s": 0}
    assert cards_value([Wanted(card="A03", dose=dose)]) == [
        {"card": "A03", "dose": {field: Decimal(number) for field, number in expected.items()}}
    ]


def test_an_empty_cell_leaves_the_plan_to_the_rules_and_an_empty_list_does_not() -> None:
    assert by_hand({}) is None
    assert by_hand({PLAN_CARDS: Told(PLAN_CARDS)}) is None
    assert by_hand({PLAN_CARDS: Told(PLAN_CARDS, [])}) == ()


def test_a_case_tells_its_plan_only_where_it_was_changed() -> None:
    day = dt.date(2026, 11, 1)
    untouched = Case(patient=Patient(sex="F", age=30), date=day)
    emptied = msgspec.structs.replace(untouched, by_hand=())
    assert PLAN_CARDS not in [told.cell for told in from_case(untouched)]
    assert PLAN_CARDS in [told.cell for told in from_case(emptied)]
