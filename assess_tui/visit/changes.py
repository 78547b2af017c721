"""One's own answers in the order they were given, to be taken back and given again."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal, NamedTuple

from protocols.visit import Cell, Measurement

Turn = Literal["undo", "redo"]


class Change(NamedTuple):
    """What a cell held before and after one answer; None is empty."""

    cell: Cell
    before: Measurement | None
    after: Measurement | None


class Changes:
    """What undo takes back next and redo gives again. Nothing is stored here: each is an answer of its own."""

    def __init__(self) -> None:
        self._lists: dict[Turn, list[Change]] = {"undo": [], "redo": []}

    def add(self, change: Change) -> None:
        """An answer was given: what was taken back before it is history."""
        self._lists["undo"].append(change)
        self._lists["redo"].clear()

    def next(self, turn: Turn) -> Change | None:
        changes = self._lists[turn]
        return changes[-1] if changes else None

    def turned(self, turn: Turn) -> None:
        """The next one was done: the other takes it back."""
        self._lists["redo" if turn == "undo" else "undo"].append(self._lists[turn].pop())

    def leave(self, cells: Collection[Cell]) -> None:
        """Somebody else answered these."""
        for turn, changes in self._lists.items():
            self._lists[turn] = [change for change in changes if change.cell not in cells]
