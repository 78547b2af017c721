"""An encrypted record on disk: nobody reads a name in it; and a plain one becomes one, whole or not at all."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from assess_tui.sample.build import build
from assess_tui.sample.people import people
from assess_tui.storage import keys
from assess_tui.storage.connect import connect
from assess_tui.storage.encrypting import encrypt, readable_copies
from assess_tui.storage.errors import StorageError
from assess_tui.storage.folder import KEYS, RECORD, state
from assess_tui.storage.ids import Ids, uuid7
from assess_tui.storage.record import Record, open_record
from assess_tui.storage.sealing import Cost
from protocols.model import Library

ROOT = Path(__file__).parents[2]
CHEAP = Cost(memory_kib=8, passes=1, lanes=1)
NOON = dt.datetime(2026, 11, 2, 12, 0, tzinfo=dt.UTC)
Clock = Callable[[], dt.datetime]


@pytest.fixture
def created(new_id: Ids) -> keys.Created:
    return keys.create("linden harbour seven", "M. Vogel", NOON, new_id, CHEAP)


def told_in(folder: Path) -> dict[str, list[str]]:
    """Names, codes and birth dates that stand readable in any file of the folder."""
    wanted = {word for one in people() for word in (one.family_name, one.given_name, one.code) if len(word) > 3}
    wanted |= {"mtt_hip_ext", "patient", "CREATE TABLE"}
    files = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return {path.name: sorted(word for word in wanted if word.encode() in held) for path, held in files.items()}


def rows(record: Record) -> list[list[tuple[object, ...]]]:
    """Everything that is stored, row by row."""
    tables = record._rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return [sorted(record._rows(f'SELECT * FROM "{name}"'), key=repr) for (name,) in tables]  # noqa: S608


def test_no_name_stands_in_record_journal_copy_or_folder(
    folder: Path, now: Clock, new_id: Ids, library: Library, created: keys.Created
) -> None:
    keys.keep(folder, created)
    with closing(open_record(folder, now, new_id, created.key)) as record:
        record._db.execute("PRAGMA cache_size = 5")  # pages are written while the transaction is open
        with record.together():
            build(record, library, NOON.date())
            assert (folder / f"{RECORD}-journal").stat().st_size > 0
            during = told_in(folder)
        with closing(connect(folder / "copy.db", key=created.key)) as copy:
            record._db.backup(copy)
        after = told_in(folder)
    assert set(during) == {RECORD, f"{RECORD}-journal", KEYS}
    assert set(after) == {RECORD, "copy.db", KEYS}
    assert not any([*during.values(), *after.values()])


def test_the_search_for_names_finds_them_in_a_plain_record(folder: Path, filled: Record) -> None:
    assert len(told_in(folder)[RECORD]) > 20


def test_what_lies_in_a_folder_is_told_by_the_file(
    folder: Path, now: Clock, new_id: Ids, created: keys.Created
) -> None:
    assert state(folder) == "none"
    open_record(folder, now, new_id).close()
    assert state(folder) == "plain"
    keys.keep(folder, created)
    assert state(folder) == "plain"
    (folder / RECORD).unlink()
    assert state(folder) == "encrypted"
    open_record(folder, now, new_id, created.key).close()
    assert state(folder) == "encrypted"
    (folder / KEYS).unlink()
    with pytest.raises(StorageError, match=r"bring back its key file clinic\.keys"):
        open_record(folder, now, new_id)


def test_the_keys_of_another_record_are_said(folder: Path, now: Clock, new_id: Ids, created: keys.Created) -> None:
    open_record(folder, now, new_id, created.key).close()
    before = (folder / RECORD).read_bytes()
    with pytest.raises(StorageError, match="The key does not fit this record"):
        open_record(folder, now, new_id, bytes(32))
    assert (folder / RECORD).read_bytes() == before


# -- a plain record becomes an encrypted one ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def plain_record(tmp_path_factory: pytest.TempPathFactory, library: Library) -> bytes:
    """The sample clinic as a plain file, built once."""
    folder = tmp_path_factory.mktemp("plain")
    with closing(open_record(folder, lambda: NOON, uuid7)) as record:
        build(record, library, NOON.date())
    return (folder / RECORD).read_bytes()


@pytest.fixture
def filled(folder: Path, reopen: Callable[[], Record], plain_record: bytes) -> Record:
    folder.mkdir()
    (folder / RECORD).write_bytes(plain_record)
    return reopen()


def test_a_plain_record_becomes_an_encrypted_one_row_by_row(
    folder: Path, filled: Record, now: Clock, new_id: Ids, created: keys.Created
) -> None:
    before = rows(filled)
    filled.close()
    encrypt(folder, created, NOON)
    assert {path.name for path in folder.iterdir()} == {RECORD, KEYS}
    assert not any(told_in(folder).values())
    with closing(open_record(folder, now, new_id, keys.unlock(folder, created.code, NOON).key)) as record:
        assert rows(record) == before
        assert [one.name for one in record.patients("ruiz")] == ["Ana Ruiz"]


def test_another_instance_loses_no_answer_silently(folder: Path, filled: Record, created: keys.Created) -> None:
    encrypt(folder, created, NOON)
    with pytest.raises(StorageError):
        filled.set_setting("clinic", "too late")


def test_a_record_that_someone_is_writing_to_waits(folder: Path, filled: Record, created: keys.Created) -> None:
    before = (folder / RECORD).read_bytes()
    with filled.together(), pytest.raises(StorageError, match="in use"):
        encrypt(folder, created, NOON)
    assert state(folder) == "plain"
    assert (folder / RECORD).read_bytes() == before


@pytest.mark.parametrize("step", ["rename", "replace", "fsync"])
def test_what_the_disk_refuses_leaves_the_plain_record(
    folder: Path, filled: Record, reopen: Callable[[], Record], created: keys.Created, step: str
) -> None:
    before = rows(filled)
    filled.close()
    (folder / KEYS).write_text("of an older copy")

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("os.fsync" if step == "fsync" else f"pathlib.Path.{step}", refuse)
        with pytest.raises(StorageError, match="No space left"):
            encrypt(folder, created, NOON)
    assert state(folder) == "plain"
    assert not list(folder.glob("*.encrypting"))
    assert rows(reopen()) == before
    assert "of an older copy" in [path.read_text() for path in folder.glob(f"{KEYS}*") if path.stat().st_size < 50]


def test_copies_anyone_can_read_are_named(folder: Path, filled: Record, created: keys.Created) -> None:
    (folder / "clinic.before-0002_course.db").write_bytes((folder / RECORD).read_bytes())
    filled.close()
    encrypt(folder, created, NOON)
    assert [path.name for path in readable_copies(folder, created.key)] == ["clinic.before-0002_course.db"]


ENCRYPTING = """
import datetime as dt, sys
from pathlib import Path
from assess_tui.storage import keys
from assess_tui.storage.encrypting import encrypt
from assess_tui.storage.ids import uuid7
from assess_tui.storage.sealing import Cost
now = dt.datetime.now(dt.UTC)
created = keys.create("linden harbour seven", "", now, uuid7, Cost(8, 1, 1))
print("begins", flush=True)
encrypt(Path(sys.argv[1]), created, now)
print("done", flush=True)
"""


def killed_after(folder: Path, seconds: float | None) -> bool:
    """Encrypt and kill, once it is done where no seconds are given; whether it had ended before."""
    child = subprocess.Popen(
        [sys.executable, "-c", ENCRYPTING, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "begins\n"
    ended = seconds is None and child.stdout.readline() == "done\n"
    time.sleep(seconds or 0)
    child.kill()
    ended |= "done" in child.stdout.read()
    child.wait()
    child.stdout.close()
    return ended


def killed_again_and_again(
    folder: Path, record: Record, now: Clock, new_id: Ids, waits: list[float | None]
) -> list[str]:
    before = rows(record)
    seen: list[str] = []
    record.close()
    plain = (folder / RECORD).read_bytes()
    for wait in waits:
        ended = killed_after(folder, wait)
        seen.append(state(folder))
        assert seen[-1] == "encrypted" or not ended
        key = None if seen[-1] == "plain" else keys.unlock(folder, "linden harbour seven", NOON).key
        with closing(open_record(folder, now, new_id, key)) as opened:
            assert rows(opened) == before
        for path in folder.glob("clinic.*"):
            path.unlink()
        (folder / RECORD).write_bytes(plain)
    return seen


def test_killed_while_it_encrypts_one_whole_record_is_there(
    folder: Path, filled: Record, now: Clock, new_id: Ids
) -> None:
    seen = killed_again_and_again(folder, filled, now, new_id, [0.0, 0.1, 0.25, None])
    assert seen[0] == "plain"
    assert seen[-1] == "encrypted"


@pytest.mark.soak
def test_killed_while_it_encrypts_at_forty_moments(
    folder: Path, filled: Record, now: Clock, new_id: Ids, capsys: pytest.CaptureFixture[str]
) -> None:
    seen = killed_again_and_again(folder, filled, now, new_id, [0.02 * step for step in range(40)])
    with capsys.disabled():
        print(f"killed while encrypting: {len(seen)}, still plain {seen.count('plain')}")  # noqa: T201
