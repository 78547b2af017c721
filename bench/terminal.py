"""A program in a pseudo-terminal: when it first paints, what a key costs. Shared by the benchmarks."""

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
from pathlib import Path
from statistics import median

import psutil

SIZE = (40, 120)
QUIET_S = 0.12
"""No output for this long: the painting is done."""


class Terminal:
    """One run of a command at 120x40 that answers the few questions Textual asks its terminal."""

    def __init__(self, command: list[str], env: dict[str, str] | None = None) -> None:
        self.started = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.environ.update({"TERM": "xterm-256color", "COLORTERM": "truecolor", **(env or {})})
            os.execvp(command[0], command)  # noqa: S606
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", *SIZE, 0, 0))
        self.seen = b""

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
        return chunk

    def until(self, marker: bytes, limit: float = 15.0) -> float:
        """Milliseconds from the start of the process until the marker was painted."""
        while marker not in self.seen:
            if time.perf_counter() - self.started > limit:
                raise TimeoutError(f"{marker!r} was never painted")
            self.read(0.5)
        return (time.perf_counter() - self.started) * 1000

    def settle(self, quiet: float = QUIET_S) -> int:
        """Read until it is quiet; bytes read."""
        count = 0
        while chunk := self.read(quiet):
            count += len(chunk)
        return count

    def key(self, key: bytes) -> tuple[float, int]:
        """Milliseconds to the first byte painted after a key, and all the bytes it cost."""
        self.settle()
        began = time.perf_counter()
        os.write(self.fd, key)
        first = self.read(1.0)
        took = (time.perf_counter() - began) * 1000
        return took, len(first) + self.settle()

    def memory_mb(self) -> float:
        return float(psutil.Process(self.pid).memory_info().rss) / 1e6

    def cpu_s(self) -> float:
        times = psutil.Process(self.pid).cpu_times()
        return float(times.user + times.system)

    def close(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.fd)


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


def say(what: str, ours: list[float], theirs: list[float], budget: float, unit: str = "ms") -> None:
    """One line: both medians, the median of the ratios, the budget beside it."""
    ratio = median(a / b for a, b in zip(ours, theirs, strict=True))
    measured = f"{what:32} {median(ours):9.1f} {unit}  bare {median(theirs):9.1f} {unit}"
    print(f"{measured}  ratio {ratio:5.2f}  budget {budget} {'within' if ratio <= budget else 'OVER'}")
