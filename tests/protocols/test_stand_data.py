"""The numbers and words of the stand test."""

from __future__ import annotations

import re
from decimal import Decimal
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
JUDGING = ("standing", *(f"stand/{name}" for name in ("series", "signs", "start", "alerts", "progress")))
SCREEN_ONLY = {
    "rest_s",
    "rest_min_s",
    "heel_distance_cm",
    "cuff_per_min",
    "recovery_lying_min",
    "recovery_hr_within",
    "recovery_sit_min",
}


RULES = """
    rest_s 600, rest_min_s 300, concordant_hr 5, concordant_sbp 10, first_min 1, last_min 10, every_min 1,
    heel_distance_cm 15, cuff_per_min 4, recovery_lying_min 2, recovery_hr_within 10, recovery_sit_min 2,
    oh_sbp_fall 20, oh_dbp_fall 10, classical_by_min 3, supine_htn_sbp 140, oh_sbp_fall_supine_htn 30, sbp_low 90,
    initial_oh_sbp_fall 40, initial_oh_dbp_fall 20, initial_oh_by_s 15, initial_oh_recovered_s 60,
    reflex_sbp 90, reflex_sbp_fall 20, reflex_hr_fall 10, pressor_sbp_rise 20, orthostatic_htn_sbp 140,
    noh_ratio 0.5, noh_sbp_fall 20, noh_by_min 3,
    hr_rise_adult 30, hr_rise_teen 40, teen_from_age 12, adult_from_age 20, hr_rise_child_note 40, hr_gap_min 5,
    hr_high 120, supine_hr_low 60, supine_hr_high 100, symptom_months 3,
    stage_1_stop_min 3, stage_2_stop_min 10, stage_2_symptoms 5, stage_3_symptoms 3, unrated_symptoms 5,
    start_sbp_crisis 180, start_dbp_crisis 120, start_sbp_low 90, start_dbp_high 100, start_hr_high 120,
    start_hr_low 40, start_spo2_low 92, start_spo2_very_low 85, start_min_age 12,
    ask_hr 140, stop_hr 160, stop_hr_drop 20, stop_hr_slow 45, stop_sbp_low 80, stop_sbp_high 200,
    stop_dbp_high 120, stop_sbp_fall 30, stop_sbp_symptoms 90, stop_spo2 90, symptomatic_from 1
"""
"""The numbers of the written rules, copied a second time by hand so that a slip in the data is seen."""


def test_the_numbers_are_those_of_the_rules() -> None:
    written = dict(one.split() for one in RULES.split(","))
    assert {key: one.value for key, one in PROTOCOL.thresholds.items()} == {k: Decimal(v) for k, v in written.items()}
    assert [(window.first, window.last) for window in PROTOCOL.windows] == [(1, 2), (3, 4), (5, 7), (9, 10)]


def test_every_number_used_stands_in_the_data_and_every_number_there_is_used() -> None:
    code = "".join((ROOT / "protocols" / f"{name}.py").read_text("utf-8") for name in JUDGING)
    quoted = set(re.findall(r'"([a-z0-9_]+)"', code))
    assert PROTOCOL.thresholds.keys() - quoted == SCREEN_ONLY
    asked_for = set(re.findall(r'(?:limit|at_least|below|above)\([^()"]*"([a-z0-9_]+)"', code))
    assert asked_for
    assert asked_for <= PROTOCOL.thresholds.keys()


def test_every_label_and_tag_the_classifier_can_give_has_words() -> None:
    _, _, code = (ROOT / "protocols" / "standing.py").read_text("utf-8").partition("\n]\n")  # below what it gives out
    assert set(re.findall(r'"([A-Z][A-Z0-9_]{5,})"', code)) == LABELS
    assert len(LABELS) == len(PROTOCOL.patterns) == 23
    assert len(PROTOCOL.tags) == 22


@pytest.mark.parametrize("pattern", PROTOCOL.patterns, ids=lambda pattern: pattern.label)
def test_patterns_speak_with_care(pattern: Any) -> None:
    assert "screening finding, not a diagnosis" in pattern.say
    assert all((pattern.name, pattern.plain, pattern.refer))
    assert not re.search(r"\b(danger|serious|disease|fail|diagnos|abnormal|POTS)", pattern.plain, re.IGNORECASE)
    if pattern.label not in NO_PATTERN_NAMED:
        assert "pattern consistent with" in pattern.say.lower()


@pytest.mark.parametrize("pattern", PROTOCOL.patterns, ids=lambda pattern: pattern.label)
def test_a_letter_asks_a_doctor_in_whole_sentences(pattern: Any) -> None:
    assert bool(pattern.letter) is (pattern.label not in {"NORMAL", "INVALID_BASELINE"})
    if pattern.letter:
        assert re.fullmatch(r"We ask (you|for a review)\b.*\.", pattern.letter)
        assert not re.search(r"GP|\b(record|ask about|repeat|confirm) (the|at|in|symptoms|with)\b", pattern.letter)


def test_the_faint_card_is_five_lines_of_a_narrow_screen() -> None:
    assert len(PROTOCOL.faint_card) == 5
    assert all(len(line) <= 78 for line in PROTOCOL.faint_card)


def test_contraindications_are_named_once_and_the_measured_ones_are_all_there() -> None:
    ids = [one.id for one in PROTOCOL.contraindications]
    assert len(ids) == len(set(ids))
    measured = {one.id for one in PROTOCOL.contraindications if one.measured}
    code = (ROOT / "protocols" / "stand" / "start.py").read_text("utf-8")
    assert measured == set(re.findall(r'^ {8}"([a-z0-9_]+)":', code, re.MULTILINE))
    assert {one.id for one in PROTOCOL.contraindications if one.measured and one.absolute} == {
        "bp_180",
        "spo2_very_low",
    }


def test_no_working_mark_reaches_the_words() -> None:
    assert not re.search(r"\[(found|memory|derived|design)|\bseeds?\b", DATA.read_text("utf-8"), re.IGNORECASE)
