"""What is noted of a side beside its value: pain, a movement seen, a note, that it was stopped. No screen."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Literal, NamedTuple

from assess_tui.entry.typed import Typed
from assess_tui.keyboard.words import key_of, with_keys
from assess_tui.visit.said import SIDE_WORDS
from assess_tui.visit.session import VisitSession
from protocols.grading import STOPS
from protocols.model import Side, Test
from protocols.stop_rules import why_stop
from protocols.visit import Cell, Measurement, entries

NEAR_FAINT = (
    "Sit or lie the patient down now. Tests go on only when it has passed; at red-flag level 2 the screen stops "
    "({visit.flags}, {flags.raise_level} raises the level)."
)
RESTING_PAIN = "nprs"
"""The pain of the visit that a rise is taken from."""
WORST = 10
"""Of pain."""


class Question(NamedTuple):
    """What is asked of a side: digits answer it, and are no value meanwhile."""

    about: Literal["pain", "stop"]
    side: Side


def lead(side: Side) -> str:
    """ "left: ", before what is said of a side; nothing where a test has one value."""
    return f"{word}: " if (word := SIDE_WORDS[side]) else ""


class Remarks:
    """The remarks of one test, each of a side."""

    def __init__(self, session: VisitSession, test: Test) -> None:
        self._session = session
        self._test = test
        self.stop_key = key_of("step.stop_test")
        """What stops a test, as it is said."""

    def toggle(self, side: Side, field: Literal["compensated", "familiar"]) -> Typed:
        cell = Cell(self._test.id, side, field)
        on = self._session.visit.value(cell) is True
        self._session.withdraw(cell) if on else self._session.put(cell, True)
        return Typed(f"{lead(side)}{field} {'taken back' if on else 'noted'}.", stored=True)

    # -- a note --------------------------------------------------------------------------------------------------

    def noted(self, side: Side, cells: Iterable[Cell]) -> Measurement | None:
        """The value or reason of this side that a note stands beside, the first of `cells` that has one."""
        own = (cell for cell in cells if cell.side == side)
        held = (self._session.visit.cells.get(cell) for cell in (*own, Cell(self._test.id, side)))
        return next((row for row in held if row is not None), None)

    def write(self, side: Side, cells: Iterable[Cell], note: str) -> Typed:
        """Keep a note beside the value; the value itself stays."""
        row = self.noted(side, cells)
        if row is None:
            return Typed("A note stands beside a value or a reason: type the value first.", "refused")
        self._session.annotate(row.cell, note)
        return Typed(f"{lead(side)}note kept.", stored=True)

    # -- pain, and to stop ---------------------------------------------------------------------------------------

    def keep_pain(self, side: Side, text: str) -> Typed:
        if not 0 <= int(text) <= WORST:
            return Typed(f"Pain goes from 0 to {WORST}.", "refused")
        self._session.put(Cell(self._test.id, side, "pain"), Decimal(text))
        return Typed(f"{lead(side)}pain {text} at end range noted.", stored=True)

    def stop_words(self, side: Side) -> str:
        """What the pain or the dizziness of this side says by itself: to stop the test. Never more than said."""
        held = {cell: row for cell, row in self._session.visit.cells.items() if cell.test == self._test.id}
        resting = self._session.visit.value(Cell(RESTING_PAIN))
        limits = self._session.library.red_flags.stops
        entry = entries(held).get(self._test.id, {})
        why = why_stop(self._test, entry, side, resting if isinstance(resting, Decimal) else None, limits)
        where = lead(side)
        return f"{where}{why}: stop this test ({self.stop_key})." if why else ""

    def asked(self, question: Question, typed: str) -> Typed:
        """The question with what is typed of its answer: a rating, or the number of a reason."""
        side = question.side
        if question.about == "pain":
            where = f", {word}" if (word := SIDE_WORDS[side]) else ""
            return Typed(
                f"Pain {typed}_" if typed else f"Pain at end range{where}: 0 to 10, {key_of('step.next')}.", "ask"
            )
        offered = " · ".join(f"{number} {words}" for number, words in enumerate(STOPS.values(), 1))
        back = " · 0 not stopped" if self.stopped(side) else ""
        return Typed(f"{SIDE_WORDS[side]} stopped: {offered}{back}".lstrip(), "ask")

    def stopped(self, side: Side) -> bool:
        return self._stop_cell(side) in self._session.visit.cells

    def keep_stop(self, side: Side, character: str) -> Typed:
        """Keep the reason of this number, or 0: not stopped; another number asks again, and nothing is stored."""
        cell = self._stop_cell(side)
        if character == "0" and self.stopped(side):
            self._session.withdraw(cell, "not stopped after all")
            return Typed(f"{lead(side)}not stopped after all.", stored=True)
        reason = {str(number): reason for number, reason in enumerate(STOPS, 1)}.get(character)
        if reason is None:
            return self.asked(Question("stop", side), "")
        self._session.put(cell, reason)
        if reason == "faint":
            return Typed(with_keys(NEAR_FAINT), "refused", stored=True)
        return Typed(f"{lead(side)}stopped, {STOPS[reason]}. {key_of('step.next')} goes on.", stored=True)

    def _stop_cell(self, side: Side) -> Cell:
        return Cell(self._test.id, side, "stopped")
