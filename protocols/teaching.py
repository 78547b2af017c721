"""What a visit agrees about its plan beside the cards: what the patient showed of each, and the day of the check-in."""

from __future__ import annotations

import datetime as dt
from typing import Final, NamedTuple

from protocols.visits.cells import Cell, Cells, Value, holds, plain

TEACH_BACK: Final = "@teach_back"
CHECK_IN: Final = Cell("@plan", "value", "check_in")
"""The day of the check-in as agreed, in ISO; empty leaves it to the usual weeks."""
CHECK_IN_WEEKS: Final = 2
"""Weeks to the check-in where no day was agreed. Clinic rule: within one to two weeks each card is shown and taught
again; such contacts help a little to keep exercises up (Ley & Putz 2024, pooled SMD 0.24)."""
CHECK_IN_CHOICES: Final = (1, 2)
"""The weeks offered."""


class TeachBack(NamedTuple):
    """Whether the patient showed a card, and with how many cues."""

    showed: bool = False
    cues: int = 0


NOT_YET: Final = TeachBack()


def teach_cell(card: str) -> Cell:
    """Where the teach-back of a card belongs."""
    return Cell(TEACH_BACK, "value", card)


def teach_value(taught: TeachBack) -> Value:
    """What the cell of a card holds."""
    return plain(taught._asdict())


def teach_back(value: Value) -> TeachBack:
    """What a cell of a card says; one that is empty says "not yet"."""
    if not isinstance(value, dict) or value.get("showed") is not True:
        return NOT_YET
    return TeachBack(showed=True, cues=int(value.get("cues") or 0))


def taught(cells: Cells) -> dict[str, TeachBack]:
    """Card id -> what the patient showed, for every card that was asked for."""
    return {cell.field: teach_back(row.value) for cell, row in cells.items() if cell.test == TEACH_BACK}


def check_in_day(cells: Cells, visit: dt.date) -> dt.date:
    """The day of the check-in: the one agreed, or the usual one after this visit."""
    agreed = holds(cells, CHECK_IN.test, CHECK_IN.field)
    return dt.date.fromisoformat(agreed) if agreed else weeks_after(visit, CHECK_IN_WEEKS)


def weeks_after(day: dt.date, weeks: int) -> dt.date:
    """The same day of the week, so many weeks later."""
    return day + dt.timedelta(weeks=weeks)
