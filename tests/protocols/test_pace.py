"""A card as it is done: its parts add up to its dose, whatever the dose."""

from __future__ import annotations

from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocols.checks.cards import sound_card
from protocols.checks.tests import sound_test
from protocols.library import load
from protocols.model import Dose, Timing
from protocols.pace import beats

LIBRARY = load()
CARDS = LIBRARY.exercises
doses = st.builds(
    Dose,
    sets=st.integers(1, 4),
    reps=st.integers(1, 20),
    sec_per_rep=st.integers(1, 90),
    sides=st.integers(1, 2),
    rest_s=st.integers(0, 60),
)


@given(st.sampled_from(sorted(CARDS)), doses)
def test_the_parts_take_as_long_as_the_dose(card_id: str, dose: Dose) -> None:
    made = beats(CARDS[card_id], dose)
    bouts = dose.sets * dose.sides
    assert sum(beat.seconds for beat in made) == pytest.approx(
        bouts * dose.reps * dose.sec_per_rep + (bouts - 1) * dose.rest_s
    )
    assert all(beat.seconds > 0 for beat in made)
    turns = [(beat.side, beat.round, beat.number) for beat in made if beat.part != "rest"]
    assert len(dict.fromkeys(turns)) == bouts * dose.reps
    assert all(one.part != "rest" or other.part != "rest" for one, other in pairwise(made))


def test_breaths_go_as_the_card_says() -> None:
    square = [(beat.part, beat.seconds) for beat in beats(CARDS["B03"], CARDS["B03"].dose)[:4]]
    assert square == [("in", 4), ("pause", 4), ("out", 4), ("wait", 4)]
    slower = msgspec.structs.replace(CARDS["B05"].dose, sec_per_rep=15)
    assert [(beat.part, beat.seconds) for beat in beats(CARDS["B05"], slower)[:2]] == [("in", 6), ("out", 9)]


def test_a_longer_repetition_is_a_longer_hold() -> None:
    card = CARDS["M26"]
    longer = msgspec.structs.replace(card.dose, sec_per_rep=35)
    assert [beat.seconds for beat in beats(card, longer)[:3]] == [2, 30, 3]


def test_one_side_comes_after_the_other_beginning_with_the_one_asked_for() -> None:
    card = CARDS["M07"]
    assert list(dict.fromkeys(beat.side for beat in beats(card, card.dose, "right"))) == ["right", "left"]
    assert {beat.side for beat in beats(CARDS["A02"], CARDS["A02"].dose)} == {""}


def test_a_pace_that_does_not_fit_is_named() -> None:
    wrong = msgspec.structs.replace(CARDS["M09"], pace=(2.0, 3.0, 3.0, 0.0))
    assert [fault.place for fault in sound_card(wrong)] == ["pace"]
    assert [fault.place for fault in sound_card(msgspec.structs.replace(wrong, pace=(7.0,)))] == ["pace"]


@pytest.mark.parametrize(
    ("test_id", "timing", "place"),
    [
        ("hilo", Timing(), "timing.stop_s"),
        ("sls_eo", Timing(stop_s=60), "timing.stop_s"),
        ("sorensen", Timing(stop_s=900), "timing.stop_s"),
        ("reset3", Timing(breath=(4, 6), breaths=3), "timing.breath"),
        ("reset3", Timing(breath=(4, 0, 6, 0)), "timing.breaths"),
        ("side_bridge", Timing(rest_s=-1), "timing"),
    ],
)
def test_a_clock_that_does_not_fit_its_test_is_named(test_id: str, timing: Timing, place: str) -> None:
    test = msgspec.structs.replace(LIBRARY.tests[test_id], timing=timing)
    assert place in [fault.place for fault in sound_test(test)]


def test_every_bundled_test_and_card_is_sound() -> None:
    assert [fault for test in LIBRARY.tests.values() for fault in sound_test(test)] == []
    assert [fault for card in CARDS.values() for fault in sound_card(card)] == []
