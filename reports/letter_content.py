"""What the letter to a doctor says: the answers and readings as given, never a diagnosis, no exercises."""

from __future__ import annotations

import msgspec

from protocols.case import Stand
from protocols.knowledge import words
from protocols.library import edition_of
from protocols.model import FlagAction, Library
from protocols.red_flags import set_words
from reports import safety
from reports.content import Options, Subject
from reports.stand_content import StandTold, stand_told
from reports.wording import clean, count, day_words, person

GET_HELP = "L18"
EMERGENCY = 3
"""The red-flag level that asks for an emergency department."""


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
    notes: tuple[str, ...]
    sender: tuple[str, ...]
    help: tuple[str, ...]
    made: str
    """With what consent and by which instrument the letter was written."""


def letter(subject: Subject, library: Library, options: Options) -> Letter:
    """The letter of a visit whose plan is blocked."""
    concern = subject.assessment.concern
    action = next((one for one in library.red_flags.actions if one.level == concern.level), None)
    flagged = action if concern.plan_blocked else None
    emergency = concern.level >= EMERGENCY
    events = stand_events(subject.case.standing)
    born = day_words(subject.patient.birth_date) if options.identity == "full" else ""
    years = f"{count(subject.age, 'year')}, {_sex(subject)}"
    return Letter(
        clinic=clean(subject.clinic),
        day=day_words(subject.day),
        title="Letter to the doctor",
        to=safety.TO_EMERGENCY if emergency else safety.TO_DOCTOR,
        about=", ".join(
            part for part in (person(subject.patient, options.identity), born and f"born {born}", years) if part
        ),
        urgency=_urgency(flagged, events),
        request=_request(flagged, events),
        own_level=clean(set_words(concern)),
        answers=answers(subject, library),
        events=events,
        stand=stand_told(subject, library),
        notes=_notes(subject),
        sender=(clean(subject.clinician), clean(subject.clinic), f"Phone {'_' * 20}"),
        help=(*((safety.GO_NOW,) if emergency else ()), library.lifestyle[GET_HELP].say),
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


def _urgency(action: FlagAction | None, events: tuple[str, ...]) -> str:
    if action is not None and action.level >= EMERGENCY:
        return "Emergency: to be seen now"
    return "Urgent: medical review on the same day" if events else "Urgent: to be seen within two weeks"


def _request(action: FlagAction | None, events: tuple[str, ...]) -> tuple[str, ...]:
    """One request, the most urgent: two would leave the reader to choose."""
    if action is not None and (action.level >= EMERGENCY or not events):
        return (action.letter,)
    return (safety.SAME_DAY,) if events else ()


def _notes(subject: Subject) -> tuple[str, ...]:
    """What was noted while testing, as typed."""
    notes = (taken.note for entry in subject.case.tests.values() for taken in entry.values())
    return tuple(dict.fromkeys(clean(note) for note in notes if clean(note)))


def _sex(subject: Subject) -> str:
    return {"F": "female", "M": "male", "X": "sex not stated"}[subject.patient.sex]
