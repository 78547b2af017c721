"""What the open visit is read with: its own choice, else the last visit's, else the clinic's last. No screen."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from assess_tui.days import past_day, short_day
from protocols.devices import CUFF, STAND, choices, chosen, device_cell, kinds_read, other_device
from protocols.model import DeviceKind, Test
from protocols.visit import Cell, Measurement, Visit

if TYPE_CHECKING:
    from assess_tui.storage.devices import Device
    from assess_tui.storage.record import Record
    from assess_tui.visit.session import VisitSession

NAMES: dict[DeviceKind, str] = {
    "goniometer": "goniometer",
    "inclinometer": "inclinometer or phone",
    "crom": "neck goniometer (CROM)",
    "cuff": "blood pressure cuff",
    "biofeedback": "pressure biofeedback",
}
"""Every kind in the words of the register, in the order it is listed."""
LAST_CHOICE = "devices"
"""The setting that remembers what was chosen last in this clinic, by kind or test."""
A_YEAR = 12
"""Months from which the age of a check is told. No limit: nothing is refused for it."""
OLDEST = 100
"""Years ago beyond which the day of a check was mistyped."""


class VisitDevices:
    """The register as the open visit uses it."""

    def __init__(self, session: VisitSession, record: Record) -> None:
        self._session = session
        self._record = record
        self.read_again()
        self._remembered: dict[str, str] = record.setting(LAST_CHOICE, {})
        if session.previous is not None:
            self._remembered |= self._used(session.previous) | choices(session.previous.cells)

    def read_again(self) -> None:
        """After the register changed."""
        self.known = {device.id: device for device in self._record.devices()}

    def choose(self, kind: DeviceKind, device: str, test: Test | None = None, *, only_here: bool = False) -> None:
        """The tests of this kind are read with this device from now on; "" is none of the register.

        `test` is on screen, and is read with it whatever was chosen for it before; `only_here` leaves the others alone.
        """
        if not only_here:
            self._choose(kind, device)
        if test is not None and (only_here or self.read_with(test) != self.known.get(device)):
            self._choose(test.id, device)

    def _choose(self, field: str, device: str) -> None:
        self._session.put(device_cell(field), device)
        self._record.set_setting(LAST_CHOICE, self._record.setting(LAST_CHOICE, {}) | {field: device})

    def read_with(self, test: Test) -> Device | None:
        """What the test is read with in this visit, where that is known."""
        return self.of(test.id, test.measure.devices)

    def of(self, test: str, kinds: tuple[DeviceKind, ...]) -> Device | None:
        """What a test that is read with one of these kinds is read with in this visit; None where nobody said."""
        if not kinds:
            return None
        visit = self._session.visit
        usable = {field: device for field, device in self._remembered.items() if not device or self._usable(device)}
        return self.known.get(chosen(usable | self._used(visit) | choices(visit.cells), test, kinds))

    @property
    def cuff(self) -> str:
        """What the stand test is read with, in words; "" where nobody said."""
        device = self.of(STAND, CUFF)
        return device_words(device, self._session.visit.date) if device is not None else ""

    def other_than_before(self, test: Test) -> bool:
        """Whether the test was read with another device at the last visit."""
        before, now = self._session.previous, self._session.visit
        return before is not None and test.id in other_device(before.cells, now.cells)

    def reading(self, cell: Cell) -> str | None:
        """The id that is stored with a value of this cell."""
        device = self.of(cell.test, kinds_read(cell, self._session.library))
        return device.id if device is not None else None

    def change_words(self, cell: Cell, was: Measurement | None, now: Measurement | None) -> str:
        """What undo and redo say of a choice."""
        before, after = (self._name(row) for row in (was, now))
        return f"Read with, {cell.field.replace('_', ' ')}: {before} -> {after}"

    def _name(self, row: Measurement | None) -> str:
        if row is None:
            return "as before"
        device = self.known.get(str(row.value))
        return device.name if device is not None else "none of the register"

    def _used(self, visit: Visit) -> dict[str, str]:
        """What values of this visit were read with, by kind: later ones go on with it though nobody chose."""
        rows = (self.known.get(row.device) for row in visit.cells.values() if row.device is not None)
        return {device.kind: device.id for device in rows if device is not None}

    def _usable(self, device: str) -> bool:
        return device in self.known and self.known[device].in_use


def device_words(device: Device, today: dt.date) -> str:
    """For a line of a step: "read with Baseline", and the age of its last check from a year on."""
    words = checked_words(device, today)
    return f"read with {device.name}" + (f", {words}" if words.endswith("ago") else "")


def checked_words(device: Device, today: dt.date) -> str:
    """When a device was checked last: the day, or from a year on how long ago."""
    if device.checked is None:
        return "last check not known"
    months = (today.year - device.checked.year) * 12 + today.month - device.checked.month
    months -= today.day < device.checked.day
    return f"last checked {months} months ago" if months > A_YEAR else f"checked {short_day(device.checked)}"


def read_check(text: str, today: dt.date) -> dt.date | str | None:
    """The day of a check, typed day first or as ISO; None where nothing was typed; else a sentence of what is wrong."""
    if not text.strip():
        return None
    return past_day(text, today, "The day of a check", example="3 4 2026", oldest=OLDEST)
