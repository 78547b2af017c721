"""What the guided screen shows of a step, as Content. Drawing only: it asks the session and never changes it."""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby

from textual.content import Content

from assess_tui.session import VisitSession
from assess_tui.step_entry import WORDS, StepEntry
from assess_tui.text import line
from assess_tui.widgets.scale import scale
from assess_tui.widgets.side import SideView
from protocols.case import Taken
from protocols.entry import Refusal, read
from protocols.grading import (
    Grade,
    SideGrade,
    TestGrade,
    grade_value,
    grade_word,
    reference_words,
    summarise,
    with_unit,
)
from protocols.model import Side, Test
from protocols.route import Step, is_done
from protocols.visit import Cell

HEADINGS: dict[str, str] = {"left": "LEFT", "right": "RIGHT", "value": "VALUE", "pre": "BEFORE", "post": "AFTER"}
STATIONS = {
    "questions": "questions",
    "lying_rest": "lying, at rest",
    "stand_test": "stand test",
    "sitting": "sitting",
    "supine": "on the back",
    "side": "on the side",
    "prone": "face down",
    "kneeling": "kneeling",
    "standing": "standing",
    "endurance": "endurance",
}
COMPUTED_WITH = {"hip_ir_seated": "hip_arc_seated", "hip_er_seated": "hip_arc_seated"}
"""The computed test whose result is worth seeing beside its parts."""


