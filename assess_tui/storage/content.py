"""What a record holds, counted in its file, and how new it is."""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from assess_tui.storage.audit import ADOPTED
from assess_tui.storage.connect import open_as_is
from assess_tui.storage.driver import told

if TYPE_CHECKING:
    from sqlite3 import Connection

COUNTED: Final = ("patient", "visit", "measurement")
_ADDED_ALL_THE_TIME: Final = ("measurement", "visit_event")
_NEWEST_ENTERED: Final = f"SELECT at FROM audit WHERE digest <> '' AND action <> '{ADOPTED}' ORDER BY id DESC LIMIT 1"  # noqa: S608  constants


class Content(NamedTuple):
    """How many rows of each of `COUNTED`, and the moment of the last row added, None in an empty record."""

    counts: dict[str, int]
    last: dt.datetime | None


def content(record: Path, key: bytes | None) -> Content:
    """Look into a record of any version. Raises StorageError."""
    with closing(open_as_is(record, key)) as db, told(record):
        counts = {table: db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in COUNTED}  # noqa: S608
        return Content(counts, _last(db))


def _last(db: Connection) -> dt.datetime | None:
    """By the moment in time: two laptops may be in two zones."""
    queries = [f"SELECT at FROM {table} ORDER BY id DESC LIMIT 1" for table in _ADDED_ALL_THE_TIME]  # noqa: S608
    if db.execute("SELECT 1 FROM sqlite_master WHERE name = 'audit'").fetchone():
        queries.append(_NEWEST_ENTERED)
    rows = [row for sql in queries if (row := db.execute(sql).fetchone())]
    return max((dt.datetime.fromisoformat(at) for (at,) in rows), default=None)
