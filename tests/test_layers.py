"""The one direction of imports, and what each command may load."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parents[1]
DATABASE = ("sqlite3", "sqlcipher3", "sqlite_utils")
SCREEN = ("textual", "rich")
PAPER = ("reportlab",)
LOADED = """
import json, sys
from assess_tui.cli import main
try:
    main(sys.argv[1:])
except SystemExit:
    pass
sys.stdout.flush()
print("\\n" + json.dumps(sorted(name for name in sys.modules if "." not in name)))
"""
LINE = '{"patient": {"age": 34, "sex": "F"}, "tests": {"pelvic_tilt": {"left": 14, "right": 15}}}'
NAMED = """{"date": "2026-11-01", "patient": {"family_name": "Ruiz", "given_name": "Ana", "birth_date": "1992-03-04",
    "sex": "F"}, "tests": {"pelvic_tilt": {"left": 14, "right": 15}}}"""


def test_the_import_contracts_hold(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    status = lint_imports(config_filename="pyproject.toml", no_cache=True)
    told = capsys.readouterr().out
    assert status == 0, told
    assert "10 kept, 0 broken" in told


def loaded(folder: Path, *arguments: str, stdin: str = "") -> set[str]:
    """The top-level modules a command has loaded when it is done."""
    command = [sys.executable, "-c", LOADED, "--data", str(folder / "data"), *arguments]
    done = subprocess.run(command, cwd=ROOT, input=stdin, capture_output=True, text=True, timeout=60, check=True)
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize(
    "command",
    [
        ("interpret",),
        ("tests", "list"),
        ("tests", "show", "pelvic_tilt"),
        ("tests", "check"),
        ("tests", "schema"),
        ("exercises", "list"),
        ("exercises", "show", "M04"),
        ("exercises", "draw", "M04", "-o", "-"),
        ("settings",),
        ("keymap",),
    ],
)
def test_commands_that_open_no_record_load_no_database_and_no_paper(tmp_path: Path, command: tuple[str, ...]) -> None:
    assert loaded(tmp_path, *command, stdin=LINE).isdisjoint((*DATABASE, *SCREEN, *PAPER))


@pytest.mark.parametrize("command", [("--version",), ("--help",), ()])
def test_version_loads_next_to_nothing(tmp_path: Path, command: tuple[str, ...]) -> None:
    assert loaded(tmp_path, *command).isdisjoint((*DATABASE, *SCREEN, *PAPER, "msgspec", "tomllib", "platformdirs"))


def test_plain_mode_loads_no_screen_and_before_the_paper_nothing_of_it(tmp_path: Path) -> None:
    known = loaded(tmp_path, "--no-encryption", "--plain", stdin="Kim Lee\nnew\nAna\nRuiz\n3 4 1992\nf\n\nv\n1\n")
    assert "sqlcipher3" in known
    assert known.isdisjoint((*SCREEN, *PAPER))
    again = loaded(tmp_path, "--plain", stdin="1\nfindings\nplan\n")
    assert again.isdisjoint((*SCREEN, *PAPER))


def test_commands_that_open_the_record_load_no_screen_and_no_paper(tmp_path: Path) -> None:
    file = tmp_path / "visit.json"
    file.write_text(NAMED)
    assert loaded(tmp_path, "import", str(file)).isdisjoint((*SCREEN, *PAPER))
    visit = "0"
    for command in (
        ("findings", visit),
        ("findings", visit, "--json"),
        ("plan", visit),
        ("plan", visit, "--json"),
        ("report", visit, "--text"),
        ("knowledge",),
    ):
        modules = loaded(tmp_path, *command)
        assert "sqlcipher3" in modules
        assert modules.isdisjoint((*SCREEN, *PAPER, "sqlite_utils")), command