class StepView:
    """One drawing of one step."""

    def __init__(self, session: VisitSession, steps: tuple[Step, ...], step: Step, entry: StepEntry | None) -> None:
        self.session = session
        self.steps = steps
        self.step = step
        self.entry = entry
        self.test = entry.test if entry is not None else None
        self.grade: TestGrade | None = session.grade(step.test) if entry is not None else None

    # -- words ---------------------------------------------------------------------------------------------------

    def title(self) -> Content:
        if self.test is None:
            return line(("Standing tolerance test", "$accent bold"))
        return line((self.test.title, "$accent bold"), ("   " + ", ".join(self.test.equipment), "$quiet"))

    def text(self) -> Content:
        if self.test is None:
            return _stand_text()
        rows = [line((self.test.position, "$quiet")), Content("")]
        if self.test.measure.categories:
            rows += [line((f" {i} ", "bold $accent"), name) for i, name in enumerate(self.test.measure.categories, 1)]
        else:
            rows += [line((f"{i}  ", "$quiet"), step) for i, step in enumerate(self.test.steps, 1)]
        if self.test.compensation:
            rows.append(line(("k  ", "$warning bold"), (self.test.compensation, "$warning")))
        elif self.test.watch:
            rows.append(line(("!  ", "$warning bold"), (self.test.watch[0], "$warning")))
        return Content("\n").join(rows)

    def note(self) -> Content:
        """Asymmetry, the computed companion, the reference."""
        if self.test is None:
            return Content("")
        rows: list[Content] = []
        unit = self.test.measure.unit
        if self.grade is not None and self.grade.difference:
            beyond = self.grade.asymmetry
            limit = self.test.measure.asymmetry
            words = f"{with_unit(self.grade.difference, unit)} apart"
            if limit is not None:
                words += f", {'beyond' if beyond else 'within'} what error alone gives ({with_unit(limit, unit)})"
            rows.append(line((words, "$warning" if beyond else "$quiet")))
        if (companion := COMPUTED_WITH.get(self.test.id)) and (arc := self.session.grade(companion)):
            rows.append(self._companion(companion, arc))
        reference = reference_words(self.test, self.session.patient.sex, self.session.age)
        basis = self.test.evidence.basis[0].replace("_", " ")
        rows.append(line((f"reference {reference} · {basis} · e evidence" if reference else "no reference · e evidence", "$quiet")))
        return Content("\n").join(rows)

    def _companion(self, test_id: str, grade: TestGrade) -> Content:
        test = self.session.library.tests[test_id]
        parts = [
            f"{side} {with_unit(given.value, test.measure.unit)} {grade_word(given.grade)}"
            for side, given in grade.sides.items()
            if isinstance(given, SideGrade) and isinstance(given.value, Decimal)
        ]
        return line((f"{test.name}: {', '.join(parts)}", "$quiet")) if parts else Content("")

    # -- the sides -----------------------------------------------------------------------------------------------

    def sides(self, width: int) -> tuple[SideView, ...]:
        if self.entry is None:
            return ()
        names = tuple(dict.fromkeys(cell.side for cell in self.entry.cells))
        return tuple(self._side(name, width) for name in names)

    def _side(self, side: str, width: int) -> SideView:
        assert self.entry is not None and self.test is not None
        active = self.entry.cell.side == side and not self.entry.asking_pain
        typed = self.entry.buffer if active else ""
        taken = self._taken(side, typed)
        value = self._summary(taken)
        grade = self._grade_now(value, taken)
        last = self._last(side)
        shown = self.entry.running if active and self.entry.running else self._shown(side, typed, value)
        return SideView(
            heading=HEADINGS[side],
            shown=shown or ("_" if active else ""),
            unit="" if self.test.measure.unit == "cat" else with_unit(Decimal(0), self.test.measure.unit).lstrip("0 "),
            active=active,
            grade=grade or "",
            word=self._word(side, grade, taken),
            detail=self._detail(side, taken, last),
            bar=self._bar(width, value, last),
        )

    def _taken(self, side: str, typed: str) -> Taken:
        """What is stored for the side, with the open cell as if the typed number were kept."""
        assert self.entry is not None and self.test is not None
        visit = self.session.visit
        values = {c.field: visit.value(c) for c in self.entry.cells if c.side == side}
        if typed:
            number = read(self.test, typed)
            if not isinstance(number, Refusal):
                values[self.entry.cell.field] = number
        trials = tuple(v for f, v in values.items() if f.startswith("trial.") and isinstance(v, Decimal))
        value = values.get("value")
        row = visit.cells.get(Cell(self.test.id, side, "value"))
        pain = visit.value(Cell(self.test.id, side, "pain"))
        return Taken(
            value=value if isinstance(value, Decimal | str) else None,
            trials=trials,
            pain=pain if isinstance(pain, Decimal) else None,
            compensated=visit.value(Cell(self.test.id, side, "compensated")) is True,
            familiar=visit.value(Cell(self.test.id, side, "familiar")) is True,
            absent=row.absent if row is not None and not typed else None,
        )

    def _summary(self, taken: Taken) -> Decimal | str | None:
        assert self.test is not None
        return summarise(self.test, taken) if taken.value is not None or taken.trials else None

    def _grade_now(self, value: Decimal | str | None, taken: Taken) -> Grade | None:
        if value is None or self.test is None or self.test.kind != "graded":
            return self._stored_response()
        return grade_value(
            self.test, value, self.session.patient.sex, self.session.age, compensated=taken.compensated
        )[0]

    def _stored_response(self) -> Grade | None:
        given = self.grade.sides.get("value") if self.grade is not None else None
        return given.grade if isinstance(given, SideGrade) and given.grade != "N" else None

    def _shown(self, side: str, typed: str, value: Decimal | str | None) -> str:
        if typed:
            return typed + "_"
        if isinstance(value, Decimal):
            return f"{value.normalize():f}" if value == value.to_integral() else f"{round(value, 1):f}"
        return value or ""

    def _word(self, side: str, grade: Grade | None, taken: Taken) -> str:
        if taken.absent is not None:
            return WORDS[taken.absent]
        words = [grade_word(grade)] if grade is not None else []
        if taken.pain is not None:
            words.append(f"pain {taken.pain}")
        if taken.compensated:
            words.append("compensated")
        if taken.familiar:
            words.append("familiar pain")
        return ", ".join(words)

    def _detail(self, side: str, taken: Taken, last: Decimal | str | None) -> str:
        assert self.test is not None
        parts = []
        if self.test.measure.trials > 1:
            tried = " · ".join(f"{trial:f}" for trial in taken.trials)
            parts.append(f"{len(taken.trials)}/{self.test.measure.trials} {self.test.measure.summary}: {tried}" if tried else f"0/{self.test.measure.trials} trials")
        if last is not None:
            unit = self.test.measure.unit
            parts.append(f"last {with_unit(last, unit) if isinstance(last, Decimal) else last}{self._change(side)}")
        return " · ".join(parts)

    def _change(self, side: str) -> str:
        given = self.grade.sides.get(_as_side(side)) if self.grade is not None else None
        if not isinstance(given, SideGrade) or given.change is None:
            return ""
        return f", {given.change.delta:+f} {given.change.say}"

    def _last(self, side: str) -> Decimal | str | None:
        """The last visit's graded value of this side."""
        assert self.test is not None
        previous = self.session.previous
        entry = previous.entry(self.test.id) if previous is not None else None
        taken = entry.get(_as_side(side)) if entry else None
        return self._summary(taken) if taken is not None else None

    def _bar(self, width: int, value: Decimal | str | None, last: Decimal | str | None) -> Content:
        assert self.test is not None
        if self.test.measure.direction == "category" or not self.test.measure.bands:
            return Content("")
        test, sex, age = self.test, self.session.patient.sex, self.session.age
        return scale(
            test,
            lambda number: grade_value(test, number, sex, age)[0],
            width,
            value if isinstance(value, Decimal) else None,
            last if isinstance(last, Decimal) else None,
        )

    # -- the list ------------------------------------------------------------------------------------------------

    def list(self, height: int, width: int) -> Content:
        """All steps by station, the open one in sight."""
        rows: list[Content] = []
        here = 0
        for station, steps in groupby(self.steps, key=lambda step: step.station):
            rows.append(line((STATIONS[station], "$quiet")))
            for step in steps:
                if step.test == self.step.test:
                    here = len(rows)
                rows.append(self._row(step, width))
        start = max(0, min(here - height // 2, len(rows) - height))
        return Content("\n").join(rows[start : start + height])

    def _row(self, step: Step, width: int) -> Content:
        now = step.test == self.step.test
        test = self.session.library.tests.get(step.test)
        done = is_done(test, self.session.visit) if test is not None else self.session.stand_done()
        mark, style = ("▸", "$accent bold") if now else ("✓", "$success") if done else ("·", "$quiet")
        name = test.name if test is not None else "Standing tolerance"
        values = self._values(test) if test is not None and done else Content("")
        room = width - 3 - values.cell_length
        shown = name if len(name) <= room else name[: room - 1] + "…"
        return line((f"{mark} ", style), (shown.ljust(room), "bold" if now else "" if done else "$quiet"), " ", values)

    def _values(self, test: Test) -> Content:
        grade = self.session.grade(test.id)
        if grade is None:
            return Content("")
        tone = {"W": "$success", "B": "$warning", "R": "$error", "H": "$warning"}
        pieces = [
            (f" {_short(given)}", tone.get(given.grade, "$quiet") if isinstance(given, SideGrade) else "$quiet")
            for given in grade.sides.values()
        ]
        return Content.assemble(*pieces)


def _short(given: SideGrade | str) -> str:
    if isinstance(given, str):
        return "–"
    if isinstance(given.value, Decimal):
        return f"{given.value.normalize():f}" if given.value == given.value.to_integral() else f"{round(given.value, 1)}"
    return given.grade if given.value is None else str(given.value)[:6]


def _as_side(side: str) -> Side:
    return side  # type: ignore[return-value]  # sides come from Cells made from Side values


def _stand_text() -> Content:
    rows = (
        "Ten minutes standing after a lying rest, with heart rate, blood pressure and symptoms.",
        "",
        "Before it: bed or plinth by the wall, chair in reach, a second adult in earshot.",
        "While the patient lies at rest the questions above can be answered.",
        "",
        "Enter opens the stand test.   n leaves it out.",
    )
    return Content("\n").join([Content(row) for row in rows])
