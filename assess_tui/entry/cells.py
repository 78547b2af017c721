"""The cells of one test in the order they are typed: which is open, and which comes next. No screen."""

from __future__ import annotations

from decimal import Decimal

from assess_tui.entry.value import ValueEntry
from assess_tui.visit.said import SIDE_WORDS
from assess_tui.visit.session import VisitSession
from protocols.model import Side, Test
from protocols.visit import Cell


class CellsEntry(ValueEntry):
    """A value typed into the open one of a test's cells."""

    def __init__(self, session: VisitSession, test: Test, *, right_first: bool) -> None:
        super().__init__(session, test)
        self.cells = _cells(test, right_first=right_first)
        self.index = next((i for i, cell in enumerate(self.cells) if not self._filled(cell)), 0)

    @property
    def cell(self) -> Cell:
        return self.cells[self.index]

    def open_cell(self, cell: Cell) -> None:
        """Open this one; nothing changes where it is no cell of this test."""
        self.index = next((place for place, one in enumerate(self.cells) if one == cell), self.index)

    @property
    def side(self) -> Side:
        return as_side(self.cell.side)

    @property
    def turn(self) -> str:
        """The side and the trial that is open: "left · trial 2 of 3"."""
        trial = self.cell.field.removeprefix("trial.")
        tried = f"trial {trial} of {self.test.measure.trials}" if trial != self.cell.field else ""
        return " · ".join(word for word in (SIDE_WORDS.get(self.side, self.side), tried) if word)

    @property
    def more(self) -> bool:
        """Whether another cell than the open one has nothing yet."""
        return any(not self._filled(cell) for place, cell in enumerate(self.cells) if place != self.index)

    @property
    def empty(self) -> bool:
        """Whether the open cell has neither a value nor a reason."""
        return not self._filled(self.cell)

    def _filled(self, cell: Cell) -> bool:
        """A cell with a value, or whose side was left out."""
        held = self.session.visit.cells
        absent = held.get(Cell(cell.test, cell.side, "value"))
        stopped = Cell(cell.test, cell.side, "stopped") in held
        return stopped or cell in held or (absent is not None and absent.absent is not None)

    def _value(self, place: int) -> Decimal | str | None:
        value = self.session.visit.value(self.cells[place])
        return value if isinstance(value, Decimal | str) else None

    @property
    def _begun(self) -> set[str]:
        """The sides with something in one of their cells."""
        return {cell.side for cell in self.cells if self._filled(cell)}

    # -- which comes next ----------------------------------------------------------------------------------------

    def open_last(self) -> None:
        """Open the cell that was filled last in the order of the test; coming back, it is the one to correct."""
        filled = [place for place, cell in enumerate(self.cells) if self._filled(cell)]
        self.index = filled[-1] if filled else self.index

    def _open_next(self, *, stored: bool = False, past_side: bool = False) -> bool:
        """The cell after the open one, or the next side's first; False where none follows."""
        here = self.cell.side
        following = [i for i in range(self.index + 1, len(self.cells)) if not past_side or self.cells[i].side != here]
        if stored and not following:  # the second side was measured first: the step is not done before the other
            following = [i for i, cell in enumerate(self.cells) if cell.side not in self._begun]
        self.index = following[0] if following else self.index
        return bool(following)

    def _open_other_side(self) -> None:
        """Its first empty cell, else its first."""
        elsewhere = [i for i, cell in enumerate(self.cells) if cell.side != self.cell.side]
        empty = (i for i in elsewhere if not self._filled(self.cells[i]))
        self.index = next(empty, elsewhere[0] if elsewhere else self.index)

    def _open_to_time(self) -> bool:
        """The open cell or the next empty one after it; then one of a side with nothing yet. False where none is."""
        empty = [place for place, cell in enumerate(self.cells) if not self._filled(cell)]
        after = [place for place in empty if place >= self.index]
        found = after or [place for place in empty if self.cells[place].side not in self._begun]
        self.index = found[0] if found else self.index
        return bool(found)

    def _to_copy(self, here: int) -> int | None:
        """The open cell, else the same one of the other side, else what was typed before on this side."""
        before = [place for place in range(here - 1, -1, -1) if self.cells[place].side == self.cells[here].side]
        held = (place for place in (here, self._across(here), *before) if self._value(place) is not None)
        return next(held, None)

    def _across(self, place: int) -> int:
        """The cell of the same trial on the other side."""
        half = len(self.cells) // 2
        return (place + half) % len(self.cells)


def as_side(side: str) -> Side:
    return side  # type: ignore[return-value]  # cells of tests are made from Side values only


def _cells(test: Test, *, right_first: bool) -> tuple[Cell, ...]:
    both: tuple[Side, ...] = ("right", "left") if right_first else ("left", "right")
    sides: dict[str, tuple[Side, ...]] = {"LR": both, "one": ("value",), "pre_post": ("pre", "post")}
    trials = test.measure.trials
    fields = ("value",) if trials == 1 else tuple(f"trial.{number}" for number in range(1, trials + 1))
    return tuple(Cell(test.id, side, field) for side in sides[test.measure.sides] for field in fields)
