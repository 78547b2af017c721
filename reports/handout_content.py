"""What the take-home plan says. Short words, one main message, digits for numbers."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_CEILING

import msgspec

from protocols.model import Library, Lifestyle
from protocols.planning import Bounds, Plan
from protocols.standing import baseline
from reports import safety
from reports.cards import Deck, PlanCard, day_card, session_card
from reports.content import Options, Subject, planned_check_in, planned_retest
from reports.wording import clean, count, day_words, person

RISE_IN_STAGES = "P02"
RISE_SLOWLY = "L15"
"""Says in a line what the card of rising in stages shows."""
GET_HELP = "L18"
START_SMALL = "L13"
TWO = 2
LOW_STAGES = (1, 2)
BLANK = "_" * 14
KEEP_MOVING = "Keep moving as you do."
MOST_FOUND = 3
SIDES = {"left": ", on the left", "right": ", on the right", "both": ", on both sides"}
"""What {side} of a finding says to the patient."""


class Handout(msgspec.Struct, frozen=True, kw_only=True):
    """The take-home plan, part by part. Parts that do not apply are empty."""

    clinic: str
    day: str
    person: str
    title: str
    message: str
    notes: tuple[str, ...]
    """Said right under the main message."""
    found: tuple[str, ...]
    may_help: str
    """What is hoped for, and that it is not known."""
    if_then: str
    rise: PlanCard | None
    """How to get up in stages, first of all for those whose standing is limited."""
    cards: tuple[PlanCard, ...]
    through_the_day: tuple[PlanCard, ...]
    habits: tuple[tuple[str, tuple[str, ...]], ...]
    """Name and lines of each lifestyle card."""
    standing_stop: tuple[str, ...]
    next_day: str
    call_when: str
    call_for: tuple[str, ...]
    contact: tuple[str, ...]
    next_days: str
    """When we look again: the check-in and the re-test."""
    ticks: str
    """How the boxes under an exercise are used."""


def handout(subject: Subject, library: Library, options: Options) -> Handout:
    """The take-home plan of a visit whose plan is not blocked."""
    assessment, case = subject.assessment, subject.case
    plan = assessment.plan
    bounds = assessment.bounds(case, library)
    deck = Deck(library, bounds, plan, frozenset(subject.practised))
    opens_with_rise = bounds.stage in LOW_STAGES
    rises = opens_with_rise or RISE_IN_STAGES in plan.snacks
    day_cards = tuple(card for card in plan.snacks if not (opens_with_rise and card == RISE_IN_STAGES))
    call_when, call_for = safety.warning_signs(library.lifestyle[GET_HELP])
    return Handout(
        clinic=clean(subject.clinic),
        day=day_words(subject.day),
        person=person(subject.patient, options.identity),
        title="Your exercise plan" if plan.exercises else "Your plan",
        message=_message(plan, library),
        notes=_notes(plan, bounds),
        found=_found(subject, library),
        may_help=_hope(plan) if planned_retest(subject, library) else "",
        if_then=_if_then(plan),
        rise=day_card(RISE_IN_STAGES, deck) if opens_with_rise else None,
        cards=tuple(session_card(given, deck) for given in plan.exercises),
        through_the_day=tuple(day_card(card, deck) for card in day_cards),
        habits=tuple(
            _habit(library.lifestyle[card], subject, bounds)
            for card in _habit_cards(plan)
            if not (rises and card == RISE_SLOWLY)
        ),
        standing_stop=_standing_stop(subject) if isinstance(bounds.stage, int) else (),
        next_day=safety.STANDING_NEXT_DAY if isinstance(bounds.stage, int) or bounds.pem else "",
        call_when=call_when,
        call_for=call_for,
        contact=_contact(subject),
        next_days=_next_days(subject, library),
        ticks="Tick the day's box each time you do it." if plan.exercises else "",
    )


def _habit_cards(plan: Plan) -> tuple[str, ...]:
    """The habits to print; "pick two things" only where there are two to pick from."""
    cards = tuple(card for card in plan.lifestyle if card != GET_HELP)
    others = len(plan.exercises) + len(plan.snacks) + len([card for card in cards if card != START_SMALL])
    return cards if others >= TWO else tuple(card for card in cards if card != START_SMALL)


def _hope(plan: Plan) -> str:
    return safety.MAY_HELP if len(plan.exercises) > 1 else safety.ONE_MAY_HELP


def _if_then(plan: Plan) -> str:
    """A sentence the patient completes; empty without an exercise."""
    what = "exercises" if len(plan.exercises) > 1 else "exercise"
    return f"After I {BLANK}, I will do my {what} in the {BLANK}." if plan.exercises else ""


def _message(plan: Plan, library: Library) -> str:
    number = len(plan.exercises)
    if not number:
        return f"No exercises for now. {'Pick one thing from this page.' if _habit_cards(plan) else KEEP_MOVING}"
    minutes = int(plan.minutes.to_integral_value(rounding=ROUND_CEILING))
    about = f"about {count(minutes, 'minute')}"
    if number > 1:
        return f"Do these {number} exercises, {about}, most days."
    often, _, _ = library.exercises[plan.exercises[0].id].frequency.partition(";")
    return f"Do this exercise, {about}, {often}."


def _notes(plan: Plan, bounds: Bounds) -> tuple[str, ...]:
    staged = isinstance(bounds.stage, int)
    notes = (
        (staged and not bounds.cleared, "This is a starter set. More follows when your doctor has had a look."),
        (bounds.pem, "Stay within your energy. Rest before you tire. Do not push on to do more."),
        (staged and bool(plan.exercises), "At the end, lie down for 2 minutes."),
    )
    return tuple(words for applies, words in notes if applies)


def _found(subject: Subject, library: Library) -> tuple[str, ...]:
    """The findings worked on, in plain words, those of the first cards first."""
    given = subject.assessment.plan.exercises
    codes = dict.fromkeys(code for one in given for code in one.because if code in library.findings)
    sides = {one.code: SIDES.get(one.side or "", "") for one in subject.assessment.findings}
    return tuple(library.findings[code].plain.replace("{side}", sides.get(code, "")) for code in codes)[:MOST_FOUND]


def _habit(card: Lifestyle, subject: Subject, bounds: Bounds) -> tuple[str, tuple[str, ...]]:
    say = card.say_stage_1 if bounds.stage == 1 and card.say_stage_1 else card.say
    agreed = tuple(line for item, line in card.say_agreed.items() if item in subject.case.agreed)
    return card.name, tuple(line.replace("___", BLANK) for line in (say, *agreed))


def _standing_stop(subject: Subject) -> tuple[str, ...]:
    """When to stop for today; the pulse in beats, so that nobody has to add, or a blank where it was not measured."""
    lying = baseline(subject.case.standing.supine) if subject.case.standing is not None else None
    pulse = BLANK if lying is None else str(int(lying.hr) + safety.PULSE_ABOVE_LYING)
    return tuple(line.replace("{pulse}", pulse) for line in safety.STANDING_STOP)


def _contact(subject: Subject) -> tuple[str, ...]:
    """Whom to call. A number nobody gave is written in by hand; that of emergencies differs from place to place."""
    who = clean(subject.clinic) or clean(subject.clinician) or "Your physiotherapist"
    phone = clean(subject.phone)
    questions = (f"Questions: {who}", f"Phone: {phone}") if phone else (f"Questions: {who}, phone {BLANK}",)
    return (*questions, f"Emergency number: {BLANK}")


def _next_days(subject: Subject, library: Library) -> str:
    """ "We check in on 6 December 2026. We test again on or about 20 December 2026."; a blank without either day."""
    check_in, retest = planned_check_in(subject), planned_retest(subject, library)
    if check_in is None and retest is None:
        return f"We see each other again on {BLANK}."
    if check_in == retest and check_in is not None:
        return f"We check in and test again {_on(check_in, subject.check_in)}."
    told = (("check in", check_in, subject.check_in), ("test again", retest, subject.retest))
    return " ".join(f"We {what} {_on(day, agreed)}." for what, day, agreed in told if day is not None)


def _on(day: dt.date, agreed: dt.date | None) -> str:
    return f"on {day_words(day)}" if day == agreed else f"on or about {day_words(day)}"
