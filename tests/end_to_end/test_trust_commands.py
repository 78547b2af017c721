"""verify, backup, restore and doctor, as they are typed."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import sqlite3
import sys
from pathlib import Path
from subprocess import PIPE, Popen

import pytest

from assess_tui.storage.connect import connect
from assess_tui.storage.errors import StorageError
from assess_tui.storage.ids import uuid7
from assess_tui.storage.record import open_record
from assess_tui.storage.verify import verify
from tests.end_to_end.clinic import ROOT, Clinic, changed, one_line
from tests.storage.full_record import tamper

PASSPHRASE = "vier eigene Wörter genügen"  # noqa: S105
OLD_SHAPE = ROOT / "tests" / "storage" / "shapes" / "0001_record.db"


def visit_of(day: str) -> dict[str, object]:
    return {name: value for name, value in changed(date=day).items() if name != "previous"}


@pytest.fixture
def held(clinic: Clinic) -> Clinic:
    clinic.stored(visit_of("2026-10-01"))
    return clinic


@pytest.fixture
def copy(held: Clinic) -> Path:
    out = held.folder / "out.db"
    done = held.run("backup", out)
    assert (done.returncode, done.stdout) == (0, "")
    return out


def counts(path: Path) -> tuple[int, ...]:
    with sqlite3.connect(path) as raw:
        tables = ("patient", "visit", "measurement")
        return tuple(raw.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables)  # noqa: S608


def names(clinic: Clinic) -> set[str]:
    return {one.name for one in clinic.data.iterdir()}


# -- verify ------------------------------------------------------------------------------------------------------------


def test_a_whole_record(held: Clinic) -> None:
    done = held.run("verify")
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(
        r"whole: \d+ rows, each as it was entered\nsite \S+: \d+ entries, the last [0-9a-f]{64}\n", done.stdout
    )


def test_a_broken_one_is_told_line_by_line_without_a_name(held: Clinic) -> None:
    tamper(held.data / "clinic.db", ["UPDATE patient_detail SET family_name = 'Nowak'"])
    done = held.run("verify")
    assert done.returncode == 1
    assert re.fullmatch(r"patient_detail \S+: is not what was entered\n", done.stdout)
    assert "restore a backup" in one_line(done.stderr)
    assert "Nowak" not in done.stdout + done.stderr


def test_verify_holds_the_record_against_its_newest_backup(held: Clinic, copy: Path) -> None:
    older = held.folder / "older.db"
    shutil.copy(held.data / "clinic.db", older)
    held.stored(visit_of("2026-11-01"))
    (held.data / "backups").mkdir()
    shutil.copy(held.data / "clinic.db", held.data / "backups" / "clinic-20261101-120000.db")
    assert held.run("verify").returncode == 0
    shutil.copy(older, held.data / "clinic.db")
    done = held.run("verify")
    assert (done.returncode, "the chain was cut or made anew" in done.stdout) == (1, True)


def test_a_record_of_an_older_shape_is_verified_and_left_as_it_is(clinic: Clinic) -> None:
    clinic.data.mkdir()
    shutil.copy(OLD_SHAPE, clinic.data / "clinic.db")
    done = clinic.run("verify")
    assert (done.returncode, "no audit yet" in done.stdout) == (0, True)
    assert (clinic.data / "clinic.db").read_bytes() == OLD_SHAPE.read_bytes()


@pytest.mark.parametrize("command", ["verify", "backup x.db"])
def test_without_a_record(clinic: Clinic, command: str) -> None:
    done = clinic.run(*command.split())
    assert (done.returncode, done.stdout) == (2, "")
    assert "holds no record yet" in one_line(done.stderr)


# -- backup ------------------------------------------------------------------------------------------------------------


def test_a_backup_never_takes_the_place_of_a_file(held: Clinic, copy: Path) -> None:
    before = copy.read_bytes()
    done = held.run("backup", copy)
    assert (done.returncode, copy.read_bytes()) == (2, before)
    assert "is there already" in one_line(done.stderr)


def test_into_a_folder_it_is_named_by_the_moment(held: Clinic) -> None:
    out = held.folder / "stick"
    out.mkdir()
    assert held.run("backup", out).returncode == 0
    (made,) = out.iterdir()
    assert re.fullmatch(r"clinic-\d{8}-\d{6}\.db", made.name)
    assert verify(made).problems == ()


def test_the_second_folder_is_set_and_forgotten(held: Clinic) -> None:
    assert held.run("backup", "--second", held.folder).returncode == 0
    assert held.run("backup", "--second", "none").returncode == 0
    assert held.run("backup", "--second", held.folder / "away").returncode == 2
    assert held.run("backup").returncode == 2


# -- restore -----------------------------------------------------------------------------------------------------------


def test_restored_to_an_empty_folder(held: Clinic, copy: Path) -> None:
    new = held.folder / "new"
    done = held.run("--data", new, "restore", copy)
    assert (done.returncode, done.stderr) == (0, "")
    assert counts(new / "clinic.db") == counts(copy)
    assert verify(new / "clinic.db").problems == ()
    assert ((new / "clinic.db").stat().st_mode & 0o777, new.stat().st_mode & 0o777) == (0o600, 0o700)
    assert {one.name for one in new.iterdir()} == {"clinic.db"}


def test_half_a_backup_is_told_by_its_own_name(held: Clinic, tmp_path: Path) -> None:
    half = tmp_path / "half.db"
    half.write_bytes(os.urandom(4096))
    done = held.run("--data", tmp_path / "new", "restore", half)
    assert done.returncode == 2
    assert f"{half} is encrypted or damaged, and its key file half.keys is not beside it" in one_line(done.stderr)
    assert not (tmp_path / "new").exists()


def test_two_restored_copies_have_sites_of_their_own(held: Clinic, copy: Path) -> None:
    """So that what is entered on both can be one record again: no two entries have one number in one chain."""
    tips = []
    for name in ("one", "two"):
        held.run("--data", held.folder / name, "restore", copy)
        tips.append(verify(held.folder / name / "clinic.db").tips)
    shared = tips[0].keys() & tips[1].keys()
    assert len(shared) == 1
    assert len(tips[0].keys() | tips[1].keys()) == 3


def test_a_record_that_is_there_stays_unless_it_is_to_be_replaced(held: Clinic, copy: Path) -> None:
    held.stored(visit_of("2026-11-01"))
    before = (held.data / "clinic.db").read_bytes()
    done = held.run("restore", copy)
    assert done.returncode == 2
    assert "the record there is newer" in one_line(done.stderr)
    assert (held.data / "clinic.db").read_bytes() == before
    assert names(held) == {"clinic.db"}


def test_replaced_the_older_one_is_kept_and_the_newer_one_named(held: Clinic, copy: Path) -> None:
    held.stored(visit_of("2026-11-01"))
    before = (held.data / "clinic.db").read_bytes()
    done = held.run("restore", "--replace", copy)
    assert done.returncode == 0
    assert "the record there is newer" in one_line(done.stderr)
    (kept,) = held.data.glob("clinic.replaced-*.db")
    assert kept.read_bytes() == before
    assert str(kept) in done.stdout
    assert counts(held.data / "clinic.db") == counts(copy)


def test_whoever_has_the_old_record_open_cannot_write_into_it_any_more(held: Clinic, copy: Path) -> None:
    record = open_record(held.data, lambda: dt.datetime.now(dt.UTC), uuid7)
    assert held.run("restore", "--replace", copy).returncode == 0
    (kept,) = held.data.glob("clinic.replaced-*.db")
    before = kept.read_bytes()
    with pytest.raises(StorageError):
        record.note("opened")
    record.close()
    assert kept.read_bytes() == before


def test_a_record_somebody_is_writing_is_not_replaced(
    held: Clinic, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assess_tui.storage.connect.PATIENCE_S", 0.05)
    busy = connect(held.data / "clinic.db")
    busy.execute("BEGIN IMMEDIATE")
    done = held.run("restore", "--replace", copy)
    busy.close()
    assert done.returncode == 1
    assert "another program holds" in done.stderr
    assert names(held) == {"clinic.db"}


def test_over_a_record_that_cannot_be_read(held: Clinic, copy: Path) -> None:
    (held.data / "clinic.db").write_bytes(b"\x00\x17" * 5000)
    (held.data / "clinic.db-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(600))
    done = held.run("restore", copy)
    assert (done.returncode, "cannot be opened to compare" in done.stderr) == (2, True)
    assert held.run("restore", "--replace", copy).returncode == 0
    assert verify(held.data / "clinic.db").problems == ()
    (kept,) = held.data.glob("clinic.replaced-*.db")
    assert kept.read_bytes() == b"\x00\x17" * 5000


def test_an_older_shape_is_restored_as_todays(clinic: Clinic) -> None:
    done = clinic.run("restore", OLD_SHAPE)
    assert (done.returncode, done.stderr) == (0, "")
    assert counts(clinic.data / "clinic.db") == counts(OLD_SHAPE)
    assert verify(clinic.data / "clinic.db").problems == ()


def broken(copy: Path, how: str) -> None:
    whole = copy.read_bytes()
    if how == "half written":
        copy.write_bytes(whole[: len(whole) // 2])
    elif how == "a corrupt page":
        copy.write_bytes(whole[:16384] + os.urandom(8192) + whole[24576:])
    elif how == "a changed row":
        tamper(copy, ["UPDATE measurement SET value = '1'"])
    elif how == "no database":
        copy.write_text("Dear colleague, " * 1000)
    elif how == "nothing":
        copy.write_bytes(b"")
    elif how == "another program's":
        copy.unlink()
        with sqlite3.connect(copy) as raw:
            raw.execute("CREATE TABLE recipes (name TEXT)")
    elif how == "a newer version's":
        tamper(
            copy, ["INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('assess_tui', '9', '')"]
        )
    else:
        copy.unlink()


@pytest.mark.parametrize("drill", [[], ["--drill"]], ids=["restore", "drill"])
@pytest.mark.parametrize(
    "how",
    [
        "half written",
        "a corrupt page",
        "a changed row",
        "no database",
        "nothing",
        "another program's",
        "a newer version's",
        "not there",
    ],
)
def test_what_is_no_whole_backup_is_refused_in_one_line(held: Clinic, copy: Path, how: str, drill: list[str]) -> None:
    broken(copy, how)
    before = (held.data / "clinic.db").read_bytes()
    done = held.run("restore", copy, *(drill or ["--replace"]))
    assert (done.returncode, done.stdout) == (2, "")
    assert str(copy) in one_line(done.stderr)
    assert (held.data / "clinic.db").read_bytes() == before
    assert names(held) == {"clinic.db"}


def test_the_drill_counts_and_leaves_nothing(held: Clinic, copy: Path) -> None:
    before = {one: one.read_bytes() for one in held.data.iterdir()}
    done = held.run("restore", "--drill", copy)
    patients, visits, measurements = counts(copy)
    assert done.returncode == 0
    assert f"{patients} patient, {visits} visit, {measurements} measurements" in one_line(done.stdout)
    assert {one: one.read_bytes() for one in held.data.iterdir()} == before


def test_what_a_killed_restore_left_is_taken_away_later(held: Clinic, copy: Path) -> None:
    left = [held.data / name for name in (".restoring-old", ".restoring-young")]
    for one in left:
        one.mkdir()
        shutil.copy(copy, one / "clinic.db")
    os.utime(left[0], (0, 0))
    assert held.run("restore", "--drill", copy).returncode == 0
    assert [one.exists() for one in left] == [False, True]


KILLED = """
import sys
from pathlib import Path
from assess_tui.storage import {module}
real = {module}.{function}
def stopped(*given):
    print("here", flush=True)
    sys.stdin.readline()
    return real(*given)
{module}.{function} = stopped
from assess_tui.cli import main
main(sys.argv[1:])
"""


@pytest.mark.parametrize(
    ("command", "module", "function"),
    [
        ("restore --replace", "restore", "put_in_place"),
        ("restore --replace", "restore", "settle"),
        ("backup", "backup", "_whole"),
    ],
)
def test_killed_in_the_middle_there_is_one_whole_record(
    held: Clinic, copy: Path, command: str, module: str, function: str
) -> None:
    file = copy if command.startswith("restore") else held.folder / "second.db"
    code = KILLED.format(module=module, function=function)
    arguments = [sys.executable, "-c", code, "--data", str(held.data), *command.split(), str(file)]
    with Popen(arguments, cwd=ROOT, stdin=PIPE, stdout=PIPE, text=True) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "here\n"
        running.kill()
    assert verify(held.data / "clinic.db").problems == ()
    assert counts(held.data / "clinic.db") == counts(copy)
    assert file == copy or not file.exists()


# -- with a passphrase -------------------------------------------------------------------------------------------------


def test_an_encrypted_record_is_backed_up_and_restored_with_its_passphrase(clinic: Clinic) -> None:
    secret, wrong = clinic.folder / "passphrase", clinic.folder / "wrong"
    secret.write_text(PASSPHRASE)
    wrong.write_text("something else entirely")
    given = ("--passphrase-file", secret)
    done = clinic.run("import", clinic.file(visit_of("2026-10-01")), *given)
    assert done.returncode == 0, done.stderr
    out, new = clinic.folder / "out.db", clinic.folder / "new"
    assert clinic.run("backup", out, *given).returncode == 0
    assert clinic.run("verify", *given).returncode == 0
    assert clinic.run("restore", "--drill", out, *given).returncode == 0
    refused = clinic.run("--data", new, "restore", out, "--passphrase-file", wrong)
    assert (refused.returncode, list(new.iterdir())) == (2, [])
    done = clinic.run("--data", new, "restore", out, *given)
    assert (done.returncode, done.stderr) == (0, "")
    assert clinic.run("--data", new, "verify", *given).returncode == 0
    assert not (new / "clinic.db").read_bytes().startswith(b"SQLite format")


# -- doctor ------------------------------------------------------------------------------------------------------------


def test_the_doctor_says_what_it_stands_on_and_nobody(held: Clinic) -> None:
    done = held.run("doctor")
    assert (done.returncode, done.stderr) == (0, "")
    for said in (
        "terminal",
        "Python 3",
        "SQLCipher 4",
        "reviewed 20",
        "rights: 07",
        "free space",
        "commit: ",
        "no backup yet",
    ):
        assert said in done.stdout, said
    assert "encrypted: no" in done.stdout
    assert "shape: 000" in done.stdout
    assert not any(name in done.stdout for name in ("Łoś", "Ana", "1992"))
    assert names(held) == {"clinic.db"}


def test_the_doctor_without_a_record_makes_none(clinic: Clinic) -> None:
    done = clinic.run("doctor")
    assert (done.returncode, done.stderr) == (0, "")
    assert not clinic.data.exists()


def test_the_doctor_on_what_is_no_record(clinic: Clinic) -> None:
    clinic.data.mkdir()
    (clinic.data / "clinic.db").write_text("Dear colleague")
    done = clinic.run("doctor")
    assert (done.returncode, done.stderr) == (0, "")
    assert "no clinic record" in done.stdout
