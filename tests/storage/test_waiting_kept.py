"""What was typed and not entered waits for its cell, and for nothing else."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from itertools import count

from assess_tui.storage.ids import Ids
from assess_tui.storage.record import Record
from assess_tui.visit.session import VisitSession
from protocols.model import Library
from protocols.visit import Cell, Visit

NOON = dt.datetime(2026, 11, 1, 12, 0, tzinfo=dt.UTC)
CELL = Cell("wall_hinge", "left")


def test_what_waited_and_was_entered_comes_back_by_no_undo(
    record: Record, visit: Visit, new_id: Ids, library: Library
) -> None:
    """Else the next key that leads away would keep again what was just taken back."""
    seconds = count(1)
    session = VisitSession(record, visit, library, lambda: NOON + dt.timedelta(seconds=next(seconds)), new_id, "K")
    session.waiting.leave(CELL, "160")
    assert session.waiting.at(CELL.test).text == "160"
    session.put(CELL, Decimal(160))
    assert session.waiting.at(CELL.test).text == ""
    session.waiting.leave(CELL, "")  # the step is left
    session.undo()
    assert session.waiting.at(CELL.test).text == ""


def test_the_same_text_typed_for_the_other_side_waits_there(
    record: Record, visit: Visit, new_id: Ids, library: Library
) -> None:
    session = VisitSession(record, visit, library, lambda: NOON, new_id, "K")
    for cell in (CELL, CELL._replace(side="right")):
        session.waiting.leave(cell, "160")
        assert session.waiting.at(CELL.test).cell == cell
