"""What is deleted when a clinic leaves: the record, its keys and copies, each overwritten first. Keys go first."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from assess_tui.storage.backup import Backup, key_file_of
from assess_tui.storage.errors import StorageError
from assess_tui.storage.folder import BACKUPS, DOCUMENTS, LIBRARY, OPEN
from assess_tui.storage.wiping import wipe_away

_OURS: Final = (
    "clinic.db*", "clinic.keys*", "clinic.attempts", "clinic.before-*", "clinic.replaced-*", ".clinic.*",
    "mishap-*.txt", "settings.toml",
)  # fmt: skip
_FOLDERS: Final = (BACKUPS, DOCUMENTS, LIBRARY, OPEN)


def ours(folder: Path, elsewhere: Iterable[Backup]) -> list[Path]:
    """Every file that is the product's, here and among the copies `elsewhere`, those that hold keys first.

    Without them an encrypted record is unreadable.
    """
    found = [path for pattern in _OURS for path in folder.glob(pattern) if path.is_file()]
    for name in (*_FOLDERS, ".restoring-*"):
        found += [path for place in folder.glob(name) for path in place.rglob("*") if path.is_file()]
    for copy in elsewhere:
        found += [path for path in (key_file_of(copy.path), copy.path) if path.exists()]
    return sorted(dict.fromkeys(found), key=lambda path: (".keys" not in path.name, str(path)))


def delete(files: list[Path], folder: Path) -> list[Path]:
    """Overwrite and delete these; gives what else is in the folder, which is left. Raises StorageError."""
    try:
        for path in files:
            wipe_away(path)
        for place in (*(folder / name for name in _FOLDERS), *folder.glob(".restoring-*")):
            shutil.rmtree(place, ignore_errors=True)
        left = sorted(folder.iterdir())
        if not left:
            folder.rmdir()
    except OSError as error:
        raise StorageError(
            "Not everything was deleted", f"{error.filename or folder}: {error.strerror}; delete the rest by hand"
        ) from error
    return left
