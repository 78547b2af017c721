"""Copies of the record: written page by page under the same key, looked through, and only then given their name."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from assess_tui.storage.connect import open_as_is, open_new
from assess_tui.storage.content import content
from assess_tui.storage.driver import said_by, told
from assess_tui.storage.errors import StorageError
from assess_tui.storage.folder import BACKUPS, KEYS, RECORD
from assess_tui.storage.leftovers import BACKING_UP, clear_stale
from assess_tui.storage.private_file import settle, write_whole

if TYPE_CHECKING:
    from assess_tui.storage.verify import Verdict

KEEP_DAYS: Final = 7
KEEP_WEEKS: Final = 4
"""Of the copies made by themselves, the last one of each of the last days and weeks that have any is kept."""
DUE_AFTER: Final = dt.timedelta(days=1)
"""What was added without a visit being finished waits no longer than this."""
NO_SECOND: Final = "No second copy was made"
"""The title of the error where the first copy was made."""
SECOND: Final = "backup_folder"
"""The setting that names a second folder for these copies."""
PAGES: Final = 512
"""Pages copied at a time (2 MB): between two times others may write."""
_NAME: Final = "clinic-{:%Y%m%d-%H%M%S}.db"
_MADE: Final = re.compile(r"clinic-(\d{8}-\d{6})\.db")


class Backup(NamedTuple):
    """A copy made by itself, and when, by the clock on the wall."""

    made: dt.datetime
    path: Path


def copy_record(record: Path, target: Path, key: bytes | None) -> Verdict:
    """Copy a record, whole or not at all, in the place of an older copy; the key file of an encrypted one goes along.

    Raises StorageError where it cannot be written or what was written is not whole.
    """
    draft = target.with_name(f".{target.name}.{os.getpid()}.part")
    with _told(target):
        with suppress(OSError):  # what others left is no reason to make no copy
            clear_stale(target.parent, BACKING_UP)
        try:
            _write(record, draft, key)
            verdict = _whole(draft, target, key)
            if key is not None and (keys := record.with_name(KEYS)).exists():
                write_whole(key_file_of(target), keys.read_bytes())
            draft.replace(target)
        finally:
            with suppress(OSError):
                draft.unlink(missing_ok=True)
        settle(target.parent)
    return verdict


def key_file_of(copy: Path) -> Path:
    """The key file that lies beside a copy."""
    return copy.with_suffix(".keys")


def _write(record: Path, draft: Path, key: bytes | None) -> None:
    with closing(open_as_is(record, key)) as db, closing(open_new(draft, key)) as copy:
        db.backup(copy, pages=PAGES)
    with draft.open("rb") as file:
        os.fsync(file.fileno())


def _whole(draft: Path, target: Path, key: bytes | None) -> Verdict:
    from assess_tui.storage.verify import verify  # whether a copy is due is asked at every start

    verdict = verify(draft, key)
    if verdict.problems:
        why = f"{verdict.problems[0]}; run assess-tui verify to see where the record breaks"
        raise StorageError("The copy is not whole", f"{target} was not written: {why}")
    return verdict


@contextmanager
def _told(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StorageError(
            "No copy was made", f"{target}: {error.strerror}; the record is as it was: make room, or name another place"
        ) from error
    except Exception as error:
        if (said := said_by(error)) is None:
            raise
        raise StorageError(
            "No copy was made", f"{target}: {said}; the record is as it was: make room, or name another place"
        ) from error


# -- made by themselves ------------------------------------------------------------------------------------------------


def back_up(folder: Path, key: bytes | None, now: dt.datetime) -> Path:
    """Copy the record of this data folder into its backups and into the second folder, where the clinic set one.

    Older copies go as time passes. Raises StorageError; a second folder that is away costs the first copy nothing.
    """
    made = keep_copy(folder, key, now)
    if (second := second_folder(folder / RECORD, key)) is not None:
        if not second.is_dir():
            raise StorageError(NO_SECOND, f"{second} is not there now; the first copy is {made}")
        _kept(folder / RECORD, second, key, now, shared=True)
    return made


def keep_copy(folder: Path, key: bytes | None, now: dt.datetime) -> Path:
    """Copy the record of this data folder into its backups alone. Raises StorageError."""
    return _kept(folder / RECORD, folder / BACKUPS, key, now)


def second_folder(record: Path, key: bytes | None) -> Path | None:
    """The second folder for copies, as the clinic set it."""
    with closing(open_as_is(record, key)) as db, told(record):
        sql = "SELECT json_extract(value, '$') FROM setting WHERE key = ?"
        row = db.execute(sql, [SECOND]).fetchone()
    return Path(row[0]) if row and row[0] else None


def is_due(folder: Path, key: bytes | None, now: dt.datetime) -> bool:
    """Whether something was added since the newest copy, which is a day old or missing. Raises StorageError."""
    newest = next(iter(backups(folder / BACKUPS)), None)
    made = newest.made.astimezone() if newest else None
    if made is not None and abs(now - made) < DUE_AFTER:
        return False
    last = content(folder / RECORD, key).last
    return last is not None and (made is None or last > made)


def _kept(record: Path, into: Path, key: bytes | None, now: dt.datetime, *, shared: bool = False) -> Path:
    """Into a folder that other computers may use, too: of a `shared` one only copies of this record go."""
    made = into / _NAME.format(now)
    with _told(made):
        into.mkdir(mode=0o700, exist_ok=True)
    copy_record(record, made, key)
    with _told(made):
        for old in outdated(copies_of(made, into, key) if shared else backups(into), made):
            old.unlink(missing_ok=True)
            key_file_of(old).unlink(missing_ok=True)
    return made


def copies_of(record: Path, folder: Path, key: bytes | None) -> list[Backup]:
    """The copies of this record in a folder that other computers may use too; none where it cannot be told which."""
    site = _site(record, key)
    return [one for one in backups(folder) if site and _site(one.path, key) == site]


def _site(copy: Path, key: bytes | None) -> str:
    """Which record this is a copy of, be it from before it was encrypted; "" where that cannot be read."""
    for one in dict.fromkeys((key, None)):
        with suppress(StorageError), closing(open_as_is(copy, one)) as db, told(copy):
            row = db.execute("SELECT json_extract(value, '$') FROM setting WHERE key = 'site'").fetchone()
            return str(row[0]) if row else ""
    return ""


def backups(folder: Path) -> list[Backup]:
    """The copies in a folder that were made by themselves, newest first; none where it cannot be read."""
    found = []
    with suppress(OSError):
        for path in folder.iterdir():
            if named := _MADE.fullmatch(path.name):
                with suppress(ValueError):  # a name that only looks like a moment
                    found.append(Backup(dt.datetime.strptime(named[1], "%Y%m%d-%H%M%S"), path))  # noqa: DTZ007
    return sorted(found, reverse=True)


def outdated(known: Iterable[Backup], made: Path) -> list[Path]:
    """The copies that need not be kept; never the one just made, whatever its clock said."""
    days: dict[dt.date, Path] = {}
    weeks: dict[tuple[int, int], Path] = {}
    newest_first = sorted(known, reverse=True)
    for one in newest_first:
        days.setdefault(one.made.date(), one.path)
        weeks.setdefault(one.made.isocalendar()[:2], one.path)
    kept = {made, *list(days.values())[:KEEP_DAYS], *list(weeks.values())[:KEEP_WEEKS]}
    return [one.path for one in newest_first if one.path not in kept]


def age(folder: Path, today: dt.date) -> int | None:
    """Days since the newest copy in a data folder was made; None without one."""
    newest = next(iter(backups(folder / BACKUPS)), None)
    return None if newest is None else max(0, (today - newest.made.date()).days)


def age_words(folder: Path, today: dt.date) -> str:
    """The same in words."""
    days = age(folder, today)
    if days is None:
        return "no backup yet"
    return {0: "last backup today", 1: "last backup yesterday"}.get(days, f"last backup {days} days ago")
