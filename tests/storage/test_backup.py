"""Copies of the record: whole or not there, few enough, and never in the way of the visit."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess_tui.storage.backup import (
    KEEP_DAYS,
    KEEP_WEEKS,
    SECOND,
    Backup,
    age_words,
    back_up,
    backups,
    copy_record,
    is_due,
    outdated,
)
from assess_tui.storage.connect import open_new
from assess_tui.storage.encrypting import encrypt
from assess_tui.storage.errors import StorageError
from assess_tui.storage.ids import Ids
from assess_tui.storage.keys import create, keep
from assess_tui.storage.record import Record, open_record
from assess_tui.storage.sealing import Cost
from assess_tui.storage.verify import verify
from protocols.model import Library
from protocols.visit import Visit
from tests.storage.full_record import everything, tamper

NIGHT = dt.datetime(2026, 11, 20, 18, 30, tzinfo=dt.UTC)


@pytest.fixture
def path(record: Record, visit: Visit, library: Library, new_id: Ids) -> Path:
    everything(record, visit, library, new_id)
    return record.path


def rows(path: Path) -> list[str]:
    """Every statement that would make the file's content again."""
    with sqlite3.connect(path) as raw:
        return list(raw.iterdump())


def test_a_copy_is_the_record_row_by_row_for_its_owner_alone(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "out.db"
    verdict = copy_record(path, copy, None)
    assert rows(copy) == rows(path)
    assert verdict == verify(path)
    assert copy.stat().st_mode & 0o777 == 0o600
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == ["out.db"]


def test_an_encrypted_record_stays_encrypted_and_takes_its_key_file_along(
    tmp_path: Path, now: Callable[[], dt.datetime], new_id: Ids
) -> None:
    home, copy = tmp_path / "home", tmp_path / "copy.db"
    created = create("four words of mine", "M. Vogel", NIGHT, new_id, Cost(8, 1, 1))
    keep(home, created)
    record = open_record(home, now, new_id, created.key)
    record.add_patient(family_name="Ruizenberg", given_name="Ana", birth_date=dt.date(1992, 3, 4), sex="F")
    copy_record(record.path, copy, created.key)
    record.close()
    assert b"Ruizenberg" not in copy.read_bytes()
    assert verify(copy, created.key).problems == ()
    assert copy.with_suffix(".keys").read_bytes() == (home / "clinic.keys").read_bytes()
    assert copy.with_suffix(".keys").stat().st_mode & 0o777 == 0o600


def test_a_broken_record_is_not_copied_over_a_whole_copy(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "out.db"
    copy_record(path, copy, None)
    before = copy.read_bytes()
    tamper(path, ["UPDATE measurement SET value = '12'"])
    with pytest.raises(StorageError, match="is not what was entered"):
        copy_record(path, copy, None)
    assert copy.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == ["out.db"]


def test_a_disk_that_fills_up_meanwhile(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def small(file: Path, key: bytes | None) -> object:
        db = open_new(file, key)
        db.execute("PRAGMA max_page_count = 3")
        return db

    monkeypatch.setattr("assess_tui.storage.backup.open_new", small)
    with pytest.raises(StorageError, match=r"No copy was made.*full.*make room"):
        copy_record(path, tmp_path / "out.db", None)
    assert not [one for one in tmp_path.iterdir() if one.is_file()]
    assert verify(path).problems == ()


def test_a_place_that_is_not_there(path: Path, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="No copy was made"):
        copy_record(path, tmp_path / "away" / "out.db", None)


def test_what_a_killed_copy_left_is_taken_away_later(path: Path, tmp_path: Path) -> None:
    old, young = tmp_path / ".out.db.17.part", tmp_path / ".out.db.18.part"
    for left in (old, young):
        left.touch()
    os.utime(old, (0, 0))
    copy_record(path, tmp_path / "out.db", None)
    assert (old.exists(), young.exists()) == (False, True)


def test_a_copy_made_while_answers_come_in(
    record: Record, visit: Visit, path: Path, tmp_path: Path, reopen: Callable[[], Record]
) -> None:
    """The copy holds a state the record was in, and no answer waits for it in vain."""
    made: list[object] = []
    writer = threading.Thread(target=lambda: made.append(copy_record(path, tmp_path / "out.db", None)))
    writer.start()
    for number in range(40):
        record.event(visit.id, "at", str(number))
    writer.join()
    assert made
    held = [line for line in rows(tmp_path / "out.db") if 'INTO "visit_event"' in line]
    now_held = [line for line in rows(path) if 'INTO "visit_event"' in line]
    assert held == now_held[: len(held)]


# -- made by themselves ------------------------------------------------------------------------------------------------


def test_two_computers_that_share_a_second_folder_take_none_of_the_others_copies(
    record: Record, path: Path, folder: Path, tmp_path: Path, now: Callable[[], dt.datetime], new_id: Ids
) -> None:
    second, elsewhere = tmp_path / "stick", tmp_path / "elsewhere"
    second.mkdir()
    other = open_record(elsewhere, now, new_id)
    for one in (record, other):
        one.set_setting(SECOND, str(second))
    moment = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)
    made = [
        back_up(data, None, moment + dt.timedelta(hours=hour)).name
        for hour, data in enumerate((folder, elsewhere, folder, elsewhere, folder))
    ]
    other.close()
    assert sorted(one.path.name for one in backups(second)) == made[-2:]


def test_in_a_second_folder_copies_from_before_the_encryption_grow_old_as_others_do(
    record: Record, path: Path, folder: Path, tmp_path: Path, new_id: Ids
) -> None:
    second = tmp_path / "stick"
    second.mkdir()
    record.set_setting(SECOND, str(second))
    moment = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)
    back_up(folder, None, moment)
    record.close()
    made = create("linden harbour seven", "", moment, new_id, Cost(memory_kib=8, passes=1, lanes=1))
    encrypt(folder, made, moment)
    last = back_up(folder, made.key, moment + dt.timedelta(hours=1))
    assert [one.path.name for one in backups(second)] == [last.name]


def test_a_second_folder_gets_a_copy_and_may_be_away(record: Record, path: Path, folder: Path, tmp_path: Path) -> None:
    second = tmp_path / "stick"
    second.mkdir()
    record.set_setting(SECOND, str(second))
    made = back_up(folder, None, NIGHT)
    assert made == folder / "backups" / "clinic-20261120-183000.db"
    assert (second / made.name).read_bytes() == made.read_bytes()
    assert made.parent.stat().st_mode & 0o777 == 0o700
    (second / made.name).unlink()
    second.rmdir()
    later = NIGHT + dt.timedelta(hours=1)
    with pytest.raises(StorageError, match="No second copy was made"):
        back_up(folder, None, later)
    assert [one.made.hour for one in backups(folder / "backups")] == [19]


def test_a_read_only_folder_costs_the_record_nothing(path: Path, folder: Path) -> None:
    (folder / "backups").write_text("in the way")
    with pytest.raises(StorageError, match="No copy was made"):
        back_up(folder, None, NIGHT)
    assert verify(path).problems == ()


def test_due_when_something_was_added_and_the_newest_copy_is_a_day_old(
    record: Record, visit: Visit, folder: Path
) -> None:
    added = record.now()
    assert is_due(folder, None, added)
    back_up(folder, None, added.astimezone())
    assert not is_due(folder, None, added + dt.timedelta(hours=23))
    assert not is_due(folder, None, added + dt.timedelta(days=3))
    record.event(visit.id, "at", "fpi6")
    record.note("opened", visit.id)
    assert is_due(folder, None, added + dt.timedelta(days=3))


def test_an_empty_record_needs_no_copy(record: Record, folder: Path) -> None:
    assert not is_due(folder, None, NIGHT)
    assert age_words(folder, NIGHT.date()) == "no backup yet"


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "last backup today"), (1, "last backup yesterday"), (3, "last backup 3 days ago"), (-2, "last backup today")],
)
def test_the_age_of_the_newest(tmp_path: Path, days: int, words: str) -> None:
    (tmp_path / "backups").mkdir()
    for name in ("clinic-20261118-090000.db", "clinic-20261120-090000.db", "clinic-99999999-090000.db", "notes.db"):
        (tmp_path / "backups" / name).touch()
    assert age_words(tmp_path, dt.date(2026, 11, 20) + dt.timedelta(days=days)) == words


