"""The stage of a plan, rule by rule."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec
import pytest

from protocols.case import Reading, Stand
from protocols.standing import (
    peak_symptoms,
)
from tests.protocols.stand_samples import (
    BRANCH,
    COMPLETE,
    HIGH_LYING,
    LOW,
    MET,
    NOT_CONCORDANT,
    PROTOCOL,
    REFLEX_BEFORE,
    STEADY,
    beats,
    hearts,
    judge,
    pressures,
    taken,
)


@pytest.mark.parametrize(
    ("stand", "stage"),
    [
        (taken(*COMPLETE, presyncope=True), 1),
        (taken(*COMPLETE, syncope=True, supine=NOT_CONCORDANT), 1),
        (taken(syncope=True, supine=()), 1),
        (taken(*COMPLETE, stopped_min=Decimal("2.9")), 1),
        (taken(*COMPLETE, stopped_min=Decimal("2.9"), supine=NOT_CONCORDANT), 1),
        (pressures(*(LOW,) * 5), 1),
        (pressures(*(STEADY,) * 3, LOW, LOW), 1),
        (pressures(*((120, 78),) * 5, supine=HIGH_LYING), 1),
        (taken(*COMPLETE[:3], REFLEX_BEFORE, (7, 60, 80, 45), stopped_min=Decimal(7)), 1),
    ],
)
def test_stage_1(stand: Stand, stage: int) -> None:
    assert judge(stand).stage == stage


@pytest.mark.parametrize("label", [label for label, _ in BRANCH])
@pytest.mark.parametrize(("peak", "stage"), [(5, 2), (4, 3), (0, 3)])
def test_stage_of_a_met_criterion_depends_on_symptoms(label: str, peak: int, stage: int) -> None:
    details: dict[str, Any] = {"upright_symptoms": True, "symptom_months": Decimal(8), "peak_symptoms": peak}
    verdict = judge(hearts(*MET, **details | dict(BRANCH)[label]))
    assert (verdict.label, verdict.stage) == (label, stage)


@pytest.mark.parametrize(("peak", "stage"), [(5, 2), (4, 3)])
def test_stage_of_a_met_criterion_without_early_pressure(peak: int, stage: int) -> None:
    rows = ((1, 104, None, None), (2, 104, None, None), (5, 104, 112, 74))
    verdict = judge(taken(*rows, peak_symptoms=peak))
    assert (verdict.label, verdict.stage) == ("HR_CRITERION_BP_MISSING", stage)


@pytest.mark.parametrize(
    ("stop", "stage"), [("3", 2), ("9.9", 2), ("10", "none")], ids=["3 min", "just before the end", "the end"]
)
def test_stage_of_a_stop(stop: str, stage: int | str) -> None:
    assert judge(taken(*COMPLETE, stopped_min=Decimal(stop))).stage == stage


@pytest.mark.parametrize(("peak", "stage"), [(2, "none"), (3, 3)])
def test_readings_missing_but_stopped_at_the_end_follow_the_symptoms(peak: int, stage: int | str) -> None:
    verdict = judge(taken(*COMPLETE[:4], stopped_min=Decimal(10), peak_symptoms=peak))
    assert (verdict.label, verdict.stage) == ("INCOMPLETE", stage)


@pytest.mark.parametrize(
    ("stand", "age", "label"),
    [
        (taken(*COMPLETE, supine=NOT_CONCORDANT, peak_symptoms=9), 30, "INVALID_BASELINE"),
        (taken(*COMPLETE, supine=(), peak_symptoms=9), 30, "INVALID_BASELINE"),
        (hearts(*(112,) * 5, peak_symptoms=9), 11, "AGE_BELOW_12_NO_CRITERION"),
        (taken(*COMPLETE[:3], peak_symptoms=9), 30, "INCOMPLETE"),
        (taken(), 30, "INCOMPLETE"),
    ],
)
def test_stage_unknown(stand: Stand, age: int, label: str) -> None:
    assert (judge(stand, age).label, judge(stand, age).stage) == (label, "unknown")
    stopped = msgspec.structs.replace(stand, stopped_min=Decimal(5))
    assert judge(stopped, age).stage == 2


@pytest.mark.parametrize(
    ("stand", "label"),
    [
        (hearts(100, 80, 80, 80, 80), "ORTHOSTATIC_TACHYCARDIA_UNSUSTAINED"),
        (hearts(*(110,) * 5, supine=((101, 112, 70),) * 2), "RESTING_TACHYCARDIA"),
        (taken(*COMPLETE, beat_to_beat=beats(60, 40, 10, 30)), "INITIAL_OH"),
        (taken(*COMPLETE, medications=("digoxin",)), "INCONCLUSIVE_MEDICATION"),
    ],
)
def test_stage_3_by_label_whatever_the_symptoms(stand: Stand, label: str) -> None:
    for peak in (0, 9):
        verdict = judge(msgspec.structs.replace(stand, peak_symptoms=peak))
        assert (verdict.label, verdict.stage) == (label, 3)


@pytest.mark.parametrize(("peak", "stage"), [(2, "none"), (3, 3), (10, 3)])
def test_stage_by_symptoms_alone(peak: int, stage: int | str) -> None:
    assert judge(taken(*COMPLETE, peak_symptoms=peak)).stage == stage
    assert judge(pressures(*((134, 74),) * 5, peak_symptoms=peak)).stage == stage


def test_peak_symptoms_is_the_highest_rating_else_follows_the_question() -> None:
    rated = (Reading(minute=1, symptoms=2), Reading(minute=4, symptoms=6))
    assert peak_symptoms(Stand(standing=rated, peak_symptoms=4, upright_symptoms=False), PROTOCOL) == 6
    assert peak_symptoms(Stand(standing=rated, peak_symptoms=7), PROTOCOL) == 7
    assert peak_symptoms(Stand(standing=rated[:1], upright_symptoms=True), PROTOCOL) == 2
    assert peak_symptoms(Stand(upright_symptoms=True, peak_symptoms=0), PROTOCOL) == 0
    assert peak_symptoms(Stand(upright_symptoms=True), PROTOCOL) == 5
    assert peak_symptoms(Stand(upright_symptoms=None), PROTOCOL) == 0
