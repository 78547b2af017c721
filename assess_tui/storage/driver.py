"""What the database driver says, in words a clinician can act on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlcipher3

from assess_tui.storage.errors import StorageError

_MEANINGS: tuple[tuple[str, str, str], ...] = (
    ("is full", "The disk is full", "free some space on the disk that holds {path}, then give the last answer again"),
    ("locked", "The record is in use", "another program holds {path}; close it, then try again"),
    ("readonly", "The record cannot be written", "allow writing to {path} and to its folder, then try again"),
    ("unable to open", "The record cannot be opened", "check that {path} and its folder can be read and written"),
    ("not a database", "This file is no clinic record", "move {path} away, or name another folder with --data"),
    (
        "disk i/o",
        "The disk did not take the answer",
        "check the disk that holds {path}, then give the last answer again",
    ),
    ("malformed", "The record is damaged", "stop entering data and bring back a copy of {path}"),
)


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what the database driver says about this file into a StorageError."""
    try:
        yield
    except sqlcipher3.Error as error:
        raise _translated(str(error), path) from error


def _translated(said: str, path: Path) -> StorageError:
    for sign, title, message in _MEANINGS:
        if sign in said.lower():
            return StorageError(title, message.format(path=path))
    return StorageError("The record refused this", f"{path} says: {said}")
