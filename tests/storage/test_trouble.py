"""Whatever is wrong with the disk or the file: one clear sentence, and nothing half-written."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from sqlite_utils import Database, Migrations

from assess_tui.storage import connect as connecting
from assess_tui.storage import migrations
from assess_tui.storage.documents import papers_folder, write
from assess_tui.storage.errors import StorageError
from assess_tui.storage.ids import Ids
from assess_tui.storage.migrations import guard
from assess_tui.storage.record import Record, open_record
from assess_tui.storage.shape import STEPS
from protocols.visit import Measurement, Visit


def measured(visit: Visit, new_id: Ids, value: str) -> Measurement:
    return Measurement(
        id=new_id(),
        visit=visit.id,
        test="@intake",
        side="value",
        field="note",
        value=value,
        at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
        clinician="M. Vogel",
    )


def test_a_file_that_is_no_database(folder: Path, reopen: Callable[[], Record]) -> None:
    folder.mkdir()
    (folder / "clinic.db").write_text("Dear colleague, " * 100)
    with pytest.raises(StorageError, match="no clinic record") as told:
        reopen()
    assert str(folder) in told.value.message
    assert (folder / "clinic.db").read_text().startswith("Dear colleague")


def test_another_programs_database(folder: Path, reopen: Callable[[], Record]) -> None:
    folder.mkdir()
    with sqlite3.connect(folder / "clinic.db") as raw:
        raw.execute("CREATE TABLE recipes (name TEXT)")
    with pytest.raises(StorageError, match="belongs to another program"):
        reopen()


def test_an_empty_file_left_by_a_crash_becomes_a_record(folder: Path, reopen: Callable[[], Record]) -> None:
    folder.mkdir()
    (folder / "clinic.db").touch()
    assert reopen().patients() == []


def test_a_record_from_a_newer_version(record: Record, reopen: Callable[[], Record], folder: Path) -> None:
    record.close()
    with sqlite3.connect(folder / "clinic.db") as raw:
        raw.execute("INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('assess_tui', '9', '')")
    with pytest.raises(StorageError, match="newer version"):
        reopen()


def test_a_damaged_record(record: Record, visit: Visit, reopen: Callable[[], Record], folder: Path) -> None:
    record.close()
    with (folder / "clinic.db").open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(40_000))
    with pytest.raises(StorageError):
        reopen().visit(visit.id)


def test_a_data_folder_that_is_a_file(folder: Path, reopen: Callable[[], Record]) -> None:
    folder.write_text("")
    with pytest.raises(StorageError, match="--data"):
        reopen()


HOLDING = """
import sqlite3, sys
holding = sqlite3.connect(sys.argv[1], isolation_level=None)
holding.execute("BEGIN EXCLUSIVE")
print("holding", flush=True)
sys.stdin.readline()
"""


def test_a_record_another_process_is_writing(
    record: Record,
    visit: Visit,
    new_id: Ids,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    reopen: Callable[[], Record],
) -> None:
    monkeypatch.setattr(connecting, "PATIENCE_S", 0.05)
    impatient = reopen()
    other = subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(folder / "clinic.db")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert other.stdout is not None
    other.stdout.readline()
    with pytest.raises(StorageError, match="another program holds"):
        impatient.append(measured(visit, new_id, "x"))
    with pytest.raises(StorageError, match="another program holds"):
        reopen()
    other.communicate("\n")
    impatient.append(measured(visit, new_id, "y"))
    assert [one.value for one in record.history(visit.id)] == ["y"]


def test_a_full_disk_keeps_all_that_was_stored_and_says_so(record: Record, visit: Visit, new_id: Ids) -> None:
    record.append(measured(visit, new_id, "before"))
    (pages,) = record._db.execute("PRAGMA page_count").fetchone()
    record._db.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StorageError, match="disk is full"):
        record.append(measured(visit, new_id, "too long " * 5000))
    assert [one.value for one in record.history(visit.id)] == ["before"]
    record._db.execute("PRAGMA max_page_count = 100000")
    record.append(measured(visit, new_id, "after"))
    assert [one.value for one in record.history(visit.id)] == ["before", "after"]


@pytest.fixture
def as_someone() -> Iterator[None]:
    """As somebody the file rights hold for: root may write anywhere."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    yield
    os.seteuid(0)


@pytest.fixture
def open_to_all(folder_mode: int, file_mode: int | None) -> Iterator[Path]:
    """A data folder with these rights, in a place everyone may enter."""
    with tempfile.TemporaryDirectory() as base:
        Path(base).chmod(0o755)
        folder = Path(base, "data")
        folder.mkdir()
        if file_mode is not None:
            (folder / "clinic.db").touch()
            (folder / "clinic.db").chmod(file_mode)
        folder.chmod(folder_mode)
        yield folder


