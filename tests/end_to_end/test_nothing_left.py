"""A visit in an encrypted record leaves nothing of the patient behind: no file, no window title, no clipboard."""

from __future__ import annotations

import datetime as dt
import os
import re
import signal
import sys
from pathlib import Path

import pytest

from assess_tui.storage import keys
from assess_tui.storage.encrypting import encrypt
from assess_tui.storage.ids import uuid7
from assess_tui.storage.record import open_record
from assess_tui.storage.sealing import Cost
from bench.terminal import Terminal
from tests.end_to_end.test_killed import now, second_visit

ROOT = Path(__file__).parents[2]
WORDS = "linden harbour seven"
TOLD = (b"Ruiz", b"Ana ", b"1991-05-01")
"""What the record holds of the patient, as it would stand in a file."""
TITLE_OR_CLIPBOARD = re.compile(rb"\x1b\](?:0|1|2|52|L|l);")
"""What sets the title of a window or its icon (OSC 0 to 2) or fills the clipboard (OSC 52)."""


def left_in(folder: Path) -> list[str]:
    """The files in which something of the patient stands, by content or by name."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if any(one in path.read_bytes() + path.name.encode() for one in TOLD)]


def used(folder: Path, home: Path, last: bytes) -> bytes:
    """Unlock, take up the visit, answer, search by name, copy, lock, and leave or be killed; all that was painted."""
    words = home / "words"
    words.write_text(f"{WORDS}\n")
    env = {name: value for name, value in os.environ.items() if not name.startswith(("ASSESS_TUI", "XDG"))}
    env |= {"HOME": str(home), "TMPDIR": str(home), "HISTFILE": str(home / "history")}
    command = [sys.executable, "-m", "assess_tui", "--data", str(folder), "--passphrase-file", str(words)]
    terminal = Terminal(command, env, ROOT)
    try:
        terminal.until(b"Resume")
        terminal.settle(0.4)
        terminal.go(b"\r", b"saved")
        for key in (b"4", b"\r", b"\x1b", b"r", b"u", b"i", b"z", b"\x03"):
            terminal.press(key)
        terminal.go(b"\x0c", b"Locked")
        if last:
            terminal.press(last)
        else:
            os.kill(terminal.pid, signal.SIGKILL)
    finally:
        terminal.close()
    return bytes(terminal.painted)


@pytest.mark.soak
def test_nothing_of_a_patient_is_left_behind(tmp_path: Path) -> None:
    folder, home = tmp_path / "clinic", tmp_path / "home"
    home.mkdir()
    record = open_record(folder, now, uuid7)
    record.set_setting("intended_use", "seen")
    second_visit(record)
    record.close()
    assert left_in(tmp_path) == ["clinic.db"], "the search finds what is there"
    created = keys.create(WORDS, "T", now(), uuid7, Cost(8, 1, 1))
    encrypt(folder, created, dt.datetime.now(dt.UTC))
    for last in (b"\x1b[21~", b""):
        painted = used(folder, home, last)
        assert b"Ruiz" in painted
        assert not TITLE_OR_CLIPBOARD.search(painted)
        assert left_in(tmp_path) == []
    assert list((folder / "backups").iterdir()) != []
