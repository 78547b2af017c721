"""Why a letter goes to a doctor, how soon the patient is to be seen, and what is asked."""

from __future__ import annotations

from typing import Final, NamedTuple

from protocols.case import Stand
from protocols.model import FlagAction, Library, Pattern
from protocols.standing import Verdict, baseline, limit, pattern_of
from reports import safety
from reports.content import Subject

EMERGENCY: Final = 3
"""The red-flag level that asks for an emergency department."""
UNREMARKABLE: Final = frozenset({"NORMAL", "INVALID_BASELINE"})
"""Labels of the stand test that alone call for no letter: nothing was found, or the test is to be repeated first."""
FALLS: Final = frozenset({"CLASSICAL_OH", "DELAYED_OH", "REFLEX_PATTERN"})
"""Labels that are urgent with a very low pressure or the neurogenic pattern (`letter` in stand_test.toml)."""


class Referral(NamedTuple):
    """To whom, how soon, and what is asked."""

    to: str
    urgency: str
    request: tuple[str, ...]


def letter_due(subject: Subject, library: Library) -> bool:
    """Whether a letter is called for: a red flag, no plan allowed, or a pattern of the stand test to refer for."""
    assessment = subject.assessment
    return assessment.plan.blocked or assessment.concern.level > 0 or _pattern(subject, library) is not None


def referral(subject: Subject, library: Library) -> Referral:
    """One request where it is urgent: two would leave the reader to choose. Else all that is to be reviewed."""
    action = _action(subject, library)
    if action is not None and action.level >= EMERGENCY:
        return Referral(safety.TO_EMERGENCY, "Emergency: to be seen now", (action.letter,))
    if stand_events(subject.case.standing):
        return Referral(safety.TO_DOCTOR, "Urgent: medical review on the same day", (safety.SAME_DAY,))
    if action is not None and subject.assessment.concern.plan_blocked:
        return Referral(safety.TO_DOCTOR, "Urgent: to be seen within two weeks", (action.letter,))
    return _for_review(subject, action, library)


def stand_events(stand: Stand | None) -> tuple[str, ...]:
    """What happened while standing that asks for a review."""
    if stand is None:
        return ()
    told = (
        (stand.syncope, "Fainting"),
        (stand.chest_pain, "Chest pain"),
        (stand.neuro_sign, "A new neurological sign"),
    )
    return tuple(f"{what} during the standing test." for happened, what in told if happened)


def _for_review(subject: Subject, action: FlagAction | None, library: Library) -> Referral:
    pattern = _pattern(subject, library)
    flags = (action.letter,) if action is not None else ()
    if pattern is None:
        return Referral(safety.TO_DOCTOR, "For review at the next appointment", flags)
    asked = (f"{safety.STAND_REVIEW} {pattern.letter or f'We ask for a review: {pattern.refer}'}", *flags)
    return Referral(safety.TO_DOCTOR, _how_soon(subject, pattern, library), asked)


def _how_soon(subject: Subject, pattern: Pattern, library: Library) -> str:
    stand, verdict = subject.case.standing, subject.assessment.verdict
    if stand is not None and verdict is not None:
        if pattern.label in FALLS and _very_low(stand, verdict, library):
            return "Urgent: for review after a standing test"
        base = baseline(stand.supine)
        if pattern.label == "RESTING_TACHYCARDIA" and base and base.hr > limit(library.stand, "start_hr_high"):
            return "Urgent: medical review on the same day"
    return "For review after a standing test"


def _very_low(stand: Stand, verdict: Verdict, library: Library) -> bool:
    low = limit(library.stand, "stop_sbp_low")
    return "neurogenic_pattern" in verdict.tags or any(row.sbp is not None and row.sbp < low for row in stand.standing)


def _pattern(subject: Subject, library: Library) -> Pattern | None:
    """The pattern of the stand test, where it asks to refer."""
    verdict = subject.assessment.verdict
    if verdict is None:
        return None
    pattern = pattern_of(verdict, library.stand)
    return pattern if pattern.refer and pattern.label not in UNREMARKABLE else None


def _action(subject: Subject, library: Library) -> FlagAction | None:
    """What the level of concern asks for; None at level 0."""
    level = subject.assessment.concern.level
    return next((one for one in library.red_flags.actions if one.level == level and one.letter), None)
