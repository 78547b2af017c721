"""erase, merge and unmerge, and what an import leaves to settle, as they are typed."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from assess_tui.commands.context import now
from assess_tui.commands.erasing import ELSEWHERE
from assess_tui.commands.people import in_words
from assess_tui.storage.ids import uuid7
from assess_tui.storage.record import open_record
from assess_tui.storage.verify import verify
from tests.end_to_end.clinic import LINE, Clinic, one_line, with_patient

WHY = ("--why", "asked for it in writing", "--who", "M. Vogel")
TWO = ("--why", "one birth date, one phone number", "--who", "M. Vogel")


def whole(clinic: Clinic) -> bool:
    return verify(clinic.data / "clinic.db").problems == ()


@pytest.fixture
def held(clinic: Clinic) -> Clinic:
    """Two records that may be of one person, a visit on each."""
    clinic.stored(with_patient(code="K7"))
    clinic.stored({**with_patient(code="K8", given_name="Anna"), "date": "2026-10-01", "previous": None})
    return clinic


def exported(clinic: Clinic, *scope: str) -> dict[str, list[dict[str, Any]]]:
    done = clinic.run("export", *scope, "--format", "json", "-o", "-")
    told: dict[str, list[dict[str, Any]]] = json.loads(done.stdout)
    return told


# -- merge -------------------------------------------------------------------------------------------------------------


def test_merged_they_are_one_person_and_unmerged_two_again(held: Clinic) -> None:
    before = exported(held, "--all")
    done = held.run("merge", "k7", "K8", *TWO, "--yes")
    assert (done.returncode, "2 visits" in done.stdout, "name" in done.stderr) == (0, True, True)
    for code in ("K7", "K8"):
        assert len(exported(held, "--patient", code)["visit"]) == 2
    bundle = json.loads(held.run("export", "--patient", "K8", "--format", "fhir", "-o", "-").stdout)
    kinds = [one["resource"]["resourceType"] for one in bundle["entry"]]
    assert (kinds.count("Patient"), kinds.count("Encounter")) == (1, 2)
    assert "one person already" in one_line(held.run("merge", "K8", "K7", *TWO, "--yes").stderr)
    assert held.run("unmerge", "K7", "K8", *TWO).returncode == 0
    after = exported(held, "--all")
    assert [row["one"] for row in after.pop("patient_union")] == [True, False]
    assert after == {name: rows for name, rows in before.items() if name != "patient_union"}
    assert len(exported(held, "--patient", "K8")["visit"]) == 1
    assert whole(held)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("merge", "K7", "K7", *TWO, "--yes"), "name two"),
        (("merge", "K7", "K99", *TWO, "--yes"), "K99"),
        (("merge", "K7", "K8", "--why", " ", "--who", "M", "--yes"), "--why"),
        (("merge", "K7", "K8", "--why", "x", "--yes"), "--who"),
        (("merge", "K7", "K8", *TWO), "--yes"),
        (("unmerge", "K7", "K8", *TWO), "two people already"),
        (("erase", "K7", "--who", "M", "--yes"), "--why"),
        (("erase", "K7", "--who", "M", "--why", "Anna asked", "--yes"), "must not name"),
        (("erase", "K99", *WHY, "--yes"), "K99"),
        (("erase",), "name the patient"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_changes_nothing(
    held: Clinic, arguments: tuple[str, ...], words: str
) -> None:
    if "Anna asked" in arguments:
        arguments = tuple("K8" if one == "K7" else one for one in arguments)
    before = exported(held, "--all")
    done = held.run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr.splitlines()[-1]
    assert exported(held, "--all") == before


# -- erase -------------------------------------------------------------------------------------------------------------


def test_a_person_is_erased_with_every_record_and_paper_and_the_copies_go_on_request(held: Clinic) -> None:
    second = held.folder / "stick"
    second.mkdir()
    held.run("backup", "--second", second)
    assert held.run("merge", "K7", "K8", *TWO, "--yes").returncode == 0
    held.stored(with_patient(code="P1", given_name="Kim", family_name="Lee"))
    for place in (held.data / "backups", second):
        place.mkdir(exist_ok=True)
        shutil.copy(held.data / "clinic.db", place / "clinic-20261101-120000.db")
    papers = held.data / "documents"
    papers.mkdir()
    for name in ("K7-2026-11-01-plan.pdf", "K8-2026-11-01-export.json", "K77-2026-11-01-plan.pdf"):
        (papers / name).write_text("Łoś")
    done = held.run("erase", "K8", *WHY, "--yes")
    assert done.returncode == 0, done.stderr
    assert "2 patient details, 2 patients" in done.stdout
    assert done.stderr.count("still holds the patient") == 2
    assert [one.name for one in papers.iterdir()] == ["K77-2026-11-01-plan.pdf"]
    assert whole(held)
    done = held.run("erase", "--backups")
    assert (done.returncode, done.stdout.count("deleted: ")) == (0, 2)
    for path in held.folder.rglob("*.db*"):
        assert "Łoś".encode() not in path.read_bytes()
        assert verify(path).problems == ()
    assert "no copy known here" in one_line(held.run("erase", "--backups").stderr)


def test_a_copy_that_holds_more_than_the_record_is_kept(held: Clinic) -> None:
    out = held.folder / "out.db"
    held.run("backup", out)
    held.stored(with_patient(code="P1", given_name="Kim", family_name="Lee"))
    assert held.run("restore", "--replace", out).returncode == 0
    (replaced,) = held.data.glob("clinic.replaced-*.db")
    done = held.run("erase", "K8", *WHY, "--yes", "--backups")
    assert done.returncode == 0
    assert "rows the record does not" in done.stderr
    assert replaced.exists()


def test_a_backup_from_before_an_erasure_says_who_is_back(held: Clinic) -> None:
    out = held.folder / "out.db"
    held.run("backup", out)
    assert held.run("erase", "K8", *WHY, "--yes").returncode == 0
    done = held.run("restore", "--replace", out)
    assert (done.returncode, "erased since: K8;" in done.stderr) == (0, True)
    done = held.run("erase", "K8", *WHY, "--yes", "--backups")
    assert done.returncode == 0
    assert whole(held)


# -- import ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def both(held: Clinic, tmp_path: Path) -> tuple[Clinic, Clinic]:
    """The clinic, and a second laptop that gave one of the codes to somebody else."""
    there = Clinic(tmp_path / "there")
    there.folder.mkdir()
    there.stored(with_patient(code="K7", given_name="Kim", family_name="Lee"))
    there.run("export", "--all", "--format", "json", "-o", there.folder / "all.json")
    return held, there


def test_an_import_keeps_a_copy_and_says_what_is_to_settle(both: tuple[Clinic, Clinic]) -> None:
    held, there = both
    done = held.run("import", there.folder / "all.json")
    assert done.returncode == 0, done.stderr
    (copy,) = (held.data / "backups").glob("*.db")
    assert verify(copy).problems == ()
    assert "the code K7 is that of 2 patients" in done.stderr
    assert "to settle: " in held.run("verify").stdout
    done = held.run("export", "--patient", "K7", "--format", "csv", "-o", "-")
    assert (done.returncode, done.stdout) == (2, "")
    assert "by its id" in one_line(done.stderr)
    record = open_record(held.data, now, uuid7)
    ids = [one.id for one in record.coded("K7")]
    record.close()
    assert held.run("merge", *ids, *TWO, "--yes").returncode == 0
    assert "to settle" not in held.run("verify").stdout


def test_an_erased_patient_does_not_come_back_by_an_import(held: Clinic) -> None:
    older = held.folder / "older.json"
    held.run("export", "--all", "--format", "json", "-o", older)
    assert held.run("erase", "K8", *WHY, "--yes").returncode == 0
    done = held.run("import", older)
    told = json.loads(done.stdout)
    assert (told["new"], told["visits"]) == (0, 0)
    assert told["erased"] > 10
    assert "erased from this record" in done.stderr
    assert [row["code"] for row in exported(held, "--all")["patient_detail"]] == ["K7"]
    assert LINE["patient"]["given_name"] == "Ana"


class Window(io.StringIO):
    """A terminal of eighty columns."""

    def isatty(self) -> bool:
        return True


def test_what_is_told_at_a_terminal_is_broken_between_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    terminal, pipe = Window(), io.StringIO()
    for stream in (terminal, pipe):
        in_words(ELSEWHERE, stream)
    rows = terminal.getvalue().splitlines()
    assert len(rows) > 1
    assert all(len(row) < 80 for row in rows)
    assert terminal.getvalue().split() == ELSEWHERE.split()
    assert pipe.getvalue() == f"{ELSEWHERE}\n"