@pytest.mark.parametrize(("folder_mode", "file_mode"), [(0o555, None), (0o555, 0o666), (0o777, 0o444)])
def test_a_folder_or_file_that_cannot_be_written(
    open_to_all: Path, as_someone: None, now: Callable[[], dt.datetime], new_id: Ids
) -> None:
    before = sorted(open_to_all.iterdir())
    with pytest.raises(StorageError, match="cannot be") as told:
        open_record(open_to_all, now, new_id)
    assert str(open_to_all) in told.value.message
    assert sorted(open_to_all.iterdir()) == before


def test_a_paper_appears_whole_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = write(papers_folder(tmp_path) / "P1-2026-11-01-plan.pdf", b"one")
    write(papers_folder(tmp_path) / "P1-2026-11-01-plan.pdf", b"two")
    assert path.read_bytes() == b"two"
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_a_paper_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "documents").write_text("in the way")
    with pytest.raises(StorageError, match="cannot be written"):
        write(papers_folder(tmp_path) / "a.pdf", b"one")


# -- migrations --------------------------------------------------------------------------------------------------------


def later(*, fails: bool) -> Migrations:
    """The migrations of a later version: one more, which transforms a guarded table."""
    steps = Migrations("assess_tui")
    for step in migrations.migrations.pending(Database(memory=True)):
        steps(name=step.name)(step.fn)

    @steps(name="9999_room")
    def m9999_room(db: Database) -> None:
        db.execute("ALTER TABLE measurement ADD COLUMN room TEXT")
        guard(db)
        if fails:
            raise StorageError("stopped", "half way")

    return steps


def use(steps: Migrations, patched: pytest.MonkeyPatch) -> None:
    patched.setattr(migrations, "migrations", steps)
    for module in (connecting, migrations):
        patched.setattr(module, "STEPS", (*STEPS, "9999_room"))


def test_the_names_of_the_steps_are_those_of_the_migrations(record: Record) -> None:
    assert [one.name for one in migrations.migrations.pending(Database(memory=True))] == list(STEPS)
    db = Database(record._db, execute_plugins=False)
    assert [one.name for one in migrations.migrations.applied(db)] == list(STEPS)


def test_a_migration_keeps_a_copy_of_the_record_as_it_was(
    record: Record,
    visit: Visit,
    new_id: Ids,
    reopen: Callable[[], Record],
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    record.append(measured(visit, new_id, "x"))
    before = record.visit(visit.id)
    record.close()
    use(later(fails=False), monkeypatch)
    again = reopen()
    assert again.visit(visit.id) == before
    copy = folder / "clinic.before-9999_room.db"
    assert copy.stat().st_mode & 0o777 == 0o600
    with sqlite3.connect(copy) as raw:
        assert raw.execute("SELECT value FROM measurement").fetchall() == [('"x"',)]


def test_a_migration_that_fails_leaves_the_record_as_it_was(
    record: Record, visit: Visit, reopen: Callable[[], Record], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record.close()
    before = (folder / "clinic.db").read_bytes()
    with monkeypatch.context() as patched:
        use(later(fails=True), patched)
        with pytest.raises(StorageError, match="half way"):
            reopen()
    assert (folder / "clinic.db").read_bytes() == before
    assert msgspec.structs.asdict(reopen().visit(visit.id)) == msgspec.structs.asdict(visit)


# -- a key -------------------------------------------------------------------------------------------------------------

KEY, OTHER_KEY = bytes(range(32)), bytes(32)


def test_with_a_key_the_file_and_its_copy_tell_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "clinic.db"
    db = connecting.connect(path, key=KEY)
    db.execute("INSERT INTO setting VALUES ('clinic', '\"Ana Ruiz\"', '')")
    db.close()
    use(later(fails=False), monkeypatch)
    again = connecting.connect(path, key=KEY)
    assert again.execute("SELECT value FROM setting").fetchall() == [('"Ana Ruiz"',)]
    again.close()
    for file in (path, tmp_path / "clinic.before-9999_room.db"):
        assert b"Ana Ruiz" not in file.read_bytes()
        assert not file.read_bytes().startswith(b"SQLite format")
    for wrong, said in ((OTHER_KEY, "key does not fit"), (None, "no clinic record")):
        with pytest.raises(StorageError, match=said):
            connecting.connect(path, key=wrong)
    assert capfd.readouterr().err == ""
