"""The real instrument in a terminal on an encrypted record: begun, left, unlocked, refused, recovered, killed."""

from __future__ import annotations

import datetime as dt
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

from assess_tui.storage import keys
from assess_tui.storage.encrypting import encrypt
from assess_tui.storage.folder import KEYS, RECORD, state
from assess_tui.storage.ids import uuid7
from assess_tui.storage.record import open_record
from bench.screen import SeenTerminal
from bench.terminal import Terminal
from protocols.visit import Cell
from tests.end_to_end.test_killed import killed_while_typing, now, second_visit

ROOT = Path(__file__).parents[2]
WORDS = b"linden harbour seven"
CODE = re.compile(rb"(?:[2-9A-HJ-NP-Z]{4}-){6}[2-9A-HJ-NP-Z]{4}")
F10 = b"\x1b[21~"


@contextmanager
def instrument(folder: Path) -> Iterator[Terminal]:
    env = {name: value for name, value in os.environ.items() if not name.startswith("ASSESS_TUI")}
    terminal = Terminal([sys.executable, "-m", "assess_tui", "--data", str(folder)], env, ROOT)
    try:
        yield terminal
    finally:
        terminal.close()


def typed(terminal: Terminal, text: bytes) -> None:
    terminal.settle()
    os.write(terminal.fd, text)
    terminal.settle()


def test_an_encrypted_record_from_the_first_start_to_the_recovery_code(tmp_path: Path) -> None:
    folder = tmp_path / "clinic"
    with instrument(folder) as terminal:
        terminal.until(b"Before the first record")
        for line in (WORDS, WORDS):
            typed(terminal, line)
            typed(terminal, b"\r")
        typed(terminal, b"Mia Vogel")
        terminal.go(b"\r", b"shown this once")
        found = CODE.search(terminal.painted)
        assert found
        code = found[0]
        typed(terminal, code[-4:].lower())
        terminal.go(b"\r", b"Before the first use")
        terminal.go(b"\r", b"No patients yet")
        terminal.press(F10)
    assert state(folder) == "encrypted"
    with instrument(folder) as terminal:
        terminal.until(b"The record is locked")
        typed(terminal, b"not this one")
        terminal.go(b"\r", b"does not fit")
        typed(terminal, WORDS)
        terminal.go(b"\r", b"No patients yet")
        terminal.go(b"\x0c", b"Locked")
        typed(terminal, WORDS)
        terminal.go(b"\r", b"No patients yet")
    with instrument(folder) as terminal:
        terminal.until(b"The record is locked")
        typed(terminal, code.lower().replace(b"-", b""))
        terminal.go(b"\r", b"No patients yet")
    written = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    for secret in (WORDS, code, b"CREATE TABLE"):
        assert secret not in written


def test_killed_with_an_encrypted_record_and_resumed(tmp_path: Path) -> None:
    folder, words = tmp_path / "clinic", tmp_path / "words"
    words.write_bytes(WORDS + b"\n")
    record = open_record(folder, now, uuid7)
    record.set_setting("intended_use", "seen")
    visit = second_visit(record)
    record.close()
    created = keys.create(WORDS.decode(), "T", now(), uuid7)
    encrypt(folder, created, dt.datetime.now(dt.UTC))
    command = [sys.executable, "-m", "assess_tui", "--data", str(folder), "--passphrase-file", str(words)]
    killed_while_typing(SeenTerminal(command, dict(os.environ), ROOT))
    assert b"Ruiz" not in (folder / RECORD).read_bytes() + (folder / KEYS).read_bytes()
    record = open_record(folder, now, uuid7, created.key)
    held = record.visit(visit)
    assert (held.value(Cell("nprs")), held.value(Cell("psfs_mean"))) == (Decimal(4), Decimal(5))
    record.close()
