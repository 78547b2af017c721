"""The numbers and words of the stand test."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.protocols.stand_samples import (
    DATA,
    PROTOCOL,
    ROOT,
)

NO_PATTERN_NAMED = {
    "NORMAL",
    "INCOMPLETE",
    "INVALID_BASELINE",
    "INCONCLUSIVE_MEDICATION",
    "AGE_BELOW_12_NO_CRITERION",
}
LABELS = {pattern.label for pattern in PROTOCOL.patterns}
SCREEN_ONLY = {
    "rest_s",
    "rest_min_s",
    "heel_distance_cm",
    "cuff_per_min",
    "recovery_lying_min",
    "recovery_hr_within",
    "recovery_sit_min",
}


def test_every_number_used_stands_in_the_data_and_every_number_there_is_used() -> None:
    code = "".join(path.read_text("utf-8") for path in (ROOT / "protocols").glob("stand*.py"))
    quoted = set(re.findall(r'"([a-z0-9_]+)"', code))
    assert PROTOCOL.thresholds.keys() - quoted == SCREEN_ONLY
    asked_for = set(re.findall(r'(?:limit|at_least|below|above)\([^()"]*"([a-z0-9_]+)"', code))
    assert asked_for
    assert asked_for <= PROTOCOL.thresholds.keys()


def test_every_label_and_tag_the_classifier_can_give_has_words() -> None:
    code = (ROOT / "protocols" / "standing.py").read_text("utf-8")
    assert set(re.findall(r'"([A-Z][A-Z0-9_]{5,})"', code)) == LABELS
    assert len(LABELS) == len(PROTOCOL.patterns) == 23
    assert len(PROTOCOL.tags) == 21


@pytest.mark.parametrize("pattern", PROTOCOL.patterns, ids=lambda pattern: pattern.label)
def test_patterns_speak_with_care(pattern: Any) -> None:
    assert "screening finding, not a diagnosis" in pattern.say
    assert all((pattern.name, pattern.plain, pattern.refer))
    assert not re.search(r"\b(danger|serious|disease|fail|diagnos|abnormal|POTS)", pattern.plain, re.IGNORECASE)
    if pattern.label not in NO_PATTERN_NAMED:
        assert "pattern consistent with" in pattern.say.lower()


def test_the_faint_card_is_five_lines_of_a_narrow_screen() -> None:
    assert len(PROTOCOL.faint_card) == 5
    assert all(len(line) <= 78 for line in PROTOCOL.faint_card)


def test_contraindications_are_named_once_and_the_measured_ones_are_all_there() -> None:
    ids = [one.id for one in PROTOCOL.contraindications]
    assert len(ids) == len(set(ids))
    measured = {one.id for one in PROTOCOL.contraindications if one.measured}
    code = (ROOT / "protocols" / "stand_start.py").read_text("utf-8")
    assert measured == set(re.findall(r'^ {8}"([a-z0-9_]+)":', code, re.MULTILINE))
    assert {one.id for one in PROTOCOL.contraindications if one.measured and one.absolute} == {
        "bp_180",
        "spo2_very_low",
    }


def test_no_working_mark_reaches_the_words() -> None:
    assert not re.search(r"\[(found|memory|derived|design)|\bseeds?\b", DATA.read_text("utf-8"), re.IGNORECASE)
