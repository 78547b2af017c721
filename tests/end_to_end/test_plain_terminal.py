"""Plain mode in a real terminal and through a real pipe: nothing secret is shown, and it leaves cleanly."""

from __future__ import annotations

import io
import os
import re
import signal
import subprocess
import sys
import termios
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from assess_tui.commands.talking import shows_signs
from assess_tui.plain import follow, paper, plan, stand, step_pages
from assess_tui.plain.ear import Ear
from assess_tui.plain.everywhere import EVERYWHERE, GO
from assess_tui.plain.talk import LeaveError, Talk
from assess_tui.storage.record import open_record
from bench.terminal import Terminal
from protocols.visit import Cell
from tests.screens.conftest import TurnedClock

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "plain.md").read_text()
PASSPHRASE = b"four words of mine"
SIGNS = re.compile(rb"\x1b")
Opens = Callable[..., Terminal]


@pytest.fixture
def opens() -> Iterator[Opens]:
    """Runs the instrument in a terminal; `dumb` is a terminal that cannot move its cursor."""
    opened: list[Terminal] = []

    def begin(*words: str, dumb: bool = False) -> Terminal:
        told = "dumb" if dumb else "xterm"
        command = ["env", f"TERM={told}", sys.executable, "-m", "assess_tui", *words]
        opened.append(Terminal(command, dict(os.environ), ROOT))
        return opened[-1]

    yield begin
    for terminal in opened:
        terminal.close()


def answer(terminal: Terminal, line: bytes, until: bytes) -> None:
    terminal.go(line + b"\r", until)


def test_the_first_key_is_made_and_never_shown_and_ctrl_c_leaves_the_terminal_as_it_was(
    opens: Opens, tmp_path: Path
) -> None:
    terminal = opens("--plain", "--data", str(tmp_path))
    terminal.until(b"A new passphrase?")
    answer(terminal, PASSPHRASE, b"The same again?")
    answer(terminal, PASSPHRASE, b"Your name?")
    answer(terminal, b"Kim Lee", b"Type its last group")
    (code,) = re.findall(rb"\b(?:[0-9A-Z]+-){3,}[0-9A-Z]+\b", terminal.painted)
    answer(terminal, b"file %s/code.txt" % bytes(tmp_path), b"take it away from this computer.")
    assert code in (tmp_path / "code.txt").read_bytes()
    answer(terminal, code.rpartition(b"-")[2], b"Before the first use.")
    answer(terminal, b"", b"No patients yet.")
    os.write(terminal.fd, b"\x03")
    terminal.until(b"Everything is kept")
    assert PASSPHRASE not in terminal.painted
    assert not SIGNS.search(terminal.painted)
    assert termios.tcgetattr(terminal.fd)[3] & termios.ECHO
    assert (tmp_path / "clinic.keys").exists()


def test_a_terminal_that_cannot_move_its_cursor_gets_plain_mode_by_itself(opens: Opens) -> None:
    terminal = opens("demo", dumb=True)
    terminal.until(b"Your name?")
    assert b"plain mode, line by line" in terminal.painted
    assert not SIGNS.search(terminal.painted)


