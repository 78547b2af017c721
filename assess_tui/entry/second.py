"""A second rater measures a test, without sight of the first values. What each key does to the record; no screen."""

from __future__ import annotations

from decimal import Decimal

from assess_tui.entry.typed import Typed
from assess_tui.entry.value import ValueEntry
from assess_tui.keyboard.words import key_of
from assess_tui.visit import waiting
from assess_tui.visit.said import SIDE_WORDS
from assess_tui.visit.session import VisitSession
from protocols.agreement import Pair, pairs, second_taken
from protocols.case import Taken
from protocols.entry import Refusal, read
from protocols.grading import number
from protocols.model import Side, Test
from protocols.route import sides
from protocols.visit import RATER, SECOND, Cell, Value, entries


class SecondEntry(ValueEntry):
    """The sides the first rater has measured, one of them open for the second."""

    place = "second"

    def __init__(self, session: VisitSession, test: Test, *, right_first: bool = False) -> None:
        super().__init__(session, test)
        self.sides = first_sides(session, test)[:: -1 if right_first else 1]
        self.index = next((place for place, side in enumerate(self.sides) if not self.complete(side)), 0)
        self._passed: set[Side] = set()

    @property
    def rater(self) -> str:
        return str(self.session.visit.value(RATER, ""))

    @property
    def side(self) -> Side:
        return self.sides[self.index]

    @property
    def cell(self) -> Cell:
        return _cell(self.test, self.side)

    def open_cell(self, cell: Cell) -> None:
        """Open the side of this one."""
        self.index = next((place for place, side in enumerate(self.sides) if side == cell.side), self.index)

    @property
    def turn(self) -> str:
        """The side and the trial that is open: "left · trial 2 of 3"."""
        wanted, held = self.test.measure.trials, len(self.taken(self.side).trials)
        tried = f"trial {min(held + 1, wanted)} of {wanted}" if wanted > 1 else ""
        return " · ".join(word for word in (SIDE_WORDS[self.side], tried) if word)

    def taken(self, side: Side) -> Taken:
        """What the second rater read on this side so far."""
        return second_taken(self.session.visit.value(_cell(self.test, side)))

    def complete(self, side: Side) -> bool:
        taken = self.taken(side)
        return taken.value is not None or len(taken.trials) >= self.test.measure.trials

    @property
    def done(self) -> bool:
        """Whether every side was read; only then the first values show."""
        return all(self.complete(side) or side in self._passed for side in self.sides)

    @property
    def more(self) -> bool:
        """Whether another trial or side follows the open one."""
        others = any(not self.complete(side) for side in self.sides if side != self.side)
        return others or len(self.taken(self.side).trials) + 1 < self.test.measure.trials

    @property
    def empty(self) -> bool:
        """Whether something is still to be read."""
        return not self.done

    @property
    def asks(self) -> bool:
        """Nothing is asked here but the value."""
        return False

    def pairs(self) -> list[Pair]:
        """Both values of each side, once all were read."""
        return pairs(self.test, self.session.visit.cells) if self.done else []

    # -- keys ----------------------------------------------------------------------------------------------------

    def type(self, character: str) -> Typed:
        if self.done:
            return Typed(
                f"Both raters' values are shown. {key_of('second.undo')} takes the last value back.", "refused"
            )
        self._type_on(character)
        return Typed()

    @property
    def waits(self) -> tuple[Cell, str]:
        """What is typed and not entered, and the side it is meant for: never a value of the first rater."""
        return Cell(f"{waiting.SECOND}:{self.test.id}", self.side if self.sides else ""), self.buffer

    def take_up(self, cell: Cell, text: str) -> None:
        """Go on where this was typed and not entered."""
        if not self.done:
            self.open_cell(cell)
            self.buffer = self._stays = text

    def accept(self) -> Typed:
        """Keep what was typed. Enter alone goes on: from a side with fewer trials than meant, and at the end back."""
        if self.done:
            return Typed(finished=True)
        if not self.buffer:
            return self._pass_over()
        value = read(self.test, self.buffer)
        if isinstance(value, Decimal):
            return self.put(value)
        self.buffer = ""
        return Typed(value.reason if isinstance(value, Refusal) else "Type a number.", "refused")

    def _store(self, value: Decimal) -> Typed:
        several = self.test.measure.trials > 1
        held: Value = [*self.taken(self.side).trials, value] if several else value
        self.session.put(self.cell, held, by=self.rater)
        self.buffer = ""
        if self.complete(self.side):
            self._go_on()
        return Typed(stored=True)

    def put_time(self, value: Decimal) -> Typed:
        """Store what was timed."""
        return self.put(value)

    def other_side(self) -> Typed:
        """A number that waits is kept on its own side first."""
        here = self.index
        kept = self.keep_typed()
        if not kept.tone:
            self.index = (here + 1) % len(self.sides)
        return kept

    def undo(self) -> Typed:
        """What is only being typed goes first; then the last value of this page, and of no other."""
        if self.buffer:
            self.buffer = ""
            return Typed()
        cell = self.session.to_undo()
        if cell is None or cell.test != self.test.id or cell.field != SECOND:
            return Typed("Nothing more here.", "refused")
        self.session.undo()
        self._passed.clear()
        self.index = next(place for place, side in enumerate(self.sides) if side == cell.side)
        return Typed(f"{cell.side}: taken back.", stored=True)

    def _pass_over(self) -> Typed:
        if not self.taken(self.side).trials:
            return Typed(f"Type the value first; {key_of('second.back')} leaves it open.", "refused")
        self._passed.add(self.side)
        self._go_on()
        return Typed()

    def _go_on(self) -> None:
        still_open = (n for n, side in enumerate(self.sides) if not self.complete(side) and side not in self._passed)
        self.index = next(still_open, self.index)


def first_sides(session: VisitSession, test: Test) -> tuple[Side, ...]:
    """The sides with a number of the first rater."""
    taken = entries(session.visit.cells).get(test.id, {})
    return tuple(side for side in sides(test) if number(test.measure, taken.get(side)) is not None)


def name_rater(session: VisitSession, name: str) -> str:
    """Keep who the second rater is; else why it cannot be, in a sentence."""
    if " ".join(name.split()).casefold() == " ".join(session.clinician.split()).casefold():
        return f"{session.clinician} took the first values: a second rater is another person."
    session.put(RATER, " ".join(name.split()))
    return ""


def _cell(test: Test, side: Side) -> Cell:
    return Cell(test.id, side, SECOND)
