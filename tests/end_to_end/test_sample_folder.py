"""The sample clinic is read with one's own settings, and changes nothing of them."""

from __future__ import annotations

from pathlib import Path

from assess_tui.commands.sample import sample_folder
from assess_tui.settings import FILE, read

ASCII = '[looks]\nborders = "ascii"\n'


def test_the_settings_of_whoever_is_here_hold_and_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(ASCII)
    with sample_folder(tmp_path) as folder:
        assert read(folder).settings.looks.borders == "ascii"
        (folder / FILE).write_text("")
    assert not folder.exists()
    assert (tmp_path / FILE).read_text() == ASCII


def test_without_settings_or_folder_there_are_none(tmp_path: Path) -> None:
    with sample_folder(tmp_path / "none") as folder:
        assert list(folder.iterdir()) == []
