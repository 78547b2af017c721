"""The real instrument in a terminal that is resized, hung up, stopped: the record stays whole, the terminal clean."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import termios
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from random import Random

import psutil
import pytest

from assess_tui.storage.folder import RECORD
from assess_tui.storage.ids import uuid7
from assess_tui.storage.record import open_record
from assess_tui.storage.verify import verify
from assess_tui.widgets.key_line import LEAST
from bench.screen import SeenTerminal
from bench.terminal import PATIENCE_S, SIZE
from protocols.library import load
from protocols.route import STAND
from protocols.visit import Cell
from tests.end_to_end.test_killed import ROOT, now, second_visit
from tests.end_to_end.typed_visit import LYING, UP

QUIT, F4, F5 = b"\x1b[21~", b"\x1bOS", b"\x1b[15~"
STORED = "✓ Pain 0-10"


class Begun:
    """The instrument in a terminal, in a visit of a record of its own, at the first test."""

    def __init__(self, folder: Path, *options: str, before: tuple[str, ...] = ()) -> None:
        self.folder = folder
        record = open_record(folder, now, uuid7)
        record.set_setting("intended_use", "seen")
        self.visit = second_visit(record)
        record.close()
        command = [sys.executable, "-m", "assess_tui", "--data", str(folder), *options]
        self.terminal = SeenTerminal([*before, *command], dict(os.environ), ROOT)
        self.terminal.shows("Resume")
        self.terminal.type(b"\r")
        self.terminal.shows("Numeric pain")

    def kept(self, test: str, field: str = "value") -> object:
        """What the record holds, once the instrument has gone."""
        record = open_record(self.folder, now, uuid7)
        try:
            return record.visit(self.visit).value(Cell(test, field=field))
        finally:
            record.close()

    def whole(self) -> bool:
        return verify(self.folder / RECORD).problems == ()


@pytest.fixture
def begun(tmp_path: Path) -> Iterator[Begun]:
    one = Begun(tmp_path, "--clock-speed", "60")
    yield one
    one.terminal.gone()


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_signal_leaves_the_record_whole_and_the_terminal_clean(begun: Begun, name: str) -> None:
    begun.terminal.type(b"4\r5")
    begun.terminal.shows(STORED)
    os.kill(begun.terminal.pid, getattr(signal, name))
    assert begun.terminal.left_with() == 1
    assert begun.terminal.unclean == []
    assert begun.kept("nprs") == Decimal(4)
    assert begun.whole()


@pytest.mark.skipif(shutil.which("setsid") is None, reason="needs setsid")
def test_a_terminal_that_is_gone_without_a_signal_ends_the_instrument(tmp_path: Path) -> None:
    begun = Begun(tmp_path, before=("setsid", "--wait"))  # in a session of its own it hears of no hang-up
    (instrument,) = psutil.Process(begun.terminal.pid).children()
    begun.terminal.type(b"4\r")
    begun.terminal.shows(STORED)
    begun.terminal.close()
    instrument.wait(PATIENCE_S)
    assert begun.kept("nprs") == Decimal(4)
    assert begun.whole()


def test_ctrl_c_says_how_to_leave_and_ctrl_z_stops_and_goes_on(begun: Begun) -> None:
    terminal = begun.terminal
    terminal.type(b"\x03")
    terminal.shows("F10 leaves the instrument")
    os.kill(terminal.pid, signal.SIGTSTP)
    stopped = psutil.Process(terminal.pid)
    terminal.waits(lambda _: stopped.status() == psutil.STATUS_STOPPED, "the program stopped")
    terminal.waits(lambda _: not terminal.unclean, "the terminal as it was before")
    os.kill(terminal.pid, signal.SIGCONT)
    terminal.waits(lambda _: "mode 1049" in terminal.unclean, "the instrument again")
    terminal.waits(lambda _: letter_by_letter(terminal), "keys as the instrument takes them")
    terminal.type(b"4\r")
    terminal.shows(STORED)
    terminal.type(QUIT)
    assert (terminal.left_with(), terminal.unclean) == (0, [])
    assert begun.kept("nprs") == Decimal(4)


def letter_by_letter(terminal: SeenTerminal) -> bool:
    """Whether the program hears of each key; the system would hold back a line until its end."""
    return not termios.tcgetattr(terminal.fd)[3] & termios.ICANON


def storm(terminal: SeenTerminal, chance: Random, times: int, keys: bytes = b"") -> None:
    """So many sizes up to a wall, with keys typed between them; without keys also down to a stamp."""
    rows, columns = LEAST[::-1] if keys else (2, 5)
    typed = [keys[place : place + 1] for place in range(len(keys))]
    for number in range(times):
        terminal.resize(chance.randint(rows, 60), chance.randint(columns, 200))
        terminal.type(typed[number] if number < len(typed) else b"")
        terminal.read(0.02)
    terminal.resize(*SIZE)
    terminal.settle(0.3)


def weathered(begun: Begun, times: int) -> None:
    """Typing in the storm, then lying and standing in it, also where nothing fits; at the end nothing is lost."""
    chance = Random(6)  # noqa: S311  # the same sizes on every run
    terminal = begun.terminal
    storm(terminal, chance, times, b"4\r5\r")
    terminal.shows("✓ Own activities PSFS", STAND_TITLE)
    terminal.type(F5)
    terminal.shows("Which stand test?")
    storm(terminal, chance, times + 1, b"\r" * 9)
    terminal.shows("lying still")
    storm(terminal, chance, times)
    stand_up(terminal)
    storm(terminal, chance, times)
    terminal.shows("standing")
    terminal.resize(*STAMP)
    terminal.type(b"s")
    terminal.settle(0.3)
    terminal.resize(*SIZE)
    terminal.shows("STOPPED", LAST_OF_CARD)
    terminal.type(b"\r" + QUIT)
    assert (terminal.left_with(), terminal.unclean) == (0, [])
    assert (begun.kept("nprs"), begun.kept("psfs_mean")) == (Decimal(4), Decimal(5))
    assert begun.kept(STAND, "stopped") is not None
    assert begun.whole()


def stand_up(terminal: SeenTerminal) -> None:
    """From the rest, once it was long enough, through the lying readings onto the feet."""
    terminal.shows_like("to the full rest|rest is complete")
    for keys, then in ((b"\r", "lying 1"), (LYING, "lying 2"), (LYING, "Oxygen"), *UP):
        terminal.type(keys if isinstance(keys, bytes) else keys.encode())
        terminal.shows(then)


STAND_TITLE = "Standing tolerance test"
STAMP = (3, 12)
"""Rows and columns of a window in which nothing fits."""
LAST_OF_CARD = load().stand.faint_card[-1]


def test_a_window_resized_at_random_loses_nothing(begun: Begun) -> None:
    weathered(begun, 8)


@pytest.mark.soak
def test_a_window_resized_two_hundred_times_loses_nothing(begun: Begun) -> None:
    weathered(begun, 200)
