"""What a visit found, as plain text."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from assess_tui.visit.session import VisitSession
from protocols.findings import Finding
from protocols.grading import SideGrade, TestGrade, side_word, with_unit
from protocols.red_flags import why_words
from protocols.standing import pattern_of
from reports.wording import SEVERITIES, SIDES, clean

OTHER_REASONS = {
    "standing": "the stand test",
    "main_problem": "what brings the patient",
    "reported": "reported at intake",
}


def told_findings(session: VisitSession) -> str:
    """The findings page: who, red flags, stand test, findings with the values that raised them."""
    return "\n".join(_lines(session)) + "\n"


def _lines(session: VisitSession) -> Iterator[str]:
    visit, concluded = session.visit, session.assessment()
    patient = visit.patient
    yield f"{clean(patient.name)} · {patient.birth_date} · {patient.code} · visit {visit.number} · {visit.date}"
    yield from _safety(session)
    yield ""
    yield "Findings" if concluded.findings else "Nothing outside reference was measured."
    for finding in concluded.findings:
        yield from _finding(finding, session)


def _safety(session: VisitSession) -> Iterator[str]:
    concern, verdict = session.assessment().concern, session.assessment().verdict
    why = why_words(concern, session.library.red_flags)
    if concern.level:
        action = next(one for one in session.library.red_flags.actions if one.level == concern.level)
        yield f"Red flags: level {concern.level}, {action.name}. {why} {action.do}"
    else:
        yield f"Red flags: none. {why}".rstrip()
    if verdict is not None:
        yield f"Stand test: {pattern_of(verdict, session.library.stand).say} Stage {verdict.stage}."


def _finding(finding: Finding, session: VisitSession) -> Iterator[str]:
    rule = session.library.findings[finding.code]
    limited = "; pain-limited: mid-range only" if finding.pain_limited else ""
    side = f", {SIDES[finding.side]}" if finding.side else ""
    yield f"  {rule.name} ({finding.code}){side}, {SEVERITIES[finding.severity]}{limited}"
    for test_id in finding.because:
        grade = session.grade(test_id)
        if grade is None:
            yield f"    {OTHER_REASONS.get(test_id, test_id)}"
        else:
            yield f"    {_measured(test_id, grade, session)}"


def _measured(test_id: str, grade: TestGrade, session: VisitSession) -> str:
    test = session.library.tests[test_id]
    sides = (
        f"{'' if side == 'value' else side + ' '}{_side(given, test.measure.unit)}"
        for side, given in grade.sides.items()
    )
    return f"{test.name}: {'; '.join(sides)} ({grade.basis})"


def _side(given: SideGrade | str, unit: str) -> str:
    if not isinstance(given, SideGrade):
        return given.replace("_", " ")
    shown = given.value if isinstance(given.value, Decimal | str) else ""
    value = with_unit(shown, unit) if shown != "" else ""
    pain = ", pain" if given.pain_limited and not given.stopped else ""
    return f"{value} {side_word(given.grade, given.stopped)}{pain}".strip()
