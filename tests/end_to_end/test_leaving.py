"""`leave`: everything is in open files and read back before anything is deleted."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest

from assess_tui.outgoing import leaving
from assess_tui.outgoing.exporting import parts
from tests.end_to_end.clinic import Clinic, one_line, with_patient


@pytest.fixture
def held(clinic: Clinic) -> Clinic:
    ids = clinic.stored(with_patient(code="K7"))
    clinic.run("plan", ids["visit"], "--pdf", clinic.folder / "plan.pdf")
    (clinic.data / "library" / "tests").mkdir(parents=True)
    (clinic.data / "notes.txt").write_text("not ours")
    for place in (clinic.data / "backups", clinic.folder / "stick"):
        place.mkdir()
        shutil.copy(clinic.data / "clinic.db", place / "clinic-20261101-120000.db")
    clinic.run("backup", "--second", clinic.folder / "stick")
    return clinic


def test_without_a_word_everything_is_written_and_nothing_deleted(held: Clinic) -> None:
    out = held.folder / "out"
    done = held.run("leave", out)
    assert (done.returncode, one_line(done.stderr)) == (0, "nothing was deleted; the record is as it was")
    assert "read back" in done.stdout
    told = json.loads((out / "clinic.json").read_text())
    (paper,) = (out / "papers").iterdir()
    assert paper.read_bytes() == (held.folder / "plan.pdf").read_bytes()
    assert [row["code"] for row in told["patient_detail"]] == ["K7"]
    last = list(csv.reader((out / "audit.csv").read_text().splitlines()))[-1]
    assert "exported to leave" in last
    assert f'href="papers/{paper.name}"' in (out / "index.html").read_text()
    assert (out / "library" / "tests").is_dir()
    assert out.stat().st_mode & 0o777 == 0o700
    assert held.run("verify").returncode == 0
    there = Clinic(held.folder / "there")
    there.folder.mkdir()
    assert there.run("import", out / "clinic.json").returncode == 0


def test_then_record_and_copies_are_gone_and_what_is_not_ours_is_left(held: Clinic) -> None:
    done = held.run("leave", held.folder / "out", "--delete")
    assert done.returncode == 0, done.stderr
    assert [one.name for one in held.data.iterdir()] == ["notes.txt"]
    assert "notes.txt" in done.stdout
    assert "solid-state" in done.stdout
    assert list((held.folder / "stick").iterdir()) == []


def test_the_copies_of_another_computer_in_the_second_folder_stay(held: Clinic) -> None:
    other = Clinic(held.folder / "other")
    other.folder.mkdir()
    other.stored(with_patient(code="Z9"))
    theirs = held.folder / "stick" / "clinic-20261102-120000.db"
    shutil.copy(other.data / "clinic.db", theirs)
    before = theirs.read_bytes()
    done = held.run("leave", held.folder / "out", "--delete")
    assert done.returncode == 0, done.stderr
    assert list((held.folder / "stick").iterdir()) == [theirs]
    assert theirs.read_bytes() == before
    assert f"left in {held.folder / 'stick'}: 1 " in done.stdout


def test_an_encrypted_record_loses_its_keys_first(clinic: Clinic) -> None:
    file = clinic.file("vier eigene Wörter genügen\n", "passphrase")
    given = ("--passphrase-file", file)
    clinic.run("import", clinic.file(with_patient(code="K7")), *given)
    done = clinic.run("leave", clinic.folder / "out", "--delete", *given)
    assert done.returncode == 0, done.stderr
    assert "keys went first" in done.stdout
    assert not clinic.data.exists()


def test_what_is_not_read_back_as_written_deletes_nothing(held: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    def write(path: Path, data: bytes) -> None:
        path.write_bytes(data[:-1])

    monkeypatch.setattr(leaving, "write", write)
    done = held.run("leave", held.folder / "out", "--delete")
    assert done.returncode == 1
    assert "nothing was deleted" in one_line(done.stderr)
    assert held.run("verify").returncode == 0


def test_a_row_that_is_missing_or_changed_in_the_file_is_found(held: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = parts
    for old, new in ((b'"value":14,', b'"value":41,'), (b'"field":"value"', b'"field":"valve"')):
        changed = lambda *told, old=old, new=new: [b"".join(whole(*told)).replace(old, new, 1)]  # noqa: E731
        monkeypatch.setattr(leaving, "parts", changed)
        done = held.run("leave", held.folder / f"out{new[-4:-1].decode()}".replace('"', ""), "--delete")
        assert (done.returncode, "measurement" in done.stderr) == (1, True)
    assert held.run("verify").returncode == 0


def test_a_place_that_would_be_lost_or_is_taken_is_refused(held: Clinic) -> None:
    for out, said in ((held.data / "out", "data folder"), (held.folder, "new or empty")):
        done = held.run("leave", out, "--delete")
        assert (done.returncode, said in one_line(done.stderr)) == (2, True)