moments = st.datetimes(dt.datetime(2025, 12, 1), dt.datetime(2027, 1, 31))  # noqa: DTZ001  as read from a name


@given(st.lists(moments, min_size=1, max_size=60, unique=True), st.data())
def test_the_last_of_each_day_and_week_is_kept_and_little_else(made: list[dt.datetime], data: st.DataObject) -> None:
    known = [Backup(one.replace(microsecond=0), Path(f"{number}")) for number, one in enumerate(made)]
    newest = data.draw(st.sampled_from(known))
    gone = set(outdated(known, newest.path))
    left = [one for one in known if one.path not in gone]
    assert newest in left
    assert max(known) in left
    assert len(left) <= KEEP_DAYS + KEEP_WEEKS + 1
    days = sorted({one.made.date() for one in known}, reverse=True)[:KEEP_DAYS]
    assert {one.made.date() for one in left} >= set(days)
    for day in days:
        assert max(one for one in known if one.made.date() == day) in left
    weeks = sorted({one.made.isocalendar()[:2] for one in known}, reverse=True)[:KEEP_WEEKS]
    assert {one.made.isocalendar()[:2] for one in left} >= set(weeks)


def test_only_its_own_copies_are_ever_taken_away(path: Path, folder: Path) -> None:
    kept = folder / "backups"
    kept.mkdir()
    mine = [kept / "notes.db", kept / "clinic-before-the-move.db", kept / "clinic-20200101-000000.db.bak"]
    for one in mine:
        one.touch()
    for hour in range(3):
        back_up(folder, None, NIGHT + dt.timedelta(hours=hour))
    assert all(one.exists() for one in mine)
    assert len(list(kept.iterdir())) == len(mine) + 1
