"""A program in a pseudo-terminal whose screen is read as a person reads it; keys are counted."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pyte

from bench.terminal import PATIENCE_S, SIZE, Terminal

UNKNOWN = re.compile(rb"\x1b\[[<=>][0-9;]*[A-Za-z]|\x1b\[\?[0-9;]*\$[a-z]")
"""What pyte would print: keyboard protocols, questions about modes."""
CUT = re.compile(rb"\x1b(?:\[[0-9;?<=>$]*)?$")
"""A sequence whose end has not arrived."""
KEY = re.compile(rb"\x1b(?:\[[0-9;]*[~A-Z]|O[A-Z])|[^\x80-\xbf][\x80-\xbf]*")
"""One key: an escape sequence, or one letter of UTF-8."""
TAKEN = (1000, 1002, 1003, 1006, 1015, 1004, 2004, 1049)
"""Modes a program may set in its terminal and has to reset: mouse, focus, paste, the alternate screen."""


class AnsweringScreen(pyte.Screen):  # type: ignore[misc]  # ships no types
    """Says where its cursor is when it is asked."""

    def __init__(self, columns: int, lines: int, answer: Callable[[bytes], object]) -> None:
        self._answer = answer
        super().__init__(columns, lines)

    def write_process_input(self, data: str) -> None:
        self._answer(data.encode())


class SeenTerminal(Terminal):
    """A terminal with a screen of cells, as wide and as high as its window is at the moment."""

    def __init__(self, command: list[str], env: dict[str, str], folder: Path) -> None:
        self.cells = AnsweringScreen(SIZE[1], SIZE[0], lambda answer: os.write(self.fd, answer))
        self._stream = pyte.ByteStream(self.cells)
        self._rest = b""
        self._left = False
        self.keys = 0
        """Pressed so far."""
        super().__init__(command, env, folder)

    def read(self, wait: float) -> bytes:
        chunk = super().read(wait)
        fed = self._rest + chunk
        cut = CUT.search(fed)
        fed, self._rest = (fed[: cut.start()], fed[cut.start() :]) if cut else (fed, b"")
        self._stream.feed(UNKNOWN.sub(b"", fed))
        return chunk

    def resize(self, rows: int, columns: int) -> None:
        super().resize(rows, columns)
        self.cells.resize(rows, columns)

    def type(self, keys: bytes) -> None:
        """Press these keys, as fast as the program takes them; a full line is read from meanwhile."""
        self.keys += len(KEY.findall(keys))
        while keys:
            keys = keys[os.write(self.fd, keys[:256]) :]
            self.read(0)

    @property
    def text(self) -> str:
        """What is on the screen."""
        return "\n".join(self.cells.display)

    def shows(self, *words: str) -> None:
        """Read until all of these stand on the screen at once."""
        self.waits(lambda text: all(word in text for word in words), " and ".join(words))

    def shows_like(self, pattern: str) -> None:
        """Read until something on the screen fits this regular expression."""
        self.waits(lambda text: re.search(pattern, text) is not None, pattern)

    def waits(self, fits: Callable[[str], bool], awaited: str) -> None:
        """Read until the screen fits."""
        until = time.perf_counter() + PATIENCE_S
        while not fits(self.text):
            if time.perf_counter() > until:
                raise TimeoutError(f"never on the screen: {awaited}\n{self.text}")
            self.read(0.2)

    def left_with(self) -> int:
        """Read to the end of the program; its exit status, negative where a signal ended it."""
        until = time.perf_counter() + PATIENCE_S
        while (ended := os.waitpid(self.pid, os.WNOHANG)) == (0, 0):
            if time.perf_counter() > until:
                os.kill(self.pid, signal.SIGKILL)
            self.read(0.05)
        while self.read(0.05):
            pass
        os.close(self.fd)
        self._left = True
        return os.waitstatus_to_exitcode(ended[1])

    def gone(self) -> None:
        """End the program if it is still there: what was left with is left."""
        if self._left:
            return
        self.close()
        self._left = True

    @property
    def unclean(self) -> list[str]:
        """What the program has set in the terminal and not reset; empty where it left it as it was."""
        return unclean(self.painted)


def unclean(painted: bytes | bytearray) -> list[str]:
    """The modes that are set, a hidden cursor, a keyboard protocol still in force, colours still on."""
    last = {int(mode): end for mode, end in re.findall(rb"\x1b\[\?(\d+)([hl])", painted)}
    found = [f"mode {mode}" for mode in TAKEN if last.get(mode) == b"h"]
    if last.get(25) == b"l":
        found.append("hidden cursor")
    if len(re.findall(rb"\x1b\[>\d*u", painted)) > len(re.findall(rb"\x1b\[<\d*u", painted)):
        found.append("keyboard protocol")
    return found
