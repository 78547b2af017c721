"""Whatever is given: one clear line on standard error, status 2 or 1, and nothing half-written."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from assess_tui.storage.errors import StorageError
from assess_tui.storage.record import Record
from tests.end_to_end.clinic import LINE, ROOT, Clinic, changed, one_line, with_patient


@pytest.mark.parametrize(
    ("line", "names"),
    [
        (changed(tests={"mtt_hip_ex": {"left": 1}}), "tests.mtt_hip_ex: unknown test"),
        (changed(tests={"mtt_hip_ext": {"left": True}}), "tests.mtt_hip_ext.left: expected a number"),
        (changed(red_flags=["headache"]), "red_flags"),
        (changed(patient={"age": 34, "sex": "F"}), "patient.family_name"),
        (changed(minutes="ten"), "minutes"),
        (with_patient(birth_date="1992-02-30"), "patient.birth_date"),
        (json.dumps(LINE)[:-40], "line 1"),
        ("", "line 1"),
        ("[]", "line 1: expected an object"),
    ],
)
def test_a_bad_visit_is_one_line_and_stores_nothing(clinic: Clinic, line: Any, names: str) -> None:
    file = clinic.file(line)
    done = clinic.run("import", file)
    assert (done.returncode, done.stdout) == (2, "")
    told = one_line(done.stderr)
    assert str(file) in told
    assert "line 1" in told
    assert names in told
    assert not (clinic.data / "clinic.db").exists()


def test_a_code_of_someone_else_is_refused_and_stores_nothing(clinic: Clinic) -> None:
    clinic.stored(with_patient(code="K7"))
    before = (clinic.data / "clinic.db").read_bytes()
    for changes, names in (({"birth_date": "1950-01-01"}, "patient.birth_date"), ({"sex": "M"}, "patient.sex")):
        done = clinic.run("import", clinic.file(with_patient(code="K7", **changes)))
        assert done.returncode == 2
        assert names in one_line(done.stderr)
    assert (clinic.data / "clinic.db").read_bytes() == before


def test_an_import_the_disk_stops_half_way_stores_nothing(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise StorageError("The disk is full", "make room")

    monkeypatch.setattr(Record, "event", refuse)  # the last row of an import
    done = clinic.run("import", clinic.file(LINE), "--no-encryption")
    assert (done.returncode, done.stdout) == (1, "")
    assert "The disk is full" in one_line(done.stderr)
    with sqlite3.connect(clinic.data / "clinic.db") as raw:
        for table in ("patient", "visit", "measurement", "patient_search", "visit_open"):
            assert raw.execute(f"SELECT * FROM {table}").fetchall() == []  # noqa: S608


def test_a_visit_that_is_not_there(clinic: Clinic) -> None:
    nothing = clinic.run("findings", "0192")
    assert nothing.returncode == 2
    assert "holds no record yet" in one_line(nothing.stderr)
    assert not clinic.data.exists()
    clinic.stored(LINE)
    for command in (("findings", "ffff"), ("plan", "ffff"), ("report", "ffff", "--text")):
        done = clinic.run(*command)
        assert (done.returncode, done.stdout) == (2, "")
        assert 'no visit with the id "ffff"' in one_line(done.stderr)


def test_a_file_that_is_no_database_is_said_in_one_line(clinic: Clinic) -> None:
    clinic.data.mkdir()
    (clinic.data / "clinic.db").write_text("my notes " * 200)
    for command in (("findings", "01"), ("import", str(clinic.file(LINE)))):
        done = clinic.run(*command)
        assert done.returncode == 1
        assert "no clinic record" in one_line(done.stderr)
    assert (clinic.data / "clinic.db").read_text().startswith("my notes")


def test_a_broken_test_in_the_clinics_folder(clinic: Clinic) -> None:
    own = clinic.data / "library" / "tests"
    own.mkdir(parents=True)
    (own / "ours.toml").write_text('id = "ours"\nname = \n')
    for command in (("interpret",), ("tests", "list")):
        done = clinic.run(*command, stdin=json.dumps(LINE).encode())
        assert (done.returncode, done.stdout) == (2, "")
        assert "ours.toml" in one_line(done.stderr)
    checked = clinic.run("tests", "check")
    assert checked.returncode == 2
    assert "ours.toml" in checked.stdout


@pytest.mark.parametrize(
    "command", [("backup", "a", "b"), ("plan",), ("plan", "1", "--size", "15"), ("--clock-speed", "0"), ("report", "1")]
)
def test_a_wrong_command_line_is_one_line(clinic: Clinic, command: tuple[str, ...]) -> None:
    done = clinic.run(*command)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--help" in one_line(done.stderr)


def test_something_unforeseen_is_one_line_without_patient_data(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    from assess_tui.commands import visits

    visit = clinic.stored(LINE)["visit"]

    def fail(_: object) -> None:
        raise RuntimeError("Ana Łoś")

    monkeypatch.setattr(visits, "answer", lambda *_: fail(None))
    done = clinic.run("findings", visit, "--json")
    assert (done.returncode, done.stdout) == (1, "")
    assert "RuntimeError" in one_line(done.stderr)
    assert "Ana" not in done.stderr


VISIT = "a visit"
"""Stands for the id of the one that is stored."""


# -- what is given -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (b'{"ref": 1, "patient": {"age": 34', "line 1: no JSON at column"),
        (b'{"patient": {"family_name": "R\xff"}}', "expected UTF-8"),
        (b"\xff\xfe\x00", "expected UTF-8"),
        (b'{"patient": ' + b"[" * 100_000, "nested too deeply"),
        (b'{"patient": {"age": 34}, "minutes": NaN}', "minutes: expected a whole number from 1 to 120, got NaN"),
        (b'{"patient": {"age": 34}, "minutes": 1, "minutes": 2}', '"minutes" stands twice'),
        (b'{"patient": {"age": 34, "family_name": "Ana\\u001b[2J"}}', "patient.family_name: expected a text without"),
        (b'{"patient": {"age": 34}, "tests": {"nprs": {"value": 1e-999}}}', "tests.nprs.value"),
    ],
)
def test_a_line_that_cannot_be_read_is_told_by_both_commands(clinic: Clinic, given: bytes, says: str) -> None:
    file = clinic.folder / "visit.json"
    file.write_bytes(given)
    interpreted = clinic.run("interpret", file)
    assert (interpreted.returncode, interpreted.stderr) == (2, "")
    assert says in json.loads(one_line(interpreted.stdout))["error"]
    imported = clinic.run("import", file)
    assert (imported.returncode, imported.stdout) == (2, "")
    assert says in one_line(imported.stderr)
    assert not clinic.data.exists()


def test_a_line_of_megabytes_costs_the_next_one_nothing(clinic: Clinic) -> None:
    huge = {"ref": "x" * 4_000_000, "patient": {"age": 34}, "tests": {"nprs": {"value": "y" * 4_000_000}}}
    done = clinic.run("interpret", clinic.file(f"{json.dumps(huge)}\n{json.dumps(LINE)}"))
    error, answer = map(json.loads, done.stdout.splitlines())
    assert done.returncode == 2
    assert len(error["error"]) < 200
    assert answer["standing"]["stage"] == 2


def test_a_number_outside_the_limits_is_told_as_invalid(clinic: Clinic) -> None:
    ids = clinic.stored(changed(tests={"pelvic_tilt": {"left": 900, "right": 14}}))
    for command in (
        ("interpret", clinic.file(changed(tests={"pelvic_tilt": {"left": 900}}))),
        ("findings", ids["visit"]),
    ):
        options = ("--json",) if command[0] == "findings" else ()
        done = clinic.run(*command, *options)
        assert done.returncode == 0
        assert json.loads(done.stdout)["tests"]["pelvic_tilt"]["left"]["class"] == "INVALID"


@pytest.mark.parametrize("start", ["", "%", "_", "01' --", "\udcff", "é", "zz"])
def test_an_id_that_is_none_is_not_found(clinic: Clinic, start: str) -> None:
    clinic.stored(LINE)
    done = clinic.run("findings", start)
    assert (done.returncode, done.stdout) == (2, "")
    assert "No such visit" in one_line(done.stderr)


@pytest.mark.parametrize(
    "command",
    [
        ("--data", "", "tests", "list"),
        ("tests", "check", ""),
        ("exercises", "draw", "M04", "-o", ""),
        ("plan", "01", "--pdf", ""),
    ],
)
def test_an_empty_path_is_not_the_working_folder(clinic: Clinic, command: tuple[str, ...]) -> None:
    done = clinic.run(*command)
    assert (done.returncode, done.stdout) == (2, "")
    assert "expected a file or folder, got nothing" in one_line(done.stderr)


# -- where it lies -----------------------------------------------------------------------------------------------------


def test_a_data_folder_that_is_a_file(clinic: Clinic) -> None:
    clinic.data.write_text("notes")
    for command in (("tests", "list"), ("import", clinic.file(LINE)), ("findings", "01"), ("interpret",), ()):
        done = clinic.run(*command, stdin=json.dumps(LINE).encode())
        assert (done.returncode, done.stdout) == (2, "")
        assert "data is a file; name a folder" in one_line(done.stderr)
    assert clinic.data.read_text() == "notes"


@pytest.mark.parametrize("place", ["library", "library/tests", "library/exercises"])
def test_a_file_in_the_place_of_the_clinics_own_folder(clinic: Clinic, place: str) -> None:
    in_the_way = clinic.data / place
    in_the_way.parent.mkdir(parents=True)
    in_the_way.write_text("notes")
    done = clinic.run("tests", "list")
    assert (done.returncode, done.stdout) == (2, "")
    assert f"{place}: Not a directory" in one_line(done.stderr)


BROKEN = [("x.toml", b'id = "x"\nname = \n'), ("x.toml", b"\xff\xfe"), ("x.toml", b""), ("x.toml", b'id = "y"\n')]


@pytest.mark.parametrize("kind", ["tests", "exercises"])
@pytest.mark.parametrize(("name", "held"), BROKEN)
def test_broken_knowledge_of_the_clinics_own(clinic: Clinic, kind: str, name: str, held: bytes) -> None:
    own = clinic.data / "library" / kind
    own.mkdir(parents=True)
    (own / name).write_bytes(held)
    for command in (("interpret",), ("tests", "list"), ("exercises", "show", "M04"), ("import", clinic.file(LINE))):
        done = clinic.run(*command, stdin=json.dumps(LINE).encode())
        assert (done.returncode, done.stdout) == (2, "")
        assert f"{kind}/{name}" in one_line(done.stderr)
    checked = clinic.run(kind, "check", clinic.data / "library")
    assert checked.returncode == 2
    assert all(name in line for line in checked.stdout.splitlines())
    assert not (clinic.data / "clinic.db").exists()


PLAIN_FILES: tuple[tuple[str, ...], ...] = (
    ("interpret",), ("import",), ("restore",), ("restore", "--drill"), ("tests", "check"), ("exercises", "check"),
    ("plan", VISIT, "--pdf", "p.pdf", "--password-file"), ("keys", "encrypt", "--passphrase-file"),
)  # fmt: skip
SEALED_FILES: tuple[tuple[str, ...], ...] = (
    ("verify", "--passphrase-file"),
    ("keys", "add", "Kim", "--new-passphrase-file"),
)


@pytest.mark.parametrize("how", ["missing", "a folder", "not readable", "empty"])
def test_a_file_that_cannot_be_used_is_bad_input_for_every_command(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    visit, secret = clinic.stored(LINE)["visit"], clinic.file("linden harbour seven", "secret")
    given = _given(clinic, monkeypatch, how)
    for command in PLAIN_FILES:
        _refused(clinic, given, *(visit if one == VISIT else one for one in command))
    assert clinic.run("keys", "encrypt", "--passphrase-file", secret).returncode == 0
    monkeypatch.setenv("ASSESS_TUI_PASSPHRASE_FILE", str(secret))
    for command in SEALED_FILES:
        _refused(clinic, given, *command)


def _given(clinic: Clinic, monkeypatch: pytest.MonkeyPatch, how: str) -> Path:
    path = clinic.folder / "given"
    if how == "a folder":
        path.mkdir()
    elif how != "missing":
        path.write_bytes(b"")
    opens = Path.open

    def refuse(self: Path, *options: Any, **more: Any) -> Any:
        if self == path and how == "not readable":
            raise PermissionError(13, "Permission denied", str(path))
        return opens(self, *options, **more)

    monkeypatch.setattr(Path, "open", refuse)
    return path


def _refused(clinic: Clinic, given: Path, *command: str) -> None:
    before = {one: one.read_bytes() for one in clinic.data.rglob("*") if one.is_file()}
    done = clinic.run(*command, given)
    if command == ("interpret",) and given.is_file() and "denied" not in done.stderr:
        assert done == (0, "", ""), "no line, no answer"
        return
    assert done.returncode == 2, command
    assert str(given) in one_line(done.stderr.removesuffix("1 problem\n") or done.stdout), command
    assert {one: one.read_bytes() for one in clinic.data.rglob("*") if one.is_file()} == before


def test_a_folder_with_nothing_to_check(clinic: Clinic) -> None:
    for kind in ("tests", "exercises"):
        nowhere = clinic.run(kind, "check", clinic.folder / "nowhere")
        assert nowhere.returncode == 2
        assert "there is no such folder" in one_line(nowhere.stdout)
        empty = clinic.run(kind, "check", clinic.folder)
        assert (empty.returncode, empty.stdout) == (2, "")
        assert f"holds no {kind}" in one_line(empty.stderr)


# -- where it goes -----------------------------------------------------------------------------------------------------


def test_a_paper_or_picture_that_cannot_be_written(clinic: Clinic) -> None:
    visit = clinic.stored(LINE)["visit"]
    pipe = clinic.folder / "pipe"
    os.mkfifo(pipe)
    places = (clinic.folder, clinic.folder / "no" / "it", clinic.file(LINE) / "it", pipe)
    for out in places:
        for command in (
            ("plan", visit, "--pdf", out),
            ("report", visit, "--pdf", out),
            ("exercises", "draw", "M04", "-o", out),
        ):
            done = clinic.run(*command)
            assert (done.returncode, done.stdout) == (1, "")
            assert f"cannot be written: {out}" in one_line(done.stderr)
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    with sqlite3.connect(clinic.data / "clinic.db") as raw:
        assert raw.execute("SELECT * FROM document").fetchall() == []


def test_a_full_disk_leaves_the_paper_that_was_there(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    visit = clinic.stored(LINE)["visit"]
    out = clinic.folder / "out"
    out.write_text("last year's")
    before = sorted(clinic.folder.iterdir())

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    for command in (("plan", visit, "--pdf", out), ("exercises", "draw", "M04", "-o", out)):
        done = clinic.run(*command)
        assert (done.returncode, done.stdout) == (1, "")
        assert "No space left on device" in one_line(done.stderr)
    assert out.read_text() == "last year's"
    assert sorted(clinic.folder.iterdir()) == before


def by_shell(redirection: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command with its streams as the shell sets them."""
    command = f"{sys.executable} -m assess_tui {' '.join(arguments)} {redirection}"
    return subprocess.run(["sh", "-c", command], cwd=ROOT, capture_output=True, text=True, timeout=60)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
def test_an_answer_with_nowhere_to_go(clinic: Clinic) -> None:
    line = clinic.file(LINE)
    for redirection, says in (
        (">/dev/full", "standard output: No space left on device"),
        (">&-", "standard output is closed"),
        ("<&-", "standard input is closed"),
    ):
        done = by_shell(redirection, "interpret", "-" if "<" in redirection else str(line))
        assert done.returncode in (1, 2)
        assert says in one_line(done.stderr)
    assert by_shell("<&- >/dev/full", "tests", "list").returncode == 1
    assert by_shell("2>&-", "tests", "show", "nothing").returncode == 2
