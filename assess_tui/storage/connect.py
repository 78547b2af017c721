"""The one place that opens the record's file."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import sqlcipher3

# sqlite_utils catches the exceptions of the driver it finds under this name; sqlcipher3's are not sqlite3's.
sys.modules.setdefault("pysqlite3", sqlcipher3)
sys.modules.setdefault("pysqlite3.dbapi2", sqlcipher3.dbapi2)

from sqlite_utils import Database  # noqa: E402

from assess_tui.storage.driver import told  # noqa: E402
from assess_tui.storage.errors import StorageError  # noqa: E402
from assess_tui.storage.migrations import guards, migrations  # noqa: E402

if TYPE_CHECKING:
    from sqlite3 import Connection

APPLICATION_ID = 0x41545549
"""Marks the file as ours ("ATUI"), so that another program's database is never taken for a record."""
PATIENCE_S = 3
"""How long to wait for another process that is writing."""


def connect(path: Path, *, key: bytes | None = None) -> Database:
    """Open the record's file, making it (mode 0600) or bringing it up to date where needed.

    Raises StorageError for a file that cannot be written, is no record, is damaged, is locked, or is from a newer
    version.
    """
    _claim(path)
    with told(path):
        # Opened by a worker while the first screen is painted, then used by the screens alone: never by two at once.
        connection = sqlcipher3.connect(str(path), timeout=PATIENCE_S, check_same_thread=False)
    try:
        with told(path):
            return _ready(Database(connection, execute_plugins=False), path, key)
    except BaseException:
        connection.close()
        raise


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


def _ready(db: Database, path: Path, key: bytes | None) -> Database:
    _unlock(db.conn, key)
    _check_ours(db, path)
    _set_up(db)
    _bring_up_to_date(db, path, key)
    _check_guards(db, path)
    return db


def _unlock(connection: Connection, key: bytes | None) -> None:
    # A wrong key would otherwise be written to the terminal, over the screen.
    connection.execute("PRAGMA cipher_log_level = NONE")
    if key is not None:
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")


def _check_ours(db: Database, path: Path) -> None:
    (tables,) = db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    (mark,) = db.execute("PRAGMA application_id").fetchone()
    if mark == APPLICATION_ID:
        return
    if tables or mark:
        raise StorageError(
            "This file is no clinic record", f"{path} belongs to another program; name another folder with --data"
        )
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def _set_up(db: Database) -> None:
    db.execute("PRAGMA foreign_keys = ON")
    # EXTRA is FULL and also waits for the folder: a power cut right after the tick cannot bring the old state back.
    db.execute("PRAGMA synchronous = EXTRA")
    db.execute("PRAGMA journal_mode = DELETE")
    # Without this, INSERT OR REPLACE deletes a row behind the back of the guards.
    db.execute("PRAGMA recursive_triggers = ON")


def _bring_up_to_date(db: Database, path: Path, key: bytes | None) -> None:
    applied = [one.name for one in migrations.applied(db)]
    pending = [one.name for one in migrations.pending(db)]
    known = {one.name for one in migrations._migrations}
    if not set(applied) <= known:
        raise StorageError(
            "The record is from a newer version", f"{path} was written by a newer assess-tui; install that version"
        )
    if not pending:
        return
    if applied:
        _keep_copy(db, path.with_name(f"{path.stem}.before-{pending[0]}{path.suffix}"), key)
    migrations.apply(db)


def _keep_copy(db: Database, copy: Path, key: bytes | None) -> None:
    """Copy the record as it is, page by page, under the same key, before its shape is changed."""
    try:
        copy.unlink(missing_ok=True)
        os.close(os.open(copy, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as error:
        raise StorageError(
            "The record could not be copied", f"{copy}: {error.strerror}; it was left as it is"
        ) from error
    target = sqlcipher3.connect(str(copy))
    try:
        _unlock(target, key)
        db.conn.backup(target)
    finally:
        target.close()


def _check_guards(db: Database, path: Path) -> None:
    standing = dict(db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall())
    broken = [name for name, statement in guards().items() if standing.get(name) != statement]
    if broken:
        raise StorageError(
            "The record has been tampered with", f"{path} has lost its guard {broken[0]}; bring back a copy"
        )
