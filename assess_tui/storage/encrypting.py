"""Makes an encrypted record of a plain one: copied, compared row by row, and only then put in its place."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from contextlib import closing, suppress
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from assess_tui.storage import keys
from assess_tui.storage.backup import backups, second_folder
from assess_tui.storage.connect import connect
from assess_tui.storage.driver import told
from assess_tui.storage.errors import StorageError
from assess_tui.storage.folder import KEYS, PLAIN, RECORD
from assess_tui.storage.private_file import settle
from assess_tui.storage.shape import APPLICATION_ID
from assess_tui.storage.wiping import opened_to_wipe, wipe

if TYPE_CHECKING:
    from sqlite3 import Connection


Step = Literal["copy", "compare", "wipe"]


def encrypt(
    folder: Path, created: keys.Created, now: dt.datetime, begins: Callable[[Step], object] = lambda _: None
) -> None:
    """Encrypt the plain record of this folder under a new key. Raises StorageError; then it stays as it was.

    Killed at any moment, one whole record is there: the plain one until its place is taken in one step. Another
    instance that has the plain file open cannot write to it any more and says so.
    """
    record, copy = folder / RECORD, _draft(folder)
    with opened_to_wipe(record) as plain:
        try:
            with closing(connect(record)) as lock, told(record):
                lock.execute("BEGIN IMMEDIATE")  # others may read meanwhile, not write
                _copy(record, copy, created.key, begins)
                _put_aside(folder / KEYS, now)
                keys.keep(folder, created)
                copy.replace(record)
                settle(folder)
        except OSError as error:
            raise StorageError(
                "The record could not be encrypted", f"{error.filename or folder}: {error.strerror}; it is as it was"
            ) from error
        finally:
            with suppress(OSError):
                copy.unlink(missing_ok=True)
        begins("wipe")
        wipe(plain)


def copied(folder: Path) -> float:
    """How much of the record is in the copy by now, from 0 to 1."""
    with suppress(OSError):
        return min(1.0, _draft(folder).stat().st_size / (folder / RECORD).stat().st_size)
    return 0.0


def readable_copies(folder: Path, key: bytes | None) -> list[Path]:
    """Other databases in this folder and backups in the second one that anyone can read."""
    second = second_folder(folder / RECORD, key)
    found = []
    for path in [*sorted(folder.rglob("*.db*")), *(one.path for one in (backups(second) if second else ()))]:
        with suppress(OSError), path.open("rb") as file:
            if path != folder / RECORD and file.read(len(PLAIN)) == PLAIN:
                found.append(path)
    return found


def _draft(folder: Path) -> Path:
    return folder / f"{RECORD}.encrypting"


def _copy(record: Path, copy: Path, key: bytes, begins: Callable[[Step], object]) -> None:
    """Write the encrypted copy and hold it against the plain record."""
    begins("copy")
    copy.unlink(missing_ok=True)
    os.close(os.open(copy, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    with closing(connect(record)) as db:
        db.execute(f"ATTACH ? AS encrypted KEY \"x'{key.hex()}'\"", [str(copy)])
        db.execute("SELECT sqlcipher_export('encrypted')").fetchall()
        db.execute(f"PRAGMA encrypted.application_id = {APPLICATION_ID}")
        begins("compare")
        differs = _difference(db)
        db.execute("DETACH encrypted")
    with closing(connect(copy, key=key)) as db:
        damaged = db.execute("PRAGMA cipher_integrity_check").fetchall()
        damaged += [row for row in db.execute("PRAGMA integrity_check").fetchall() if row != ("ok",)]
    if differs or damaged:
        raise StorageError(
            "The record could not be encrypted", f"the copy differs in {differs or 'its pages'}; it is as it was"
        )


def _difference(db: Connection) -> str:
    """The first table in which the copy is not the same, row by row; "" where all are."""
    tables = "SELECT type, name, sql FROM {}.sqlite_master ORDER BY type, name"
    schemas = [db.execute(tables.format(name)).fetchall() for name in ("main", "encrypted")]
    if schemas[0] != schemas[1]:
        return "its tables"
    for kind, name, sql in schemas[0]:
        # What a virtual table shows lies in tables of its own, which are compared.
        if kind == "table" and not sql.upper().startswith("CREATE VIRTUAL"):
            rows = [db.execute(f'SELECT * FROM {one}."{name}"') for one in ("main", "encrypted")]  # noqa: S608
            if any(one != other for one, other in zip_longest(*rows)):
                return str(name)
    return ""


def _put_aside(path: Path, now: dt.datetime) -> None:
    """A key file beside a plain record may be that of an older copy: kept under another name."""
    if path.exists():
        path.rename(path.with_name(f"{path.name}.{now:%Y%m%d-%H%M%S}"))
