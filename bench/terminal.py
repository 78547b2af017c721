"""A program in a pseudo-terminal: when it first paints, what a key costs. Shared by the benchmarks and the tests."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import psutil

SIZE = (40, 120)
QUIET_S = 0.1
"""No output for this long: the painting is done."""
AFTER_BEAT_S = 0.3
"""Sooner after a tick a key waits for the next frame, 16 ms, whatever it costs."""
BEAT_S = 1.5
"""The clock of a visit paints once a second."""
PATIENCE_S = 60.0
"""A busy machine is waited for; what never comes is told."""
LEAVE_S = 3.0
"""A program that has not left by then is ended."""


def _own(env: dict[str, str]) -> dict[str, str]:
    """The environment of a program in a terminal of its own: pytest-xdist tells its workers the size of another."""
    kept = {name: value for name, value in env.items() if name not in ("COLUMNS", "LINES")}
    return {**kept, "TERM": "xterm-256color", "COLORTERM": "truecolor"}


class Cost(NamedTuple):
    """What one key cost."""

    first: float
    """Milliseconds to the first painted byte."""
    last: float
    """Milliseconds to the last one."""
    size: int
    """Bytes painted."""


class Terminal:
    """One run of a command at 120x40 that answers the questions Textual asks its terminal."""

    def __init__(self, command: list[str], env: dict[str, str], folder: Path) -> None:
        self.started = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            signal.signal(signal.SIGINT, signal.SIG_DFL)  # where this runs in the background it is not ignored there
            os.chdir(folder)
            os.execvpe(command[0], command, _own(env))  # noqa: S606
        self.resize(*SIZE)
        self.seen = bytearray()
        """Since the last page was opened."""
        self.painted = bytearray()
        """Since the start."""

    def resize(self, rows: int, columns: int) -> None:
        """Make the window another size; the program is told by the system."""
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def read(self, wait: float) -> bytes:
        """What arrives within `wait` seconds, at most one chunk."""
        ready, _, _ = select.select([self.fd], [], [], wait)
        if not ready:
            return b""
        try:
            chunk = os.read(self.fd, 65536)
        except OSError:
            return b""
        if b"\x1b[?2026$p" in chunk:
            os.write(self.fd, b"\x1b[?2026;2$y")
        self.seen += chunk
        self.painted += chunk
        return chunk

    def until(self, marker: bytes) -> float:
        """Milliseconds from the start of the process until the marker was painted, at any time so far."""
        while marker not in self.seen:
            if time.perf_counter() - self.started > PATIENCE_S:
                raise TimeoutError(f"{marker!r} was never painted")
            self.read(0.5)
        return (time.perf_counter() - self.started) * 1000

    def settle(self, quiet: float = QUIET_S) -> int:
        """Read until it is quiet; bytes read."""
        count = 0
        while chunk := self.read(quiet):
            count += len(chunk)
        return count

    def press(self, key: bytes, *, beat: bool = False) -> Cost:
        """What a key costs; with `beat` right after a tick of the visit's clock, which would else count as painting."""
        self.settle()
        if beat:
            self.read(BEAT_S)
            self.settle(AFTER_BEAT_S)
        began = last = time.perf_counter()
        os.write(self.fd, key)
        first, size = 0.0, 0
        while chunk := self.read(QUIET_S if size else 1.0):
            last = time.perf_counter()
            first, size = first or last, size + len(chunk)
        return Cost((first - began) * 1000, (last - began) * 1000, size)

    def go(self, key: bytes, marker: bytes) -> None:
        """Press a key that opens another page and wait until that page shows the marker."""
        self.after(lambda: os.write(self.fd, key), marker)

    def after(self, deed: Callable[[], object], marker: bytes) -> None:
        """Do something and wait until the marker is painted, once more where it was on the page before."""
        self.settle()
        self.seen = bytearray()
        self.started = time.perf_counter()
        deed()
        self.until(marker)
        self.settle(0.3)

    def memory_mb(self) -> float:
        return float(psutil.Process(self.pid).memory_info().rss) / 1e6

    def cpu_s(self) -> float:
        times = psutil.Process(self.pid).cpu_times()
        return float(times.user + times.system)

    def close(self) -> None:
        """Close the window and give the program a moment to clean up behind itself."""
        os.close(self.fd)
        until = time.perf_counter() + LEAVE_S
        while os.waitpid(self.pid, os.WNOHANG) == (0, 0):
            if time.perf_counter() > until:
                os.kill(self.pid, signal.SIGKILL)
            time.sleep(0.02)


BARE = """
from textual.app import App
from textual.widgets import Static
class Bare(App):
    def compose(self):
        yield Static("painted")
Bare().run()
"""
FORM = """
from textual.app import App
from textual.widgets import Input, Footer
class Form(App):
    BINDINGS = [("f2", "a", "one"), ("f3", "b", "two")]
    def compose(self):
        for number in range(6):
            yield Input(placeholder=f"painted {number}")
        yield Footer()
Form().run()
"""


def script(folder: Path, name: str, text: str) -> list[str]:
    """A command that runs a small program written for the benchmark."""
    path = folder / f"{name}.py"
    path.write_text(text)
    return [sys.executable, str(path)]
