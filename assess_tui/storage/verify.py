"""Whether a record is whole: its file, its shape, its links, the chain of its audit, and every row against it.

Nothing is changed, and nothing that is said names a person: tables, ids and numbers alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from assess_tui.storage.audit import COLUMNS, Entry, digest, seal
from assess_tui.storage.connect import applied_steps, open_as_is
from assess_tui.storage.driver import said_by
from assess_tui.storage.persons import heads
from assess_tui.storage.shape import AUDITED, key_of

if TYPE_CHECKING:
    from sqlite3 import Connection

MOST: Final = 20
"""Lines said by one check; a damaged file would say thousands."""
AUDIT_SINCE: Final = "0003_audit"
PERSON_SINCE: Final = "0005_person"

SETTLE_CODE: Final = "give one another code on its page, or merge them (assess-tui merge) if they are one person"

Tips = dict[str, tuple[int, str]]
"""Site -> number and hash of the last entry of its chain."""


class Verdict(NamedTuple):
    """What was found. No problems: the record is whole."""

    problems: tuple[str, ...]
    steps: tuple[str, ...]
    """The migrations the file has been through."""
    rows: int
    tips: Tips
    notes: tuple[str, ...] = ()
    """What is to be settled in a record that is whole."""


def verify(path: Path, key: bytes | None = None) -> Verdict:
    """Check a record's file. Raises StorageError where it cannot be opened, is no record or from a newer version."""
    db = open_as_is(path, key)
    try:
        return _verified(db, keyed=key is not None)
    finally:
        db.close()


def _verified(db: Connection, *, keyed: bool) -> Verdict:
    steps = tuple(applied_steps(db))
    audited = AUDIT_SINCE in steps
    checks: list[Callable[[Connection], Iterator[str]]] = [_sealed_pages] if keyed else []
    checks += [_pages, _shape, _links, *((_chains, _rows, _gone) if audited else ())]
    checks += [_still_there, _persons] if PERSON_SINCE in steps else []
    problems = tuple(line for check in checks for line in _said(check, db))
    sound = not problems
    rows = sum(_count(db, table) for table in _tables(db)) if sound else 0
    notes = tuple(_shared_codes(db)) if sound and PERSON_SINCE in steps else ()
    return Verdict(problems, steps, rows, chain_ends(db) if sound and audited else {}, notes)


def chain_ends(db: Connection) -> Tips:
    """The last entry of every chain."""
    last = "SELECT site, max(number), hash FROM audit GROUP BY site ORDER BY site"
    return {site: (number, seal) for site, number, seal in db.execute(last)}


def departures(path: Path, key: bytes | None, earlier: Tips) -> list[str]:
    """Where the audit no longer goes on from what an earlier copy of the record had come to."""
    db = open_as_is(path, key)
    try:
        held = {
            site: db.execute("SELECT hash FROM audit WHERE site = ? AND number = ?", [site, number]).fetchone()
            for site, (number, _) in earlier.items()
        }
    finally:
        db.close()
    return [
        f"audit of site {site}: entry {number} is not the one the copy has; the chain was cut or made anew"
        for site, (number, hash_then) in earlier.items()
        if held[site] != (hash_then,)
    ]


def _said(check: Callable[[Connection], Iterator[str]], db: Connection) -> Iterator[str]:
    """What a check finds, up to a page; what the database itself says against being read is a finding, too."""
    lines = check(db)
    try:
        yield from islice(lines, MOST)
        if next(lines, None) is not None:
            yield "and more of the same kind"
    except Exception as error:
        if (said := said_by(error)) is None:
            raise
        yield f"the file cannot be read through: {said}"


# -- the checks --------------------------------------------------------------------------------------------------------


def _sealed_pages(db: Connection) -> Iterator[str]:
    yield from (f"encryption: {line}" for (line,) in db.execute("PRAGMA cipher_integrity_check"))


def _pages(db: Connection) -> Iterator[str]:
    yield from (f"pages: {line}" for (line,) in db.execute("PRAGMA integrity_check") if line != "ok")


def _shape(db: Connection) -> Iterator[str]:
    """Every table, index, view and guard, letter by letter as the migrations make them."""
    from assess_tui.storage.migrations import shape_after

    meant, found = shape_after(applied_steps(db)), _objects(db)
    for name in sorted(meant.keys() | found.keys()):
        if meant.get(name) != found.get(name):
            what = "missing" if name not in found else "changed" if name in meant else "added by someone"
            yield f"{name}: {what}"


