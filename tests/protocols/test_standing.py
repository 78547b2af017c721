"""The stand test: the lying baseline, the heart rate, and the order of the labels."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from protocols.standing import (
    Verdict,
    baseline,
    concordant,
    rise_criterion,
)
from tests.protocols.stand_samples import (
    BRANCH,
    COMPLETE,
    MET,
    MINUTES,
    PROTOCOL,
    Row,
    beats,
    hearts,
    judge,
    lying,
    pressures,
    taken,
)

# -- lying baseline ---------------------------------------------------------------------------------------------------


def test_baseline_is_the_mean_of_the_last_two_complete_readings() -> None:
    base = baseline(lying((90, 140, 90), (70, 112, 70), (None, 100, 60), (73, 115, 71)))
    assert base is not None
    assert (base.hr, base.sbp, base.dbp) == (Decimal("71.5"), Decimal("113.5"), Decimal("70.5"))


@pytest.mark.parametrize(
    ("last", "agree"),
    [((75, 122, 99), True), ((65, 102, 40), True), ((75.1, 112, 70), False), ((70, 122.1, 70), False)],
)
def test_two_lying_readings_agree_within_5_bpm_and_10_systolic(last: Row, agree: bool) -> None:
    supine = lying((70, 112, 70), last)
    assert concordant(supine, PROTOCOL) is agree
    assert ("supine_not_concordant" in judge(taken(*COMPLETE, supine=((70, 112, 70), last))).tags) is not agree


@pytest.mark.parametrize("supine", [(), ((70, 112, 70),), ((70, 112, None), (70, 112, 70), (None, 112, 70))])
def test_fewer_than_two_lying_readings_leave_nothing_to_compare(supine: tuple[Row, ...]) -> None:
    stand = taken(*COMPLETE, supine=supine, confounders=("pain",), medications=("digoxin",))
    assert concordant(stand.supine, PROTOCOL) is None
    assert judge(stand) == Verdict(
        label="INVALID_BASELINE", tags=("fewer_than_2_supine",), delta_hr_max=None, noh_ratio=None, stage="unknown"
    )


def test_lying_readings_that_differ_carry_one_tag_only() -> None:
    verdict = judge(taken(*COMPLETE, supine=((70, 112, 70), (80, 112, 70)), stopped_min=Decimal(5)))
    assert (verdict.label, verdict.tags, verdict.delta_hr_max) == ("INVALID_BASELINE", ("supine_not_concordant",), None)


@pytest.mark.parametrize(
    "rows",
    [
        (),
        ((1, None, 112, 74), (2, None, 112, 74)),
        ((1, 80, None, None), (2, 80, 110, None)),
        ((0, 80, 112, 74), (11, 80, 112, 74)),
    ],
    ids=["no rows", "no heart rate", "no whole pressure", "other minutes"],
)
def test_no_standing_data(rows: tuple[Row, ...]) -> None:
    verdict = judge(taken(*rows, upright_symptoms=True, medications=("digoxin",)))
    assert (verdict.label, verdict.tags) == ("INCOMPLETE", ("no_standing_data",))
    assert verdict.delta_hr_max is None


# -- heart rate -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("age", "rise"), [(0, None), (11, None), (12, 40), (19, 40), (20, 30), (90, 30)])
def test_rise_criterion_by_age(age: int, rise: int | None) -> None:
    assert rise_criterion(age, PROTOCOL) == rise


@pytest.mark.parametrize(
    ("age", "rise", "label"),
    [
        (11, 39, "OI_WITHOUT_HAEMODYNAMIC_CRITERION"),
        (11, 40, "AGE_BELOW_12_NO_CRITERION"),
        (12, 39.9, "OI_WITHOUT_HAEMODYNAMIC_CRITERION"),
        (12, 40, "POTS_PATTERN"),
        (19, 39.9, "OI_WITHOUT_HAEMODYNAMIC_CRITERION"),
        (19, 40, "POTS_PATTERN"),
        (20, 29.9, "OI_WITHOUT_HAEMODYNAMIC_CRITERION"),
        (20, 30, "POTS_PATTERN"),
    ],
)
def test_the_rise_at_each_age(age: int, rise: float, label: str) -> None:
    stand = hearts(*(70 + rise,) * 5, upright_symptoms=True, symptom_months=Decimal(8))
    assert judge(stand, age).label == label


def test_one_rise_of_40_is_enough_to_name_no_criterion_under_12() -> None:
    assert judge(hearts(80, 110, 80, 80, 80), 11).label == "AGE_BELOW_12_NO_CRITERION"
    assert judge(hearts(80, 109, 80, 80, 80), 11).label == "NORMAL"


@pytest.mark.parametrize("age", [5, 11])
def test_pressure_labels_stand_under_12(age: int) -> None:
    assert judge(pressures(*((90, 60),) * 5), age).label == "CLASSICAL_OH"
    assert judge(taken(*COMPLETE[:3]), age).label == "INCOMPLETE"


@pytest.mark.parametrize(
    ("rates", "label", "tagged"),
    [
        ((100, 80, 80, 80, 80), "ORTHOSTATIC_TACHYCARDIA_UNSUSTAINED", False),
        ((100, 80, 100, 80, 80), "ORTHOSTATIC_TACHYCARDIA_UNSUSTAINED", True),
        ((80, 80, 80, 100, 100), "POTS_PATTERN", False),
        ((100, None, 100, 80, 80), "POTS_PATTERN", False),
        ((99.9, 100, 99.9, 80, 80), "ORTHOSTATIC_TACHYCARDIA_UNSUSTAINED", False),
    ],
    ids=["once", "off and on", "last two", "an empty row between", "one of three"],
)
def test_sustained_is_two_heart_rates_in_a_row(rates: tuple[Any, ...], label: str, tagged: bool) -> None:
    verdict = judge(hearts(*rates, upright_symptoms=True, symptom_months=Decimal(8)))
    assert verdict.label == label
    assert ("intermittent_non_consecutive" in verdict.tags) is tagged


@pytest.mark.parametrize(
    ("minutes", "rates", "tagged"),
    [((1, 5, 10), (80, 100, 100), False), ((1, 4, 10), (80, 100, 100), True), ((1, 2, 10), (100, 100, 100), False)],
    ids=["5 apart", "6 apart", "a later pair only"],
)
def test_a_pair_far_apart_is_tagged(minutes: tuple[int, ...], rates: tuple[int, ...], tagged: bool) -> None:
    assert ("gap_over_5_min" in judge(hearts(*rates, minutes=minutes)).tags) is tagged


def test_minutes_outside_1_to_10_do_not_count() -> None:
    rows = ((0, 150, 60, 40), *COMPLETE, (11, 150, 60, 40))
    assert judge(taken(*rows)) == judge(taken(*COMPLETE))


@pytest.mark.parametrize(
    ("supine", "rate", "tag", "there"),
    [
        (60, 80, "supine_hr_below_60", False),
        (59.9, 80, "supine_hr_below_60", True),
        (100, 110, "supine_hr_above_100", False),
        (100.1, 110, "supine_hr_above_100", True),
        (95, 119.9, "hr_ge_120", False),
        (95, 120, "hr_ge_120", True),
    ],
)
def test_heart_rate_tags(supine: float, rate: float, tag: str, there: bool) -> None:
    verdict = judge(hearts(*(rate,) * 5, supine=((supine, 112, 70),) * 2))
    assert (tag in verdict.tags) is there


@pytest.mark.parametrize("supine", [100, 100.5])
def test_resting_tachycardia_is_above_100(supine: float) -> None:
    verdict = judge(hearts(*(supine + 35,) * 5, supine=((supine, 112, 70),) * 2))
    assert (verdict.label == "RESTING_TACHYCARDIA") is (supine > 100)


@pytest.mark.parametrize("place", range(len(BRANCH)), ids=[label for label, _ in BRANCH])
def test_the_heart_rate_labels_come_in_their_order(place: int) -> None:
    """Each reason is laid over all that come after it, and wins."""
    details: dict[str, Any] = {"upright_symptoms": True}
    for _, reason in reversed(BRANCH[place:]):
        details |= reason
    assert judge(hearts(*MET, **details)).label == BRANCH[place][0]


def test_missing_early_pressure_comes_before_another_cause() -> None:
    rows = ((1, 104, None, None), (2, 104, 112, None), (3, 104, None, 74), (4, 104, 112, 74))
    assert judge(taken(*rows, confounders=("pain",))).label == "HR_CRITERION_BP_MISSING"
    at_three = (*rows[:2], (3, 104, 112, 74))
    assert judge(taken(*at_three, confounders=("pain",))).label == "TACHYCARDIA_OTHER_CAUSE"


# -- how the test went, and the order of the rest ---------------------------------------------------------------------


@pytest.mark.parametrize("minutes", [(1, 3, 5, 9), (2, 4, 7, 10), (1, 4, 6, 10)])
def test_four_stretches_make_a_complete_series(minutes: tuple[int, ...]) -> None:
    rows = [(m, 80, 112, 74) for m in minutes]
    assert judge(taken(*rows)).label == "NORMAL"
    for gone in range(4):
        fewer = judge(taken(*rows[:gone], (minutes[gone], 80, 112, None), *rows[gone + 1 :]))
        assert (fewer.label, fewer.tags) == ("INCOMPLETE", ("incomplete_series",))


def test_minute_8_belongs_to_no_stretch() -> None:
    assert judge(taken(*((m, 80, 112, 74) for m in (1, 3, 5, 8)))).label == "INCOMPLETE"
    assert judge(taken(*((m, 80, 112, 74) for m in (1, 3, 8, 10)))).label == "INCOMPLETE"


def test_what_is_left_comes_in_its_order() -> None:
    initial: dict[str, Any] = {"beat_to_beat": beats(60, 40, 10, 30), "upright_symptoms": True}
    drug: dict[str, Any] = {"medications": ("digoxin",), **initial}
    assert judge(taken(*COMPLETE[:4], **drug)).label == "INCOMPLETE"
    assert judge(taken(*COMPLETE, **drug)).label == "INCONCLUSIVE_MEDICATION"
    assert judge(taken(*COMPLETE, **initial)).label == "INITIAL_OH"
    assert judge(taken(*COMPLETE, upright_symptoms=True)).label == "OI_WITHOUT_HAEMODYNAMIC_CRITERION"
    assert judge(taken(*COMPLETE, upright_symptoms=False)).label == "NORMAL"
    assert judge(taken(*COMPLETE)).label == "NORMAL"


def test_stopping_is_a_tag_and_no_more() -> None:
    assert judge(taken(*COMPLETE, stopped_min=Decimal(10))).tags == ("stopped_early",)


def test_compensatory_tachycardia_only_beside_a_fall_in_pressure() -> None:
    assert "compensatory_tachycardia" in judge(taken(*((m, 105, 90, 74) for m in MINUTES))).tags
    rows = (*((m, 105, 112, 74) for m in (1, 2, 3)), (6, 105, 112, 70), (7, 90, 80, 45))
    reflex = judge(taken(*rows, stopped_min=Decimal(7)))
    assert reflex.label == "REFLEX_PATTERN"
    assert "compensatory_tachycardia" not in reflex.tags
