"""What the values of a visit are read with: chosen once per visit by kind, for one test otherwise, stored with each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from protocols.model import DeviceKind, Library
from protocols.visits.cells import SECOND, Cell, Cells, Measurement

DEVICES: Final = "@devices"
"""The field is a kind of device, or the id of a test that is read with another one; the value a device's id, or "" for
none of the register."""
CUFF: Final[tuple[DeviceKind, ...]] = ("cuff",)
READ_WITH_CUFF: Final = "stand_dhr"
"""The one computed test whose value follows from readings of the stand test."""
STAND: Final = "@stand"


def device_cell(field: str) -> Cell:
    """Where the choice for a kind of device, or for one test, is kept."""
    return Cell(DEVICES, field=field)


def choices(cells: Cells) -> dict[str, str]:
    """Kind or test -> the id chosen; "" where none of the register is used."""
    return {cell.field: str(row.value) for cell, row in cells.items() if cell.test == DEVICES and row.value is not None}


def kinds_read(cell: Cell, library: Library) -> tuple[DeviceKind, ...]:
    """The kinds of device a cell's value is read with; none for remarks, answers and computed values."""
    if cell.test == STAND:
        return CUFF if cell.field.startswith(("supine.", "minute.")) else ()
    test = library.tests.get(cell.test)
    return test.measure.devices if test is not None and is_reading(cell) else ()


def chosen(chosen_by: Mapping[str, str], test: str, kinds: tuple[DeviceKind, ...]) -> str:
    """The device a test is read with: its own choice, else the first kind with one; "" where there is none."""
    if test in chosen_by:
        return chosen_by[test]
    return next((chosen_by[kind] for kind in kinds if chosen_by.get(kind)), "")


def other_device(then: Mapping[Cell, Measurement], now: Mapping[Cell, Measurement]) -> frozenset[str]:
    """Tests read with another device now, on a side where both devices are on record."""
    before, after = _read_with(then), _read_with(now)
    return frozenset(test for test, side in before.keys() & after.keys() if before[test, side] != after[test, side])


def used(cells: Mapping[Cell, Measurement]) -> dict[str, tuple[str, ...]]:
    """Test -> the ids of the devices its values were read with, the first one used first; the stand test's readings
    stand at `READ_WITH_CUFF`.
    """
    found: dict[str, dict[str, None]] = {}
    for (test, _), devices in _read_with(cells).items():
        found.setdefault(test, {}).update(dict.fromkeys(sorted(devices)))
    return {test: tuple(devices) for test, devices in found.items()}


def _read_with(cells: Mapping[Cell, Measurement]) -> dict[tuple[str, str], set[str]]:
    used: dict[tuple[str, str], set[str]] = {}
    for cell, row in cells.items():
        if row.device is not None and cell.field != SECOND:
            test = READ_WITH_CUFF if cell.test == STAND else cell.test
            used.setdefault((test, cell.side), set()).add(row.device)
    return used


def is_reading(cell: Cell) -> bool:
    """Whether the cell holds what was read off the patient: a value, a trial, or a second rater's."""
    return cell.field in ("value", SECOND) or cell.field.startswith("trial.")
