"""The stand test: falls and rises of blood pressure, and the neurogenic ratio, on both sides of each cut."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from protocols.case import BeatToBeat
from protocols.standing import (
    Verdict,
)
from tests.protocols.stand_samples import (
    COMPLETE,
    HIGH_LYING,
    LOW,
    MINUTES,
    PROTOCOL,
    REFLEX_BEFORE,
    STEADY,
    Row,
    beats,
    judge,
    pressures,
    taken,
)

# -- blood pressure ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pressure", "label"),
    [((92.1, 60.1), "NORMAL"), ((92, 70), "CLASSICAL_OH"), ((112, 60), "CLASSICAL_OH"), ((92.1, 60), "CLASSICAL_OH")],
)
def test_a_fall_of_20_systolic_or_10_diastolic(pressure: tuple[float, float], label: str) -> None:
    assert judge(pressures(*(pressure,) * 5)).label == label


@pytest.mark.parametrize(
    ("marks", "label", "tags"),
    [
        ("LL...", "CLASSICAL_OH", set()),
        ("..LL.", "CLASSICAL_OH", set()),
        ("...LL", "DELAYED_OH", set()),
        ("....L", "DELAYED_OH", {"oh_single_final_reading"}),
        ("L....", "NORMAL", {"transient_bp_drop"}),
        ("L..LL", "DELAYED_OH", {"transient_bp_drop"}),
        ("L...L", "DELAYED_OH", {"transient_bp_drop", "oh_single_final_reading"}),
        ("LL.L.", "CLASSICAL_OH", set()),
    ],
)
def test_a_fall_counts_when_it_lasts(marks: str, label: str, tags: set[str]) -> None:
    verdict = judge(pressures(*(LOW if mark == "L" else STEADY for mark in marks)))
    assert verdict.label == label
    assert set(verdict.tags) & {"transient_bp_drop", "oh_single_final_reading"} == tags


def test_an_empty_pressure_row_does_not_break_a_fall() -> None:
    assert judge(pressures(LOW, (None, None), LOW, STEADY, STEADY)).label == "CLASSICAL_OH"
    assert judge(pressures(STEADY, STEADY, LOW, (90, None), STEADY)).label == "INCOMPLETE"


def test_one_low_reading_as_the_last_of_a_short_test_is_classical() -> None:
    verdict = judge(pressures(STEADY, LOW, minutes=(1, 3)))
    assert (verdict.label, "oh_single_final_reading" in verdict.tags) == ("CLASSICAL_OH", True)


@pytest.mark.parametrize(
    ("supine", "sbp", "label"),
    [
        (HIGH_LYING, 110, "CLASSICAL_OH"),
        (HIGH_LYING, 110.1, "BORDERLINE_OH_SUPINE_HTN"),
        (HIGH_LYING, 120, "BORDERLINE_OH_SUPINE_HTN"),
        (HIGH_LYING, 120.1, "NORMAL"),
        (((70, 139.9, 80),) * 2, 119.9, "CLASSICAL_OH"),
    ],
)
def test_high_lying_pressure_asks_for_a_fall_of_30(supine: tuple[Row, ...], sbp: float, label: str) -> None:
    verdict = judge(pressures(*((sbp, 78),) * 5, supine=supine))
    assert verdict.label == label
    assert ("supine_hypertension" in verdict.tags) is (supine is HIGH_LYING)


def test_the_diastolic_cut_stays_10_with_high_lying_pressure() -> None:
    assert judge(pressures(*((135, 70),) * 5, supine=HIGH_LYING)).label == "CLASSICAL_OH"
    assert judge(pressures(*((135, 70.1),) * 5, supine=HIGH_LYING)).label == "NORMAL"


def test_a_borderline_fall_needs_two_in_a_row() -> None:
    once = ((120, 78), (135, 78), (120, 78), (135, 78), (135, 78))
    assert judge(pressures(*once, supine=HIGH_LYING)).label == "NORMAL"


@pytest.mark.parametrize(("sbp", "there"), [(90, False), (89.9, True)])
def test_systolic_below_90_is_tagged(sbp: float, there: bool) -> None:
    assert ("sbp_below_90" in judge(pressures((sbp, 74), *(STEADY,) * 4)).tags) is there


@pytest.mark.parametrize(
    ("sbps", "label"),
    [
        ((132, 132, 112, 112, 112), "EXAGGERATED_PRESSOR_RESPONSE"),
        ((132, 112, 132, 112, 112), "NORMAL"),
        ((131.9, 131.9, 131.9, 131.9, 131.9), "NORMAL"),
        ((140, 139.9, 112, 112, 112), "EXAGGERATED_PRESSOR_RESPONSE"),
        ((140, 140, 112, 112, 112), "ORTHOSTATIC_HYPERTENSION"),
    ],
)
def test_a_rise_in_pressure_twice_in_a_row(sbps: tuple[float, ...], label: str) -> None:
    verdict = judge(pressures(*((sbp, 74) for sbp in sbps)))
    assert verdict.label == label
    assert "exaggerated_pressor_response" not in verdict.tags


def test_a_pressor_response_is_a_tag_beside_a_heart_rate_label() -> None:
    rows = tuple((m, 105, 134, 76) for m in MINUTES)
    verdict = judge(taken(*rows, upright_symptoms=True, symptom_months=Decimal(4)))
    assert (verdict.label, verdict.tags) == ("POTS_PATTERN", ("exaggerated_pressor_response",))


@pytest.mark.parametrize(
    ("first_seconds", "there"),
    [
        (beats(71.9, 60, 15, 60), True),
        (beats(72, 60, 15, 60), False),
        (beats(100, 49.9, 15, 60), True),
        (beats(100, 50, 15, 60), False),
        (beats(60, 40, 15.1, 60), False),
        (beats(60, 40, 15, 60.1), False),
    ],
)
def test_initial_fall_is_more_than_40_or_20_in_time(first_seconds: BeatToBeat, there: bool) -> None:
    verdict = judge(taken(*COMPLETE, beat_to_beat=first_seconds))
    assert verdict.label == ("INITIAL_OH" if there else "NORMAL")
    assert ("initial_oh" in verdict.tags) is there


def test_dizzy_at_first_is_a_possible_initial_fall_only_without_a_known_one() -> None:
    tag = "possible_initial_oh_history"
    assert tag in judge(taken(*COMPLETE, dizzy_first_30s=True)).tags
    assert tag not in judge(taken(*COMPLETE, dizzy_first_30s=True, beat_to_beat=beats(60, 40, 10, 30))).tags
    assert tag not in judge(pressures(*(LOW,) * 5, dizzy_first_30s=True)).tags


@pytest.mark.parametrize(
    ("before", "last", "reflex"),
    [
        (REFLEX_BEFORE, (7, 94, 89.9, 45), True),
        (REFLEX_BEFORE, (7, 94, 89.9, None), True),
        (REFLEX_BEFORE, (7, 94.1, 89.9, 45), False),
        ((6, 104, 115, 70), (7, 94, 89.9, 45), True),
        ((6, 104, 115, 70), (7, 94, 90, 45), False),
        ((6, 104, 109.8, 70), (7, 94, 89.9, 45), False),
        (REFLEX_BEFORE, (7, 94, None, None), False),
        ((6, None, 109.9, 70), (7, 94, 89.9, 45), False),
    ],
)
def test_reflex_pattern(before: Row, last: Row, reflex: bool) -> None:
    rows = (*COMPLETE[:3], before, last)
    assert (judge(taken(*rows, stopped_min=Decimal(7))).label == "REFLEX_PATTERN") is reflex
    assert judge(taken(*rows)).label != "REFLEX_PATTERN"


def test_reflex_looks_at_the_last_two_rows_even_when_they_are_empty() -> None:
    rows = (*COMPLETE[:3], REFLEX_BEFORE, (7, 60, 80, 45), (8, None, None, None))
    assert judge(taken(*rows, stopped_min=Decimal(8))).label != "REFLEX_PATTERN"
    assert judge(taken(*rows, (11, None, None, None), stopped_min=Decimal(8))).label != "REFLEX_PATTERN"
    assert judge(taken(*rows[:-1], (11, 70, 80, 45), stopped_min=Decimal(8))).label == "REFLEX_PATTERN"


# -- the ratio --------------------------------------------------------------------------------------------------------


def ratio_test(hr: float, sbp: float, **details: Any) -> Verdict:
    return judge(taken(*((m, hr, sbp, 74) for m in MINUTES), **details))


@pytest.mark.parametrize(
    ("hr", "sbp", "ratio", "tag"),
    [
        (80, 92, "0.50", "non_neurogenic_pattern"),
        (79.9, 92, "0.50", "neurogenic_pattern"),
        (70.1, 92, "0.00", "neurogenic_pattern"),
        (70.3, 92, "0.02", "neurogenic_pattern"),
        (70.5, 92, "0.02", "neurogenic_pattern"),
        (69.95, 92, "0.00", "neurogenic_pattern"),
        (66, 92, "-0.20", "neurogenic_pattern"),
    ],
)
def test_ratio_is_judged_unrounded_and_shown_half_even(hr: float, sbp: float, ratio: str, tag: str) -> None:
    verdict = ratio_test(hr, sbp)
    assert str(verdict.noh_ratio) == ratio
    assert tag in verdict.tags


@pytest.mark.parametrize("drug", sorted(PROTOCOL.medications))
def test_no_ratio_with_a_rate_limiting_drug(drug: str) -> None:
    verdict = ratio_test(75, 92, medications=("vitamin d", drug))
    assert verdict.noh_ratio is None
    assert "neurogenic_pattern" not in verdict.tags
    assert "rate_limiting_medication" in verdict.tags


def test_any_other_medication_leaves_the_ratio() -> None:
    verdict = ratio_test(75, 92, medications=("vitamin d", "Beta_Blocker"))
    assert verdict.noh_ratio == Decimal("0.25")
    assert "rate_limiting_medication" not in verdict.tags


def test_the_seven_drugs() -> None:
    seven = {"beta_blocker", "ivabradine", "diltiazem", "verapamil", "digoxin", "clonidine", "paced_rhythm"}
    assert set(PROTOCOL.medications) == seven


def test_ratio_is_taken_at_the_last_complete_reading_of_three_minutes() -> None:
    rows = ((1, 80, 92, 74), (2, 75, 87, 74), (3, None, 87, 74), (5, 110, 82, 74), (10, 110, 82, 74))
    assert judge(taken(*rows)).noh_ratio == Decimal("0.20")
    late = ((1, None, 92, 74), (2, None, 92, 74), *rows[2:])
    assert judge(taken(*late)).noh_ratio == Decimal("1.33")


def test_no_ratio_where_systolic_fell_less_than_20_there() -> None:
    assert ratio_test(75, 92.1).noh_ratio is None
    assert judge(pressures(*((100, 60),) * 5)).noh_ratio is None
