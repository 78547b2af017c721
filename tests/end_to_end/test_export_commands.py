"""`export` and reading it back by command: files, words, exit statuses, a spreadsheet that runs nothing."""

from __future__ import annotations

import csv
import io
import json
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from assess_tui.commands.context import now
from assess_tui.storage.ids import uuid7
from assess_tui.storage.record import Record, open_record
from assess_tui.storage.verify import verify
from tests.end_to_end.clinic import LINE, Clinic, changed, one_line, with_patient

FORMULAS = ("=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", " =1")


@contextmanager
def the_record(folder: Path) -> Iterator[Record]:
    record = open_record(folder, now, uuid7)
    yield record
    record.close()


def rows(clinic: Clinic, *scope: str) -> list[dict[str, str]]:
    done = clinic.run("export", *scope, "--format", "csv", "-o", "-")
    assert done.returncode == 0, done.stderr
    return list(csv.DictReader(io.StringIO(done.stdout.removeprefix("\ufeff"), newline="")))


# -- files and words ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["json", "csv", "fhir"])
def test_a_file_of_its_owner_and_words_that_it_is_not_encrypted(clinic: Clinic, form: str) -> None:
    clinic.stored(LINE)
    out = clinic.folder / "out"
    done = clinic.run("export", "--all", "--format", form, "-o", out)
    assert (done.returncode, done.stdout) == (0, "")
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    said = one_line(done.stderr)
    assert "1 patient, 1 visit" in said
    assert "not encrypted" in said
    assert "Ana" not in said
    printed = clinic.run("export", "--all", "--format", form, "-o", "-")
    assert printed.stdout.encode() == out.read_bytes()


