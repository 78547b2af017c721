"""The audit: one entry for every row that was added and for what else was done, each sealed to the one before it.

Every site (a laptop's record) has a chain of its own, so that two copies of a record merge by set union. The forms of
`digest` and `seal` never change: every entry on record was made by them.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import msgspec

if TYPE_CHECKING:
    from sqlite3 import Connection

ADOPTED: Final = "adopted"
"""Rows that were there before the audit was."""
CLOCK_SET_BACK: Final = "clock set back"
"""The subject of such an entry is the moment the chain had come to."""
_ACTIONS: Final = {"document": "printed", "visit": "began"}
"""What adding a row of these tables is called; else a row is entered, corrects another, or withdraws it."""
_CONTENT: Final = {"measurement": ("value", "absent"), "template": ("body",)}
"""A row of these tables that holds none of these withdraws what it supersedes."""
_canonical = msgspec.json.Encoder(order="sorted")


class Entry(NamedTuple):
    """One entry. `about` is the table and `subject` the key of a row that was added, `digest` that of its content.

    Of other events `about` and `digest` are "", and `subject` is an id or a file's name, never a person's.
    """

    id: str
    site: str
    number: int
    at: str
    who: str
    action: str
    about: str
    subject: str
    digest: str
    previous: str
    hash: str


COLUMNS: Final = ", ".join(Entry._fields)
_INSERT: Final = f"INSERT INTO audit ({COLUMNS}) VALUES ({', '.join('?' * len(Entry._fields))})"  # noqa: S608  constants
_TIP: Final = "SELECT number, hash, at FROM audit WHERE site = ? ORDER BY number DESC LIMIT 1"


def digest(row: Mapping[str, object]) -> str:
    """SHA-256 of a row: JSON of its columns, sorted, without spaces; bytes as their own SHA-256.

    Empty columns are left out, so that a column added later leaves the digests of older rows as they are.
    """
    held = {name: _plain(value) for name, value in row.items() if value is not None}
    return hashlib.sha256(_canonical.encode(held)).hexdigest()


def _plain(value: object) -> object:
    return {"sha256": hashlib.sha256(value).hexdigest()} if isinstance(value, bytes) else value


def seal(entry: Entry) -> str:
    """SHA-256 of the JSON list of all that an entry says before its hash, the hash of the one before it included."""
    return hashlib.sha256(_canonical.encode(entry[:-1])).hexdigest()


def action_of(table: str, row: Mapping[str, object]) -> str:
    """What adding this row is called."""
    if row.get("supersedes") is None:
        return _ACTIONS.get(table, "entered")
    content = _CONTENT.get(table, ())
    return "withdrew" if content and all(row[name] is None for name in content) else "corrected"


def enter(
    db: Connection,
    *,
    id: str,
    site: str,
    at: str,
    who: str,
    action: str,
    about: str = "",
    subject: str = "",
    digest: str = "",
) -> None:
    """Add an entry at the end of the site's chain, inside the transaction of what it tells of."""
    number, previous, _ = tip(db, site)
    entry = Entry(id, site, number + 1, at, who, action, about, subject, digest, previous, "")
    db.execute(_INSERT, entry._replace(hash=seal(entry)))


def tip(db: Connection, site: str) -> tuple[int, str, str]:
    """Number, hash and moment of the last entry of a site; 0 and "" before the first."""
    row: tuple[int, str, str] | None = db.execute(_TIP, [site]).fetchone()
    return row or (0, "", "")


def set_back(db: Connection, site: str, now: dt.datetime) -> str:
    """The moment the site's chain had come to, where the clock now shows an earlier one; else ""."""
    *_, last = tip(db, site)
    return last if last and dt.datetime.fromisoformat(last) > now else ""


def id_of_adopted(table: str, key: str) -> str:
    """The same id in every copy of a record: UUID version 7 of the year 1970, its other bits from table and key."""
    bits = int.from_bytes(hashlib.sha256(f"{table} {key}".encode()).digest()[:16], "big")
    number = bits & (1 << 76) - 1 & ~(0x3 << 62) | 0x7 << 76 | 0x2 << 62
    digits = f"{number:032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def adopt(db: Connection, table: str, key: str) -> None:
    """Enter every row a table holds already, oldest first; when it was and who, as far as the row says it."""
    (site,) = db.execute("SELECT coalesce((SELECT json_extract(value, '$') FROM setting WHERE key = 'site'), '')").fetchone()
    cursor = db.execute(f"SELECT * FROM {table} ORDER BY {key}")  # noqa: S608  names of this package
    names = [column[0] for column in cursor.description]
    for values in cursor:
        row: dict[str, Any] = dict(zip(names, values, strict=True))
        enter(
            db,
            id=id_of_adopted(table, row[key]),
            site=site,
            at=row.get("at") or row.get("started") or "",
            who=row.get("clinician", ""),
            action=ADOPTED,
            about=table,
            subject=row[key],
            digest=digest(row),
        )
