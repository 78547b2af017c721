"""The open file under the record: reading rows, writing in one transaction, the clock and the ids it was given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from assess_tui.storage import audit
from assess_tui.storage.driver import atomic, told
from assess_tui.storage.errors import ReplacedError, StorageError
from assess_tui.storage.shape import AUDITED

if TYPE_CHECKING:
    from sqlite3 import Connection

Row = tuple[Any, ...]

_encoder = msgspec.json.Encoder(decimal_format="number")
_decoder = msgspec.json.Decoder(float_hook=Decimal)


def to_json(value: object) -> str:
    """JSON with every number as it was typed: 24.0 stays 24.0."""
    return _encoder.encode(value).decode()


def from_json(text: str | bytes) -> Any:
    """The value of such JSON; numbers with a point are Decimal."""
    return _decoder.decode(text)


class Store:
    """The record's file, open."""

    def __init__(self, db: Connection, path: Path, now: Callable[[], dt.datetime], new_id: Callable[[], str]) -> None:
        self._db = db
        self._path = path
        self._now = now
        self._new_id = new_id
        self._file = _file_at(path)

    @property
    def path(self) -> Path:
        return self._path

    def now(self) -> dt.datetime:
        """The clock this record was given."""
        return self._now()

    def new_id(self) -> str:
        """An id for a new row of this record."""
        return self._new_id()

    def close(self) -> None:
        self._db.close()

    def replaced(self) -> bool:
        """Whether another file lies where this one was opened, or none."""
        return _file_at(self._path) != self._file

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What the driver says, in words; of a file that was wiped, it would say that it never was a record."""
        try:
            with told(self._path):
                yield
        except StorageError as error:
            if self.replaced():
                raise ReplacedError(self._path) from error
            raise

    @contextmanager
    def together(self) -> Iterator[None]:
        """Everything written inside is stored as one, or not at all. On disk when the block is left."""
        with self._told(), atomic(self._db):
            yield

    def _rows(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        with self._told():
            return list(self._db.execute(sql, values))

    def _stream(self, sql: str, values: Sequence[object] = ()) -> Iterator[Row]:
        """Rows one by one, for a reader that may have enough before the last."""
        with self._told():
            yield from self._db.execute(sql, values)

    def _row(self, sql: str, values: Sequence[object] = ()) -> Row | None:
        with self._told():
            row: Row | None = self._db.execute(sql, values).fetchone()
            return row

    def _number_of(self, sql: str, values: Sequence[object] = ()) -> int:
        """The one whole number of a query that always gives one."""
        row = self._row(sql, values)
        return int(row[0]) if row else 0

    def _add(self, table: str, **values: object) -> None:
        """Insert one row and enter it in the audit, on disk when this returns (or the transaction around it ends)."""
        columns, places = ", ".join(values), ", ".join("?" * len(values))
        # Table and columns are names of this package, never typed by anyone.
        insert = f"INSERT INTO {table} ({columns}) VALUES ({places})"  # noqa: S608
        with self.together():
            if table not in AUDITED:
                self._db.execute(insert, tuple(values.values()))
                return
            cursor = self._db.execute(f"{insert} RETURNING *", tuple(values.values()))
            (stored,) = cursor.fetchall()
            row = dict(zip((column[0] for column in cursor.description), stored, strict=True))
            self._enter(audit.deed(table, row), str(row.get("clinician", "")))

    def note(self, action: str, subject: str = "", who: str = "") -> None:
        """Enter in the audit what adds no row: opened, exported, backed up. `subject` is an id, never a name."""
        with self.together():
            self._enter(audit.Deed(action, subject=subject), who)

    def entries(self) -> Iterator[tuple[Any, ...]]:
        """The audit, the names of its columns first, then chain by chain."""
        yield audit.Entry._fields
        yield from self._stream(f"SELECT {audit.COLUMNS} FROM audit ORDER BY site, number")  # noqa: S608  constants

    def last_id(self) -> str:
        """The highest id of the audit, which is as high as any in the record; "" in an empty one."""
        row = self._row("SELECT max(id) FROM audit")
        return str(row[0] or "") if row else ""

    def _enter(self, done: audit.Deed, who: str) -> None:
        audit.enter(self._db, self._new_id, self._now(), who, done)

    def _site(self) -> str:
        """Which laptop's record this is."""
        return self._plain_setting("site")

    def _plain_setting(self, key: str) -> str:
        """A setting that is text; "" where it is not set."""
        row = self._row("SELECT value FROM setting WHERE key = ?", [key])
        return str(from_json(row[0])) if row else ""

    def _moment(self) -> str:
        return self._now().isoformat()


def _file_at(path: Path) -> tuple[int, int] | None:
    """Which file lies there, whatever it is called; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
