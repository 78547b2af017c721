"""The commands as someone runs them: data on standard output, words on standard error, the exit status."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import sqlite3
import subprocess
import sys
import zlib
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assess_tui.commands.asked import Asked
from assess_tui.commands.command_line import asked, asked_of_all
from assess_tui.storage.ids import uuid7
from assess_tui.storage.record import open_record
from protocols.grading import SideGrade
from protocols.knowledge import DATA
from tests.end_to_end.clinic import LINE, ROOT, Clinic, changed, one_line, with_patient
from tests.screens.conftest import TurnedClock, _opened

STAND_CASES = ROOT / "tests" / "protocols" / "standing_cases.jsonl"
LYING, UPRIGHT = ("hr", "sbp", "dbp"), ("minute", "hr", "sbp", "dbp")
BEATS = ("nadir_sbp", "nadir_dbp", "nadir_s", "recovered_s")

WORDS = (
    *("--data", "clinic", "--data=", "--plain", "--plain=1", "--no-encryption", "--passphrase-file", "--p", "--pl"),
    *("--clock-speed", "2", "fast", "demo", "verify", "plan", "--text", "--version", "--help", "--wrong", "--", ""),
)
"""Of command lines, right and wrong ones."""

# -- interpret ---------------------------------------------------------------------------------------------------------


def test_interpret_answers_every_line_and_reports_the_bad_one(clinic: Clinic) -> None:
    bad = changed(ref=2, tests={"mtt_hip_ext": {"left": "x"}})
    lines = f"{json.dumps(LINE)}\n\n{json.dumps(bad)}\nnot json\n{json.dumps(changed(ref=5))}"
    done = clinic.run("interpret", stdin=lines.encode())
    first, second, third, fourth = map(json.loads, done.stdout.splitlines())
    assert done.returncode == 2
    assert first["plan"]["blocked"] is False
    assert second == {"ref": 2, "error": 'line 3: tests.mtt_hip_ext.left: expected a number, got "x"'}
    assert third["error"].startswith("line 4:")
    assert fourth == first | {"ref": 5}
    assert not clinic.data.exists()


def test_interpret_reads_a_file_a_dash_and_what_is_not_utf8(clinic: Clinic) -> None:
    file = clinic.file(LINE)
    from_file = clinic.run("interpret", file)
    assert from_file.returncode == 0
    assert clinic.run("interpret", "-", stdin=file.read_bytes()).stdout == from_file.stdout
    broken = clinic.run("interpret", stdin=b'{"ref": "\xff", "patient": {"age": 34, "sex": "F"}}\n' + file.read_bytes())
    error, answer = map(json.loads, broken.stdout.splitlines())
    assert "UTF-8" in error["error"]
    assert answer == json.loads(from_file.stdout)
    missing = clinic.run("interpret", clinic.folder / "nothing.jsonl")
    assert (missing.returncode, missing.stdout) == (2, "")
    assert "nothing.jsonl: No such file" in one_line(missing.stderr)


def as_line(stand: dict[str, Any]) -> dict[str, Any]:
    """A stored stand test as `interpret` takes it: readings as rows."""
    told = dict(stand)
    for key, names in (("supine", LYING), ("standing", UPRIGHT)):
        told[key] = [[reading.get(name) for name in names] for reading in stand.get(key, [])]
    if beats := stand.get("beat_to_beat"):
        told["beat_to_beat"] = [beats[name] for name in BEATS]
    return told


def test_the_twenty_published_stand_tests_by_command(clinic: Clinic) -> None:
    cases = [json.loads(line) for line in STAND_CASES.read_text(encoding="utf-8").splitlines()]
    lines = [
        {"ref": case["name"], "patient": {"age": case["age"]}, "standing": as_line(case["stand"])} for case in cases
    ]
    done = clinic.run("interpret", stdin="\n".join(map(json.dumps, lines)).encode())
    answers = {told["ref"]: told["standing"] for told in map(json.loads, done.stdout.splitlines())}
    assert (done.returncode, len(answers)) == (0, 20)
    for case in cases:
        answer, published = answers[case["name"]], case["verdict"]
        assert (answer["label"], answer["tags"]) == (published["label"], published.get("tags", [])), case["name"]


def test_interpret_stops_quietly_when_nobody_reads_on(clinic: Clinic) -> None:
    lines = (json.dumps(LINE) + "\n") * 400
    reading = subprocess.Popen(
        [sys.executable, "-m", "assess_tui", "interpret", str(clinic.file(lines, "many.jsonl"))],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert reading.stdout is not None
    assert reading.stderr is not None
    reading.stdout.readline()
    reading.stdout.close()
    assert reading.wait(30) == 1
    assert reading.stderr.read() == b""
    reading.stderr.close()


def test_the_module_is_the_command() -> None:
    line = json.dumps(LINE).encode()
    command = [sys.executable, "-m", "assess_tui", "interpret"]
    done = subprocess.run(command, cwd=ROOT, input=line, capture_output=True, timeout=60, check=True)
    assert json.loads(done.stdout)["standing"]["stage"] == 2
    assert done.stderr == b""


# -- import and what follows -------------------------------------------------------------------------------------------

VISITS: list[dict[str, Any]] = [
    LINE,
    changed(red_flags=["cord"], red_flags_unknown=["ces_bladder", "wt_loss"]),
    changed(standing={"supine": [[72, 114, 72]]}),
    changed(standing=None, previous=None, tests={}, kit=[], minutes=5) | {"standing": {"upright_symptoms": True}},
    changed(pem=True, medical_clearance={"by": "Dr. Łoś", "date": "2026-10-10"}, agreed=["salt"], taught=["R01b"]),
    {"date": "2026-11-01", "patient": LINE["patient"]},
]


@pytest.mark.parametrize("line", VISITS)
def test_an_imported_visit_is_answered_as_interpret_answers_its_line(clinic: Clinic, line: dict[str, Any]) -> None:
    told = {key: value for key, value in line.items() if value is not None}
    ids = clinic.stored(told)
    interpreted = json.loads(clinic.run("interpret", clinic.file(told)).stdout)
    planned = json.loads(clinic.run("plan", ids["visit"], "--json").stdout)
    found = json.loads(clinic.run("findings", ids["visit"][:20], "--json").stdout)
    assert planned == interpreted | {"ref": ids["visit"]}
    assert found == {key: value for key, value in planned.items() if key != "plan"}


def test_the_same_patient_is_found_again_by_code_or_by_name_and_birth_date(clinic: Clinic) -> None:
    first = clinic.stored(with_patient(code="K7"))
    by_name = clinic.stored(changed(date="2026-11-08"))
    by_code = clinic.stored(with_patient(code="k7", family_name="Łoś-Nowak"))
    other = clinic.stored(with_patient(birth_date="1992-03-05"))
    assert by_name["patient"] == by_code["patient"] == first["patient"] != other["patient"]
    assert len({first["visit"], by_name["visit"], by_code["visit"]}) == 3


def test_a_second_visit_is_compared_with_the_first(clinic: Clinic) -> None:
    for day, left in (("2026-10-01", -9), ("2026-11-01", 2)):
        told = {"date": day, "clinician": "M. Vogel", "patient": LINE["patient"]}
        ids = clinic.stored(told | {"tests": {"mtt_hip_ext": {"left": left, "right": 0}}})
    found = json.loads(clinic.run("findings", ids["visit"], "--json").stdout)
    assert found["tests"]["mtt_hip_ext"]["change"]["left"] == {
        "delta": 11,
        "mdc": 7,
        "beyond_error": True,
        "say": "improved",
    }


def test_findings_for_reading_name_patient_values_and_reasons(clinic: Clinic) -> None:
    text = clinic.run("findings", clinic.stored(LINE)["visit"]).stdout
    assert text.startswith("Ana Łoś · 1992-03-04 · ")
    assert "level 1" in text
    assert "right -8° limited, pain" in text
    assert "Stage 2" in text


def test_minutes_plan_anew_and_are_limited(clinic: Clinic) -> None:
    visit = clinic.stored(changed(red_flags=[], standing={"supine": [[70, 112, 70]] * 2}))["visit"]
    minutes = [
        json.loads(clinic.run("plan", visit, "--json", "--minutes", n).stdout)["plan"]["minutes"] for n in ("5", "25")
    ]
    assert minutes[0] <= 5 < minutes[1] <= 25
    for wrong in ("0", "-1", "121"):
        assert "--minutes" in one_line(clinic.run("plan", visit, f"--minutes={wrong}").stderr)


# -- knowledge ---------------------------------------------------------------------------------------------------------


def test_the_knowledge_is_listed_shown_checked_and_drawn(clinic: Clinic) -> None:
    assert {"pelvic_tilt", "nprs"} <= {line.split()[0] for line in clinic.run("tests", "list").stdout.splitlines()}
    assert len(clinic.run("exercises", "list").stdout.splitlines()) == 67
    assert "ASIS" in clinic.run("tests", "show", "pelvic_tilt").stdout
    assert "Stop if:" in clinic.run("exercises", "show", "M04").stdout
    for kind in ("tests", "exercises"):
        checked = clinic.run(kind, "check")
        assert (checked.returncode, checked.stdout) == (0, "")
        unknown = clinic.run(kind, "show", "zzz")
        assert unknown.returncode == 2
        assert f"assess-tui {kind} list" in one_line(unknown.stderr)
    out = clinic.folder / "m04.svg"
    assert clinic.run("exercises", "draw", "M04", "-o", out).returncode == 0
    assert out.read_text().startswith("<svg")
    assert clinic.run("exercises", "draw", "M04", "-o", "-").stdout == out.read_text()


def test_version_names_knowledge_and_intended_use(clinic: Clinic) -> None:
    text = clinic.run("--version").stdout
    clinic.stored(LINE)
    with sqlite3.connect(clinic.data / "clinic.db") as raw:
        ((digest, version),) = raw.execute("SELECT digest, version FROM library").fetchall()
    assert f"Knowledge {version}, {digest}." in text
    assert text.startswith("assess-tui 0.1.0. Knowledge ")
    assert "no diagnosis" in text
    assert "clinician decides" in text


# -- the command line --------------------------------------------------------------------------------------------------


def test_global_options_stand_before_or_after_the_command(clinic: Clinic) -> None:
    visit = clinic.stored(LINE)["visit"]
    elsewhere = clinic.folder / "elsewhere"
    for command in (("--data", elsewhere, "findings", visit), ("findings", visit, "--data", elsewhere)):
        assert str(elsewhere) in clinic.run(*command).stderr
    assert clinic.run("--data", elsewhere, "findings", visit, "--data", clinic.data).returncode == 0


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=5))
def test_what_is_asked_for_without_a_command_is_what_the_parser_of_all_commands_says(words: list[str]) -> None:
    assert said_and_meant(asked, words) == said_and_meant(asked_of_all, words)


def said_and_meant(read: Callable[..., Asked], words: list[str]) -> tuple[str, object]:
    """What is written, and the options or the exit status."""
    with redirect_stdout(StringIO()) as out, redirect_stderr(StringIO()) as said:
        try:
            meant: object = vars(read(words))
        except SystemExit as left:
            meant = left.code
    return out.getvalue() + said.getvalue(), meant


def test_without_a_terminal_the_instrument_says_what_works_there(clinic: Clinic) -> None:
    for command in ((), ("demo",)):
        done = clinic.run(*command)
        assert (done.returncode, done.stdout) == (1, "")
        assert "interpret" in one_line(done.stderr)
    assert not clinic.data.exists()


def test_a_pdf_is_its_owners_alone_and_on_record(clinic: Clinic) -> None:
    visit = clinic.stored(LINE)["visit"]
    out = clinic.folder / "plan.pdf"
    for command in (("plan", visit, "--size", "16"), ("report", visit)):
        done = clinic.run(*command, "--pdf", out)
        assert (done.returncode, done.stdout) == (0, "")
        assert out.read_bytes().startswith(b"%PDF")
        assert out.stat().st_mode & 0o777 == 0o600
    with sqlite3.connect(clinic.data / "clinic.db") as raw:
        noted = raw.execute("SELECT kind, sha256 FROM document ORDER BY id").fetchall()
    assert noted[-1] == ("report", hashlib.sha256(out.read_bytes()).hexdigest())
    assert len(noted) == 2
    nowhere = clinic.run("plan", visit, "--pdf", clinic.folder / "no" / "plan.pdf")
    assert nowhere.returncode == 1
    assert "cannot be written" in one_line(nowhere.stderr)


def test_the_plan_last_saved_is_the_plan(clinic: Clinic) -> None:
    visit = clinic.stored(changed(red_flags=[]))["visit"]
    made = json.loads(clinic.run("plan", visit, "--json").stdout)["plan"]
    record = open_record(clinic.data, lambda: dt.datetime.now(dt.UTC), uuid7)
    edited = {**made, "exercises": made["exercises"][:1], "messages": ["one card for the start"]}
    record.save_plan(visit, edited, "M. Vogel")
    record.close()
    assert json.loads(clinic.run("plan", visit, "--json").stdout)["plan"] == edited
    assert json.loads(clinic.run("plan", visit, "--json", "--minutes", "10").stdout)["plan"] == made


def test_help_names_every_command_and_the_exit_status(clinic: Clinic) -> None:
    done = clinic.run("--help")
    assert done.returncode == 0
    for word in (
        "interpret",
        "import",
        "findings",
        "plan",
        "report",
        "tests",
        "exercises",
        "demo",
        "--clock-speed",
        "Exit",
    ):
        assert word in done.stdout


# -- the definitions a visit was taken with ----------------------------------------------------------------------------


async def test_a_visit_keeps_its_definitions_in_commands_and_on_screens(clinic: Clinic) -> None:
    visit = clinic.stored(LINE)["visit"]
    before = clinic.run("findings", visit, "--json").stdout
    own = clinic.data / "library" / "tests"
    own.mkdir(parents=True)
    test = (DATA / "tests" / "mtt_hip_ext.toml").read_text(encoding="utf-8")
    assert "hard = [-60, 40]" in test
    edited = "version = 2\n" + test.replace("hard = [-60, 40]", "hard = [-5, 40]")
    (own / "mtt_hip_ext.toml").write_text(edited, encoding="utf-8")
    interpreted = json.loads(clinic.run("interpret", clinic.file(LINE)).stdout)
    assert interpreted["tests"]["mtt_hip_ext"]["right"]["class"] == "INVALID"
    assert clinic.run("findings", visit, "--json").stdout == before
    async with _opened(clinic.data, TurnedClock(), (100, 30)) as it:
        it.app.open_visit(visit)
        await it.pilot.pause()
        assert it.app.session is not None
        grade = it.app.session.grade("mtt_hip_ext")
        assert grade is not None
        right = grade.sides["right"]
        assert isinstance(right, SideGrade)
        assert right.grade == json.loads(before)["tests"]["mtt_hip_ext"]["right"]["class"]


def test_definitions_of_an_older_make_give_way_to_todays(clinic: Clinic) -> None:
    visit = clinic.stored(LINE)["visit"]
    before = clinic.run("findings", visit, "--json").stdout
    with sqlite3.connect(clinic.data / "clinic.db") as raw:
        ((guard,),) = raw.execute("SELECT sql FROM sqlite_master WHERE name = 'library_no_update'").fetchall()
        raw.execute("DROP TRIGGER library_no_update")
        raw.execute("UPDATE library SET body = ?", [zlib.compress(b'{"version": "old"}')])
        raw.execute(guard)
    done = clinic.run("findings", visit, "--json")
    assert (done.returncode, done.stdout) == (0, before)
    assert "older make" in one_line(done.stderr)
