"""The database driver: transactions, and what it says in words a clinician can act on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import sqlcipher3

from assess_tui.storage.errors import StorageError

if TYPE_CHECKING:
    from sqlite3 import Connection

_MEANINGS: tuple[tuple[str, str, str], ...] = (
    ("is full", "The disk is full", "free some space on the disk that holds {path}, then give the last answer again"),
    ("locked", "The record is in use", "another program holds {path}; close it, then try again"),
    (
        "readonly",
        "The record cannot be written",
        "allow writing to {path} and to its folder, then give the last answer again",
    ),
    ("unable to open", "The record cannot be opened", "check that {path} and its folder can be read and written"),
    (
        "not a database",
        "This file is no clinic record",
        "move {path} away, or name another folder with --data; if it is encrypted, bring back its key file clinic.keys",
    ),
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


def said_by(error: Exception) -> str | None:
    """What the database driver says, or None where the error is not its own."""
    return str(error) if isinstance(error, sqlcipher3.Error) else None


@contextmanager
def atomic(connection: Connection) -> Iterator[None]:
    """One transaction, on disk when the block is left; inside another one, a part of it. All or nothing."""
    if connection.in_transaction:
        yield
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        _roll_back(connection)
        raise


def _roll_back(connection: Connection) -> None:
    # SQLite itself has rolled back after some failures, a full disk among them.
    if connection.in_transaction:
        connection.execute("ROLLBACK")


def _translated(said: str, path: Path) -> StorageError:
    for sign, title, message in _MEANINGS:
        if sign in said.lower():
            return StorageError(title, message.format(path=path))
    return StorageError("The record refused this", f"{path} says: {said}")
