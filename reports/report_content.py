"""What the clinician's report says: everything concluded, with its because, its basis and its limits."""

from __future__ import annotations

import datetime as dt
from typing import Final

import msgspec

from protocols.findings import Finding
from protocols.grades.words import plain_number
from protocols.knowledge import words
from protocols.library import edition_of
from protocols.model import Library
from protocols.planning import Given
from protocols.red_flags import set_words
from reports import intended_use, measured
from reports.answers_content import answers_told
from reports.blocks import Cell
from reports.content import Options, Subject
from reports.letter_content import answers, ask_again, stand_events
from reports.stand_content import StandTold, stand_told
from reports.wording import SEVERITIES, SIDES, clean, consent, count, day_words, dose_words, person, sentence

BECAUSE: Final = {
    "standing": "the stand test",
    "main_problem": "what brings the patient",
    "reported": "reported at intake",
}


class Rows(msgspec.Struct, frozen=True):
    """A table: head, rows, shares of the width."""

    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    shares: tuple[float, ...]


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """The clinician's report, part by part. Parts that do not apply are empty."""

    clinic: str
    day: str
    title: str
    about: str
    consent: str
    summary: str
    level: str
    do: str
    own_level: str
    """The level as the clinician set it, and why; empty where the answers alone give it."""
    answers: tuple[str, ...]
    ask_again: tuple[str, ...]
    events: tuple[str, ...]
    stand: StandTold | None
    tests: tuple[tuple[str, tuple[tuple[Cell, ...], ...]], ...]
    answers_by_item: tuple[tuple[str, tuple[str, ...]], ...]
    left_out: tuple[str, ...]
    findings: Rows
    without_card: tuple[str, ...]
    precautions: tuple[str, ...]
    plan: Rows
    plan_facts: tuple[str, ...]
    messages: tuple[str, ...]
    parked: tuple[str, ...]
    sources: tuple[str, ...]
    intended_use: tuple[str, ...]
    knowledge: str


def report(subject: Subject, library: Library, options: Options) -> Report:
    """The report of a visit, finished or not."""
    assessment = subject.assessment
    level, do = _concern(subject, library)
    stand = stand_told(subject, library)
    return Report(
        clinic=clean(subject.clinic),
        day=day_words(subject.day),
        title="Report of the visit",
        about=_about(subject, options),
        consent=consent(subject.ticks),
        summary=_summary(subject, library, stand),
        level=level,
        do=do,
        own_level=clean(set_words(assessment.concern)),
        answers=answers(subject, library),
        ask_again=ask_again(subject, library),
        events=stand_events(subject.case.standing),
        stand=stand,
        tests=measured.rows_by_region(subject, library),
        answers_by_item=answers_told(subject, library),
        left_out=measured.left_out(subject, library),
        findings=_findings(subject, library),
        without_card=measured.without_card(subject, library),
        precautions=_precautions(subject, library),
        plan=_plan(subject, library),
        plan_facts=_plan_facts(subject, library),
        messages=assessment.plan.messages,
        parked=_parked(subject, library),
        sources=measured.sources(subject, library),
        intended_use=intended_use.STATEMENT,
        knowledge=words(edition_of(library), library.digest, subject.day),
    )


def _about(subject: Subject, options: Options) -> str:
    patient = subject.patient
    born = f"born {day_words(patient.birth_date)}" if options.identity == "full" else ""
    who = (person(patient, options.identity), born, f"{count(subject.age, 'year')}, {patient.sex}")
    visit = (f"visit {subject.number}", f"by {clean(subject.clinician)}" if clean(subject.clinician) else "")
    return ", ".join(part for part in (*who, *visit) if part)


def _concern(subject: Subject, library: Library) -> tuple[str, str]:
    """The level with its name, and what it asks for."""
    level = subject.assessment.concern.level
    action = next(one for one in library.red_flags.actions if one.level == level)
    return f"Level {level}, {action.name}.", action.do


