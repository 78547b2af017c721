"""What the clinician's report says of the plan: its cards, what was changed by hand, what was shown, what is next."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from protocols.grading import plain_number
from protocols.model import Exercise, Library
from protocols.planning import Bounds, Given, Plan, barred
from protocols.teaching import weeks_after
from reports.content import Subject, planned_check_in, planned_retest
from reports.rows import Rows
from reports.wording import clean, count, day_words, dose_words, sentence

HEAD = ("Exercise", "Dose", "Min", "Because", "Limits")
SHARES = (30, 36, 7, 27, 22)


class PlanTold(msgspec.Struct, frozen=True, kw_only=True):
    """The plan of a visit, ready to print. Parts that do not apply are empty."""

    cards: Rows
    facts: tuple[str, ...]
    """Minutes, what is done through the day, clearance, whether it was changed by hand."""
    forced: tuple[str, ...]
    """Each card given although it is barred, with the reason typed."""
    warnings: tuple[str, ...]
    messages: tuple[str, ...]
    shown: tuple[str, ...]
    """What the patient showed, with how many cues."""
    next_days: tuple[str, ...]
    parked: tuple[str, ...]


def plan_told(subject: Subject, library: Library) -> PlanTold:
    """The plan as the clinic's copy tells it."""
    plan = subject.assessment.plan
    bounds = subject.assessment.bounds(subject.case, library)
    rows = tuple(_card(number, given, library) for number, given in enumerate(plan.exercises, 1))
    return PlanTold(
        cards=Rows(HEAD, rows, SHARES),
        facts=_facts(subject, library),
        forced=tuple(_forced(subject, bounds, library)),
        warnings=plan.warnings,
        messages=plan.messages,
        shown=tuple(_shown(subject, library)),
        next_days=_next_days(subject, library),
        parked=_parked(subject, library),
    )


def cards_of(plan: Plan, library: Library) -> tuple[Exercise, ...]:
    """The cards of the session, then those of the day."""
    return tuple(library.exercises[one] for one in (*(given.id for given in plan.exercises), *plan.snacks))


def _card(number: int, given: Given, library: Library) -> tuple[str, ...]:
    card = library.exercises[given.id]
    why = "; ".join(library.findings[code].name for code in given.because if code in library.findings)
    dose = f"{dose_words(card, given.dose, given.side)} {sentence(card.frequency)}"
    marks = (*given.limits, "short dose" if given.short else "", "barred, see below" if given.forced else "")
    limits = "; ".join(mark for mark in marks if mark)
    return f"{number}. {card.name} ({given.id})", dose, plain_number(given.minutes), why, limits


def _facts(subject: Subject, library: Library) -> tuple[str, ...]:
    plan, case = subject.assessment.plan, subject.case
    snacks = ", ".join(library.exercises[card].name for card in plan.snacks)
    habits = ", ".join(library.lifestyle[card].name for card in plan.lifestyle)
    clearance = case.medical_clearance
    told = (
        (plan.by_hand, "Changed by hand."),
        (bool(plan.exercises), f"{plain_number(plan.minutes)} of {case.minutes} minutes used."),
        (bool(snacks), f"Through the day: {snacks}."),
        (bool(habits), f"Advice: {habits}."),
        (bool(case.agreed), f"Agreed with the doctor: {', '.join(case.agreed)}."),
        (
            clearance is not None,
            clearance and f"Medical clearance: {clean(clearance.by)}, {day_words(clearance.date)}.",
        ),
    )
    return tuple(words for holds, words in told if holds and words)


def _forced(subject: Subject, bounds: Bounds, library: Library) -> Iterator[str]:
    """ "Heel raises (S06): given although waits for medical clearance: the doctor agreed by phone."."""
    plan = subject.assessment.plan
    reasons = {given.id: given.forced for given in plan.exercises} | plan.forced_snacks
    for card in cards_of(plan, library):
        if reason := clean(reasons.get(card.id, "")):
            against = barred(card, bounds, library) or "barred when the plan was made"
            yield f"{card.name} ({card.id}): given although {against}: {sentence(reason)}"


def _shown(subject: Subject, library: Library) -> Iterator[str]:
    """ "Heel raises shown with 2 cues", then what was not shown yet."""
    cards = cards_of(subject.assessment.plan, library)
    for card in cards:
        if card.id in subject.practised:
            yield f"{card.name} shown with {cue_count(subject.practised[card.id])}"
    waiting = [card.name for card in cards if card.id not in subject.practised]
    if waiting:
        yield f"not yet practised: {', '.join(waiting)}"


def cue_count(cues: int) -> str:
    """ "no cue", "1 cue", "2 cues"."""
    return count(cues, "cue") if cues else "no cue"


def _next_days(subject: Subject, library: Library) -> tuple[str, ...]:
    """ "check-in 6 December 2026"; the re-tests stand beside their findings."""
    check_in, retest = planned_check_in(subject), planned_retest(subject, library)
    told = (("check-in", check_in), ("first re-test", retest))
    return tuple(f"{what} {day_words(day)}" for what, day in told if day is not None)


def _parked(subject: Subject, library: Library) -> tuple[str, ...]:
    """ "Foot rolls in, re-test about 3 January 2027"."""
    return tuple(
        f"{library.findings[one.code].name}, re-test about {day_words(weeks_after(subject.day, one.retest_weeks))}"
        for one in subject.assessment.plan.parked
    )
