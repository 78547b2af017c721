"""How tests raise a finding: one small function for each rule that findings.toml names.

A finding looks at its own tests, and only at sides graded B, R or POS. Severity: 1 some B and no R; 2 one test R;
3 two tests R, or one R that also differs between the sides, or one R that is the patient's own pain.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Final, Literal, NamedTuple

from protocols.grades.cuts import ROWS, band, within
from protocols.model import FindingRule
from protocols.plans.seen import Hit, Seen, hits_in, is_positive, level_of, severity, value_of

Place = Literal["above", "below", "inside"]
"""Where a number lies against its reference band."""

MOST: Final = 3
"""The highest severity."""
PALPATED_MOST: Final = 2
"""Findings of low reliability are never called marked."""
MAIN_PROBLEM_NPRS: Final = 5
"""From this pain (NPRS 0-10) a main problem counts as moderate. Clinic rule."""
FOOT_SIGNS: Final[dict[str, tuple[Place, str]]] = {"PRN": ("above", "-pronation"), "SUP": ("below", "-supination")}
"""Which end of the band, and which ending of a gait category, speaks for the foot rolling in or out."""
NEVER_A_SIGN: Final = (("SUP", "nav_drop"),)
"""A small navicular drop does not speak for a foot that rolls out."""


class Raised(NamedTuple):
    """A finding before it has a name. `because` may hold what is no test: "standing", "reported", "main_problem"."""

    severity: int
    hits: tuple[Hit, ...] = ()
    beside: tuple[Hit, ...] = ()
    """Named with the finding, without deciding its side."""
    because: tuple[str, ...] = ()


Rule = Callable[[FindingRule, Seen], Raised | None]


# -- the rules -----------------------------------------------------------------------------------------------------


def _classes(rule: FindingRule, seen: Seen) -> Raised | None:
    return _raised(hits_in(rule.tests, seen.grades), seen)


def _at_most_two(rule: FindingRule, seen: Seen) -> Raised | None:
    return _capped(_classes(rule, seen), PALPATED_MOST)


def _one_movement(rule: FindingRule, seen: Seen) -> Raised | None:
    hits = hits_in(rule.tests, seen.grades)
    return Raised(severity(hits, seen.grades, one_movement=True), hits) if hits else None


def _rotation(rule: FindingRule, seen: Seen) -> Raised | None:
    """Marked only when two tests agree: each rotation test alone is too easily off."""
    raised = _classes(rule, seen)
    restricted = {hit.test for hit in raised.hits if hit.grade.grade == "R"} if raised else set()
    return raised if len(restricted) > 1 else _capped(raised, 2)


def _control(rule: FindingRule, seen: Seen) -> Raised | None:
    """A positive prone instability test makes weak trunk control weigh more; alone it raises nothing."""
    raised = _classes(rule, seen)
    if raised and is_positive("pit", seen.grades):
        return raised._replace(severity=min(raised.severity + 1, MOST))
    return raised


def _tilt_above(rule: FindingRule, seen: Seen) -> Raised | None:
    """A short hip flexor is named beside a forward tilt."""
    tilt, *others = rule.tests
    raised = _tilt(tilt, others, "above", seen)
    return raised._replace(beside=hits_in(others, seen.grades)) if raised else None


def _tilt_below(rule: FindingRule, seen: Seen) -> Raised | None:
    tilt, *others = rule.tests
    return _tilt(tilt, others, "below", seen)


def _tilt(tilt: str, others: list[str], place: Place, seen: Seen) -> Raised | None:
    hits = tuple(hit for hit in hits_in([tilt], seen.grades) if _place(hit, seen) == place)
    raised = _raised(hits, seen)
    tilted = any(hit.grade.grade == "R" for hit in hits)
    supported = any(hit.grade.grade == "R" for hit in hits_in(others, seen.grades))
    return raised._replace(severity=MOST) if raised and tilted and supported else raised


def _foot(rule: FindingRule, seen: Seen) -> Raised | None:
    place, ending = FOOT_SIGNS[rule.code]
    hits = tuple(
        hit
        for hit in hits_in(rule.tests, seen.grades)
        if (rule.code, hit.test) not in NEVER_A_SIGN and _speaks_for(hit, place, ending, seen)
    )
    return _raised(hits, seen)


def _breathing(rule: FindingRule, seen: Seen) -> Raised | None:
    """What was seen, and what the questionnaire says: the higher of the two."""
    observed, questionnaire = rule.tests
    hits = hits_in([observed], seen.grades)
    level = level_of(questionnaire, seen)
    if not hits and not level:
        return None
    seen_severity = severity(hits, seen.grades) if hits else 0
    return Raised(max(seen_severity, level), hits, because=(questionnaire,) if level else ())


def _cleared_dizziness(rule: FindingRule, seen: Seen) -> Raised | None:
    """Only after heart, nerves and ears were considered, and the patient was seen standing."""
    cleared = seen.case.dizziness_cleared and seen.concern.level <= 1 and _stood(seen)
    return _classes(rule, seen) if cleared else None


def _low_back(rule: FindingRule, seen: Seen) -> Raised | None:
    standing, pain = rule.tests
    raised = _raised(hits_in([standing], seen.grades), seen)
    if seen.case.main_problem != rule.code:
        return raised
    strong = (value_of(pain, seen.grades) or 0) >= MAIN_PROBLEM_NPRS
    told = Raised(2 if strong else 1, because=("main_problem",))
    return told._replace(severity=max(told.severity, raised.severity), hits=raised.hits) if raised else told


def _stage(rule: FindingRule, seen: Seen) -> Raised | None:
    severity_of_stage = {"OI1": (1, 3), "OI2": (2, 2), "OI3": (3, 2)}
    stage, weight = severity_of_stage[rule.code]
    return Raised(weight, because=("standing",)) if seen.verdict and seen.verdict.stage == stage else None


def _reported(rule: FindingRule, seen: Seen) -> Raised | None:
    weight = seen.case.reported.get(rule.code)
    return Raised(weight, because=("reported",)) if weight else None


RULES: Final[dict[str, Rule]] = {
    "classes": _classes,
    "tilt_above": _tilt_above,
    "tilt_below": _tilt_below,
    "foot": _foot,
    "one_movement": _one_movement,
    "rotation": _rotation,
    "control": _control,
    "breathing": _breathing,
    "cleared_dizziness": _cleared_dizziness,
    "at_most_two": _at_most_two,
    "low_back": _low_back,
    "stage": _stage,
    "reported": _reported,
}
"""The names findings.toml may use."""


# -- parts ---------------------------------------------------------------------------------------------------------


def _raised(hits: tuple[Hit, ...], seen: Seen) -> Raised | None:
    return Raised(severity(hits, seen.grades), hits) if hits else None


def _capped(raised: Raised | None, most: int) -> Raised | None:
    return raised._replace(severity=min(raised.severity, most)) if raised else None


def _speaks_for(hit: Hit, place: Place, ending: str, seen: Seen) -> bool:
    value = hit.grade.value
    return value.endswith(ending) if isinstance(value, str) else _place(hit, seen) == place


def _place(hit: Hit, seen: Seen) -> Place:
    """Where a number lies against its reference band. A compensated value may be graded B and still lie inside."""
    patient = seen.case.patient
    measure = seen.library.tests[hit.test].measure
    found = band(measure, ROWS[patient.sex][0], patient.age_on(seen.case.date))
    if found is None or not isinstance(hit.grade.value, Decimal):
        return "inside"
    low, high = within(measure, found)
    if high is not None and hit.grade.value > high:
        return "above"
    return "below" if low is not None and hit.grade.value < low else "inside"


def _stood(seen: Seen) -> bool:
    """A pressure screen is too short to say that dizziness is not of standing."""
    stand = seen.case.standing
    return seen.verdict is not None and stand is not None and bool(stand.standing) and not stand.screen
