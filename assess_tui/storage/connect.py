"""The one place that opens the record's file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import sqlcipher3

from assess_tui.storage.driver import told
from assess_tui.storage.errors import StorageError
from assess_tui.storage.folder import KEYS
from assess_tui.storage.shape import APPLICATION_ID, MIGRATION_SET, STEPS, guards

if TYPE_CHECKING:
    from sqlite3 import Connection

PATIENCE_S = 3
"""How long to wait for another process that is writing."""
CACHE_KIB = 16_384


def connect(path: Path, *, key: bytes | None = None) -> Connection:
    """Open the record's file, making it (mode 0600) or bringing it up to date where needed.

    Raises StorageError for a file that cannot be written, is no record, is damaged, is locked, or is from a newer
    version.
    """
    _claim(path)
    with told(path):
        # Opened by a worker while the first screen is painted, then used by the screens alone: never by two at once.
        connection: Connection = sqlcipher3.connect(
            str(path), timeout=PATIENCE_S, check_same_thread=False, isolation_level=None
        )
    try:
        with told(path):
            _make_ready(connection, path, key)
    except BaseException:
        connection.close()
        raise
    return connection


def open_as_is(path: Path, key: bytes | None = None) -> Connection:
    """Open a record's file to look at it: it is neither made nor brought up to date.

    Raises StorageError for a file that is not there, is no record, or is from a newer version.
    """
    if not path.is_file():
        raise StorageError("There is no record", f"{path} is no file; name another place")
    with told(path):
        connection: Connection = sqlcipher3.connect(
            f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=PATIENCE_S, isolation_level=None
        )
    try:
        with told(path):
            _unlock(connection, key)
            (mark,) = connection.execute("PRAGMA application_id").fetchone()
            if mark != APPLICATION_ID:
                raise StorageError("This file is no clinic record", f"{path} was not made by assess-tui")
            _refuse_newer(applied_steps(connection), path)
    except BaseException:
        connection.close()
        raise
    return connection


def open_new(path: Path, key: bytes | None = None) -> Connection:
    """Make a file (mode 0600) for a copy to be written to; what was there is gone. Raises OSError."""
    path.unlink(missing_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    connection: Connection = sqlcipher3.connect(str(path), isolation_level=None)
    _unlock(connection, key)
    # Whoever writes it looks through it afterwards and starts anew where it was cut short: a journal protects nothing.
    connection.execute("PRAGMA journal_mode = OFF")
    return connection


def _claim(path: Path) -> None:
    """Make the file if there is none, readable by its owner alone; refuse what cannot be written."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as error:
        raise StorageError(
            "The record cannot be opened", f"{path}: {error.strerror}; allow writing there or name a folder with --data"
        ) from error
    # An existing file is only asked about: opening and closing it here would drop the locks of a connection to it.
    for place in (path.parent, path):
        if not os.access(place, os.R_OK | os.W_OK, effective_ids=os.access in os.supports_effective_ids):
            raise StorageError("The record cannot be written", f"allow reading and writing {place}, then try again")


def _make_ready(db: Connection, path: Path, key: bytes | None) -> None:
    _unlock(db, key)
    _check_readable(db, path, key)
    _check_ours(db, path)
    _set_up(db)
    _bring_up_to_date(db, path, key)
    check_guards(db, path)
    _keep_private(path)


def _unlock(connection: Connection, key: bytes | None) -> None:
    # A wrong key would otherwise be written to the terminal, over the screen.
    connection.execute("PRAGMA cipher_log_level = NONE")
    if key is not None:
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")


def _check_readable(db: Connection, path: Path, key: bytes | None) -> None:
    """Any read tells whether the key fits; what is no database looks like what is encrypted."""
    try:
        db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlcipher3.DatabaseError as error:
        if key is None or "not a database" not in str(error):
            raise
        raise StorageError(
            "The key does not fit this record",
            f"{path.with_name(KEYS)} belongs to another record, or {path} is damaged;"
            " bring back a copy of the two files that belong together",
        ) from error


def _check_ours(db: Connection, path: Path) -> None:
    (tables,) = db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    (mark,) = db.execute("PRAGMA application_id").fetchone()
    if mark == APPLICATION_ID:
        return
    if tables or mark:
        raise StorageError(
            "This file is no clinic record", f"{path} belongs to another program; name another folder with --data"
        )
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def _keep_private(path: Path) -> None:
    try:
        path.chmod(0o600)
    except OSError as error:
        raise StorageError(
            "The record cannot be kept private", f"{path}: {error.strerror}; its owner must be the one who opens it"
        ) from error


def _set_up(db: Connection) -> None:
    db.execute("PRAGMA foreign_keys = ON")
    # EXTRA is FULL and also waits for the folder: a power cut right after the tick cannot bring the old state back.
    db.execute("PRAGMA synchronous = EXTRA")
    db.execute("PRAGMA journal_mode = DELETE")
    # A long transaction (an import, the sample clinic) is written at its end, not again and again.
    db.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    # Without this, INSERT OR REPLACE deletes a row behind the back of the guards.
    db.execute("PRAGMA recursive_triggers = ON")


def _bring_up_to_date(db: Connection, path: Path, key: bytes | None) -> None:
    applied = applied_steps(db)
    _refuse_newer(applied, path)
    pending = [step for step in STEPS if step not in applied]
    if not pending:
        return
    if applied:
        from assess_tui.storage.backup import copy_record

        copy_record(path, path.with_name(f"{path.stem}.before-{pending[0]}{path.suffix}"), key)
    # sqlite_utils takes longer to load than all else here: only for a record that is made or changed.
    from assess_tui.storage.migrations import migrate

    migrate(db)


def _refuse_newer(applied: list[str], path: Path) -> None:
    if not set(applied) <= set(STEPS):
        raise StorageError(
            "The record is from a newer version", f"{path} was written by a newer assess-tui; install that version"
        )


def applied_steps(db: Connection) -> list[str]:
    """The names of the migrations a record has been through, in order."""
    if not db.execute("SELECT 1 FROM sqlite_master WHERE name = '_sqlite_migrations'").fetchone():
        return []
    sql = "SELECT name FROM _sqlite_migrations WHERE migration_set = ? ORDER BY id"
    return [name for (name,) in db.execute(sql, [MIGRATION_SET])]


def check_guards(db: Connection, path: Path) -> None:
    """Raises StorageError where a guard does not stand as it was made."""
    standing = dict(db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall())
    broken = [name for name, statement in guards().items() if standing.get(name) != statement]
    if broken:
        raise StorageError(
            "The record has been tampered with", f"{path} has lost its guard {broken[0]}; bring back a copy"
        )
