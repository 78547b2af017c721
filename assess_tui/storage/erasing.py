"""A patient leaves the record for good: the one way by which rows of guarded tables go.

It never happens in the record itself, whose guards refuse. A copy is made while nobody can write; there the guards of
DELETE come off for one transaction, the erasure is entered in the audit, the guards stand again and are asserted. The
rest is written into a fresh file, page by page, so that nothing is left between the rows; that file is verified and
takes the record's place in one step. What held the patient before is overwritten.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from assess_tui.storage.connect import check_guards, connect, open_as_is, open_new
from assess_tui.storage.driver import told
from assess_tui.storage.errors import StorageError
from assess_tui.storage.folder import RECORD
from assess_tui.storage.private_file import settle
from assess_tui.storage.record import Record
from assess_tui.storage.shape import guards, key_of
from assess_tui.storage.store import to_json
from assess_tui.storage.verify import verify
from assess_tui.storage.wiping import opened_to_wipe, wipe, wipe_away

if TYPE_CHECKING:
    from sqlite3 import Connection

ORDER: Final = (
    "paper", "document", "plan", "visit_event", "measurement", "visit", "patient_union", "patient_detail", "patient",
)  # fmt: skip
"""The tables that know a patient; what refers to another comes before it."""
_PATIENTS: Final = "(SELECT value FROM json_each(?1, '$.patient'))"
_DERIVED: Final = {
    "patient_search": f"patient IN {_PATIENTS}",
    "person": f"patient IN {_PATIENTS} OR head IN {_PATIENTS}",
    "visit_open": "visit IN (SELECT value FROM json_each(?1, '$.visit'))",
}
_NAMES: Final = ("family_name", "given_name", "code")


class Reason(NamedTuple):
    """Why, and who does it. The reason stays in the record and must not name the patient."""

    why: str
    who: str


def held_by(record: Record, patient_id: str) -> dict[str, list[str]]:
    """The keys of every row of a patient by table, those of every record of the same person."""
    return {table: keys for table in ORDER if (keys := record.keys_of(table, patient_id))}


def names_in(reason: str, record: Record, patient_id: str) -> bool:
    """Whether a reason that is to stay holds a name or a code of the patient."""
    from protocols.search import words

    ids = record.records_of(patient_id)
    told = (row for one in ids for row in record.told("patient_detail", "patient", one))
    known = {word for row in told for name in _NAMES for word in words(str(row.get(name, "")))}
    return not known.isdisjoint(words(reason))


def erase(
    folder: Path,
    key: bytes | None,
    patient_id: str,
    reason: Reason,
    now: Callable[[], dt.datetime],
    new_id: Callable[[], str],
) -> dict[str, int]:
    """Take every row of a patient out of the record of this folder; gives how many of each table.

    Killed at any moment, one whole record is there. Whoever has the old file open can neither write nor read it any
    more. Raises StorageError, and then the record is as it was.
    """
    record = folder / RECORD
    draft, fresh = (folder / f".{RECORD}.{word}" for word in ("erasing", "erased"))
    with opened_to_wipe(record) as old:
        try:
            with closing(connect(record, key=key)) as lock, told(record):
                lock.execute("BEGIN IMMEDIATE")  # others may read meanwhile, not write
                _copy(record, draft, key)
                gone = _taken_out(draft, key, patient_id, reason, now, new_id)
                _write_anew(draft, fresh, key)
                _refuse_unsound(fresh, key)
                fresh.replace(record)
                settle(folder)
        except OSError as error:
            raise StorageError(
                "Nobody was erased", f"{error.filename or folder}: {error.strerror}; the record is as it was"
            ) from error
        finally:
            for left in (draft, fresh):
                with suppress(OSError):
                    wipe_away(left)
        wipe(old)
    return gone


def _copy(record: Path, draft: Path, key: bytes | None) -> None:
    wipe_away(draft)  # left by an erasure that was killed
    with closing(open_as_is(record, key)) as db, closing(open_new(draft, key)) as copy:
        db.backup(copy)


def _taken_out(
    draft: Path,
    key: bytes | None,
    patient_id: str,
    reason: Reason,
    now: Callable[[], dt.datetime],
    new_id: Callable[[], str],
) -> dict[str, int]:
    with closing(open_as_is(draft, key)) as db, told(draft):
        for pragma in ("foreign_keys = ON", "secure_delete = ON", "journal_mode = MEMORY"):
            db.execute(f"PRAGMA {pragma}")
        copy = _Draft(db, draft, now, new_id)
        with copy.together():
            held = held_by(copy, patient_id)
            copy.take_out(held, reason)
            check_guards(db, draft)
    return {table: len(keys) for table, keys in held.items()}


class _Draft(Record):
    """A copy of the record, from which rows may go."""

    def take_out(self, held: dict[str, list[str]], reason: Reason) -> None:
        """Delete the rows of these keys and enter that it was done."""
        self._db.execute("PRAGMA defer_foreign_keys = ON")  # a row goes before the one that supersedes it
        for table, which in _DERIVED.items():
            self._db.execute(f"DELETE FROM {table} WHERE {which}", [to_json(held)])  # noqa: S608  constants
        with _unguarded(self._db, held):
            for table, keys in held.items():
                self._db.executemany(f"DELETE FROM {table} WHERE {key_of(table)} = ?", [(key,) for key in keys])  # noqa: S608
        self._regroup()
        self._add(
            "erasure",
            id=self._new_id(),
            held=to_json(held),
            why=reason.why,
            site=self._site(),
            at=self._moment(),
            clinician=reason.who,
        )


@contextmanager
def _unguarded(db: Connection, tables: dict[str, list[str]]) -> Iterator[None]:
    """Within the transaction around it, rows of these tables may be deleted."""
    standing = {name: sql for name, sql in guards(tables).items() if name.endswith("_no_delete")}
    for name in standing:
        db.execute(f"DROP TRIGGER {name}")
    yield
    for statement in standing.values():
        db.execute(statement)


def _write_anew(draft: Path, fresh: Path, key: bytes | None) -> None:
    """What is left, in a file in which nothing else ever stood."""
    fresh.unlink(missing_ok=True)
    os.close(os.open(fresh, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    with closing(open_as_is(draft, key)) as db:
        db.execute("VACUUM INTO ?", [str(fresh)])
    with fresh.open("rb") as file:
        os.fsync(file.fileno())


def _refuse_unsound(fresh: Path, key: bytes | None) -> None:
    if problems := verify(fresh, key).problems:
        why = f"{problems[0]}; the record is as it was: run assess-tui verify to see where it breaks"
        raise StorageError("Nobody was erased", f"what would be left is not whole: {why}")
