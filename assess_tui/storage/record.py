"""The record of a clinic: one file, only ever added to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

from assess_tui.storage.additions import Additions
from assess_tui.storage.connect import connect
from assess_tui.storage.devices import Device, Devices
from assess_tui.storage.errors import StorageError
from assess_tui.storage.exchange import Exchange
from assess_tui.storage.folder import RECORD
from assess_tui.storage.ids import Ids
from assess_tui.storage.leftovers import clear
from assess_tui.storage.papers import KeptPaper, Papers
from assess_tui.storage.patients import PatientSummary
from assess_tui.storage.store import from_json, to_json
from assess_tui.storage.templates import Template, Templates
from assess_tui.storage.visits import Event, StoredPlan, VisitSummary

__all__ = [
    "Device",
    "Event",
    "KeptPaper",
    "PatientSummary",
    "Record",
    "StoredPlan",
    "Template",
    "VisitSummary",
    "open_record",
]


class Record(Additions, Devices, Papers, Templates, Exchange):
    """Patients, visits, measurements, plans and papers; what the clinic measures with and starts from; a few settings.

    Every method that writes returns after the commit, and raises StorageError when it could not be made.
    """

    key: bytes | None = None
    """What the file is encrypted with; None where anyone can read it."""

    def setting(self, key: str, default: Any = None) -> Any:
        """A setting of this clinic, or the default."""
        row = self._row("SELECT value FROM setting WHERE key = ?", [key])
        return default if row is None else from_json(row[0])

    def settings(self) -> dict[str, Any]:
        """All settings, by key."""
        return {key: from_json(value) for key, value in self._rows("SELECT key, value FROM setting ORDER BY key")}

    def set_setting(self, key: str, value: Any) -> None:
        """Settings are no clinical record: a new value takes the place of the old one."""
        with self.together():
            self._db.execute("DELETE FROM setting WHERE key = ?", [key])
            self._add("setting", key=key, value=to_json(value), at=self._moment())


def open_record(
    folder: Path, now: Callable[[], dt.datetime], new_id: Callable[[], str], key: bytes | None = None
) -> Record:
    """Open the clinic's record in its folder, making both (0700, 0600) the first time. Raises StorageError.

    `key` is that of an encrypted record (`keys.unlock`, `keys.create`); without one the record is a plain file.
    """
    path = folder / RECORD
    record = Record(connect(path, key=key), path, now, new_id)
    record.key = key
    try:
        if record.setting("site") is None:
            record.set_setting("site", new_id())
        if isinstance(new_id, Ids) and (last := record.last_id()):
            new_id.rise_above(last)
        clear(record)
    except StorageError:
        record.close()
        raise
    return record