def _summary(subject: Subject, library: Library, stand: StandTold | None) -> str:
    """A paragraph to paste into a letter or a record."""
    assessment = subject.assessment
    level, _ = _concern(subject, library)
    found = [_named(finding, library) for finding in assessment.findings]
    plan = assessment.plan
    planned = f"{count(len(plan.exercises), 'exercise')}, {plain_number(plan.minutes)} minutes a session"
    parts = (
        f"Red flags: {level}",
        clean(set_words(assessment.concern)),
        f"Standing test: {stand.name}." if stand else "No standing test.",
        f"Findings: {'; '.join(found)}." if found else "Findings: none.",
        "No exercise plan was given." if plan.blocked else f"Plan: {planned}.",
        "A screening record, not a diagnosis.",
    )
    return " ".join(part for part in parts if part)


def _named(finding: Finding, library: Library) -> str:
    name = library.findings[finding.code].name
    told = ", ".join(part for part in (SIDES[finding.side], SEVERITIES[finding.severity]) if part)
    return f"{name} ({told})"


def _findings(subject: Subject, library: Library) -> Rows:
    rows = tuple(
        (
            library.findings[one.code].name,
            SIDES[one.side],
            SEVERITIES[one.severity] + (", pain-limited" if one.pain_limited else ""),
            "; ".join(_because(reason, library) for reason in one.because),
        )
        for one in subject.assessment.findings
    )
    return Rows(("Finding", "Side", "Severity", "Because"), rows, (30, 14, 18, 45))


def _because(reason: str, library: Library) -> str:
    test = library.tests.get(reason)
    return BECAUSE.get(reason, reason) if test is None else test.name


def _precautions(subject: Subject, library: Library) -> tuple[str, ...]:
    known = [library.precautions[code] for code in library.precautions if code in subject.assessment.blocks]
    return tuple(f"{one.name} ({one.code})" for one in known)


def _plan(subject: Subject, library: Library) -> Rows:
    rows = tuple(_planned(number, given, library) for number, given in enumerate(subject.assessment.plan.exercises, 1))
    return Rows(("Exercise", "Dose", "Min", "Because", "Limits"), rows, (30, 36, 8, 28, 20))


def _planned(number: int, given: Given, library: Library) -> tuple[Cell, ...]:
    card = library.exercises[given.id]
    why = "; ".join(library.findings[code].name for code in given.because if code in library.findings)
    dose = f"{dose_words(card, given.dose, given.side)} {sentence(card.frequency)}"
    short = "short dose" if given.short else ""
    limits = "; ".join(part for part in (*given.limits, short) if part)
    return f"{number}. {card.name} ({given.id})", dose, plain_number(given.minutes), why, limits


def _plan_facts(subject: Subject, library: Library) -> tuple[str, ...]:
    plan, case = subject.assessment.plan, subject.case
    snacks = ", ".join(library.exercises[card].name for card in plan.snacks)
    habits = ", ".join(library.lifestyle[card].name for card in plan.lifestyle)
    clearance = case.medical_clearance
    told = (
        (not plan.blocked, f"{plain_number(plan.minutes)} of {case.minutes} minutes used."),
        (bool(snacks), f"Through the day: {snacks}."),
        (bool(habits), f"Lifestyle: {habits}."),
        (bool(case.agreed), f"Agreed with the doctor: {', '.join(case.agreed)}."),
        (
            clearance is not None,
            clearance and f"Medical clearance: {clean(clearance.by)}, {day_words(clearance.date)}.",
        ),
    )
    return tuple(words for holds, words in told if holds and words)


def _parked(subject: Subject, library: Library) -> tuple[str, ...]:
    """ "Foot rolls in, re-test about 3 January 2027"."""
    return tuple(
        f"{library.findings[one.code].name}, re-test about "
        f"{day_words(subject.day + dt.timedelta(weeks=one.retest_weeks))}"
        for one in subject.assessment.plan.parked
    )
