"""Stand-test readings -> pattern, tags, stage. The one door to the stand test.

A label says which pattern the readings are consistent with. It is a screening finding, never a diagnosis.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Literal

import msgspec

from protocols.case import Stand
from protocols.model import Pattern, StandProtocol
from protocols.stand import signs
from protocols.stand.alerts import Alert, alerts
from protocols.stand.progress import next_minute, pressure_so_far, schedule, so_far
from protocols.stand.run import PLAUSIBLE, StandRun, full_schedule, new_run, rest_left, short_schedule
from protocols.stand.series import Baseline, Series, baseline, concordant, limit, rise_criterion, series
from protocols.stand.start import not_to_start

__all__ = [
    "PLAUSIBLE",
    "Alert",
    "Baseline",
    "Stage",
    "StandRun",
    "Verdict",
    "alerts",
    "baseline",
    "classify",
    "concordant",
    "full_schedule",
    "limit",
    "new_run",
    "next_minute",
    "not_to_start",
    "pattern_of",
    "peak_symptoms",
    "pressure_so_far",
    "rest_left",
    "rise_criterion",
    "schedule",
    "short_schedule",
    "so_far",
]

Stage = Literal[1, 2, 3, "none", "unknown"]
Sign = Callable[[Series], bool]


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What the stand test says: one label, its tags in alphabetical order, the stage of a plan.

    `delta_hr_max`: the largest heart-rate rise above lying in minutes 1-10, bpm; None where nothing can be compared.
    `noh_ratio`: rise of heart rate per systolic fall, bpm/mmHg, two places; None where it says nothing.
    """

    label: str
    tags: tuple[str, ...]
    delta_hr_max: Decimal | None
    noh_ratio: Decimal | None
    stage: Stage


# The label is the first that fits, read from top to bottom through the three tables. ----------------------------------

PRESSURE_FIRST: tuple[tuple[str, Sign], ...] = (
    ("REFLEX_PATTERN", signs.reflex),
    ("CLASSICAL_OH", signs.classical_oh),
    ("DELAYED_OH", signs.has_oh),
    ("BORDERLINE_OH_SUPINE_HTN", signs.borderline_oh),
    ("RESTING_TACHYCARDIA", signs.supine_hr_high),
    ("AGE_BELOW_12_NO_CRITERION", signs.child_with_large_rise),
)
WHERE_RISE_IS_SUSTAINED: tuple[tuple[str, Sign], ...] = (
    ("HR_CRITERION_BP_MISSING", signs.pressure_missing_early),
    ("TACHYCARDIA_OTHER_CAUSE", signs.other_cause),
    ("ORTHOSTATIC_TACHYCARDIA_LOW_BASELINE", signs.supine_hr_low),
    ("ORTHOSTATIC_TACHYCARDIA_NO_SYMPTOMS", signs.symptoms_no),
    ("ORTHOSTATIC_TACHYCARDIA_SYMPTOMS_NOT_RECORDED", signs.symptoms_not_asked),
    ("POTS_HR_PATTERN_DURATION_NOT_RECORDED", signs.months_not_recorded),
    ("POTS_HR_PATTERN_UNDER_3_MONTHS", signs.months_too_few),
    ("POTS_PATTERN", signs.always),
)
OTHERWISE: tuple[tuple[str, Sign], ...] = (
    ("ORTHOSTATIC_TACHYCARDIA_UNSUSTAINED", signs.any_rise),
    ("ORTHOSTATIC_HYPERTENSION", signs.orthostatic_hypertension),
    ("EXAGGERATED_PRESSOR_RESPONSE", signs.pressor),
    ("INCOMPLETE", signs.incomplete),
    ("INCONCLUSIVE_MEDICATION", signs.rate_limited),
    ("INITIAL_OH", signs.initial_oh),
    ("OI_WITHOUT_HAEMODYNAMIC_CRITERION", signs.symptoms_yes),
    ("NORMAL", signs.always),
)

TAGS: tuple[tuple[str, Sign], ...] = (
    ("gap_over_5_min", signs.pair_far_apart),
    ("hr_ge_120", signs.hr_high),
    ("incomplete_series", signs.incomplete),
    ("initial_oh", signs.initial_oh),
    ("intermittent_non_consecutive", signs.rise_off_and_on),
    ("neurogenic_pattern", signs.neurogenic),
    ("non_neurogenic_pattern", signs.non_neurogenic),
    ("oh_single_final_reading", signs.oh_on_last_reading_only),
    ("possible_initial_oh_history", signs.possible_initial_oh),
    ("pressure_screen", signs.pressure_screen),
    ("rate_limiting_medication", signs.rate_limited),
    ("sbp_below_90", signs.low_systolic),
    ("stopped_early", signs.stopped),
    ("supine_hr_above_100", signs.supine_hr_high),
    ("supine_hr_below_60", signs.supine_hr_low),
    ("supine_hypertension", signs.supine_hypertension),
    ("transient_bp_drop", signs.transient_drop),
)

