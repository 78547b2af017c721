"""What was asked before the tests, from its cells: the intake, the red flags and the level of concern."""

from __future__ import annotations

import datetime as dt
from typing import Any

from protocols.case import Clearance, ConcernSet
from protocols.visits.cells import CONCERN, Cells, holds


def intake(cells: Cells) -> dict[str, Any]:
    """The intake's part of a `Case`, by its field names."""
    told: dict[str, Any] = {}
    for name in ("precautions", "kit", "taught", "agreed"):
        listed = holds(cells, "@intake", name)
        if listed is not None:
            told[name] = tuple(listed)
    for name in ("main_problem", "pem", "dizziness_cleared"):
        held = holds(cells, "@intake", name)
        if held is not None:
            told[name] = held
    told["minutes"] = int(holds(cells, "@intake", "minutes", 10))
    told["reported"] = {code: int(severity) for code, severity in holds(cells, "@intake", "reported", {}).items()}
    clearance = holds(cells, "@intake", "clearance")
    if clearance:
        told["medical_clearance"] = Clearance(by=clearance["by"], date=dt.date.fromisoformat(clearance["date"]))
    return told


def answered(cells: Cells, answer: str) -> tuple[str, ...]:
    """Red-flag ids answered "yes", "no" or "unknown", in the order answered."""
    return tuple(cell.field for cell, row in cells.items() if cell.test == "@flags" and row.value == answer)


def concern_set(cells: Cells) -> ConcernSet | None:
    """The level of concern the clinician set, or None."""
    held = holds(cells, CONCERN.test, CONCERN.field)
    if held is None:
        return None
    yes, unknown = tuple(held["yes"]), tuple(held["unknown"])
    return ConcernSet(
        to=int(held["to"]), was=int(held["was"]), by=held["by"], why=held["why"], yes=yes, unknown=unknown
    )
