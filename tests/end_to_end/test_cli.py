"""The commands as someone runs them: data on standard output, words on standard error, the exit status."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from assess_tui.cli import main
from assess_tui.storage.errors import StorageError
from assess_tui.storage.ids import uuid7
from assess_tui.storage.record import Record, open_record

ROOT = Path(__file__).parents[2]
LINE: dict[str, Any] = {
    "ref": "any",
    "date": "2026-11-01",
    "clinician": "M. Vogel",
    "patient": {"family_name": "Łoś", "given_name": "Ana", "birth_date": "1992-03-04", "sex": "F"},
    "red_flags": ["night_pain"],
    "precautions": ["WRIST"],
    "reported": {"SIT": 1},
    "main_problem": "LBT",
    "kit": ["mat", "band"],
    "minutes": 10,
    "tests": {
        "mtt_hip_ext": {"left": -3, "right": -8, "right_pain": 4, "right_compensated": True},
        "pelvic_tilt": {"left": 14, "right": 15.5},
        "sls_eo": {"left_trials": [31.0, 28.5, 30.1], "right": 40},
        "lordosis_obs": {"value": "pronounced"},
        "reset3": {"pre": 6, "post": 3},
        "hip_ir_supine": {"left": 24, "right": {"absent": "pain", "note": "<b>stopped[/]"}},
    },
    "standing": {
        "supine": [[72, 114, 72], [70, 112, 70]],
        "standing": [[1, 98, 112, 76], [2, 104, 110, 76], [3, 112, None, 78], [4, 118, 108, 78]],
        "upright_symptoms": True,
        "peak_symptoms": 6,
        "symptom_months": 8,
        "pain_start": 2,
        "pain_end": 4,
        "stopped_min": 4,
    },
    "previous": {"date": "2026-10-01", "same_rater": True, "tests": {"mtt_hip_ext": {"left": -9, "right": -9}}},
}


class Done(NamedTuple):
    """What a command left behind."""

    returncode: int
    stdout: str
    stderr: str


class Clinic:
    """Runs commands on a data folder of its own, in this process, with streams of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"

    def run(self, *arguments: str | Path, stdin: bytes = b"") -> Done:
        streams = [io.TextIOWrapper(io.BytesIO(told)) for told in (stdin, b"", b"")]
        with pytest.MonkeyPatch.context() as patched:
            patched.setenv("ASSESS_TUI_DATA", str(self.data))
            for name, stream in zip(("stdin", "stdout", "stderr"), streams, strict=True):
                patched.setattr(sys, name, stream)
            try:
                status = main([str(one) for one in arguments])
            except SystemExit as left:
                status = int(left.code or 0)
        told, said = (self._told(stream) for stream in streams[1:])
        return Done(status, told, said)

    def _told(self, stream: io.TextIOWrapper) -> str:
        stream.flush()
        return stream.buffer.getvalue().decode()  # type: ignore[attr-defined, no-any-return]

    def file(self, line: Any, name: str = "visit.json") -> Path:
        path = self.folder / name
        path.write_text(line if isinstance(line, str) else json.dumps(line), encoding="utf-8")
        return path

    def stored(self, line: Any) -> dict[str, str]:
        done = self.run("import", self.file(line))
        assert (done.returncode, done.stderr) == (0, "")
        ids: dict[str, str] = json.loads(done.stdout)
        return ids


@pytest.fixture
def clinic(tmp_path: Path) -> Clinic:
    return Clinic(tmp_path)


def one_line(text: str) -> str:
    lines = text.splitlines()
    assert len(lines) == 1, text
    return lines[0]


def changed(**changes: Any) -> dict[str, Any]:
    return {**LINE, **changes}


def with_patient(**changes: Any) -> dict[str, Any]:
    return changed(patient={**LINE["patient"], **changes})


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
    done = clinic.run("import", clinic.file(LINE))
    assert (done.returncode, done.stdout) == (1, "")
    assert "The disk is full" in one_line(done.stderr)
    with sqlite3.connect(clinic.data / "clinic.db") as raw:
        for table in ("patient", "visit", "measurement", "patient_search", "visit_open"):
            assert raw.execute(f"SELECT * FROM {table}").fetchall() == []  # noqa: S608


def test_findings_for_reading_name_patient_values_and_reasons(clinic: Clinic) -> None:
    text = clinic.run("findings", clinic.stored(LINE)["visit"]).stdout
    assert text.startswith("Ana Łoś · 1992-03-04 · ")
    assert "level 1" in text
    assert "right -8° limited, pain" in text
    assert "Stage 2" in text


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


def test_minutes_plan_anew_and_are_limited(clinic: Clinic) -> None:
    visit = clinic.stored(changed(red_flags=[], standing={"supine": [[70, 112, 70]] * 2}))["visit"]
    minutes = [
        json.loads(clinic.run("plan", visit, "--json", "--minutes", n).stdout)["plan"]["minutes"] for n in ("5", "25")
    ]
    assert minutes[0] <= 5 < minutes[1] <= 25
    for wrong in ("0", "-1", "121"):
        assert "--minutes" in one_line(clinic.run("plan", visit, f"--minutes={wrong}").stderr)


# -- the record's troubles ---------------------------------------------------------------------------------------------


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
    assert clinic.run("exercises", "draw", "M04", "-o", clinic.folder / "no" / "m04.svg").returncode == 2


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


@pytest.mark.parametrize(
    "command", [("backup", "x"), ("plan",), ("plan", "1", "--size", "15"), ("--clock-speed", "0"), ("report", "1")]
)
def test_a_wrong_command_line_is_one_line(clinic: Clinic, command: tuple[str, ...]) -> None:
    done = clinic.run(*command)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--help" in one_line(done.stderr)


def test_global_options_stand_before_or_after_the_command(clinic: Clinic) -> None:
    visit = clinic.stored(LINE)["visit"]
    elsewhere = clinic.folder / "elsewhere"
    for command in (("--data", elsewhere, "findings", visit), ("findings", visit, "--data", elsewhere)):
        assert str(elsewhere) in clinic.run(*command).stderr
    assert clinic.run("--data", elsewhere, "findings", visit, "--data", clinic.data).returncode == 0


def test_without_a_terminal_the_instrument_says_what_works_there(clinic: Clinic) -> None:
    for command in ((), ("demo",)):
        done = clinic.run(*command)
        assert (done.returncode, done.stdout) == (1, "")
        assert "interpret" in one_line(done.stderr)
    assert not clinic.data.exists()


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