OH = frozenset({"CLASSICAL_OH", "DELAYED_OH"})
RISE_MET = frozenset(label for label, _ in WHERE_RISE_IS_SUSTAINED)
TAGS_OF_A_LABEL: tuple[tuple[str, frozenset[str], Sign], ...] = (
    ("compensatory_tachycardia", OH, signs.sustained_rise),
    ("exaggerated_pressor_response", RISE_MET, signs.pressor),
)

STAGE_1_LABELS = OH | {"REFLEX_PATTERN", "BORDERLINE_OH_SUPINE_HTN"}
NOT_KNOWN_LABELS = frozenset({"INVALID_BASELINE", "AGE_BELOW_12_NO_CRITERION"})
STAGE_3_LABELS = RISE_MET | {
    "ORTHOSTATIC_TACHYCARDIA_UNSUSTAINED",
    "RESTING_TACHYCARDIA",
    "INITIAL_OH",
    "INCONCLUSIVE_MEDICATION",
}


def stage_words(stage: Stage) -> str:
    """ "stage 2", "no stage", "stage not known"."""
    return {"none": "no stage", "unknown": "stage not known"}.get(str(stage), f"stage {stage}")


def pattern_of(verdict: Verdict, protocol: StandProtocol) -> Pattern:
    """The words for a verdict; a pressure screen in which nothing was met has words of its own."""
    if protocol.screened is not None and verdict.label == "INCOMPLETE" and "pressure_screen" in verdict.tags:
        return protocol.screened
    return next(one for one in protocol.patterns if one.label == verdict.label)


def classify(stand: Stand, age: int, protocol: StandProtocol) -> Verdict:
    """Label, tags and stage of a finished or stopped test, for `age` in completed years. Answers for every input."""
    s = series(stand, age, protocol)
    if s is None:
        return _without_comparison("INVALID_BASELINE", "fewer_than_2_supine", stand, protocol)
    if not concordant(stand.supine, protocol):
        return _without_comparison("INVALID_BASELINE", "supine_not_concordant", stand, protocol)
    if not s.pulses or not s.pressures:
        return _without_comparison("INCOMPLETE", "no_standing_data", stand, protocol)
    label = _label(s)
    return Verdict(
        label=label,
        tags=_tags(s, label),
        delta_hr_max=signs.largest_rise(s),
        noh_ratio=_two_places(signs.noh_ratio(s)),
        stage=_stage(label, stand, protocol),
    )


def peak_symptoms(stand: Stand, protocol: StandProtocol) -> Decimal:
    """The highest 0-10 rating while standing; where none was recorded, 5 if there were symptoms upright, else 0."""
    ratings = [row.symptoms for row in stand.standing] + [stand.peak_symptoms]
    recorded = [rating for rating in ratings if rating is not None]
    if recorded:
        return Decimal(max(recorded))
    return limit(protocol, "unrated_symptoms") if stand.upright_symptoms else Decimal(0)


def _without_comparison(label: str, tag: str, stand: Stand, protocol: StandProtocol) -> Verdict:
    stage = _stage(label, stand, protocol)
    tags = (tag, "pressure_screen") if stand.screen else (tag,)
    return Verdict(label=label, tags=tuple(sorted(tags)), delta_hr_max=None, noh_ratio=None, stage=stage)


def _label(s: Series) -> str:
    rise = WHERE_RISE_IS_SUSTAINED if signs.sustained_rise(s) else ()
    return next(_fitting(s, (*PRESSURE_FIRST, *rise, *OTHERWISE)))


def _tags(s: Series, label: str) -> tuple[str, ...]:
    of_label = ((tag, sign) for tag, labels, sign in TAGS_OF_A_LABEL if label in labels)
    return tuple(sorted(_fitting(s, (*TAGS, *of_label))))


def _fitting(s: Series, table: Iterable[tuple[str, Sign]]) -> Iterator[str]:
    return (name for name, sign in table if sign(s))


def _two_places(ratio: Decimal | None) -> Decimal | None:
    if ratio is None:
        return None
    rounded = ratio.quantize(Decimal("0.01"), rounding=ROUND_HALF_EVEN)
    return rounded or abs(rounded)  # never "-0.00"


def _stage(label: str, stand: Stand, protocol: StandProtocol) -> Stage:
    """The first that fits of rules 1 to 5. Fainting and an early stop count whatever the baseline was worth.

    A pressure screen shows what asks for the most care; beyond that its stage is not known.
    """
    stop = stand.stopped_min
    peak = peak_symptoms(stand, protocol)
    fainted = stand.presyncope or stand.syncope
    if fainted or (stop is not None and stop < limit(protocol, "stage_1_stop_min")) or label in STAGE_1_LABELS:
        return 1
    if stand.screen:
        return "unknown"
    if stop is not None and stop < limit(protocol, "stage_2_stop_min"):
        return 2
    if label in RISE_MET and peak >= limit(protocol, "stage_2_symptoms"):
        return 2
    if label in NOT_KNOWN_LABELS or (label == "INCOMPLETE" and stop is None):
        return "unknown"
    if label in STAGE_3_LABELS or peak >= limit(protocol, "stage_3_symptoms"):
        return 3
    return "none"
