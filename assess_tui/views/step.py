"""What the guided screen shows of a step, as Content. Drawing only: it asks the session and never changes it."""

from __future__ import annotations

from decimal import Decimal

from textual.content import Content

from assess_tui.entry.cells import as_side
from assess_tui.entry.step import COMPUTED_WITH, WORDS, StepEntry
from assess_tui.keyboard.words import key_of, sign_of
from assess_tui.text import clicked, hanging, keyed, line, lines, literal, tap_key
from assess_tui.visit.devices import device_words
from assess_tui.visit.session import VisitSession
from assess_tui.widgets.scale import scale
from assess_tui.widgets.side import SideView
from protocols.case import Taken
from protocols.entry import Refusal, read
from protocols.grading import (
    STOPS,
    Grade,
    SideGrade,
    TestGrade,
    grade_value,
    grade_word,
    plain_number,
    reference_words,
    summarise,
    with_unit,
)
from protocols.model import Test
from protocols.route import Step
from protocols.visit import Cell, entries

HEADINGS: dict[str, str] = {"left": "LEFT", "right": "RIGHT", "value": "VALUE", "pre": "BEFORE", "post": "AFTER"}
SAID = {
    "within measurement error": "within error",
    "class changed, difference within measurement error": "class changed, within error",
    "describe only": "no error data",
    "changed toward the reference band": "toward reference",
    "changed away from the reference band": "away from reference",
}
"""What is said of a change, short enough for half a line."""
OTHER_DEVICE = "other device"


