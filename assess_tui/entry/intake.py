"""The intake being answered: a page of it open, and what each answer does to the record. No screen."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from assess_tui.entry.intake_pages import (
    ASKED_CELL,
    CLEARANCE_CELL,
    CONSENT_CELL,
    KIT_CELL,
    MINUTES_CELL,
    PRECAUTIONS_CELL,
    Choice,
    Page,
    pages,
    unasked,
)
from assess_tui.entry.typed import Typed
from assess_tui.places import intake_done
from assess_tui.visit.session import VisitSession
from protocols.visit import Cell, Visit

HIGHEST = 3
"""Of a line that is rated."""
NEEDED = {
    CONSENT_CELL: "Without the patient's agreement nothing can be recorded: 1 says that it is given.",
    MINUTES_CELL: "1 to 4 says how many.",
}
"""What a page cannot be left without."""


class IntakeEntry:
    """The pages in the order they are asked, one of them open."""

    def __init__(self, session: VisitSession) -> None:
        self.session = session
        self.pages = pages(session.library)
        self.index = self._first_open()
        self.row = 0
        """The line that is rated next."""

    @property
    def page(self) -> Page:
        return self.pages[self.index]

    def _first_open(self) -> int:
        """Where to take the intake up: never past a precaution that was not asked; else the last page with an answer,
        for more, or past it where there can be no more."""
        if self.session.visit.value(CONSENT_CELL) is not True:
            return 0
        last = max(number for number, page in enumerate(self.pages) if self.touched(page))
        further = last + (self.pages[last].kind == "one" or self.pages[last].asks(PRECAUTIONS_CELL))
        return min(further, self._first_unasked(further)) % len(self.pages)

    def _first_unasked(self, default: int) -> int:
        """The first page with a precaution that was not asked."""
        return next((number for number, page in enumerate(self.pages) if self._unasked(page)), default)

    def _unasked(self, page: Page) -> list[str]:
        """Codes of the precautions on a page that were not asked."""
        if not page.asks(PRECAUTIONS_CELL):
            return []
        codes = unasked(self.session.library, self.session.visit)
        return [code for code in codes if any(choice.member == code for choice in page.choices)]

    def touched(self, page: Page) -> bool:
        """Whether anything on a page was answered, or passed over as a whole."""
        held = any(choice.cell in self.session.visit.cells for choice in page.choices)
        return held and not self._unasked(page)

    # -- from page to page -------------------------------------------------------------------------------------------

    def following(self) -> bool:
        """Open the page after this one, after the last what is still to be asked; False where the intake is done."""
        self.row, last = 0, self.index + 1 == len(self.pages)
        if last and intake_done(self.session):
            return False
        self.index = self._first_unasked(0) if last else self.index + 1
        return True

    def previous(self) -> None:
        self.turn_to(max(0, self.index - 1))

    def turn_to(self, page: int) -> None:
        self.row, self.index = 0, page

    def open(self, cell: Cell) -> None:
        """The page that shows this answer."""
        shown = (number for number, page in enumerate(self.pages) if page.asks(cell))
        self.row, self.index = 0, next(shown, self.index)

    def undo(self) -> str:
        """Take the last answer back on the line that shows it, or where it is to be asked again; says what changed."""
        cell, shown = self.session.to_undo(), self._shown()
        said = self.session.undo() or ""
        changed = (where for (where, was), (_, now) in zip(shown, self._shown(), strict=True) if was != now)
        if place := next(changed, None):
            self.index, self.row = place
        elif cell == ASKED_CELL:
            self.turn_to(self._first_unasked(self.index))
        elif cell is not None:
            self.open(cell)
        return said

    def _shown(self) -> list[tuple[tuple[int, int], Any]]:
        """What each line of each page shows: page and row, and what the record holds for it."""
        rows = ((n, row) for n, page in enumerate(self.pages) for row in range(len(page.choices)))
        return [((n, row), held(self.session, self.pages[n].choices[row])) for n, row in rows]

    # -- answers -----------------------------------------------------------------------------------------------------

    def answer(self, choice: Choice) -> Typed:
        """Tick or untick a line; of a page that takes one it is the answer. Who cleared a patient is asked first."""
        if self.page.kind == "one":
            self.session.put(choice.cell, choice.value)
            return Typed(stored=True, finished=True)
        if choice.cell == CLEARANCE_CELL and not held(self.session, choice):
            return Typed("Who cleared the programme?", "ask")
        toggle(self.session, choice)
        return Typed(stored=True)

    def cleared(self, by: str, today: dt.date) -> Typed:
        """A doctor of this name cleared the programme."""
        self.session.put(CLEARANCE_CELL, {"by": by, "date": today.isoformat()})
        return Typed(stored=True)

    def rate(self, value: int) -> Typed:
        """Rate the open line, and on to the next; 0 takes a rating away."""
        if not 0 <= value <= HIGHEST:
            return Typed(f"0 to {HIGHEST}.", "refused")
        choice, session = self.page.choices[self.row], self.session
        rated = session.visit.value(choice.cell) or {}
        others = {code: given for code, given in rated.items() if code != choice.member}
        session.put(choice.cell, {**others, choice.member: Decimal(value)} if value and choice.member else others)
        self.row = min(self.row + 1, len(self.page.choices) - 1)
        return Typed(stored=True)

    def none(self) -> Typed:
        """No line of the page applies; only what is at home has a key for it, for elsewhere no tick says so."""
        if self.page.id != "kit":
            return Typed("", "refused")
        self._leave_empty({choice.cell for choice in self.page.choices})
        return Typed(stored=True, finished=True)

    def accept(self) -> Typed:
        """On to the next page. Without a tick is an answer too, but for what is at home, which may stay unasked."""
        for cell, why in NEEDED.items():
            if self.page.asks(cell) and not self.session.visit.value(cell):
                return Typed(why, "refused")
        if self.page.id != "kit":
            cells = {choice.cell for choice in self.page.choices if choice.member is not None}
            self._leave_empty(cells - self.session.visit.cells.keys())
        if (usual := self.page.usual) is not None and self.page.choices[0].cell not in self.session.visit.cells:
            self.session.put(self.page.choices[0].cell, usual)
        self._asked()
        return Typed(finished=True)

    def _asked(self) -> None:
        """The precautions of this page were asked, ticked or not."""
        if here := self._unasked(self.page):
            self.session.put(ASKED_CELL, [*self.session.visit.value(ASKED_CELL, []), *here])

    def _leave_empty(self, cells: set[Cell]) -> None:
        for cell in cells:
            self.session.put(cell, {} if self.page.kind == "scale" else [])

    # -- as at the last visit ----------------------------------------------------------------------------------------

    def held_last(self, choice: Choice) -> bool:
        """Whether the line was ticked at the last visit and not in this one. Shown, never assumed."""
        session = self.session
        if session.previous is None or not self.page.lasting or held(session, choice):
            return False
        settled = self.page.kind == "one" and session.visit.value(choice.cell) is not None
        return not settled and bool(_held(session.previous, choice))

    @property
    def can_take_over(self) -> bool:
        return any(self.held_last(choice) for choice in self.page.choices)

    def as_last(self) -> Typed:
        """Tick every line that was ticked at the last visit; a page of one answer is done with that."""
        session = self.session
        lines = [choice for choice in self.page.choices if self.held_last(choice)]
        for cell in dict.fromkeys(choice.cell for choice in lines):
            members = [choice.member for choice in lines if choice.cell == cell and choice.member is not None]
            earlier = session.previous.value(cell) if session.previous is not None else None
            session.put(
                cell, [*session.visit.value(cell, []), *members] if members else earlier, why="as at the last visit"
            )
        return Typed(stored=bool(lines), finished=bool(lines) and self.page.kind == "one")


def held(session: VisitSession, choice: Choice) -> Any:
    """What the record holds for a line: True, a scale value, or None."""
    return _held(session.visit, choice)


def _held(visit: Visit, choice: Choice) -> Any:
    value = visit.value(choice.cell)
    if choice.member is None:
        return value if choice.value is True else (value == choice.value or None)
    if isinstance(value, dict):
        return value.get(choice.member)
    return True if value and choice.member in value else None


def line_words(session: VisitSession, choice: Choice) -> str:
    """The line, with who cleared the patient once that is said: a slip of the hand is to be seen."""
    value = held(session, choice)
    return f"{choice.text}: {value['by']}" if isinstance(value, dict) else choice.text


def toggle(session: VisitSession, choice: Choice) -> None:
    """Tick or untick a line; stored at once."""
    if choice.member is None:
        session.withdraw(choice.cell) if held(session, choice) else session.put(choice.cell, choice.value)
        return
    members = list(session.visit.value(choice.cell) or [])
    left = [m for m in members if m != choice.member] if choice.member in members else [*members, choice.member]
    if left or choice.cell != KIT_CELL:
        session.put(choice.cell, left)
    else:
        session.withdraw(choice.cell)  # as if it had not been asked: that nothing is at home has a key of its own
