"""A backup becomes the record again: looked through first, beside what is there, and put in place in one step."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from assess_tui.storage.backup import key_file_of
from assess_tui.storage.connect import open_as_is
from assess_tui.storage.content import Content, content
from assess_tui.storage.driver import told
from assess_tui.storage.errors import GivenFileError, StorageError
from assess_tui.storage.folder import KEYS, PLAIN, RECORD
from assess_tui.storage.leftovers import RESTORING, clear_stale
from assess_tui.storage.private_file import settle
from assess_tui.storage.record import open_record
from assess_tui.storage.verify import Verdict, verify

JOURNAL: Final = "-journal"
"""What SQLite leaves beside a file while a change is being written."""


class Restored(NamedTuple):
    """The record that was put in place, and under which name the one before it was kept."""

    path: Path
    kept: Path | None


@contextmanager
def staged(source: Path, folder: Path) -> Iterator[Path]:
    """A copy of a backup and of its key file, in a folder of its own within the data folder; gone at the end.

    Raises GivenFileError where it cannot be read, StorageError where there is no room for it.
    """
    _openable(source)
    with _told(source):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        clear_stale(folder, RESTORING)
        stage = Path(tempfile.mkdtemp(prefix=RESTORING.rstrip("*"), dir=folder))
    try:
        with _told(source):
            _copy_private(source, stage / RECORD)
            for beside, name in ((_beside(source), f"{RECORD}{JOURNAL}"), (_keys(source), KEYS)):
                if beside.exists():
                    _copy_private(beside, stage / name)
        yield stage
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _openable(source: Path) -> None:
    """Whether it is a plain record or has its keys; neither, and no passphrase would open it."""
    try:
        with source.open("rb") as file:
            begins = file.read(len(PLAIN))
    except OSError as error:
        raise GivenFileError(
            "There is no backup", f"{source}: {error.strerror}; name a file made by assess-tui backup"
        ) from error
    if not begins:
        raise GivenFileError("This backup is empty", f"{source} holds nothing; take another backup")
    if begins != PLAIN and not _keys(source).exists():
        name = key_file_of(source).name
        raise GivenFileError(
            "This backup cannot be opened",
            f"{source} is encrypted or damaged, and its key file {name} is not beside it; bring {name} there, or "
            "take another backup",
        )


def _beside(record: Path) -> Path:
    return record.with_name(record.name + JOURNAL)


def _keys(source: Path) -> Path:
    own = key_file_of(source)
    return own if own.exists() else source.with_name(KEYS)


def _copy_private(source: Path, target: Path) -> None:
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    shutil.copyfile(source, target)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StorageError(
            "Nothing was restored", f"{error.filename or path}: {error.strerror}; what was there is as it was"
        ) from error


def check(stage: Path, source: Path, key: bytes | None) -> tuple[Verdict, Content]:
    """Look a staged backup through. Raises GivenFileError for one that must not be restored."""
    record = stage / RECORD
    try:
        verdict = verify(record, key)
    except StorageError as error:  # its path is that of the copy, which is gone in a moment
        raise GivenFileError(error.title, error.message.replace(str(record), str(source))) from error
    if verdict.problems:
        raise GivenFileError("The backup is not whole", f"{source}: {verdict.problems[0]}; take an older one")
    return verdict, content(record, key)


def bring_up_to_date(stage: Path, key: bytes | None, now: Callable[[], dt.datetime], new_id: Callable[[], str]) -> None:
    """Make the staged record today's, with a site of its own: the laptop it came from goes on with its chain."""
    record = open_record(stage, now, new_id, key)
    try:
        last = content(stage / RECORD, key).last
        with record.together():
            record.set_setting("site", new_id())
            record.note("restored", "" if last is None else last.isoformat())
    finally:
        record.close()
    if problems := verify(stage / RECORD, key).problems:
        raise StorageError("Nothing was restored", f"the restored record is not whole: {problems[0]}")


def put_in_place(stage: Path, folder: Path, key: bytes | None, now: dt.datetime) -> Restored:
    """Let the staged record take the place of the one in this folder, which is kept beside it.

    Killed at any moment, one whole record is there. An instance that has the old one open cannot write to it any more.
    """
    record = folder / RECORD
    kept = folder / f"clinic.replaced-{now:%Y%m%d-%H%M%S}.db"
    with _told(record), ExitStack() as held:
        there = record.exists()
        same_key = there and _at_rest(record, key, held)
        if there:
            _keep(record, kept)
        if not same_key and (folder / KEYS).exists():
            (folder / KEYS).replace(key_file_of(kept))
        if key is not None and not same_key:
            (stage / KEYS).replace(folder / KEYS)
        (stage / RECORD).replace(record)
        settle(folder)
    return Restored(record, kept if there else None)


def _at_rest(record: Path, key: bytes | None, held: ExitStack) -> bool:
    """Finish in the old record what was cut short, and let nobody write; False where this key does not open it."""
    try:
        db = held.enter_context(closing(open_as_is(record, key)))
    except StorageError:
        return False
    with told(record):
        db.execute("BEGIN IMMEDIATE")
    return True


def _keep(record: Path, kept: Path) -> None:
    """A second name for the old file, so that there is a record at every moment; its unfinished change goes along."""
    try:
        os.link(record, kept)
    except OSError:  # a disk that knows no second names
        _copy_private(record, kept)
    if (journal := _beside(record)).exists():
        journal.replace(_beside(kept))