class StepView:
    """One drawing of one step."""

    def __init__(self, session: VisitSession, entry: StepEntry) -> None:
        self.session = session
        self.entry = entry
        self.test = entry.test
        self.grade: TestGrade | None = session.grade(entry.test.id)

    # -- words ---------------------------------------------------------------------------------------------------

    def title(self) -> Content:
        """What is tested; below it what is needed."""
        needed = ", ".join(self.test.equipment)
        return lines([literal(self.test.title, "$accent bold"), literal(f"with {needed}" if needed else "", "$quiet")])

    def _read_with(self) -> str:
        """The device in use, with the age of an old check; and where a side was read with another one."""
        device = self.session.devices.read_with(self.test)
        told = device_words(device, self.session.visit.date) if device is not None else ""
        known, cells = self.session.devices.known, self.session.visit.cells
        rows = {cell.side: cells[cell] for cell in self.entry.cells if cell in cells}
        others = [
            f"{side} with {known[row.device].name}"
            for side, row in rows.items()
            if row.device in known and (device is None or row.device != device.id)
        ]
        return "; ".join(words for words in (told, *others) if words)

    def text(self, width: int, height: int) -> Content:
        """Position, steps or answers, and the one thing to watch, in a column; the rest of the position gives way."""
        test = self.test
        rows = [hanging(line((f"{i}  ", "$quiet")), step, width) for i, step in enumerate(test.steps, 1)]
        if test.measure.categories:
            rows.append(_choices(test, width))
        if test.compensation:
            lead = line((f"{key_of('step.compensated')}  ", "$warning bold"))
            rows.append(tap_key(hanging(lead, test.compensation, width, "$warning"), "step.compensated"))
        elif test.watch:
            rows.append(hanging(line(("!  ", "$warning bold")), test.watch[0], width, "$warning"))
        position = hanging(Content(""), test.position, width, "$quiet")
        if _rows(position, *rows) > height:
            position = hanging(Content(""), test.position.partition(". ")[0], width, "$quiet")
        return lines([position, *rows] if _rows(position, *rows) <= height else rows)

    def note(self) -> Content:
        """What is asked; else asymmetry, the computed companion, the reference."""
        if self.entry.asks:
            return literal(self.entry.asked, "$warning")
        rows = [literal(f"note: {self.entry.note}", "$accent")] if self.entry.note else []
        if self.entry.buffer and self.entry.buffer == self.entry.left:
            rows.append(literal(self.entry.still_waits().say, "$warning"))
        rows += [literal(words, "$error") for words in self._speaking()]
        rows += [literal(words, "$warning") for words in self._stopped()]
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
        graded = self.test.kind == "graded" and not reference.startswith("no ")
        said = f"reference {reference} · {basis}" if graded else reference
        evidence = tap_key(literal(f"{key_of('step.evidence')} evidence", "$quiet"), "step.evidence")
        told = (literal(said, "$quiet"), evidence, tap_key(literal(self._read_with(), "$quiet"), "step.devices"))
        rows.append(literal(" · ", "$quiet").join(words for words in told if words))
        return Content("\n").join(rows)

    def _speaking(self) -> list[str]:
        """What a pain or a dizziness on record says by itself: to stop the test."""
        sides = dict.fromkeys(as_side(cell.side) for cell in self.entry.cells)
        return [words for side in sides if (words := self.entry.remarks.stop_words(side))]

    def _stopped(self) -> list[str]:
        """Why a side was stopped."""
        sides = dict.fromkeys(cell.side for cell in self.entry.cells)
        held = {side: self.session.visit.value(Cell(self.test.id, side, "stopped")) for side in sides}
        return [f"{side} stopped: {STOPS[why]}; its value does not count" for side, why in held.items() if why]

    def _companion(self, test_id: str, grade: TestGrade) -> Content:
        test = self.session.library.tests[test_id]
        parts = [
            f"{side} {with_unit(given.value, test.measure.unit)} {grade_word(given.grade)}".removeprefix("value ")
            for side, given in grade.sides.items()
            if isinstance(given, SideGrade) and isinstance(given.value, Decimal)
        ]
        return line((f"{test.name}: {', '.join(parts)}", "$quiet")) if parts else Content("")

    # -- the sides -----------------------------------------------------------------------------------------------

    def sides(self, width: int) -> tuple[SideView, ...]:
        """Left stands on the left, whichever is asked first."""
        names = sorted({cell.side for cell in self.entry.cells}, key=list(HEADINGS).index)
        return tuple(self._side(name, width) for name in names)

    def _side(self, side: str, width: int) -> SideView:
        active = self.entry.cell.side == side and not self.entry.asks_pain
        typed = self.entry.buffer if active else ""
        taken = self._taken(side, typed)
        value = self._summary(taken)
        grade = self._grade_now(value, taken)
        last = self._last(side)
        shown = self._shown(side, typed, value)
        return SideView(
            heading=HEADINGS[side],
            shown=shown or ("_" if active else ""),
            unit="" if self.test.measure.unit == "cat" else with_unit(Decimal(0), self.test.measure.unit).lstrip("0 "),
            active=active,
            grade=grade or "",
            word=self._word(side, grade, taken),
            trials=self._trials(taken),
            before=self._before(side, last),
            bar=self._bar(width, value, last),
        )

    def _taken(self, side: str, typed: str) -> Taken:
        """What is stored for the side, with the open cell as if the typed number were kept."""
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
        stopped = visit.value(Cell(self.test.id, side, "stopped"))
        return Taken(
            value=value if isinstance(value, Decimal | str) else None,
            trials=trials,
            pain=pain if isinstance(pain, Decimal) else None,
            compensated=visit.value(Cell(self.test.id, side, "compensated")) is True,
            familiar=visit.value(Cell(self.test.id, side, "familiar")) is True,
            absent=row.absent if row is not None and not typed else None,
            stopped=stopped if stopped in STOPS else None,
        )

    def _summary(self, taken: Taken) -> Decimal | str | None:
        return summarise(self.test, taken) if taken.value is not None or taken.trials else None

    def _grade_now(self, value: Decimal | str | None, taken: Taken) -> Grade | None:
        if taken.stopped is not None:
            return None
        if value is None or self.test.kind != "graded":
            return self._stored_response()
        return grade_value(self.test, value, self.session.patient.sex, self.session.age, compensated=taken.compensated)[
            0
        ]

    def _stored_response(self) -> Grade | None:
        given = self.grade.sides.get("value") if self.grade is not None else None
        return given.grade if isinstance(given, SideGrade) and given.grade != "N" else None

    def _shown(self, side: str, typed: str, value: Decimal | str | None) -> str:
        if typed:
            return typed_words(typed) + "_"
        if isinstance(value, Decimal):
            return plain_number(value)
        return value or ""

    def _word(self, side: str, grade: Grade | None, taken: Taken) -> str:
        if taken.stopped is not None:
            return "pain-limited, stopped"
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

    def _trials(self, taken: Taken) -> str:
        wanted = self.test.measure.trials
        if wanted == 1:
            return ""
        tried = " · ".join(plain_number(trial) for trial in taken.trials)
        return f"{len(taken.trials)} of {wanted} trials  {tried}".rstrip()

    def _before(self, side: str, last: Decimal | str | None) -> str:
        if last is None:
            return ""
        shown = with_unit(last, self.test.measure.unit)
        given = self.grade.sides.get(as_side(side)) if self.grade is not None else None
        if not isinstance(given, SideGrade) or given.change is None:
            return f"last {shown}"
        say = (
            OTHER_DEVICE
            if self.session.devices.other_than_before(self.test)
            else SAID.get(given.change.say, given.change.say)
        )
        return f"last {shown}  {given.change.delta:+f} {say}"

    def _last(self, side: str) -> Decimal | str | None:
        """The last visit's graded value of this side."""
        previous = self.session.previous
        entry = entries(previous.cells).get(self.test.id) if previous is not None else None
        taken = entry.get(as_side(side)) if entry else None
        return self._summary(taken) if taken is not None and taken.stopped is None else None

    def _bar(self, width: int, value: Decimal | str | None, last: Decimal | str | None) -> Content:
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


