"""The clinic changes a test: what is told of it, what would differ, and that stored visits keep their grades."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from assess_tui.commands import about
from assess_tui.storage.ids import uuid7
from assess_tui.storage.record import open_record
from protocols.library import DATA, load
from protocols.schema import schema_text
from tests.end_to_end.clinic import LINE, Clinic, with_patient

HIP = "hip_ir_supine"


def own_folder(clinic: Clinic) -> Path:
    folder = clinic.data / "library" / "tests"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def stricter(clinic: Clinic) -> None:
    """The clinic's own version of a test: 24 degrees is limited by it."""
    text = (DATA / "tests" / f"{HIP}.toml").read_text(encoding="utf-8")
    lines = ["cuts = [60, 50]" if line.startswith("cuts = ") else line for line in text.splitlines()]
    (own_folder(clinic) / f"{HIP}.toml").write_text("\n".join(["version = 2", *lines]), encoding="utf-8")


def left_hip(clinic: Clinic, visit: str) -> str:
    told = json.loads(clinic.run("findings", visit, "--json").stdout)["tests"][HIP]["left"]["class"]
    return str(told)


def test_nothing_is_said_to_differ_where_nothing_does(clinic: Clinic) -> None:
    clinic.stored(LINE)
    done = clinic.run("knowledge")
    assert done.returncode == 0
    assert done.stdout.splitlines()[1:] == ["1 visit on record taken with it."]


def test_a_clinic_without_a_record_is_told_so(clinic: Clinic) -> None:
    done = clinic.run("knowledge")
    assert (done.returncode, done.stdout) == (2, "")
    assert "no record yet" in done.stderr


def test_what_changed_and_how_many_grades_would_differ(clinic: Clinic) -> None:
    first = clinic.stored(LINE)["visit"]
    clinic.stored(with_patient(family_name="Nowak") | {"tests": {"nprs": {"value": 4}}})
    stricter(clinic)
    own = clinic.stored(with_patient(family_name="Berg"))["visit"]
    told = clinic.run("knowledge").stdout.splitlines()
    assert told[1:3] == [
        f"With 1 of the clinic's own library: tests/{HIP}.",
        "1 visit on record taken with it.",
    ]
    assert told[4].startswith(f"2 visits taken with knowledge {load().version}, {load().digest}, 2026-11-01")
    assert f"  test changed: {HIP}: version, measure.bands" in told
    assert f"    {HIP}: 1" in told
    assert any("  1 of " in line and "in 1 of 2 visits" in line for line in told)
    assert "keep the grades of their day" in told[-1]
    assert (left_hip(clinic, first), left_hip(clinic, own)) == ("W", "R")


def test_every_paper_of_a_stored_visit_stays_as_it_was(clinic: Clinic) -> None:
    visit = clinic.stored(LINE)["visit"]
    ways = (("findings",), ("plan", "--text"), ("plan", "--json"), ("report", "--text"))
    before = [clinic.run(command, visit, *form).stdout for command, *form in ways]
    stricter(clinic)
    assert [clinic.run(command, visit, *form).stdout for command, *form in ways] == before
    assert load().digest in before[-1]


def test_an_unfinished_visit_keeps_its_definitions_too(clinic: Clinic) -> None:
    clinic.data.mkdir()
    record = open_record(clinic.data, lambda: dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC), uuid7)
    ana = record.add_patient(family_name="Ruiz", given_name="Ana", birth_date=dt.date(1992, 3, 4), sex="F")
    visit = record.open_visit(ana.id, "M. Vogel", load())
    record.close()
    stricter(clinic)
    assert load().digest in clinic.run("report", visit.id, "--text").stdout


def test_definitions_that_cannot_be_compared_are_said(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    clinic.stored(LINE)
    stricter(clinic)
    monkeypatch.setattr("assess_tui.storage.visits.Library", int)
    assert "  Its definitions are of an older make and cannot be compared." in clinic.run("knowledge").stdout


def test_the_origin_stands_in_lists_and_beside_each_test(clinic: Clinic) -> None:
    stricter(clinic)
    (line,) = [line for line in clinic.run("tests", "list").stdout.splitlines() if "clinic's own" in line]
    assert line.startswith(HIP)
    assert line.endswith("version 2")
    assert "From: the clinic's own library, version 2" in clinic.run("tests", "show", HIP).stdout
    assert "From: bundled, version 1" in clinic.run("tests", "show", "nprs").stdout
    assert "From: bundled, version 1" in clinic.run("exercises", "show", "A03").stdout


def test_the_folder_named_with_data_is_the_one_read(clinic: Clinic) -> None:
    stricter(clinic)
    elsewhere = clinic.folder / "elsewhere"
    assert "clinic's own" not in clinic.run("tests", "list", "--data", elsewhere).stdout


@pytest.mark.parametrize("kind", ["test", "exercise"])
def test_the_schemas_are_handed_out(clinic: Clinic, kind: str) -> None:
    assert clinic.run(f"{kind}s", "schema").stdout == schema_text(kind)


def test_old_knowledge_is_said_to_be_old(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(about, "now", lambda: dt.datetime(2040, 1, 1, tzinfo=dt.UTC))
    assert "look for a newer version" in clinic.run("--version").stdout


def test_the_report_says_whether_the_knowledge_was_old_on_the_day_of_the_visit(clinic: Clinic) -> None:
    visit = clinic.stored(LINE)["visit"]
    assert "next review due" in " ".join(clinic.run("report", visit, "--text").stdout.split())