def _objects(db: Connection) -> dict[str, str]:
    from assess_tui.storage.migrations import objects

    return objects(db)


def _links(db: Connection) -> Iterator[str]:
    for table, rowid, parent, _ in db.execute("PRAGMA foreign_key_check"):
        key = key_of(table) if table in AUDITED else "rowid"
        found = None if rowid is None else db.execute(f"SELECT {key} FROM {table} WHERE rowid = ?", [rowid]).fetchone()  # noqa: S608
        yield f"{table} {found[0] if found else ''}: belongs to a {parent} that is not there"


def _chains(db: Connection) -> Iterator[str]:
    last = Entry("", "", 0, "", "", "", "", "", "", "", "")
    for values in db.execute(f"SELECT {COLUMNS} FROM audit ORDER BY site, number"):  # noqa: S608
        entry = Entry(*values)
        if entry.site != last.site:
            last = last._replace(site=entry.site, number=0, hash="")
        yield from _against(entry, last)
        last = entry


def _against(entry: Entry, last: Entry) -> Iterator[str]:
    where = f"audit of site {entry.site}: entry {entry.number}"
    if entry.number != last.number + 1:
        yield f"{where} comes after {last.number}; what stood between is gone"
    elif entry.previous != last.hash:
        yield f"{where} does not follow the one before it"
    if entry.hash != seal(entry):
        yield f"{where} was changed"


def _rows(db: Connection) -> Iterator[str]:
    """Every row has its entry and is as it was entered."""
    for table in _tables(db):
        key = key_of(table)
        joined = f"SELECT row.*, a.digest FROM {table} row LEFT JOIN audit a ON a.subject = row.{key} AND a.about = ?"  # noqa: S608
        cursor = db.execute(joined, [table])
        names = [column[0] for column in cursor.description]
        for *values, entered in cursor:
            row = dict(zip(names, values, strict=False))
            if entered is None:
                yield f"{table} {row[key]}: has no entry in the audit"
            elif entered != digest(row):
                yield f"{table} {row[key]}: is not what was entered"


def _gone(db: Connection) -> Iterator[str]:
    """Every row that was entered is there, or was erased with its patient."""
    erased = set(_erased(db))
    for table in _tables(db):
        there = f"SELECT 1 FROM {table} WHERE {key_of(table)} = a.subject"  # noqa: S608
        for (subject,) in db.execute(f"SELECT subject FROM audit a WHERE about = ? AND NOT EXISTS ({there})", [table]):  # noqa: S608
            if (table, subject) not in erased:
                yield f"{table} {subject}: was entered and is gone"


def _erased(db: Connection) -> Iterator[tuple[str, str]]:
    """Table and key of every row that was erased."""
    if "erasure" in _tables(db):
        sql = "SELECT t.key, row.value FROM erasure e, json_each(e.held) t, json_each(t.value) row"
        yield from db.execute(sql)


def _still_there(db: Connection) -> Iterator[str]:
    """No row that was erased is there."""
    for table, key in _erased(db):
        if table in AUDITED and db.execute(f"SELECT 1 FROM {table} WHERE {key_of(table)} = ?", [key]).fetchone():  # noqa: S608
            yield f"{table} {key}: was erased and is there"


def _persons(db: Connection) -> Iterator[str]:
    """Who has more than one record is as the unions say."""
    meant = heads(db.execute("SELECT kept, other, one FROM patient_union ORDER BY id").fetchall())
    found = dict(db.execute("SELECT patient, head FROM person").fetchall())
    for patient in sorted(meant.keys() | found.keys()):
        if meant.get(patient) != found.get(patient):
            yield f"person {patient}: is not of the person the unions say"


def _shared_codes(db: Connection) -> Iterator[str]:
    """Patients who have one code, as two laptops may have given it."""
    head = "coalesce(p.head, d.patient)"
    sql = (
        f"SELECT group_concat(DISTINCT {head}) FROM current_patient d LEFT JOIN person p ON p.patient = d.patient"  # noqa: S608
        f" GROUP BY d.code HAVING count(DISTINCT {head}) > 1 ORDER BY 1"
    )
    for (patients,) in db.execute(sql):
        ids = " and ".join(sorted(patients.split(",")))
        yield f"patients {ids} have one code: {SETTLE_CODE}"


def _tables(db: Connection) -> list[str]:
    present = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return [table for table in AUDITED if table in present]


def _count(db: Connection, table: str) -> int:
    (count,) = db.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608
    return int(count)
