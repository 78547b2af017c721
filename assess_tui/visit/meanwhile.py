"""What another window put in the open visit: noticed before each write, taken in, told in one line. Knows no screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple

from protocols.visit import Cell, Measurement, Visit

if TYPE_CHECKING:
    from assess_tui.storage.record import Record

Tells = Callable[[Cell, Measurement | None, Measurement | None], str]
"""A cell, what it held and what it holds -> words, for example "Hip turn-in, left: 24 -> 30"."""


class _Came(NamedTuple):
    """A cell that another window answered: its row (None: withdrawn), and who; `mine` is what this one had given."""

    row: Measurement | None
    who: str
    mine: Measurement | None


class Meanwhile:
    """The rows of one visit as the audit counts them: which are this window's own, and which came from another."""

    def __init__(self, record: Record, visit: Visit) -> None:
        self._record = record
        self._own: set[str] = set()
        self._came: dict[Cell, _Came] = {}
        self._finished = False
        # The count first: what is stored between the two reads is then seen again, never passed over.
        self._number = record.number()
        unread = {row.id for row in visit.cells.values()} != record.measured_in(visit.id)
        self.visit = record.visit(visit.id) if unread else visit
        """As it was on record when the count began."""

    def mine(self, row: Measurement) -> None:
        """This window is about to store the row."""
        self._own.add(row.id)

    def come(self, visit: Visit) -> tuple[Visit, list[Measurement]] | None:
        """The visit as it is now and the rows others put in it since the last call, oldest first; None: nothing came.

        `visit` is as this window knows it.
        """
        added = self._record.added_to(visit.id, self._number)
        self._number = added.number
        ids = {one for one in added.measurements if one not in self._own}
        finished = added.finished and not visit.finished
        self._finished = self._finished or finished
        if not ids and not finished:
            return None
        rows = [row for row in self._record.history(visit.id) if row.id in ids]
        for row in rows:
            self._keep(row, visit)
        return self._record.visit(visit.id), rows

    def _keep(self, row: Measurement, visit: Visit) -> None:
        held = visit.cells.get(row.cell)
        before = self._came[row.cell].mine if row.cell in self._came else None
        mine = held if held is not None and held.id in self._own else before
        self._came[row.cell] = _Came(None if row.withdrawn else row, row.clinician, mine)

    def told(self, visit: Visit, clinician: str, tells: Tells) -> str:
        """One line of what came in since it was told last; "" where nothing did."""
        came, finished = self._came, self._finished
        self._came, self._finished = {}, False
        if not came:
            return "The visit was finished in another window; more can still be entered." if finished else ""
        count = "one answer" if len(came) == 1 else f"{len(came)} answers"
        said = [f"{_who(came.values(), clinician)} also works on this visit: {count} came in."]
        clashes = [words for cell, one in came.items() if (words := self._clash(cell, one, visit, tells))]
        if clashes:
            more = f" (and {len(clashes) - 1} more)" if len(clashes) > 1 else ""
            said.append(f"Both answered {clashes[0]}{more}; the later one counts, the other stays in the history.")
        if finished:
            said.append("The visit was finished there.")
        return " ".join(said)

    def _clash(self, cell: Cell, one: _Came, visit: Visit, tells: Tells) -> str:
        """What both windows answered, in the order it came; "" where only the other one did."""
        held = visit.cells.get(cell)
        if held is not None and held.id in self._own:
            return _unlike(tells, cell, one.row, held)
        return _unlike(tells, cell, one.mine, one.row) if one.mine is not None else ""


def _unlike(tells: Tells, cell: Cell, was: Measurement | None, now: Measurement | None) -> str:
    """Two answers to one question, in words; "" where they say the same."""
    said = [(repr(row.value), row.absent) if row is not None else None for row in (was, now)]
    return "" if said[0] == said[1] else tells(cell, was, now)


def _who(came: Iterable[_Came], clinician: str) -> str:
    """Those who answered, by name; one's own name is said as another window."""
    names = sorted({one.who for one in came} - {clinician})
    return " and ".join(names) if names else "Another window"