def test_a_patient_is_named_by_code_or_id_and_a_visit_by_the_start_of_its_id(clinic: Clinic) -> None:
    ids = clinic.stored(with_patient(code="K7"))
    other = clinic.stored(with_patient(code="K8", given_name="Zwetelina", family_name="Kim"))
    told = [
        clinic.run("export", *scope, "--format", "json", "-o", "-").stdout
        for scope in (("--patient", "k7"), ("--patient", ids["patient"]), ("--visit", ids["visit"]))
    ]
    assert told[0] == told[1]
    for text in told:
        assert [row["id"] for row in json.loads(text)["visit"]] == [ids["visit"]]
        assert other["patient"] not in text
        assert "Zwetelina" not in text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--patient", "nobody", "--format", "csv", "-o", "-"), "nobody"),
        (("--visit", "ffff", "--format", "csv", "-o", "-"), "ffff"),
        (("--all", "--format", "xml", "-o", "-"), "xml"),
        (("--format", "csv", "-o", "-"), "required"),
        (("--all", "--patient", "K7", "--format", "csv", "-o", "-"), "not allowed"),
        (("--all", "--without-papers", "--format", "csv", "-o", "-"), "--without-papers"),
    ],
)
def test_what_cannot_be_exported_is_one_line_and_status_two(
    clinic: Clinic, arguments: tuple[str, ...], words: str
) -> None:
    clinic.stored(LINE)
    done = clinic.run("export", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in one_line(done.stderr)


def test_the_record_is_never_written_over(clinic: Clinic) -> None:
    clinic.stored(LINE)
    before = (clinic.data / "clinic.db").read_bytes()
    for name in ("clinic.db", "clinic.keys"):
        done = clinic.run("export", "--all", "--format", "json", "-o", clinic.data / name)
        assert done.returncode == 2
        assert "belongs to the record" in one_line(done.stderr)
    assert (clinic.data / "clinic.db").read_bytes() == before


def test_a_folder_that_is_not_there_is_said_and_nothing_is_left(clinic: Clinic) -> None:
    clinic.stored(LINE)
    done = clinic.run("export", "--all", "--format", "json", "-o", clinic.folder / "none" / "out")
    assert done.returncode == 1
    assert "cannot be written" in one_line(done.stderr)


def test_exports_and_imports_stand_in_the_audit(clinic: Clinic, tmp_path: Path) -> None:
    ids = clinic.stored(LINE)
    out = clinic.folder / "out.json"
    clinic.run("export", "--patient", ids["patient"], "--format", "json", "-o", out)
    with the_record(clinic.data) as record:
        assert record._row("SELECT action, subject FROM audit ORDER BY number DESC") == ("exported", ids["patient"])
    there = Clinic(tmp_path / "there")
    there.folder.mkdir()
    assert there.run("import", out).returncode == 0
    with the_record(there.data) as record:
        assert record._row("SELECT action, subject FROM audit ORDER BY number DESC") == ("imported", ids["patient"])
    assert verify(there.data / "clinic.db").problems == ()


# -- back again --------------------------------------------------------------------------------------------------------


def test_two_clinics_take_in_each_other_and_export_the_same(clinic: Clinic, tmp_path: Path) -> None:
    there = Clinic(tmp_path / "there")
    there.folder.mkdir()
    clinic.stored(LINE)
    there.stored(with_patient(given_name="Zwetelina", family_name="Kim"))
    for one in (clinic, there):
        assert one.run("export", "--all", "--format", "json", "-o", one.folder / "all.json").returncode == 0
    for one, other in ((clinic, there), (there, clinic)):
        done = one.run("import", other.folder / "all.json")
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["visits"] == 1
    told = [one.run("export", "--all", "--format", "json", "-o", "-").stdout for one in (clinic, there)]
    assert told[0] == told[1]
    assert len(json.loads(told[0])["patient"]) == 2


def test_an_import_names_the_file_and_the_row(clinic: Clinic) -> None:
    clinic.stored(LINE)
    told: dict[str, Any] = json.loads(clinic.run("export", "--all", "--format", "json", "-o", "-").stdout)
    told["visit"][0]["clinician"] = "Somebody else"
    done = clinic.run("import", clinic.file(told, "all.json"))
    assert (done.returncode, done.stdout) == (2, "")
    said = one_line(done.stderr)
    assert "all.json" in said
    assert told["visit"][0]["id"] in said


def test_a_file_that_cannot_be_read_begins_no_record(clinic: Clinic) -> None:
    done = clinic.run("import", clinic.file('{"format":"assess-tui-export","version":1,"scope":"cli'))
    assert done.returncode == 2
    assert "visit.json" in one_line(done.stderr)
    assert not clinic.data.exists()


# -- the table ---------------------------------------------------------------------------------------------------------


def test_the_table_has_a_row_for_each_answer_with_its_grade(clinic: Clinic) -> None:
    clinic.stored(LINE)
    told = rows(clinic, "--all")
    at = {(row["test id"], row["side"], row["field"]): row for row in told}
    assert len(at) == len(told)
    limited = at["mtt_hip_ext", "right", "value"]
    assert (limited["value"], limited["unit"], limited["grade"], limited["pain"]) == ("-8", "deg", "limited", "4")
    assert at["pelvic_tilt", "right", "value"]["value"] == "15.5"
    assert at["sls_eo", "left", "trial.2"]["value"] == "28.5"
    absent = at["hip_ir_supine", "right", "value"]
    assert (absent["value"], absent["absent"], absent["note"]) == ("", "pain", "<b>stopped[/]")
    assert at["'@flags", "value", "night_pain"]["value"] == "yes"
    assert {(row["patient code"], row["family name"], row["birth date"]) for row in told} == {
        (limited["patient code"], "Łoś", "1992-03-04")
    }


def test_the_table_opens_in_a_spreadsheet(clinic: Clinic) -> None:
    clinic.stored(LINE)
    out = clinic.folder / "out.csv"
    clinic.run("export", "--all", "--format", "csv", "-o", out)
    data = out.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\n") == data.count(b"\r\n")
    assert b',-8,"deg"' in data  # a negative number is a number
    assert data.endswith(b"\r\n")


@pytest.mark.parametrize("formula", FORMULAS)
def test_nothing_typed_is_run_as_a_formula(clinic: Clinic, formula: str) -> None:
    ids = clinic.stored(changed(clinician="x", tests={"pelvic_tilt": {"left": -3}}))
    with the_record(clinic.data) as record:
        patient = record.patient(ids["patient"])
        told = {name: getattr(patient, name) for name in patient.__struct_fields__}
        record.revise_patient(type(patient)(**told | {"family_name": formula, "given_name": formula}))
        (row,) = [row for row in record.history(ids["visit"]) if row.test == "pelvic_tilt"]
        told = {name: getattr(row, name) for name in row.__struct_fields__}
        record.append(type(row)(**told | {"id": uuid7(), "note": formula, "clinician": formula, "supersedes": row.id}))
    table = rows(clinic, "--all")
    (typed,) = [line for line in table if line["test id"] == "pelvic_tilt"]
    for column in ("family name", "given name", "note", "clinician"):
        assert typed[column] == f"'{formula}"
    assert typed["value"] == "-3"
    for line in table:
        for column, cell in line.items():
            assert column in ("value", "pain") or not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
