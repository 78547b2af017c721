"""The audit: one entry for every row that was added and for what else was done, each sealed to the one before it.

Every site (a laptop's record) has a chain of its own, so that two copies of a record merge by set union. The forms of
`digest` and `seal` never change: every entry on record was made by them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import msgspec

from assess_tui.storage.shape import key_of
from protocols.hashing import sha256

if TYPE_CHECKING:
    from sqlite3 import Connection

ADOPTED: Final = "adopted"
"""Rows that were there before the audit was."""
CLOCK_SET_BACK: Final = "clock set back"
"""The subject of such an entry is the moment the chain had come to."""
_ACTIONS: Final = {"document": "printed", "visit": "began", "erasure": "erased"}
"""What adding a row of these tables is called; else a row is entered, corrects another, or withdraws it."""
_UNION: Final = ("parted", "merged")
"""What a row of `patient_union` is called, by its `one`."""
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
_SETTING: Final = "SELECT json_extract(value, '$') AS value FROM setting WHERE key = "
_NOW: Final = f"""
    SELECT here.value, ({_SETTING} 'clinician'),
        coalesce(last.number, 0), coalesce(last.hash, ''), coalesce(last.at, '')
    FROM (SELECT coalesce(({_SETTING} 'site'), '') AS value) AS here
    LEFT JOIN audit AS last ON last.site = here.value
        AND last.number = (SELECT max(number) FROM audit WHERE site = here.value)
"""  # noqa: S608  constants
"""This site, who works there, and the end of its chain."""


def digest(row: Mapping[str, object]) -> str:
    """SHA-256 of a row: JSON of its columns, sorted, without spaces; bytes as their own SHA-256.

    Empty columns are left out, so that a column added later leaves the digests of older rows as they are.
    """
    held = {name: _plain(value) for name, value in row.items() if value is not None}
    return sha256(_canonical.encode(held)).hexdigest()


def _plain(value: object) -> object:
    return {"sha256": sha256(value).hexdigest()} if isinstance(value, bytes) else value


def seal(entry: Entry) -> str:
    """SHA-256 of the JSON list of all that an entry says before its hash, the hash of the one before it included."""
    return sha256(_canonical.encode(entry[:-1])).hexdigest()


def action_of(table: str, row: Mapping[str, object]) -> str:
    """What adding this row is called."""
    if table == "patient_union":
        return _UNION[int(str(row["one"]))]
    if row.get("supersedes") is None:
        return _ACTIONS.get(table, "entered")
    content = _CONTENT.get(table, ())
    return "withdrew" if content and all(row[name] is None for name in content) else "corrected"


class Deed(NamedTuple):
    """What an entry tells of; see `Entry`."""

    action: str
    about: str = ""
    subject: str = ""
    digest: str = ""


def deed(table: str, row: Mapping[str, object]) -> Deed:
    """The adding of this row."""
    return Deed(action_of(table, row), table, str(row[key_of(table)]), digest(row))


def enter(db: Connection, new_id: Callable[[], str], now: dt.datetime, who: str, done: Deed) -> None:
    """Add an entry at the end of this site's chain, inside the transaction of what it tells of.

    Without a name, `who` is the clinician of the settings. A clock that shows less than the last entry is entered, too.
    """
    site, clinician, number, previous, last = db.execute(_NOW).fetchone()
    at, by = now.isoformat(), who or clinician or ""
    if last and dt.datetime.fromisoformat(last) > now:
        back = _link(Entry(new_id(), site, number + 1, at, by, CLOCK_SET_BACK, "", last, "", previous, ""))
        db.execute(_INSERT, back)
        number, previous = back.number, back.hash
    db.execute(_INSERT, _link(Entry(new_id(), site, number + 1, at, by, *done, previous, "")))


def _link(entry: Entry) -> Entry:
    return entry._replace(hash=seal(entry))


def id_of_adopted(table: str, key: str) -> str:
    """The same id in every copy of a record: UUID version 7 of the year 1970, its other bits from table and key."""
    bits = int.from_bytes(sha256(f"{table} {key}".encode()).digest()[:16], "big")
    number = bits & (1 << 76) - 1 & ~(0x3 << 62) | 0x7 << 76 | 0x2 << 62
    digits = f"{number:032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def adopt(db: Connection, table: str) -> None:
    """Enter every row a table holds already, oldest first; when it was and who, as far as the row says it."""
    site, _, number, previous, _ = db.execute(_NOW).fetchone()
    cursor = db.execute(f"SELECT * FROM {table} ORDER BY {key_of(table)}")  # noqa: S608  names of this package
    names = [column[0] for column in cursor.description]
    for values in cursor:
        row: dict[str, Any] = dict(zip(names, values, strict=True))
        done = deed(table, row)._replace(action=ADOPTED)
        at, who = row.get("at") or row.get("started") or "", row.get("clinician", "")
        first = id_of_adopted(table, done.subject)
        entry = _link(Entry(first, site, number + 1, at, who, *done, previous, ""))
        db.execute(_INSERT, entry)
        number, previous = entry.number, entry.hash
