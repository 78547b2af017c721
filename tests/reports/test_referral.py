"""A letter goes to a doctor for red flags and for patterns of the stand test; how soon follows from what was found."""

from __future__ import annotations

import re
from typing import Any

import pytest

from reports.content import Subject
from reports.documents import letter_document, letter_due, plan_document
from reports.stand_content import CARE
from tests.reports.papers import CLEARED, UPRIGHT, flagged, known, limited, nothing_found, stiff, subject

QUIET: dict[str, Any] = {
    "supine": [[70, 120, 76], [70, 120, 76]],
    "standing": [[minute, 78, 118, 78] for minute in range(1, 11)],
    "upright_symptoms": False,
}
FALL: dict[str, Any] = {**QUIET, "standing": [[minute, 74, 92, 60] for minute in range(1, 11)]}


def letter(about: Subject) -> str:
    return " ".join(letter_document(about, known()).text.split())


def label(about: Subject) -> str:
    verdict = about.assessment.verdict
    assert verdict is not None
    return verdict.label


def test_of_every_pattern_a_letter_tells_what_was_found_and_orders_its_reader_nothing() -> None:
    patterns = (*known().stand.patterns, known().stand.screened)
    found = [one.say.partition(CARE) for one in patterns if one is not None]
    assert all(care for _, care, _ in found)
    orders = r"\b(discuss|record the|repeat|ask about|confirm|do the|we|us)\b"
    assert not [said for said, _, _ in found if re.search(orders, said, re.IGNORECASE)]


@pytest.mark.parametrize(
    ("about", "due"),
    [
        (stiff(), False),
        (nothing_found(), False),
        (flagged(), True),
        (limited(), True),
        (subject(red_flags=["night_pain"]), True),
        (subject(standing=QUIET), False),
        (subject(standing={**QUIET, "supine": [[70, 120, 76]]}), False),
        (subject(standing=FALL), True),
    ],
)
def test_when_a_letter_is_due(about: Subject, due: bool) -> None:
    assert letter_due(about, known()) is due


def test_a_pattern_of_the_stand_test_has_a_letter_beside_the_plan() -> None:
    about = limited()
    text = letter(about)
    pattern = next(one for one in known().stand.patterns if one.label == "POTS_PATTERN")
    assert plan_document(about, known()).kind == "handout"
    assert "For review after a standing test" in text
    found, care, to_do = pattern.say.partition(CARE)
    assert found + care in text
    assert to_do.strip() not in text, "that is for the clinician to do"
    assert pattern.letter in text
    assert pattern.refer not in text, "that is the clinician's own note"
    assert "Heart rate: lying 1 72;" in text
    assert f"A home plan of {len(about.assessment.plan.exercises)} exercises" in text


def test_the_question_of_clearance_stands_only_where_the_plan_waits_for_it() -> None:
    waits = letter(limited(medical_clearance=None))
    assert "only starter exercises are given, lying down" in waits
    assert "Yes ____ No ____ Name ____" in waits
    assert "Medical clearance" not in letter(limited(medical_clearance=CLEARED))
    assert "Medical clearance" not in letter(limited(standing={**UPRIGHT, "syncope": True}, medical_clearance=None))


@pytest.mark.parametrize(("systolic", "urgent"), [(92, True), (100, False)])
def test_a_fall_is_urgent_with_the_neurogenic_pattern(systolic: int, urgent: bool) -> None:
    rate = 74 if urgent else 95
    standing = [[minute, rate, systolic, 60] for minute in range(1, 11)]
    about = subject(standing={**QUIET, "standing": standing}, medical_clearance=CLEARED)
    assert label(about) == "CLASSICAL_OH"
    assert ("Urgent: for review" in letter(about)) is urgent


def test_a_systolic_below_80_makes_a_fall_urgent() -> None:
    low, less = ([[minute, 98, systolic, 58] for minute in (1, 2, 3, 4)] for systolic in (79, 80))
    stopped = {**QUIET, "stopped_min": 4.5}
    assert "Urgent: for review" in letter(subject(standing={**stopped, "standing": low}))
    assert "Urgent: for review" not in letter(subject(standing={**stopped, "standing": less}))


@pytest.mark.parametrize(("rate", "urgent"), [(121, True), (120, False)])
def test_a_resting_rate_above_120_is_for_the_same_day(rate: int, urgent: bool) -> None:
    standing = [[minute, rate + 2, 118, 78] for minute in range(1, 11)]
    about = subject(standing={**QUIET, "supine": [[rate, 120, 76], [rate, 120, 76]], "standing": standing})
    assert label(about) == "RESTING_TACHYCARDIA"
    assert ("medical review on the same day" in letter(about)) is urgent


def test_a_low_level_is_for_the_next_appointment() -> None:
    about = subject(red_flags=["night_pain"])
    text = letter(about)
    action = next(one for one in known().red_flags.actions if one.level == 1)
    assert "For review at the next appointment" in text
    assert " ".join(action.letter.split()) in text
    assert "Physical tests were stopped" not in text


def test_a_low_level_is_asked_about_beside_a_pattern() -> None:
    text = letter(limited(red_flags=["night_pain"]))
    assert "For review after a standing test" in text
    assert "please review them at the next appointment" in text


def test_no_letter_names_an_exercise() -> None:
    for about in (limited(), flagged(), subject(standing=FALL)):
        assert not any(card.name in letter(about) for card in known().exercises.values())
