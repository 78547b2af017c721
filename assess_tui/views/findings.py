"""What the findings screen shows, as Content."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from textual.content import Content

from assess_tui.entry.evidence import behind
from assess_tui.text import fit, keyed, line, literal, on_row, tinted
from assess_tui.visit.session import VisitSession
from assess_tui.widgets.scale import scale
from assess_tui.widgets.side import TONE
from protocols.findings import Finding, unanswered
from protocols.grading import SideGrade, grade_value, reference_words, side_word, with_unit
from protocols.model import Side, Test
from protocols.red_flags import why_words
from protocols.standing import pattern_of

SEVERITY = {1: ("mild", "$foreground"), 2: ("moderate", "$warning"), 3: ("marked", "$error")}
NAME = 25
WORDS = 17
"""Cells of the grade in words: "borderline, pain"; more where a compensation is said with it."""
BAR = 22
WIDEST = 112
"""Cells from which the word "reference" has room too."""
WIDE = 96
"""Cells from which the reference bar fits beside the words; both where these are no longer than usual."""


class FindingsView:
    """One drawing of the findings, worst first."""

    def __init__(self, session: VisitSession) -> None:
        self.session = session
        self.assessment = session.assessment()
        self.found = sorted(self.assessment.findings, key=lambda finding: -finding.severity)
        self._words = max([WORDS, *map(len, self._all_said())])

    @property
    def count(self) -> int:
        return len(self.found)

    def finding(self, row: int) -> Finding | None:
        return self.found[row] if row < len(self.found) else None

    @property
    def others(self) -> list[str]:
        """Tests measured outside reference that raise no finding."""
        found = unanswered(self.assessment.grades, self.assessment.findings)
        return [test for test in found if not self._stood(test)]

    def behind(self, row: int) -> list[str]:
        """The tests behind a finding; of the last one, below which they stand, also those that raise none."""
        finding = self.finding(row)
        below = self.others if row + 1 >= self.count else []
        because = [one for one in finding.because if one != "standing"] if finding is not None else []
        stood = behind(self.session.library, None) if finding is not None and "standing" in finding.because else ()
        return [*because, *(test.id for test in stood), *below]

    def summary(self) -> Content:
        concern, verdict = self.assessment.concern, self.assessment.verdict
        rows = [line(("Findings", "$accent bold"), (f"   {len(self.found)} worth working on", "$quiet"))]
        if concern.level or concern.set_by:
            words = f"Red flags: level {concern.level}. {why_words(concern, self.session.library.red_flags)}"
            rows.append(literal(words, "$error bold" if concern.stop else "$warning"))
        if verdict is not None:
            name = pattern_of(verdict, self.session.library.stand).name
            rows.append(line(("Stand test: ", "$quiet"), name, ("  a screening finding, not a diagnosis", "$quiet")))
        still_open = self.session.way.progress().open
        if still_open:
            rows.append(keyed(f"Tests still open: {len(still_open)}; {{visit.tests}} goes back to them.", "$quiet"))
        return Content("\n").join(rows)

    def listing(self, row: int, width: int, height: int) -> Content:
        blocks = [self._block(finding, index == row, width) for index, finding in enumerate(self.found)]
        beside = self._beside(width)
        if not self.found:
            nothing = "Nothing that raises a finding was measured. The plan says how to stay active."
            blocks = [[*literal(nothing, "$quiet").wrap(width), Content("")]]
        blocks += [block for block in beside if block]
        rows = [on_row(row.truncate(width, ellipsis=True), at) for at, block in enumerate(blocks) for row in block]
        above = sum(len(block) for block in blocks[:row])
        if row + 1 >= len(self.found):
            above = len(rows)  # the last one shows what stands below it too
        start = max(0, min(above - height // 3, len(rows) - height))
        shown = rows[start : start + height]
        if start:
            shown[0] = line(("↑ ", "$accent"), shown[0][2:])
        if start + height < len(rows):
            shown[-1] = line(("↓ ", "$accent"), shown[-1][2:])
        return Content("\n").join(shown)

    def _block(self, finding: Finding, here: bool, width: int) -> list[Content]:
        rule = self.session.library.findings[finding.code]
        word, tone = SEVERITY[finding.severity]
        side = {"left": "left", "right": "right", "both": "both sides", None: ""}[finding.side]
        heading = line(
            ("▸ " if here else "  ", "$accent bold"),
            (rule.name, "bold"),
            (f"   {word}", tone),
            (f"   {side}" if side else "", ""),
            ("   pain: mid-range only" if finding.pain_limited else "", "$warning"),
        )
        heading = tinted(heading, width) if here else heading
        return [heading, *[row for test_id in finding.because for row in self._because(test_id, width)], Content("")]

    def _beside(self, width: int) -> tuple[list[Content], list[Content]]:
        """What no finding tells: values outside reference without a home card, and tests left out with why."""
        tests = self.session.library.tests
        measured = [row for test_id in self.others for row in self._because(test_id, width)]
        left_out = [
            line(f"    {fit(tests[test].name, NAME)} ", (why, "$quiet"))
            for test, why in self.session.way.skipped().items()
            if test in tests
        ]
        return _under("  Measured outside reference, no home card", measured), _under("  Left out", left_out)

    def _all_said(self) -> Iterator[str]:
        shown = {*self.others, *(test for finding in self.found for test in finding.because)}
        grades = (self.assessment.grades[test] for test in shown if test in self.assessment.grades)
        return (_said(given) for grade in grades for given in grade.sides.values() if isinstance(given, SideGrade))

    def _stood(self, test_id: str) -> bool:
        """Computed from a stand test that has raised a finding of its own."""
        return test_id.startswith("stand_") and any("standing" in finding.because for finding in self.found)

    def _because(self, test_id: str, width: int) -> list[Content]:
        grade = self.assessment.grades.get(test_id)
        test = self.session.library.tests.get(test_id)
        if grade is None or test is None:
            return [literal(f"    {_plain(test_id)}", "$quiet")]
        rows = []
        for side, given in grade.sides.items():
            if isinstance(given, SideGrade):
                rows.append(self._measured(test, side, given, width))
        return rows

    def _measured(self, test: Test, side: Side, given: SideGrade, width: int) -> Content:
        value, kept = given.value, "" if given.stopped else given.grade
        shown = with_unit(value, test.measure.unit) if isinstance(value, Decimal) else str(value or kept)
        words = _said(given).ljust(self._words if width >= WIDE else WORDS)
        room = width - max(0, self._words - WORDS)
        reference = reference_words(test, self.session.patient.sex, self.session.age)
        told = literal(f"reference {reference}" if room >= WIDEST else reference, "$quiet")
        bar = line(self._bar(test, value), " ") if room >= WIDE else Content("")
        row = line(
            f"    {fit(test.name, NAME)} ",
            ((side if side in ("left", "right") else "").ljust(6), "$quiet"),
            (shown.rjust(8) + "  ", "bold"),
            (words, TONE.get(given.grade, "$success")),
            " ",
            bar,
        )
        return row + told if row.cell_length + told.cell_length <= width else row

    def _bar(self, test: Test, value: Decimal | str | None) -> Content:
        sex, age = self.session.patient.sex, self.session.age
        if not isinstance(value, Decimal):
            return Content(" " * BAR)
        return scale(test, lambda number: grade_value(test, number, sex, age)[0], BAR, value, None)


def _under(heading: str, rows: list[Content]) -> list[Content]:
    return [literal(heading, "bold"), *rows, Content("")] if rows else []


def _said(given: SideGrade) -> str:
    """The grade in words, with what limits it."""
    pain = given.pain_limited and not given.stopped
    noted = (side_word(given.grade, given.stopped), "pain" * pain, "compensated" * given.compensated)
    return ", ".join(word for word in noted if word)


def _plain(because: str) -> str:
    return {
        "standing": "the stand test",
        "main_problem": "what brings the patient",
        "reported": "reported at intake",
    }.get(because, because)
