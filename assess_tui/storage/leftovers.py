"""What was left by a process that was killed: drafts of an erasure, an encryption, a backup, a restore.

Each holds patients, one perhaps who was to be erased. So each is overwritten and taken away when the record is opened
next, except one that may still be written.
"""

from __future__ import annotations

import os
import shutil
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from assess_tui.storage.errors import StorageError
from assess_tui.storage.folder import BACKUPS
from assess_tui.storage.wiping import wipe_away

if TYPE_CHECKING:
    from assess_tui.storage.record import Record

STALE_S: Final = 3600
"""From this age on nobody is at work on a copy any more."""
RESTORING: Final = ".restoring-*"
BACKING_UP: Final = ".*.db.*.part"
_LOCKING: Final = (".clinic.db.erasing*", ".clinic.db.erased*", "clinic.db.encrypting*", ".clinic.left-*")
"""Drafts of those who hold the record against writing as long as they draft, and what a cleaning itself left."""


def clear(record: Record) -> None:
    """Take away what lies beside this record. What cannot be now is left to the next opening."""
    folder = record.path.parent
    with suppress(OSError, StorageError):
        clear_stale(folder, RESTORING)
        clear_stale(folder / BACKUPS, BACKING_UP)
        if _drafts(folder):
            with record.together():
                if not record.replaced():
                    for draft in _drafts(folder):
                        _take_away(draft)


def clear_stale(folder: Path, pattern: str) -> None:
    """Take away the files and folders of such a name that are old. Raises OSError.

    Old by this computer's clock: in a folder that two computers share, one may still be written.
    """
    for left in list(folder.glob(pattern)):
        ours = not left.is_symlink() and left.is_dir() == (pattern == RESTORING)
        if ours and time.time() - left.stat().st_mtime > STALE_S:
            aside = _aside(left, pattern.replace("*", f"left-{os.getpid()}"))
            for file in [aside, *aside.rglob("*")]:
                if file.is_file():
                    wipe_away(file)
            shutil.rmtree(aside, ignore_errors=True)


def _drafts(folder: Path) -> list[Path]:
    return [path for pattern in _LOCKING for path in folder.glob(pattern)]


def _take_away(draft: Path) -> None:
    wipe_away(_aside(draft, f".clinic.left-{os.getpid()}"))


def _aside(draft: Path, name: str) -> Path:
    """Under another name first: whoever drafts all the same then misses its draft, and never takes zeros for it."""
    return draft.replace(draft.with_name(name))
