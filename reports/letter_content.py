"""What the letter to a doctor says: the answers and readings as given, never a diagnosis, no exercises."""

from __future__ import annotations

import msgspec

from protocols.grading import plain_number
from protocols.knowledge import words
from protocols.library import edition_of
from protocols.model import Library
from protocols.red_flags import set_words
from reports import safety
from reports.content import Options, Subject
from reports.referral import EMERGENCY, referral, stand_events
from reports.stand_content import StandTold, stand_told
from reports.vitals_content import vitals_told
from reports.wording import clean, count, day_words, person

GET_HELP = "L18"


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """A letter to a doctor, part by part."""

    clinic: str
    day: str
    title: str
    to: str
    about: str
    urgency: str
    request: tuple[str, ...]
    own_level: str
    """The level as the clinician set it, and why; empty where the answers alone give it."""
    answers: tuple[str, ...]
    """The questions answered yes, or not known where that counts as yes."""
    events: tuple[str, ...]
    """What happened during the stand test."""
    stand: StandTold | None
    given: str
    """What exercise was given, in short."""
    clearance: tuple[str, ...]
    """The question whether exercise may be built up, and room for the answer."""
    notes: tuple[str, ...]
    sender: tuple[str, ...]
    go_now: str
    help: tuple[str, tuple[str, ...]]
    """When the patient gets help, and the warning signs."""
    made: str
    """With what consent and by which instrument the letter was written."""


def letter(subject: Subject, library: Library, options: Options) -> Letter:
    """The letter of a visit: for red flags, for what happened while standing, or for the pattern of the stand test."""
    concern = subject.assessment.concern
    asked = referral(subject, library)
    emergency = concern.level >= EMERGENCY
    born = day_words(subject.patient.birth_date) if options.identity == "full" else ""
    years = f"{count(subject.age, 'year')}, {_sex(subject)}"
    return Letter(
        clinic=clean(subject.clinic),
        day=day_words(subject.day),
        title="Letter to the doctor",
        to=asked.to,
        about=", ".join(
            part for part in (person(subject.patient, options.identity), born and f"born {born}", years) if part
        ),
        urgency=asked.urgency,
        request=asked.request,
        own_level=clean(set_words(concern)),
        answers=answers(subject, library),
        events=(*stand_events(subject.case.standing), *vitals_told(subject.case.vitals, library)),
        stand=stand_told(subject, library),
        given=_given(subject),
        clearance=_clearance(subject, library),
        notes=_notes(subject, library),
        sender=(clean(subject.clinician), clean(subject.clinic), f"Phone {'_' * 20}"),
        go_now=safety.GO_NOW if emergency else "",
        help=safety.warning_signs(library.lifestyle[GET_HELP]),
        made=" ".join((_copy(subject), safety.WRITTEN_WITH, words(edition_of(library), library.digest, subject.day))),
    )


def answers(subject: Subject, library: Library) -> tuple[str, ...]:
    """The questions answered yes, in the order asked, and those unknown that count as yes."""
    case = subject.case
    unsure = {flag.id for flag in library.red_flags.flags if flag.unknown_is_yes} & set(case.red_flags_unknown)
    told = []
    for flag in library.red_flags.flags:
        if flag.id in case.red_flags:
            told.append(f"{flag.ask} Yes.")
        elif flag.id in unsure:
            told.append(f"{flag.ask} Not known, counted as yes.")
    return tuple(told)


def ask_again(subject: Subject, library: Library) -> tuple[str, ...]:
    """The questions whose answer was not known."""
    questions = {flag.id: flag.ask for flag in library.red_flags.flags}
    return tuple(questions.get(one, one) for one in subject.assessment.concern.unknown)


def _copy(subject: Subject) -> str:
    agreed = "copy_to" in subject.ticks
    return "The patient agreed to this letter." if agreed else "Consent to send this letter: not recorded."


def _given(subject: Subject) -> str:
    """ "A home plan of 3 exercises, 9 minutes a session."; empty where none was given."""
    plan = subject.assessment.plan
    if not plan.exercises:
        return ""
    return f"A home plan of {count(len(plan.exercises), 'exercise')}, {plain_number(plan.minutes)} minutes a session."


def _clearance(subject: Subject, library: Library) -> tuple[str, ...]:
    """The question whether exercise may be built up, where the plan waits for the answer."""
    assessment = subject.assessment
    bounds = assessment.bounds(subject.case, library)
    waits = isinstance(bounds.stage, int) and not bounds.cleared and not bounds.pem and not assessment.plan.blocked
    return (safety.CLEARANCE, safety.CLEARANCE_ANSWER) if waits else ()


def _notes(subject: Subject, library: Library) -> tuple[str, ...]:
    """What was noted while testing, as typed, each with the test and the side it stands beside."""
    noted = (
        (library.tests[test].name + (f", {side}" if side in ("left", "right") else ""), clean(taken.note))
        for test, entry in subject.case.tests.items()
        for side, taken in entry.items()
        if test in library.tests
    )
    return tuple(f"{where}: {note}" for where, note in noted if note)


def _sex(subject: Subject) -> str:
    return {"F": "female", "M": "male", "X": "sex not stated"}[subject.patient.sex]
