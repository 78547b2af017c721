"""What was typed for a cell and not entered when it was left: it waits there again, and is never an answer."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from protocols.visit import Cell

if TYPE_CHECKING:
    from assess_tui.storage.visits import Event
    from assess_tui.visit.session import VisitSession


class Waits(NamedTuple):
    """The text, the cell it is meant for, and when it was left."""

    cell: Cell
    text: str
    at: dt.datetime


NOTHING = Waits(Cell(""), "", dt.datetime.min.replace(tzinfo=dt.UTC))


SECOND, ITEMS, DOSE, STAND, ASKED = "@second", "@items", "@dose", "@stand", "@asked"
"""What is typed on a page over a test, or on none, waits under these in place of a test, with the id of the test or the
questionnaire where there are many such pages."""


class Waiting:
    """The texts that wait in one open visit, one a test."""

    def __init__(self, session: VisitSession) -> None:
        self._session = session
        self._by_test: dict[str, Waits] | None = None
        """None until it is asked for."""

    def leave(self, cell: Cell, text: str) -> None:
        """Note what was typed for a cell; "" where nothing waits any more, even should its answer be taken back."""
        noted = self._noted(cell.test)
        if text != noted.text or (text and cell != noted.cell):
            self._session.event("typed", f"{cell.test} {cell.side} {cell.field} {text}")
            self._by_test = None

    def at(self, test_id: str) -> Waits:
        """What waits at a test, as long as its cell was not answered since."""
        waits = self._noted(test_id)
        answered = self._session.visit.cells.get(waits.cell)
        return waits if waits.text and (answered is None or answered.at < waits.at) else NOTHING

    def take(self, place: str) -> Waits:
        """What waits there, which is then typed again and waits no more."""
        waits = self.at(place)
        self.leave(waits.cell, "")
        return waits

    def _noted(self, test_id: str) -> Waits:
        if self._by_test is None:
            left = (_read(one) for one in self._session.events() if one.kind == "typed")
            self._by_test = {waits.cell.test: waits for waits in left}
        return self._by_test.get(test_id, NOTHING)


def _read(event: Event) -> Waits:
    test, side, field, text = [*event.detail.split(" ", 3), "", "", ""][:4]
    return Waits(Cell(test, side, field), text, event.at)
