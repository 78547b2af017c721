"""`settings` and `keymap` as someone runs them, and the page of keys made by them."""

from __future__ import annotations

from pathlib import Path

import pytest

from assess_tui.cli import main
from assess_tui.keyboard.keymap import DECLARED
from assess_tui.settings import CHOICES, FILE, Settings, read

ROOT = Path(__file__).parents[2]
Told = pytest.CaptureFixture[str]


def run(folder: Path, *arguments: str) -> int:
    return main(["--data", str(folder), *arguments])


def test_settings_shows_what_is_in_force_and_where(tmp_path: Path, capsys: Told) -> None:
    (tmp_path / FILE).write_text('[hands]\nlayout = "left"\n[pedals]\nf13 = "next"\n[keys]\nstep.undo = "p"\n')
    assert run(tmp_path, "settings") == 0
    out, err = capsys.readouterr()
    assert 'hands.layout = "left"\n' in out
    assert 'pedals."f13" = "next"\n' in out
    assert all(f"{choice.id} = " in out for choice in CHOICES)
    assert str(tmp_path / FILE) in err
    assert "1 not in force" in err


def test_check_lists_everything_and_its_status_says_so(tmp_path: Path, capsys: Told) -> None:
    (tmp_path / FILE).write_text('[hands]\nlayout = "up"\n[keys]\nstep.undo = "p"\n[pedals]\nf13 = "onward"\n')
    assert run(tmp_path, "settings", "check") == 2
    told = capsys.readouterr().out.splitlines()
    assert [line.split(": ")[1] for line in told] == ["hands.layout", "keys.step.undo", "pedals.f13"]
    (tmp_path / FILE).unlink()
    assert run(tmp_path, "settings", "check") == 0
    assert "the defaults hold" in capsys.readouterr().err


def test_write_makes_a_file_that_changes_nothing_and_never_a_second(tmp_path: Path, capsys: Told) -> None:
    folder = tmp_path / "new"
    assert run(folder, "settings", "write") == 0
    assert read(folder) == (Settings(), ())
    text = (folder / FILE).read_text()
    assert run(folder, "settings", "write") == 0
    assert (folder / FILE).read_text() == text
    assert "left as it is" in capsys.readouterr().err


def test_keymap_lists_every_id_with_its_keys_and_marks_what_was_changed(tmp_path: Path, capsys: Told) -> None:
    (tmp_path / FILE).write_text('[keys]\nstep.undo = "backslash"\n')
    assert run(tmp_path, "keymap") == 0
    lines = capsys.readouterr().out.splitlines()
    assert {line.split()[0 if not line.startswith(" * ") else 1] for line in lines if line.startswith(" ")} == {
        *DECLARED
    }
    assert [line for line in lines if line.startswith(" * ")] == [
        " * step.undo              \\                Take back the last entry, any number of times."
    ]


def test_the_page_of_keys_is_what_the_command_prints(tmp_path: Path, capsys: Told) -> None:
    assert run(tmp_path, "keymap", "--markdown") == 0
    assert capsys.readouterr().out == (ROOT / "docs" / "keys.md").read_text()


def test_keys_are_named_in_a_terminal_only(tmp_path: Path, capsys: Told) -> None:
    assert run(tmp_path, "keymap", "press") == 1
    assert "in a terminal" in capsys.readouterr().err
