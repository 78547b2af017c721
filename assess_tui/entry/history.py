"""What was answered in this visit, with all it took the place of: read from the rows, which are never changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from decimal import Decimal
from typing import NamedTuple

from assess_tui.days import short_day
from assess_tui.visit.said import answer_words, place_words
from assess_tui.visit.session import VisitSession
from protocols.grading import with_unit
from protocols.visit import Cell, Measurement

WHY = {"undo": "undo", "redo": "given again", "note": "a note was written", "corrected": "a correction"}
"""The reasons the instrument gives by itself, in words."""


class Answer(NamedTuple):
    """One row: what it says, when and by whom it was given, and what became of it. `counts`: it stands now."""

    said: str
    at: str
    by: str
    details: str
    counts: bool


class CellHistory(NamedTuple):
    """One question with its answers, the newest first."""

    place: str
    answers: list[Answer]


def history(session: VisitSession, tests: Collection[str], fields: Collection[str] = ()) -> list[CellHistory]:
    """Every answer to these tests or `@` groups in this visit, or to these fields of them; the last first."""
    rows = [row for row in session.rows_of(tests) if not fields or row.field in fields]
    by_cell: dict[Cell, list[Measurement]] = {}
    for row in reversed(rows):
        by_cell.setdefault(row.cell, []).append(row)
    after = {row.supersedes: row for row in rows if row.supersedes}
    return [
        CellHistory(_place(session, cell), [_answer(session, row, after.get(row.id)) for row in held])
        for cell, held in by_cell.items()
    ]


def _place(session: VisitSession, cell: Cell) -> str:
    """A red flag is told by its question, everything else as undo tells it."""
    flags = {flag.id: flag.ask for flag in session.library.red_flags.flags} if cell.test == "@flags" else {}
    return flags.get(cell.field) or place_words(session.library, cell)


def _answer(session: VisitSession, row: Measurement, later: Measurement | None) -> Answer:
    held = session.visit.cells.get(row.cell)
    device = session.devices.known.get(row.device) if row.device else None
    details = (
        WHY.get(row.why, row.why),
        f"read with {device.name}" if device is not None else "",
        f"note: {row.note}" if row.note else "",
        _became(later, session.visit.date) if later is not None else "",
    )
    return Answer(
        _told(session, row),
        _when(row.at, session.visit.date),
        row.clinician,
        " · ".join(part for part in details if part),
        held is not None and held.id == row.id,
    )


def _told(session: VisitSession, row: Measurement) -> str:
    """A value as it stands everywhere else: "24°", not "24 deg"."""
    kept = not row.withdrawn and row.absent is None
    if kept and isinstance(row.value, Decimal):
        return with_unit(row.value, row.unit).strip()
    return answer_words(session.library, row.cell, row)


def _became(later: Measurement, today: dt.date) -> str:
    """What was done to an answer by the row after it."""
    done = "taken back" if later.why == "undo" else "withdrawn" if later.withdrawn else "replaced"
    return f"{done} {_when(later.at, today)}"


def _when(at: dt.datetime, today: dt.date) -> str:
    """The time; with the day where it was not that of the visit."""
    here = at.astimezone()
    return f"{here:%H:%M}" if at.date() == today else f"{short_day(here)} {here:%H:%M}"