def typed_words(typed: str) -> str:
    """What is being typed, as it will be kept: 12h is 12.5."""
    return typed.replace("h", ".5")


def _rows(*blocks: Content) -> int:
    return sum(block.plain.count("\n") + 1 for block in blocks)


def how(test: Test, width: int) -> Content:
    """Position and steps, in so many cells."""
    steps = (hanging(line((f"{n}  ", "$quiet")), step, width) for n, step in enumerate(test.steps, 1))
    return lines([hanging(Content(""), test.position, width, "$quiet"), *steps])


def _choices(test: Test, width: int) -> Content:
    """The categories with the digit that chooses each, on as few lines as they need; none is parted from its digit."""
    rows: list[Content] = []
    for number, name in enumerate(test.measure.categories, 1):
        one = clicked(line((f"{number} ", "$accent bold"), name), f"app.press('{number}')")
        if rows and rows[-1].cell_length + 2 + one.cell_length <= width:
            rows[-1] = line(rows[-1], "  ", one)
        else:
            rows.append(one)
    return lines(rows)


def before_it(step: Step) -> list[Content]:
    """What to do before the step, and what speaks against it; a line each, or none."""
    against = f"What speaks against it: {step.caution}." if step.caution else ""
    return [literal(words, "$warning bold") for words in (step.pause, against) if words]


STAND_TITLES = {False: "Standing tolerance test", True: "3-minute pressure screen: not a stand test"}
STAND_FIRST = {
    False: "Ten minutes standing after a lying rest, with heart rate, blood pressure and symptoms.",
    True: "Heart rate, pressure and symptoms at 1 and 3 minutes of standing, after 5 minutes of lying rest. Standing "
    "tolerance stays unknown.",
}


BEFORE_IT = (
    "",
    "Before it: bed or plinth by the wall, chair in reach, a second adult in earshot.",
    "While the patient lies at rest the questions above can be answered.",
    "",
)
STAND_OPENS = "{step.next} opens the stand test.   "
STAND_WAYS = "{step.not_tested} leaves it out.   {step.devices} the cuff it is read with."


def stand_card(screen: bool = False, cuff: str = "") -> Content:
    """Where the stand test, or the pressure screen in its place, is due; with the cuff in use."""
    rows = [literal(row) for row in (STAND_FIRST[screen], *BEFORE_IT)]
    keys = line(keyed(STAND_OPENS, told=sign_of), keyed(STAND_WAYS))
    return lines([*rows, keys, *([literal(cuff)] if cuff else [])])
