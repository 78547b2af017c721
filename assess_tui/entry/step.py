"""What is typed into a step, what is asked of it, and what each key does to the record. No screen."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from assess_tui.entry.cells import CellsEntry, as_side
from assess_tui.entry.remarks import Question, Remarks
from assess_tui.entry.typed import Typed
from assess_tui.settings import Entry
from assess_tui.visit.session import VisitSession
from protocols.case import Absent
from protocols.entry import Refusal, complete, read
from protocols.model import Side, Test
from protocols.visit import Cell, Measurement

WORDS: dict[Absent, str] = {
    "not_tested": "not tested",
    "pain": "too painful",
    "refused": "patient prefers not to",
    "contraindicated": "not safe for this patient",
}

COMPUTED_WITH = {"hip_ir_seated": "hip_arc_seated", "hip_er_seated": "hip_arc_seated", "ybt_ant": "ybt_ant_diff"}
"""The computed test whose result is worth telling beside its parts."""
AS_USUAL = Entry()


class StepEntry(CellsEntry):
    """What each key does to the test on screen."""

    place = "step"

    def __init__(self, session: VisitSession, test: Test, prefers: Entry = AS_USUAL) -> None:
        super().__init__(session, test, right_first=prefers.right_first)
        self.prefers = prefers
        self.question: Question | None = None
        self.about: Side | None = None
        """The side a remark was named for, where it is typed with its side."""
        self.remarks = Remarks(session, test)
        self.left = ""
        """What was typed here before and not entered."""
        self._spoken: Side | None = None
        """The side whose number was just said to stop the test; stopping is about it until something else is typed."""

    @property
    def untouched(self) -> bool:
        """Whether Enter would only pass over: the open cell is empty, and nothing is typed or asked."""
        return not self.buffer and not self.asks and self.empty

    @property
    def asks(self) -> bool:
        """Whether digits answer a question now, and are no value of the open cell."""
        return self.question is not None

    @property
    def asks_pain(self) -> bool:
        """Whether what is typed is a rating of pain; while a reason is asked for, it is a number that waits."""
        return self.question is not None and self.question.about == "pain"

    @property
    def asked(self) -> str:
        """The question that digits answer now; "" where they are a value."""
        return self._asking(self.question).say if self.question is not None else ""

    def _asking(self, question: Question, *, stored: bool = False) -> Typed:
        self.question = question
        return self.remarks.asked(question, self.buffer)._replace(stored=stored)

    @property
    def choices(self) -> tuple[str, ...]:
        return tuple(self.test.measure.categories)

    # -- typing --------------------------------------------------------------------------------------------------

    def type(self, character: str) -> Typed:
        if self.question is not None and self.question.about == "stop":
            return self._keep_stop(self.question.side, character)
        self._spoken = None
        if self.question is not None:
            return self._type_pain(self.question, character)
        if self.choices:
            return self._choose(character)
        self._type_on(character)
        if self.prefers.auto_advance and complete(self.test, self.buffer):
            return _without_enter(self.accept())
        return Typed()

    def forget(self) -> bool:
        """Drop what is being typed or asked; says whether there was anything."""
        had = bool(self.buffer) or self.asks
        self.buffer, self.question = "", None
        return had

    def _choose(self, character: str) -> Typed:
        if not character.isdigit() or not 1 <= int(character) <= len(self.choices):
            return Typed(f"Press 1 to {len(self.choices)}.", "refused")
        return _without_enter(self._store(self.choices[int(character) - 1]))

    def accept(self) -> Typed:
        """Keep what was typed; an empty cell that is open is passed over, never filled."""
        if self.question is not None and self.question.about == "stop":
            return self._asking(self.question)
        self._spoken = None
        if self.asks_pain:
            return self._keep_pain()
        if not self.buffer:
            return self._pass_over()
        value = read(self.test, self.buffer)
        if isinstance(value, Refusal):
            self.buffer = ""
            return Typed(value.reason, "refused")
        return self.put(value) if isinstance(value, Decimal) else self._store(value)

    def put_time(self, value: Decimal) -> Typed:
        """Store what was timed, and open the next trial that has none; a value already there is never timed over.

        What was asked meanwhile and has no answer yet is asked on.
        """
        question, answered = self.question, self._end_question().stored
        typed = self.put(value)
        if not typed.stored:
            return typed
        self.question = None if answered else question
        more = self._open_to_time()
        return typed._replace(finished=not more and not typed.say and not self.asks)

    def count(self) -> Typed:
        self._end_question()
        return super().count()

    def propose(self, value: Decimal, say: str) -> Typed:
        self._end_question()
        return super().propose(value, say)

    @property
    def waits(self) -> tuple[Cell, str]:
        """What is typed and not entered, and the cell it is meant for."""
        return Cell(self.test.id, self.subject, "pain") if self.asks_pain else self.cell, self.buffer

    def take_up(self, cell: Cell, text: str) -> None:
        """Go on where this was typed and not entered."""
        if cell.field == "pain":
            self.question = Question("pain", as_side(cell.side))
        self.open_cell(cell)
        self.buffer = self.left = self._stays = text

    def nudge(self, steps: int) -> Typed:
        """Change the open value by its resolution; it is stored with Enter."""
        if self.choices or self.asks:
            return Typed()
        value = read(self.test, self.buffer) if self.buffer else self.session.visit.value(self.cell)
        if not isinstance(value, Decimal):
            return Typed("Type a value first.", "refused")
        self.buffer = str(value + steps * (self.test.measure.resolution or Decimal(1)))
        return Typed()

    def _pass_over(self) -> Typed:
        trial = self.cell.field.startswith("trial.")
        if trial and self._has_trials():
            return self._advance(past_side=True)
        if self._filled(self.cell):
            return self._advance()
        return self._advance(past_side=True)

    def _has_trials(self) -> bool:
        return any(cell.side == self.cell.side and self._filled(cell) for cell in self.cells)

    def _store(self, value: Decimal | str) -> Typed:
        before = self.session.visit.cells.get(self.cell)
        why = "corrected" if before is not None and before.value is not None else ""
        if (absent := self._absent_cell()) is not None:
            self.session.withdraw(absent, "a value was taken after all")
        self.session.put(self.cell, value, note=before.note if before is not None else "", why=why)
        self.buffer = self._confirmed = ""
        side = self.side
        return self._speaking(side, self._advance(stored=True))

    def _absent_cell(self) -> Cell | None:
        cell = Cell(self.cell.test, self.cell.side, "value")
        row = self.session.visit.cells.get(cell)
        return cell if row is not None and row.absent is not None and cell != self.cell else None

    def _advance(self, *, stored: bool = False, past_side: bool = False) -> Typed:
        return Typed(stored=stored, finished=not self._open_next(stored=stored, past_side=past_side))

    # -- one-key answers -----------------------------------------------------------------------------------------

    def other_side(self) -> Typed:
        self._spoken = None
        kept = self._keep_first()
        if kept.tone:
            return kept
        self._open_other_side()
        return kept._replace(finished=False)

    def _keep_first(self) -> Typed:
        """Keep what still waits for Enter, and stay on its side; with a tone where it cannot go on yet."""
        here = self.index
        typed = self.keep_typed()
        if self.cell.side != self.cells[here].side:
            self.index = here
        return typed

    def keep_typed(self) -> Typed:
        kept = self._end_question()
        return super().keep_typed() if self.buffer else kept

    def _end_question(self) -> Typed:
        """Another key than its answer: a rating that is typed is kept; without a reason the number waits on."""
        if self.asks_pain:
            return self._keep_pain()
        self.question = None
        return Typed()

    def back(self) -> bool:
        """Open the cell before, to correct what was typed last; says whether there is one."""
        self._spoken = None
        self.forget()
        self.index = max(0, before := self.index - 1)
        return before >= 0

    def same(self) -> Typed:
        """The value of the open side on the other one; what is typed is kept first, an empty side takes the other's."""
        if self.test.measure.sides != "LR":
            return Typed("There is no other side to copy to.", "refused")
        here = self.index
        if (kept := self.keep_typed()).tone:
            return kept
        given = self._to_copy(here)
        value = self._value(given) if given is not None else None
        if given is None or value is None:
            return Typed("There is no value to copy.", "refused")
        self.index = self._across(given)
        return self._store(value)

    def leave_out(self, reason: Absent, note: str = "") -> Typed:
        """This side has no value, and this is why; what is noted with it stands beside the reason."""
        self._end_question()
        self.session.put(Cell(self.cell.test, self.cell.side, "value"), absent=reason, note=note)
        self.buffer = ""
        return self._advance(stored=True, past_side=True)

    def toggle(self, field: Literal["compensated", "familiar"]) -> Typed:
        typed = self.remarks.toggle(self.subject, field)
        return typed._replace(say=f"{typed.say} {self.asked}".rstrip())

    @property
    def note(self) -> str:
        """What was written beside the value of this side."""
        row = self._noted()
        return row.note if row is not None else ""

    @property
    def can_note(self) -> bool:
        return self._noted() is not None

    def write(self, note: str) -> Typed:
        """Keep a note beside the value; the value itself stays."""
        return self.remarks.write(self.subject, self.cells, note)

    def _noted(self) -> Measurement | None:
        return self.remarks.noted(self.subject, self.cells)

    def ask_pain(self) -> Typed:
        """A rating begun before is typed anew."""
        if self.asks_pain:
            self.forget()
        kept = self._keep_first()
        return kept if kept.tone else self._asking(Question("pain", self.subject), stored=kept.stored)

    def _type_pain(self, question: Question, character: str) -> Typed:
        if character.isdigit():
            self.buffer += character
            if self.buffer != "1":
                return _without_enter(self._keep_pain())
        return self._asking(question)

    def _keep_pain(self) -> Typed:
        side, text = self.subject, self.buffer
        self.forget()
        if not text:
            return Typed()
        kept = self.remarks.keep_pain(side, text)
        return self._speaking(side, kept) if kept.stored else kept

    def _speaking(self, side: Side, typed: Typed) -> Typed:
        """The same, or what the number just stored says: the step stays until the next Enter, and nothing is barred."""
        say = self.remarks.stop_words(side)
        self._spoken = side if say else None
        return typed._replace(finished=False, say=say, tone="refused") if say else typed

    def ask_stop(self) -> Typed:
        """The side is stopped; a number being typed waits for the reason."""
        self._end_question()
        return self._asking(Question("stop", self._spoken or self.about or self.side))

    def _keep_stop(self, side: Side, character: str) -> Typed:
        """The number read so far may still be kept with Enter; it is not valid."""
        kept = self.remarks.keep_stop(side, character)
        if kept.stored:
            self.question = None
        if kept.stored and self.remarks.stopped(side):
            self._spoken = None
        return kept

    @property
    def subject(self) -> Side:
        """Remarks belong to the side asked about or named, else the one just typed: that before an untouched cell."""
        if self.question is not None:
            return self.question.side
        if self.about is not None:
            return self.about
        if self.buffer or self._filled(self.cell) or self.index == 0:
            return self.side
        return as_side(self.cells[self.index - 1].side)


def _without_enter(typed: Typed) -> Typed:
    return typed._replace(by_itself=typed.stored)