@pytest.mark.parametrize("words", re.findall(r"(?m)^assess-tui (--plain.*)$", PAGE))
def test_the_commands_of_the_page_work_through_a_pipe(tmp_path: Path, words: str) -> None:
    command = [sys.executable, "-m", "assess_tui", "--data", str(tmp_path), "--no-encryption", *words.split()]
    done = subprocess.run(command, input="Kim Lee\n?\nq\n", capture_output=True, text=True, check=False, cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Part of a name" in done.stdout
    assert "\x1b" not in done.stdout


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_what_was_answered_is_kept_when_the_program_is_ended(tmp_path: Path, sent: signal.Signals) -> None:
    command = [sys.executable, "-m", "assess_tui", "--plain", "--data", str(tmp_path), "--no-encryption"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        running.stdin.write(b"Kim Lee\n+\nAna\nRuiz\n3 4 1992\nf\n\nv\n1\n")
        running.stdin.flush()
        while b"keeping this record. Yes." not in (line := running.stdout.readline()):
            assert line, "it ended by itself"
        running.send_signal(sent)
        assert b"Traceback" not in running.stdout.read()
    with closing(open_record(tmp_path, TurnedClock().now, lambda: "")) as record:
        (patient,) = record.patients("ruiz")
        (visit,) = record.visits(patient.id)
        assert record.visit(visit.id).value(Cell("@consent", field="consent")) is True


@pytest.mark.parametrize(("columns", "longest"), [(40, 38), (200, 78), (10, 20), (0, 78)])
def test_lines_fit_the_window_as_it_is_now(monkeypatch: pytest.MonkeyPatch, columns: int, longest: int) -> None:
    monkeypatch.setattr(os, "get_terminal_size", lambda descriptor: os.terminal_size((columns, 24)))
    told = io.StringIO()
    monkeypatch.setattr(told, "fileno", lambda: 1)
    Talk(io.StringIO(), told).say("Step by step, " * 40)
    assert max(map(len, told.getvalue().splitlines())) in range(longest - len("step,"), longest + 1)


def test_what_only_ascii_can_show_is_told_in_letters() -> None:
    told = io.StringIO()
    Talk(io.StringIO(), told, ascii_only=True).say("Zoé Šimić, “left”: −3°, ±6° – 東")
    assert told.getvalue() == 'Zoe Simic, "left": -3 deg, +-6 deg - ?\n'


@pytest.mark.parametrize(
    ("named", "shown"),
    [
        ({}, True),
        ({"LANG": "en_GB.UTF-8"}, True),
        ({"LANG": "C"}, False),
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, False),
        ({"LANG": "de_DE.ISO-8859-1"}, False),
        ({"LANG": "C", "LC_ALL": "en_US.utf8"}, True),
        ({"LC_CTYPE": "UTF-8"}, True),
    ],
)
def test_what_a_terminal_shows_is_what_its_surroundings_say(
    monkeypatch: pytest.MonkeyPatch, named: dict[str, str], shown: bool
) -> None:
    for name in ("LC_ALL", "LC_CTYPE", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in named.items():
        monkeypatch.setenv(name, value)
    assert shows_signs() is shown


def test_what_the_page_says_can_be_typed_is_explained_where_it_is_asked() -> None:
    explained = " ".join(
        (*EVERYWHERE, *step_pages.COMMANDS, *plan.EXPLAINS, *paper.EXPLAINS, *stand.EXPLAINS, *follow.EXPLAINS)
    )
    for word in ("stop", "start", "next", "prev", "read", "where"):
        assert f"`{word}" in PAGE
        assert word in explained
    places = re.findall(r"`(\w+)`", PAGE[PAGE.index("| `intake`") : PAGE.index("| goes there")])
    assert set(places) | {"home"} == {place for place in GO if not place[1:].isdigit()}


def test_lines_that_come_together_are_heard_one_after_the_other_and_patience_ends() -> None:
    read, write = os.pipe()
    os.write(write, "one\ntwo\nth\u00ed".encode())
    with os.fdopen(read) as stream:
        ear = Ear(stream)
        assert [ear.line(), ear.line(0.01), ear.line(0.01)] == ["one\n", "two\n", None]
        os.write(write, b"s\n")
        os.close(write)
        assert [ear.line(), ear.line(), ear.line(0.01)] == ["th\u00eds\n", "", ""]


def test_a_record_with_a_key_is_left_when_nothing_is_typed_for_long() -> None:
    read, write = os.pipe()
    told = io.StringIO()
    with os.fdopen(read) as stream, pytest.raises(LeaveError):
        Talk(stream, told, idle_s=0.01).ask("Left, 0 to 60°?")
    os.close(write)
    assert told.getvalue().endswith("the record is closed.\n")


def test_what_is_said_meanwhile_stands_before_the_question_asked_again() -> None:
    read, write = os.pipe()
    told = io.StringIO()

    def every() -> Iterator[str]:
        yield "Minute 1, full reading now."
        os.write(write, b"95\n")

    with os.fdopen(read) as stream:
        assert Talk(stream, told).ask("Heart rate?", every, lambda: "Heart rate, 25 to 250?") == "95"
    os.close(write)
    assert told.getvalue().splitlines() == [
        "Heart rate? ",
        "Minute 1, full reading now.",
        "Heart rate, 25 to 250? 95",
    ]
