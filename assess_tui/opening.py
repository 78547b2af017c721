"""Opens the record and the knowledge behind the first paint; what goes wrong comes back as a title and a message."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from assess_tui.clock import Clock
from assess_tui.storage.folder import LIBRARY

if TYPE_CHECKING:
    from assess_tui.storage.record import Record
    from protocols.model import Library


class Opened(NamedTuple):
    """What the instrument works on."""

    record: Record
    library: Library


class Trouble(NamedTuple):
    """Why it cannot work, and what to do."""

    title: str
    message: str


def open_all(folder: Path, clock: Clock, *, demo: bool) -> Opened | Trouble:
    """Open `folder`'s record; a demo folder is filled with the sample clinic first."""
    from assess_tui.storage.errors import StorageError
    from assess_tui.storage.ids import uuid7
    from assess_tui.storage.record import open_record
    from protocols.library import LibraryError, load

    try:
        library = load(folder / LIBRARY)
        record = open_record(folder, clock.now, uuid7)
        if demo:
            from assess_tui.sample.build import build

            build(record, library, clock.now().date())
    except (StorageError, LibraryError) as error:
        return Trouble(error.title, error.message)
    return Opened(record, library)
