"""What undo and redo say of an answer: its place and what it held, in words."""

from __future__ import annotations

from protocols.model import Library
from protocols.visit import Cell, Measurement, Value


def change_words(library: Library, cell: Cell, was: Measurement | None, now: Measurement | None) -> str:
    """For example "Hip turn-in, left, trial 1: 24 -> empty"."""
    test = library.tests.get(cell.test)
    parts = (test.name if test else "", *(part for part in (cell.side, cell.field) if part != "value"))
    place = ", ".join(part.replace("_", " ").replace(".", " ") for part in parts if part)
    return f"{place}: {_held(was)} -> {_held(now)}"


def _held(row: Measurement | None) -> str:
    if row is None:
        return "empty"
    if row.absent is not None:
        return row.absent.replace("_", " ")
    return _plainly(row.value)


def _plainly(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(_plainly(item) for item in value) or "none"
    if isinstance(value, dict):
        return ", ".join(f"{key} {_plainly(item)}" for key, item in value.items()) or "none"
    return str(value)
