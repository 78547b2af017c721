"""The definitions of the stand test, one function each: what a series of readings shows.

Every comparison is made on the values as typed; the numbers and their sources stand in data/stand_test.toml.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from protocols.stand.series import Pressure, Pulse, Series, rise_criterion

# -- blood pressure --------------------------------------------------------------------------------------------------


def supine_hypertension(s: Series) -> bool:
    return s.base.sbp >= s.limit("supine_htn_sbp")


def sustained_fall(s: Series) -> Pressure | None:
    """The first low reading followed by another low one, or by none because it is the last.

    Low: fallen by 20 systolic (30 where lying pressure is high) or 10 diastolic.
    """
    following = (*s.pressures[1:], None)
    for reading, after in zip(s.pressures, following, strict=True):
        if _is_low(s, reading) and (after is None or _is_low(s, after)):
            return reading
    return None


def has_oh(s: Series) -> bool:
    return sustained_fall(s) is not None


def classical_oh(s: Series) -> bool:
    fall = sustained_fall(s)
    return fall is not None and fall.minute <= s.limit("classical_by_min")


def transient_drop(s: Series) -> bool:
    """The first low reading recovered by the next one, whatever came later."""
    first_low = next((reading for reading in s.pressures if _is_low(s, reading)), None)
    return first_low is not None and first_low is not sustained_fall(s)


def oh_on_last_reading_only(s: Series) -> bool:
    fall = sustained_fall(s)
    return fall is not None and fall is s.pressures[-1]


def borderline_oh(s: Series) -> bool:
    """High lying pressure, and a fall that would count were it not high."""
    usual = s.limit("oh_sbp_fall")
    fallen = any(a.sbp_fall >= usual and b.sbp_fall >= usual for a, b in pairwise(s.pressures))
    return supine_hypertension(s) and not has_oh(s) and fallen


def low_systolic(s: Series) -> bool:
    return any(reading.sbp < s.limit("sbp_low") for reading in s.pressures)


def initial_oh(s: Series) -> bool:
    """Seen only beat to beat: deep, within seconds, and recovered soon. A cuff is too slow for it."""
    beats = s.stand.beat_to_beat
    if beats is None:
        return False
    in_time = beats.nadir_s <= s.limit("initial_oh_by_s") and beats.recovered_s <= s.limit("initial_oh_recovered_s")
    deep_sbp = s.base.sbp - beats.nadir_sbp > s.limit("initial_oh_sbp_fall")
    deep_dbp = s.base.dbp - beats.nadir_dbp > s.limit("initial_oh_dbp_fall")
    return in_time and (deep_sbp or deep_dbp)


def possible_initial_oh(s: Series) -> bool:
    return s.stand.dizzy_first_30s and not initial_oh(s) and not has_oh(s)


def reflex(s: Series) -> bool:
    """Stopped with pressure and heart rate falling together in the last two rows, missing values included."""
    if s.stand.stopped_min is None or len(s.rows) < 2:
        return False
    before, last = s.rows[-2:]
    if before.hr is None or before.sbp is None or last.hr is None or last.sbp is None:
        return False
    sbp_fell = before.sbp - last.sbp >= s.limit("reflex_sbp_fall")
    hr_fell = before.hr - last.hr >= s.limit("reflex_hr_fall")
    return last.sbp < s.limit("reflex_sbp") and sbp_fell and hr_fell


def pressor(s: Series) -> bool:
    return any(_risen(s, a) and _risen(s, b) for a, b in pairwise(s.pressures))


def orthostatic_hypertension(s: Series) -> bool:
    high = s.limit("orthostatic_htn_sbp")
    return any(_risen(s, a) and _risen(s, b) and min(a.sbp, b.sbp) >= high for a, b in pairwise(s.pressures))


def pressure_missing_early(s: Series) -> bool:
    """No pressure in the first minutes: a fall is then not excluded."""
    return all(reading.minute > s.limit("classical_by_min") for reading in s.pressures)


def noh_ratio(s: Series) -> Decimal | None:
    """Rise of heart rate per mmHg of systolic fall (bpm/mmHg), unrounded; None where it says nothing.

    Taken at the last complete reading of the first three minutes, else at the last complete one (Norcliffe-Kaufmann
    2018).
    """
    if rate_limited(s) or not has_oh(s):
        return None
    rise_at = {pulse.minute: pulse.rise for pulse in s.pulses}
    complete = [reading for reading in s.pressures if reading.minute in rise_at]
    early = [reading for reading in complete if reading.minute <= s.limit("noh_by_min")]
    at = next(reversed(early or complete), None)
    if at is None or at.sbp_fall < s.limit("noh_sbp_fall"):
        return None
    return rise_at[at.minute] / at.sbp_fall


def neurogenic(s: Series) -> bool:
    ratio = noh_ratio(s)
    return ratio is not None and ratio < s.limit("noh_ratio")


def non_neurogenic(s: Series) -> bool:
    ratio = noh_ratio(s)
    return ratio is not None and ratio >= s.limit("noh_ratio")


def _is_low(s: Series, reading: Pressure) -> bool:
    systolic = s.limit("oh_sbp_fall_supine_htn" if supine_hypertension(s) else "oh_sbp_fall")
    return reading.sbp_fall >= systolic or reading.dbp_fall >= s.limit("oh_dbp_fall")


def _risen(s: Series, reading: Pressure) -> bool:
    return -reading.sbp_fall >= s.limit("pressor_sbp_rise")


# -- heart rate ------------------------------------------------------------------------------------------------------


def meets_rise(s: Series, pulse: Pulse) -> bool:
    needed = rise_criterion(s.age, s.protocol)
    return needed is not None and pulse.rise >= needed


def largest_rise(s: Series) -> Decimal:
    """The largest rise above lying, bpm. Asks for at least one heart rate."""
    return max(pulse.rise for pulse in s.pulses)


def sustained_rise(s: Series) -> bool:
    return _first_pair(s) is not None


def any_rise(s: Series) -> bool:
    return any(meets_rise(s, pulse) for pulse in s.pulses)


def rise_off_and_on(s: Series) -> bool:
    """Met twice or more, never twice in a row."""
    return sum(meets_rise(s, pulse) for pulse in s.pulses) >= 2 and not sustained_rise(s)


def pair_far_apart(s: Series) -> bool:
    pair = _first_pair(s)
    return pair is not None and pair[1].minute - pair[0].minute > s.limit("hr_gap_min")


def child_with_large_rise(s: Series) -> bool:
    return s.age < s.limit("teen_from_age") and largest_rise(s) >= s.limit("hr_rise_child_note")


def hr_high(s: Series) -> bool:
    return any(pulse.hr >= s.limit("hr_high") for pulse in s.pulses)


def supine_hr_low(s: Series) -> bool:
    return s.base.hr < s.limit("supine_hr_low")


def supine_hr_high(s: Series) -> bool:
    return s.base.hr > s.limit("supine_hr_high")


def rate_limited(s: Series) -> bool:
    """A drug or a pacemaker that holds the heart rate down; other medications do not count."""
    return any(name in s.protocol.medications for name in s.stand.medications)


def _first_pair(s: Series) -> tuple[Pulse, Pulse] | None:
    pairs = pairwise(s.pulses)
    return next(((a, b) for a, b in pairs if meets_rise(s, a) and meets_rise(s, b)), None)


# -- how the test went, and what was asked ---------------------------------------------------------------------------


def stopped(s: Series) -> bool:
    return s.stand.stopped_min is not None


def pressure_screen(s: Series) -> bool:
    return s.stand.screen


def incomplete(s: Series) -> bool:
    """Some stretch of the test has no row with heart rate and both pressures; a screen never has them all."""
    if s.stand.screen:
        return True
    pulse_minutes = {pulse.minute for pulse in s.pulses}
    minutes = [reading.minute for reading in s.pressures if reading.minute in pulse_minutes]
    return not all(any(window.first <= m <= window.last for m in minutes) for window in s.protocol.windows)


def other_cause(s: Series) -> bool:
    return bool(s.stand.confounders)


def symptoms_yes(s: Series) -> bool:
    return s.stand.upright_symptoms is True


def symptoms_no(s: Series) -> bool:
    return s.stand.upright_symptoms is False


def symptoms_not_asked(s: Series) -> bool:
    return s.stand.upright_symptoms is None


def months_not_recorded(s: Series) -> bool:
    return s.stand.symptom_months is None


def months_too_few(s: Series) -> bool:
    months = s.stand.symptom_months
    return months is not None and months < s.limit("symptom_months")


def always(s: Series) -> bool:
    return True
