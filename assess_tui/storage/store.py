"""The open file under the record: reading rows, writing in one transaction, the clock and the ids it was given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from assess_tui.storage.driver import atomic, told

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

    @contextmanager
    def together(self) -> Iterator[None]:
        """Everything written inside is stored as one, or not at all. On disk when the block is left."""
        with told(self._path), atomic(self._db):
            yield

    def _rows(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        with told(self._path):
            return list(self._db.execute(sql, values))

    def _stream(self, sql: str, values: Sequence[object] = ()) -> Iterator[Row]:
        """Rows one by one, for a reader that may have enough before the last."""
        with told(self._path):
            yield from self._db.execute(sql, values)

    def _row(self, sql: str, values: Sequence[object] = ()) -> Row | None:
        with told(self._path):
            row: Row | None = self._db.execute(sql, values).fetchone()
            return row

    def _number_of(self, sql: str, values: Sequence[object] = ()) -> int:
        """The one whole number of a query that always gives one."""
        row = self._row(sql, values)
        return int(row[0]) if row else 0

    def _add(self, table: str, **values: object) -> None:
        """Insert one row, on disk when this returns (or when the transaction around it ends)."""
        columns, places = ", ".join(values), ", ".join("?" * len(values))
        with self.together():
            # Table and columns are names of this package, never typed by anyone.
            self._db.execute(f"INSERT INTO {table} ({columns}) VALUES ({places})", tuple(values.values()))  # noqa: S608

    def _site(self) -> str:
        """Which laptop's record this is."""
        row = self._row("SELECT value FROM setting WHERE key = 'site'")
        return str(row[0]).strip('"') if row else ""

    def _moment(self) -> str:
        return self._now().isoformat()
