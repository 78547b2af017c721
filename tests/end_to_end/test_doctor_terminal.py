"""What doctor finds out by asking the terminal, in a terminal that answers."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from bench.screen import SeenTerminal

ROOT = Path(__file__).parents[2]


def test_the_terminal_is_asked_how_fast_and_how_wide(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "assess_tui", "doctor", "--data", str(tmp_path)]
    terminal = SeenTerminal(command, dict(os.environ), ROOT)
    assert terminal.left_with() == 0
    told = terminal.text
    for words in (
        "answers: in",
        "a wide letter: 2 cells",
        "accent apart: 1 cell",
        "size: 120 columns, 40 rows",
        "none yet",
    ):
        assert words in told


def test_a_key_is_named_and_does_nothing(tmp_path: Path) -> None:
    terminal = SeenTerminal(
        [sys.executable, "-m", "assess_tui", "doctor", "--keys", "--data", str(tmp_path)], dict(os.environ), ROOT
    )
    terminal.shows("Keys that arrive")
    terminal.type(b"\x1b[6~")
    terminal.shows('"pagedown"')
    terminal.type(b"\x1b")
    assert (terminal.left_with(), terminal.unclean) == (0, [])
    assert list(tmp_path.iterdir()) == []
