"""How the last plan went at home, card by card: one key an answer, on record before it shows. No screen."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Final, Literal, NamedTuple

from assess_tui.entry.typed import Typed
from assess_tui.keyboard.words import key_of, with_keys
from assess_tui.visit.session import VisitSession
from protocols.case import LastPlan, Practice
from protocols.follow_up import AMBER_TO, AS_PLANNED, GREEN_TO, PLANNED, TOO_LITTLE
from protocols.model import Exercise
from protocols.visit import CRASH, FOLLOW, Cell, Value, follow_cell

Column = Literal["done", "pain", "rest"]
"""Which number of the marked card a digit gives; "rest" once both are given."""
NO_PLAN: Final = "No exercise plan was taken home before this visit."
NOTHING_OPEN: Final = "Every number is given. {follow.other} goes back to this card's numbers, {follow.next} goes on."


class Place(NamedTuple):
    """Where a digit goes."""

    row: int
    column: Literal["done", "pain"]


class _Given(NamedTuple):
    """The last answer about a card, for the cards below it."""

    row: int
    asked: str
    value: Value


def followed(session: VisitSession) -> LastPlan | None:
    """The plan to follow up in this visit; None where no card was taken home before it."""
    last = session.case().last_plan
    return last if last is not None and last.cards else None


def follow_done(session: VisitSession) -> bool:
    """Whether everything was asked."""
    last = followed(session)
    return last is not None and last.crash is not None and not any(_open(last, n) for n in range(len(last.cards)))


def follow_begun(session: VisitSession) -> bool:
    return any(cell.test == FOLLOW for cell in session.visit.cells)


def _open(last: LastPlan, row: int) -> Column | Literal[""]:
    """The first number still to be asked of a card; pain is not asked of a card that was never done."""
    practice = last.practice.get(last.cards[row].card, Practice())
    if practice.done is None:
        return "done"
    return "pain" if practice.pain is None and practice.done else ""


class FollowEntry:
    """The cards taken home last, one of them marked."""

    def __init__(self, session: VisitSession) -> None:
        self.session = session
        self.row = next((row for row in range(len(self.last.cards)) if _open(self.last, row)), 0)
        self.column: Column = _open(self.last, self.row) or "rest"
        self._given: _Given | None = None
        self._stored: list[list[Cell]] = []
        """What each answer on this page changed, for undo."""
        self._warned = False

    # -- what is asked and what is held ------------------------------------------------------------------------------

    @property
    def last(self) -> LastPlan:
        last = followed(self.session)
        if last is None:
            raise RuntimeError("a follow-up is opened only where a plan was taken home")
        return last

    @property
    def marked(self) -> str:
        return self.last.cards[self.row].card

    def card(self, row: int) -> Exercise | None:
        """None where the library no longer has it."""
        return self.session.library.exercises.get(self.last.cards[row].card)

    def name(self, row: int) -> str:
        """Without what stands in brackets; the id where the library no longer has the card."""
        card = self.card(row)
        return card.name.partition(" (")[0] if card is not None else self.last.cards[row].card

    def practice(self, row: int) -> Practice:
        return self.last.practice.get(self.last.cards[row].card, Practice())

    @property
    def next_digit(self) -> Place | None:
        """Where the next digit goes: to the marked card, or, once it has both numbers, to the next that is open."""
        if self.column != "rest":
            return Place(self.row, self.column)
        below = (Place(row, column) for row in self._below() if (column := _open(self.last, row)) in ("done", "pain"))
        return next(below, None)

    def _below(self) -> range:
        return range(self.row + 1, len(self.last.cards))

    # -- answering ---------------------------------------------------------------------------------------------------

    def type(self, number: int) -> Typed:
        """So many of ten planned times, or the worst pain."""
        at = self.next_digit
        if at is None:
            return Typed(with_keys(NOTHING_OPEN), "refused")
        self.row = at.row
        self.column = "pain" if at.column == "done" and number else "rest"
        return self._answer(at.column, Decimal(number))

    def toggle(self, asked: Literal["spare", "red"]) -> Typed:
        """Repetitions to spare, or red days, of the marked card: yes, or no again."""
        held = self.session.visit.value(follow_cell(asked, self.marked))
        return self._answer(asked, held is not True)

    def crashed(self, yes: bool) -> Typed:
        self._warned = False
        typed = self._store([(CRASH, yes)])
        return typed._replace(say="After a crash every dose is halved." if yes else "No crash after effort.")

    def same_below(self) -> Typed:
        """The last answer for every card below it too."""
        given = self._given
        if given is None or given.row != self.row:
            return Typed(
                f"Answer it for this card first; {key_of('follow.same')} then gives the same to all below.", "refused"
            )
        if not self._below():
            return Typed("No card stands below this one.", "refused")
        cards = [self.last.cards[row].card for row in self._below()]
        typed = self._store([(follow_cell(given.asked, card), given.value) for card in cards])
        return typed._replace(say=f"The same for all below. {told(given.asked, given.value)}")

    def _answer(self, asked: str, value: Value) -> Typed:
        self._warned = False
        self._given = _Given(self.row, asked, value)
        typed = self._store([(follow_cell(asked, self.marked), value)])
        return typed._replace(say=told(asked, value))

    def _store(self, answers: Iterable[tuple[Cell, Value]]) -> Typed:
        changed: list[Cell] = []
        try:
            for cell, value in answers:
                before = self.session.visit.cells.get(cell)
                changed += [cell] if self.session.put(cell, value) is not before else []
        finally:
            if changed:
                self._stored.append(changed)
        return Typed(stored=bool(changed))

    # -- where -------------------------------------------------------------------------------------------------------

    def move(self, by: int) -> Typed:
        """To another card; a digit goes to the same column there."""
        self.row = (self.row + by) % len(self.last.cards)
        self.column = "done" if self.column == "rest" else self.column
        return Typed()

    def other_column(self) -> Typed:
        self.column = "done" if self.column == "pain" else "pain"
        return Typed()

    def accept(self) -> Typed:
        """On to the next card with something open; past the last one, finished. What is left open is said once."""
        following = next((row for row in self._below() if _open(self.last, row)), None)
        if following is not None:
            self.row, self.column = following, _open(self.last, following) or "rest"
            return Typed()
        if not follow_done(self.session) and not self._warned:
            self._warned = True
            return Typed(
                f"Not asked yet: {self.still_open()}. {key_of('follow.next')} again goes on all the same.", "ask"
            )
        return Typed(finished=True)

    def still_open(self) -> str:
        """ "the crash after effort, 2 cards"; "" where everything was asked."""
        cards = sum(1 for row in range(len(self.last.cards)) if _open(self.last, row))
        crash = "" if self.last.crash is not None else "a crash after effort"
        return ", ".join(part for part in (crash, f"{cards} card{'' if cards == 1 else 's'}" if cards else "") if part)

    # -- undo --------------------------------------------------------------------------------------------------------

    def undo(self) -> Typed:
        """Take back the last answer, and with it what it gave to the cards below."""
        cell = self.session.to_undo()
        together = self._stored.pop() if self._stored and cell in self._stored[-1] else [cell]
        said = self.session.undo_all(one for one in together if one is not None)
        self._given = None
        if len(said) == 1:
            self._mark(cell)
        return Typed(f"{len(said)} answers taken back." if said[1:] else "".join(said), stored=True)

    def _mark(self, cell: Cell | None) -> None:
        """The card the answer belonged to."""
        asked, _, card = (cell.field if cell is not None else "").partition(".")
        cards = [one.card for one in self.last.cards]
        if card in cards:
            self.row = cards.index(card)
            self.column = "pain" if asked == "pain" else "done" if asked == "done" else self.column


def told(asked: str, value: Value) -> str:
    """What an answer means, in a line."""
    if isinstance(value, Decimal):
        return _done(int(value)) if asked == "done" else _pain(int(value))
    what = {
        "spare": "Two sessions in a row with two repetitions to spare",
        "red": f"Two red days: pain above {AMBER_TO}, or not settled by the next morning",
    }[asked]
    return f"{what}: {'yes' if value else 'no'}."


def _done(number: int) -> str:
    if number == 0:
        return "0: not done."
    about = f"{number}: all {PLANNED} planned times" if number == PLANNED else f"{number}: about {number} in {PLANNED}"
    planned = "" if number == PLANNED else " planned times"
    said = ", as planned" if number >= AS_PLANNED * PLANNED else ", under half" if number < TOO_LITTLE * PLANNED else ""
    return f"{about}{planned}{said}."


def _pain(number: int) -> str:
    if number <= GREEN_TO:
        return f"{number}: green, it may go on."
    if number <= AMBER_TO:
        return f"{number}: amber, half the range or repetitions until it settles."
    return f"{number}: red, the easier card or half the dose."
