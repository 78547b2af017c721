"""Days, times and doses in words."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from reports.wording import clean, day_words, dose_words, time_words
from tests.reports.papers import known


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (1, "1 second"),
        (20, "20 seconds"),
        (60, "1 minute"),
        (80, "80 seconds"),
        (90, "1 minute 30 seconds"),
        (180, "3 minutes"),
    ],
)
def test_times(seconds: int, words: str) -> None:
    assert time_words(seconds) == words


@pytest.mark.parametrize(
    ("card", "side", "words"),
    [
        ("A03", None, "10 times. 2 rounds, rest 30 seconds between."),
        ("B01", None, "15 slow breaths, about 2 minutes."),
        ("M05", "left", "2 times each side, left side first, hold 30 seconds each time."),
        ("M05", "both", "2 times each side, hold 30 seconds each time."),
        ("M03", None, "1 minute."),
        ("P03", None, "3 minutes."),
        ("A11", None, "20 times."),
    ],
)
def test_doses(card: str, side: str | None, words: str) -> None:
    known_card = known().exercises[card]
    assert dose_words(known_card, known_card.dose, side) == words


def test_every_dose_is_said_in_full_sentences() -> None:
    for card in known().exercises.values():
        said = dose_words(card, card.dose, "left")
        assert said[0].isdigit() or said[0].isupper()
        assert said.endswith(".")
        assert ".." not in said


def test_a_short_dose_is_said_as_given() -> None:
    card = known().exercises["A03"]
    assert dose_words(card, msgspec.structs.replace(card.dose, sets=1)) == "10 times."


def test_days_need_no_locale() -> None:
    assert day_words(dt.date(2026, 2, 9)) == "9 February 2026"


def test_clean_keeps_letters_and_drops_what_steers() -> None:
    assert clean(" A\tb\r\n\x1b[2Jé\x00\u202e \u2066") == "A b [2Jé"
