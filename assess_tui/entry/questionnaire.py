"""Answering a questionnaire item by item: every answer is stored as it is given, the score follows. No screen."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from assess_tui.entry.typed import Typed
from assess_tui.keyboard.words import key_of
from assess_tui.visit.session import VisitSession
from assess_tui.visit.waiting import ITEMS
from protocols import questionnaires as judge
from protocols.case import Answered
from protocols.grading import plain_number
from protocols.model import Item, Questionnaire, Side
from protocols.visit import ITEM, Cell, Value, Visit, answer, answer_value

FROM_ITEMS = "from its items"
"""Why a score was stored."""
TEN = 10
LONGEST_WORDS = 60


class QuestionnaireEntry:
    """The answers of one questionnaire, with one of them open: by row, and by side where it is asked twice."""

    def __init__(self, session: VisitSession, questionnaire: Questionnaire) -> None:
        self.session = session
        self.questionnaire = questionnaire
        self.sides: tuple[Side, ...] = judge.SIDES[questionnaire.sides]
        self.buffer = ""
        self._stored: list[list[Cell]] = []
        """What each answer on this page changed, for undo."""
        self.side = next((side for side in self.sides if self.open_items(side)), self.sides[0])
        self.row = self._first_open()

    # -- what is asked and what is held ----------------------------------------------------------------------------

    @property
    def items(self) -> tuple[Item, ...]:
        named = {**self._last_answers(self.sides[0]), **self.answers(self.sides[0])}
        return judge.asked(self.questionnaire, self.session.library, self.session.age, named)

    @property
    def item(self) -> Item:
        return self.items[self.row]

    @property
    def yes_no(self) -> bool:
        return self.item.answer == "yes_no"

    @property
    def names_activities(self) -> bool:
        return self.questionnaire.items_from == "patient"

    def answers(self, side: Side) -> dict[str, Answered]:
        """What this visit holds, by item."""
        return self._of(self.session.visit, side)

    def last(self, item: Item, side: Side) -> Answered | None:
        """What the last visit held for the item."""
        return self._last_answers(side).get(item.key)

    def _last_answers(self, side: Side) -> dict[str, Answered]:
        previous = self.session.previous
        return self._of(previous, side) if previous is not None else {}

    def _of(self, visit: Visit, side: Side) -> dict[str, Answered]:
        test = self._cell("", side).test
        held = [(cell, row) for cell, row in visit.cells.items() if cell[:2] == (test, side)]
        return {c.field.removeprefix(ITEM): answer(row.value) for c, row in held if c.field.startswith(ITEM)}

    def _cell(self, key: str, side: Side) -> Cell:
        return Cell(self.questionnaire.test or f"@{self.questionnaire.id}", side, ITEM + key)

    def open_items(self, side: Side) -> tuple[Item, ...]:
        """What is still to be answered on a side."""
        return judge.still_open(self.questionnaire, self.items, self.answers(side))

    @property
    def score(self) -> Decimal | None:
        """What the items make, None while one is open."""
        return judge.score(self.questionnaire, self.items, self.answers(self.sides[0]))

    @property
    def total(self) -> Decimal | None:
        """The score on record, worked out from the items or typed."""
        held = self.session.visit.value(self._total_cell)
        return held if isinstance(held, Decimal) else None

    @property
    def _total_cell(self) -> Cell:
        return Cell(self.questionnaire.test, "value")

    # -- where -----------------------------------------------------------------------------------------------------

    def move(self, by: int) -> Typed:
        """To another row; a number that was typed is kept first."""
        typed = self.keep_typed()
        if typed.tone != "refused":
            self.row = (self.row + by) % len(self.items)
        return typed

    def other_side(self) -> Typed:
        typed = self.keep_typed()
        if typed.tone != "refused" and len(self.sides) > 1:
            self.side = next(side for side in self.sides if side != self.side)
            self.row = self._first_open()
        return typed

    def _first_open(self) -> int:
        still_open = {item.key for item in self.open_items(self.side)}
        return next((row for row, item in enumerate(self.items) if item.key in still_open), 0)

    # -- answering ---------------------------------------------------------------------------------------------------

    def type(self, character: str) -> Typed:
        """A digit answers the open item: 1 yes, 0 no, or the number."""
        if self.names_activities and not self.item.ask:
            return Typed(f"Name the activity first: {key_of('items.name')}.", "refused")
        if self.yes_no:
            return self.put(character == "1") if character in "01" else Typed("1 is yes, 0 is no.", "refused")
        number = int(self.buffer + character)
        if number > self.item.highest:
            return Typed(f"0 to {self.item.highest}.", "refused")
        if number == 1 and self.item.highest >= TEN and not self.buffer:
            self.buffer = character
            return Typed(f"1, or 10: 0 makes it 10, {key_of('items.next')} keeps the 1.", "ask")
        self.buffer = ""
        return self.put(Decimal(number))

    def backspace(self) -> Typed:
        self.buffer = ""
        return Typed()

    def put(self, value: Decimal | bool) -> Typed:
        """Answer the open item and go to the next."""
        words = self.item.ask if self.names_activities else ""
        typed = self._store([(self._cell(self.item.key, self.side), answer_value(Answered(value=value, words=words)))])
        self.row = min(self.row + 1, len(self.items) - 1)
        return typed

    def none_left(self) -> Typed:
        """No, or 0, to every item of this side that is still open."""
        if self.names_activities:
            return Typed()
        self.keep_typed()
        still_open = self.open_items(self.side)
        no = [(item, False if item.answer == "yes_no" else Decimal(0)) for item in still_open]
        typed = self._store([(self._cell(item.key, self.side), value) for item, value in no])
        unanswered = (row for row, item in enumerate(self.items) if item.key not in self.answers(self.side))
        self.row = next(unanswered, len(self.items) - 1)
        return typed

    def name(self, words: str) -> Typed:
        """Name the open activity, or correct its words; its rating stays."""
        held = self.answers(self.side).get(self.item.key, Answered())
        said = " ".join(words.split())[:LONGEST_WORDS]
        named = answer_value(Answered(value=held.value, words=said))
        return self._store([(self._cell(self.item.key, self.side), named)])

    def accept(self) -> Typed:
        """Keep a typed number; go to what is open; finished once nothing is."""
        if self.buffer:
            return self.keep_typed()
        still_open = self.open_items(self.side)
        if still_open:
            self.row = self._first_open()
            return Typed(f"{len(still_open)} still open.", "ask")
        return self._store([])._replace(finished=True)

    @property
    def waits(self) -> tuple[Cell, str]:
        """A 1 that may become a 10, and the item it is meant for."""
        return Cell(f"{ITEMS}:{self.questionnaire.id}", self.side, self.item.key), self.buffer

    def take_up(self, cell: Cell, text: str) -> None:
        """Go on where this was typed and not entered."""
        keys = [item.key for item in self.items]
        if cell.field in keys and cell.side in self.sides:
            self.side = next(side for side in self.sides if side == cell.side)
            self.row, self.buffer = keys.index(cell.field), text

    def keep_typed(self) -> Typed:
        """Keep a number that waits for Enter."""
        text, self.buffer = self.buffer, ""
        return self.put(Decimal(text)) if text else Typed()

    def _store(self, told: Iterable[tuple[Cell, Value]]) -> Typed:
        """Store answers, and the score as soon as they are complete."""
        changed: list[Cell] = []
        try:
            for cell, value in told:
                changed += self._put(cell, value)
            score = self.score if self.questionnaire.test else None
            if score is not None and score != self.total:
                changed += self._put(self._total_cell, score, FROM_ITEMS)
        finally:
            if changed:
                self._stored.append(changed)
        return Typed(stored=bool(changed))

    def _put(self, cell: Cell, value: Value, why: str = "") -> list[Cell]:
        """The cell, where that changed it."""
        before = self.session.visit.cells.get(cell)
        return [cell] if self.session.put(cell, value, why=why) is not before else []

    def undo(self) -> Typed:
        """Take back the last answer given on this page, with the score it made; its line is open again."""
        if self.buffer:
            return self.backspace()
        if not self._stored:
            return Typed("Nothing to take back on this page.", "refused")
        cells = self._stored.pop()
        said = self.session.undo_all(cells)
        lines = ((side, row) for side in self.sides for row in range(len(self.items)))
        self.side, self.row = next(
            ((side, row) for side, row in lines if self._cell(self.items[row].key, side) == cells[0]),
            (self.side, self.row),
        )
        return Typed(said[-1] if said else "", stored=True)


def answer_word(given: Answered | None) -> str:
    """What was answered, in a word; "" where nothing was."""
    if given is None or given.value is None:
        return ""
    if isinstance(given.value, bool):
        return "yes" if given.value else "no"
    return plain_number(given.value)
