"""Keys at random in a real terminal, on every screen: nothing stops the instrument, and what it shows as kept is kept.

At the end of each screen's keys the process is killed. What the list of tests showed as done then, it shows again after
the next start, with the same values; and whatever was ever seen there is in the history.
"""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual.keys import _character_to_key

from assess_tui.keyboard.keys import KEYS
from assess_tui.storage.folder import RECORD
from assess_tui.storage.ids import uuid7
from assess_tui.storage.record import open_record
from assess_tui.storage.verify import verify
from bench.screen import SeenTerminal
from bench.terminal import SIZE, Terminal
from protocols.library import load
from protocols.route import STAND
from tests.end_to_end.test_killed import ROOT, now, second_visit

LEAVE = {"f10", "ctrl+q"}
KNOWN = load()
TYPED = "0123456789.,-/= abcdefghijklmnopqrstuvwxyzé世"
OFTEN = 50
"""Keys after which the screen is looked at: random keys lead away, and time is spent where they should be."""
ESCAPE, HOME = b"\x1b[27u", "F2  new patient"
PLACES = {
    "home": (b"", HOME), "patient": (b"\x1b[B\r", "new visit"), "settings": (b"\x1b[20~", "Settings"),
    "exercises": (b"\x1b[17~", "Exercise cards"), "passphrases": (b"\x1b[18~", "Encrypt this record"),
    "tests": (b"\r\x1bOS", "▸ tests"), "intake": (b"\r\x1bOQ", "▸ intake"),
    "stand": (b"\r\x1b[15~", "▸ stand test"), "findings": (b"\r\x1b[17~", "▸ findings"),
    "plan": (b"\r\x1b[18~", "▸ plan"), "paper": (b"\r\x1b[19~", "▸ paper"),
    "flags": (b"\r\x1bOR", "▸ flags"),
}  # fmt: skip
"""The keys from home to each screen, and what stands on it; last the questions that may bar the others."""
TIMES = 100
"""On each screen. Ten thousand are pressed without a terminal, which costs more than the keys do."""
BARRED = "Not yet"
"""Said of a place that must wait for another."""
SHOWN_S = 8.0
"""A screen that is not there by then is another one: random keys may have closed the way to it."""
QUIET_S, REST_S = 0.05, 0.5
"""No output for so long: a key is painted; all keys are."""
DONE = re.compile(r"^  ✓ ([^│\n]+?) *│", re.MULTILINE)
"""A line of the list of tests beside the open one."""


def bytes_of(name: str) -> bytes:
    """What a terminal sends for a key of this name; Esc as newer ones do, so that it is no part of what follows."""
    sent = {"escape": ESCAPE, "enter": b"\r", "backspace": b"\x7f"}
    if name in sent:
        return sent[name]
    letters = {_character_to_key(sign): sign for sign in map(chr, range(32, 127))}
    sequences = {keys[0].value: found for found, keys in ANSI_SEQUENCES_KEYS.items() if isinstance(keys, tuple)}
    return (letters.get(name) or sequences[name]).encode()


NAMED = [
    bytes_of(name)
    for name in sorted({n for keys in KEYS.values() for key in keys for n in key.keys.split(",")} - LEAVE)
]


def some_key(chance: Random) -> bytes:
    """One that means something on some screen, a plain letter, or, more often than by chance, Enter."""
    return chance.choice((chance.choice(TYPED).encode(), chance.choice(NAMED), chance.choice(NAMED), b"\r"))


