"""What the clinician's report says: everything concluded, with its because, its basis and its limits."""

from __future__ import annotations

from typing import Final

import msgspec

from protocols.findings import Finding
from protocols.grading import plain_number
from protocols.knowledge import words
from protocols.library import edition_of
from protocols.model import Library
from protocols.red_flags import set_words
from protocols.teaching import weeks_after
from reports import intended_use, measured
from reports.answers_content import answers_told
from reports.blocks import Cell
from reports.content import Options, Subject, planned_check_in
from reports.course_content import CourseTold, course_told
from reports.letter_content import answers, ask_again
from reports.plan_content import PlanTold, plan_told
from reports.referral import stand_events
from reports.rows import Rows
from reports.stand_content import StandTold, stand_told
from reports.vitals_content import vitals_told
from reports.wording import SEVERITIES, SIDES, clean, consent, count, day_words, person

BECAUSE: Final = {
    "standing": "the stand test",
    "main_problem": "what brings the patient",
    "reported": "reported at intake",
}


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
    read_with: tuple[str, ...]
    """Each device on record, and the tests read with it."""
    left_out: tuple[str, ...]
    changed: tuple[str, ...]
    """What has changed beyond error since the last visit."""
    findings: Rows
    without_card: tuple[str, ...]
    precautions: tuple[str, ...]
    course: CourseTold | None
    plan: PlanTold
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
        summary=_summary(subject, library, stand, options),
        level=level,
        do=do,
        own_level=clean(set_words(assessment.concern)),
        answers=answers(subject, library),
        ask_again=ask_again(subject, library),
        events=(*stand_events(subject.case.standing), *vitals_told(subject.case.vitals, library)),
        stand=stand,
        tests=measured.rows_by_region(subject, library),
        answers_by_item=answers_told(subject, library),
        read_with=measured.read_with(subject, library),
        left_out=measured.left_out(subject, library),
        changed=measured.changed(subject, library),
        findings=_findings(subject, library),
        without_card=measured.without_card(subject, library),
        precautions=_precautions(subject, library),
        course=course_told(subject, library),
        plan=plan_told(subject, library),
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


def _summary(subject: Subject, library: Library, stand: StandTold | None, options: Options) -> str:
    """A paragraph that stands alone, to paste into a letter or a record."""
    assessment = subject.assessment
    level, _ = _concern(subject, library)
    found = [_named(finding, library) for finding in assessment.findings]
    changed = measured.changed(subject, library)
    parts = (
        f"{_seen(subject, options)}.",
        f"Red flags: {level}",
        clean(set_words(assessment.concern)),
        f"Standing test: {stand.name}." if stand else "No standing test.",
        f"Findings: {'; '.join(found)}." if found else "Findings: none.",
        f"Changed beyond error since the last visit: {'; '.join(changed)}." if changed else "",
        _planned(subject),
        "A screening record, not a diagnosis.",
    )
    return " ".join(part for part in parts if part)


def _seen(subject: Subject, options: Options) -> str:
    """ "Ana Ruiz, 34 years, F, was seen on 20 November 2026 by M. Vogel, visit 3"."""
    who = f"{person(subject.patient, options.identity)}, {count(subject.age, 'year')}, {subject.patient.sex}"
    by = f" by {clean(subject.clinician)}" if clean(subject.clinician) else ""
    return f"{who}, was seen on {day_words(subject.day)}{by}, visit {subject.number}"


def _planned(subject: Subject) -> str:
    plan, check_in = subject.assessment.plan, planned_check_in(subject)
    if not plan.exercises:
        return "No exercise plan was given." if plan.blocked else "Plan: no exercises."
    told = f"Plan: {count(len(plan.exercises), 'exercise')}, {plain_number(plan.minutes)} minutes a session"
    return f"{told}; check-in {day_words(check_in)}." if check_in else f"{told}."


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
            day_words(weeks_after(subject.day, library.findings[one.code].retest_weeks)),
        )
        for one in subject.assessment.findings
    )
    return Rows(("Finding", "Side", "Severity", "Because", "Re-test about"), rows, (29, 11, 17, 40, 19))


def _because(reason: str, library: Library) -> str:
    test = library.tests.get(reason)
    return BECAUSE.get(reason, reason) if test is None else test.name


def _precautions(subject: Subject, library: Library) -> tuple[str, ...]:
    known = [library.precautions[code] for code in library.precautions if code in subject.assessment.blocks]
    return tuple(f"{one.name} ({one.code})" for one in known)
