"""What the tests show, worst first, each with the tests that raised it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from assess_tui.plain.talk import row_of, up_to
from protocols.findings import Finding, unanswered
from protocols.grading import SideGrade, reference_words, side_word, with_unit
from protocols.red_flags import why_words
from protocols.standing import pattern_of
from reports.wording import SEVERITIES

if TYPE_CHECKING:
    from assess_tui.plain.room import Room

SIDES: Final = {"left": ", left", "right": ", right", "both": ", both sides", None: ""}
RAISED: Final = {
    "standing": "the stand test",
    "main_problem": "what brings the patient",
    "reported": "reported at intake",
}
EXPLAINS: Final = (
    "Enter: on to the plan. A number: the evidence behind this finding. t: the trend over the visits.",
    "b: back to the tests.",
)


def take(room: Room) -> str:
    """Say everything once; returns the plan, or the tests."""
    found = sorted(room.session.assessment().findings, key=lambda finding: -finding.severity)
    room.about = None
    room.show(lambda: _all(room, found))
    asks = f"Enter goes on to the plan, {f'{up_to(len(found))} says the evidence, ' if found else ''}t the trend?"
    while True:
        words = room.ask(asks, EXPLAINS)
        if not words:
            return "plan"
        if words == ["b"]:
            return "tests"
        if words == ["t"]:
            _trend(room)
        elif len(words) == 1 and (one := row_of(words[0], found)) is not None:
            _evidence(room, one)
        else:
            room.not_known(words)


def _trend(room: Room) -> None:
    from assess_tui.plain.trend import talk_about

    talk_about(room.talk, room.record, room.library, room.session.patient.id)


def _all(room: Room, found: list[Finding]) -> Iterator[str]:
    yield from _summary(room, found)
    for number, finding in enumerate(found, 1):
        yield from _finding(room, number, finding)
    yield from _beside(room)


def _summary(room: Room, found: list[Finding]) -> Iterator[str]:
    now = room.session.assessment()
    yield f"Findings: {len(found)} worth working on."
    if now.concern.level or now.concern.set_by:
        yield f"Red flags: level {now.concern.level}. {why_words(now.concern, room.library.red_flags)}"
    if now.verdict is not None:
        name = pattern_of(now.verdict, room.library.stand).name
        yield f"Stand test: {name}. A screening finding, not a diagnosis."
    if still_open := room.session.way.progress().open:
        yield f"Tests still open: {len(still_open)}; f4 goes back to them."
    if not found:
        yield "Nothing that raises a finding was measured. The plan says how to stay active."


def _finding(room: Room, number: int, finding: Finding) -> Iterator[str]:
    rule = room.library.findings[finding.code]
    pain = ", pain: mid-range only" if finding.pain_limited else ""
    yield f"{number}. {rule.name}, {SEVERITIES[finding.severity]}{SIDES[finding.side]}{pain}."
    for test in finding.because:
        yield from (f"Because of {words}." for words in _measured(room, test))


def _measured(room: Room, test_id: str, *, outside: bool = False) -> Iterator[str]:
    """A test with its values, a line a side; of those outside reference only."""
    grade, test = room.session.assessment().grades.get(test_id), room.library.tests.get(test_id)
    if grade is None or test is None:
        yield RAISED.get(test_id, test_id)
        return
    reference = reference_words(test, room.session.patient.sex, room.session.age)
    for side, given in grade.sides.items():
        if isinstance(given, SideGrade) and (given.grade in ("B", "R") or not outside):
            value = given.value
            shown = with_unit(value, test.measure.unit) if isinstance(value, Decimal) else str(value or "")
            where = f", {side}" if side in ("left", "right") else ""
            pain = ", pain" if given.pain_limited and not given.stopped else ""
            told = " ".join(part for part in (shown, side_word(given.grade, given.stopped)) if part)
            yield f"{test.name}{where}: {told}{pain}, reference {reference}"


def _beside(room: Room) -> Iterator[str]:
    """What no finding tells: values outside reference without a home card, and tests left out with why."""
    now, tests = room.session.assessment(), room.library.tests
    stood = any("standing" in finding.because for finding in now.findings)
    for test in unanswered(now.grades, now.findings):
        if not (stood and test.startswith("stand_")):
            yield from (f"Outside reference, no home card: {words}." for words in _measured(room, test, outside=True))
    for test, why in room.session.way.skipped().items():
        if test in tests:
            yield f"Left out: {tests[test].name}, {why}."


def _evidence(room: Room, finding: Finding) -> None:
    from assess_tui.plain.evidence import tell

    if "standing" in finding.because:
        tell(room, None)
    for test in finding.because:
        if test in room.library.tests:
            tell(room, room.library.tests[test])