class Pressed:
    """The instrument on a record of its own, started, pressed and killed again and again."""

    def __init__(self, folder: Path, chance: Random) -> None:
        self.folder, self.data, self.chance = folder, folder / "clinic", chance
        self.keys = 0
        self.wide = False
        self.there: set[str] = set()
        """Screens that were reached."""
        self.kept: dict[str, set[str]] = {}
        """Visit -> what its list showed as done at any time."""
        self.last: tuple[str, set[str] | None] = "", None
        """The visit, and what its list showed, when the process was killed; None where no key led to the list."""
        self.compared = 0
        with closing(open_record(self.data, now, uuid7)) as record:
            record.set_setting("intended_use", "seen")

    def start(self) -> None:
        """With one visit that is not finished, at its tests: what the keys began or finished is put in order."""
        with closing(open_record(self.data, now, uuid7)) as record:
            for other in record.unfinished():
                if other.id not in self.kept:
                    record.event(other.id, "finished")
            if not record.unfinished():
                self.kept[second_visit(record)] = set()
            (self.visit,) = (one.id for one in record.unfinished())
        command = [sys.executable, "-m", "assess_tui", "--data", str(self.data), "--clock-speed", "60"]
        own = {"PATH": "", "HOME": str(self.folder), "PYTHONPATH": str(ROOT)}  # nothing is printed or opened
        self.terminal = SeenTerminal(command, {**os.environ, **own}, self.folder)
        self.terminal.shows("Resume")
        self.wide = False
        if self.last[0] == self.visit and self.last[1] is not None:
            assert self.done() == self.last[1]
            self.compared += 1

    def shown(self, marker: str) -> bool:
        until = time.monotonic() + SHOWN_S
        while not any(words in self.terminal.text for words in (marker, BARRED)) and time.monotonic() < until:
            self.terminal.read(QUIET_S)
        return marker in self.terminal.text

    def painted(self) -> str:
        """What is on the screen, painted anew at another width: nothing of it is older."""
        self.terminal.cells.erase_in_display(2)
        self.wide = not self.wide
        self.terminal.resize(SIZE[0], SIZE[1] + self.wide)
        self.terminal.waits(lambda text: not text.isspace(), "anything")
        self.terminal.settle(2 * QUIET_S)
        return self.terminal.text

    def home(self) -> None:
        """Esc closes one thing after the other, Enter what asks for it; what closes by neither is killed."""
        for key in (ESCAPE, ESCAPE, b"\r", ESCAPE, ESCAPE, b"\r", ESCAPE, ESCAPE):
            if HOME in self.painted():
                return
            self.terminal.type(key)
        if HOME not in self.painted():
            self.kill()
            self.start()

    def go(self, place: str) -> bool:
        """To a screen, from wherever the keys led; whether it is there."""
        keys, marker = PLACES[place]
        if marker not in self.painted():
            self.home()
            self.terminal.cells.erase_in_display(2)
            self.painted() if place == "home" else self.terminal.type(ESCAPE + keys)
        found = self.shown(marker)
        self.there |= {place} if found else set()
        return found

    def done(self) -> set[str] | None:
        """What the list of the visit shows as done, read from home on: the same visit before a kill and after."""
        self.terminal.settle(REST_S)
        self.home()
        if not self.go("tests"):
            return None
        self.terminal.settle(REST_S)
        done = set(DONE.findall(self.terminal.text))
        self.kept[self.visit] |= done
        return done

    def press(self, place: str, times: int) -> None:
        for _ in range(0, times, OFTEN):
            self.go(place)
            self._unseen(b"".join(some_key(self.chance) for _ in range(OFTEN)))
            self.keys += OFTEN
            ended = os.waitpid(self.terminal.pid, os.WNOHANG)
            assert ended == (0, 0), f"{place}: it ended by itself\n{self.terminal.text}"

    def _unseen(self, keys: bytes) -> None:
        """Type these without drawing what is painted, which takes as long as painting it."""
        os.write(self.terminal.fd, keys)
        while Terminal.read(self.terminal, QUIET_S):
            pass

    def kill(self) -> None:
        os.kill(self.terminal.pid, signal.SIGKILL)
        self.terminal.gone()

    def left(self) -> None:
        """From home as a person leaves; the terminal is clean, and everything that was seen is on record."""
        self.done()
        self.home()
        self.terminal.type(b"\x1b[21~")
        assert (self.terminal.left_with(), self.terminal.unclean) == (0, [])
        assert verify(self.data / RECORD).problems == ()
        with closing(open_record(self.data, now, uuid7)) as record:
            for visit, seen in self.kept.items():
                answered = {row.cell.test for row in record.history(visit)}
                assert [line for line in seen if not any(_names(line, test) for test in answered)] == []


def _names(line: str, test: str) -> bool:
    """Whether a line of the list is that of a test; a long name is cut."""
    name = KNOWN.tests[test].name if test in KNOWN.tests else "Standing tolerance" if test == STAND else "-"
    return line.startswith(name) or name.startswith(line.partition("…")[0])


def test_keys_at_random_in_a_terminal(tmp_path: Path) -> None:
    pressed = Pressed(tmp_path, Random(6))  # noqa: S311  # the same keys on every run
    pressed.start()
    pressed.press("tests", OFTEN)
    pressed.left()
    assert "tests" in pressed.there


@pytest.mark.soak
def test_keys_at_random_on_every_screen_in_a_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pressed = Pressed(tmp_path, Random(7))  # noqa: S311  # the same keys on every run
    for place in PLACES:
        pressed.start()
        if not pressed.keys and pressed.go("tests"):  # one value at least is there to be lost
            pressed.terminal.type(b"4\r")
            pressed.terminal.shows("✓ Pain 0-10")
            pressed.done()
        pressed.press(place, TIMES)
        pressed.last = pressed.visit, pressed.done()
        pressed.kill()
    pressed.start()
    pressed.left()
    assert len(pressed.there) > len(PLACES) // 2
    seen = sum(map(len, pressed.kept.values()))
    assert seen > 0
    assert pressed.compared > 0
    with capsys.disabled():
        sys.stdout.write(f"\n{pressed.keys} keys at random in a terminal; {seen} values seen as kept, all on record\n")
