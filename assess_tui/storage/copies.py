"""The copies of the record the instrument knows of, and which of them still hold a patient who was erased."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from assess_tui.storage.backup import backups, key_file_of
from assess_tui.storage.connect import open_as_is
from assess_tui.storage.driver import said_by, told
from assess_tui.storage.errors import StorageError
from assess_tui.storage.folder import BACKUPS, PLAIN
from assess_tui.storage.restore import JOURNAL
from assess_tui.storage.shape import AUDITED, key_of
from assess_tui.storage.wiping import wipe_away

if TYPE_CHECKING:
    from sqlite3 import Connection

KEPT_BESIDE: Final = ("clinic.before-*.db", "clinic.replaced-*.db")
"""Kept before a new version changed the record, and when a backup took its place."""

_ERASED: Final = "SELECT each.value FROM record.erasure, json_each(erasure.held, '$.patient') AS each"


class Copy(NamedTuple):
    """A copy that still holds somebody who was erased, or may."""

    path: Path
    why_kept: str
    """Why it must not be deleted without being looked at; "" where the record holds all else it holds."""


def copies(folder: Path, second: Path | None) -> list[Path]:
    """Every copy in the data folder and in the second folder."""
    beside = (path for pattern in KEPT_BESIDE for path in sorted(folder.glob(pattern)))
    made = (one.path for place in (folder / BACKUPS, second) if place is not None for one in backups(place))
    return [*beside, *made]


def still_holding(record: Path, key: bytes | None, known: list[Path]) -> list[Copy]:
    """Those of them that hold a patient who was erased from the record, and those that cannot be looked into."""
    looked = ((path, _looked_into(path, record, key)) for path in known)
    return [Copy(path, why) for path, why in looked if why is not None]


def take_away(copy: Path) -> None:
    """Overwrite a copy with what lies beside it, and take away its name. Raises StorageError."""
    try:
        for path in (key_file_of(copy), copy.with_name(copy.name + JOURNAL), copy):
            wipe_away(path)
    except OSError as error:
        raise StorageError("A copy could not be deleted", f"{copy}: {error.strerror}; delete it by hand") from error


def come_back(restored: Path, replaced: Path, key: bytes | None) -> list[str]:
    """The codes of patients in a restored record who were erased from the one it replaced; none where it is unread."""
    with suppress(StorageError, OSError), closing(_beside(restored, replaced, key)) as db, told(replaced):
        if db.execute("SELECT 1 FROM record.sqlite_master WHERE name = 'erasure'").fetchone():
            sql = f"SELECT DISTINCT code FROM main.current_patient WHERE patient IN ({_ERASED}) ORDER BY code"  # noqa: S608
            return [str(code) for (code,) in db.execute(sql)]
    return []


def _beside(copy: Path, record: Path, key: bytes | None) -> Connection:
    """A copy, opened, with the record attached as `record`."""
    db = open_as_is(copy, None if _readable(copy) else key)
    try:
        with told(record):
            own = "''" if key is None or _readable(record) else f"\"x'{key.hex()}'\""
            db.execute(f"ATTACH ? AS record KEY {own}", [str(record)])
            db.execute("SELECT count(*) FROM record.sqlite_master").fetchone()
    except BaseException:
        db.close()
        raise
    return db


def _looked_into(copy: Path, record: Path, key: bytes | None) -> str | None:
    """None where nobody who was erased is in it, else why it must be kept, or ""."""
    try:
        with closing(_beside(copy, record, key)) as db, told(copy):
            if not _holds_erased(db):
                return None
            return "it holds rows the record does not" if any(_only_there(db)) else ""
    except (StorageError, OSError):
        return "it cannot be opened with this key"
    except Exception as error:
        if said_by(error) is None:
            raise
        return "it cannot be read"


def _readable(copy: Path) -> bool:
    with copy.open("rb") as file:
        return file.read(len(PLAIN)) == PLAIN


def _holds_erased(db: Connection) -> bool:
    return db.execute(f"SELECT 1 FROM main.patient WHERE id IN ({_ERASED})").fetchone() is not None  # noqa: S608


def _only_there(db: Connection) -> Iterator[bool]:
    """For each table, whether the copy holds a row of it that is neither in the record nor was erased."""
    present = {name for (name,) in db.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'")}
    for table in (one for one in AUDITED if one in present):
        key = key_of(table)
        erased = f"SELECT each.value FROM record.erasure, json_each(erasure.held, '$.{table}') AS each"  # noqa: S608
        sql = (
            f"SELECT 1 FROM main.{table} WHERE {key} NOT IN (SELECT {key} FROM record.{table})"  # noqa: S608
            f" AND {key} NOT IN ({erased}) LIMIT 1"
        )
        yield db.execute(sql).fetchone() is not None
