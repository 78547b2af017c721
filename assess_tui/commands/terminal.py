"""What the terminal says of itself when it is asked: how fast it answers, how many cells a letter takes."""

from __future__ import annotations

import os
import re
import select
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median

WAIT_S = 2.0
"""A terminal that has not answered by then does not answer."""
TIMES = 5
SLOW_MS = 100
"""From here on each key is felt as a wait."""
WIDE, COMBINED = "世", "e\u0301"
WHERE = re.compile(rb"\x1b\[\d+;(\d+)R")
ASK, ERASE = "\x1b[6n", "\r\x1b[K"


def answers() -> Iterator[str]:
    """Lines about the terminal on standard input and output; none where that is no terminal that can be asked."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return
    try:
        with _raw():
            told = list(_told(*[""] * TIMES, WIDE, COMBINED))
    except (ImportError, OSError):  # no such terminal on this system
        return
    if len(told) < TIMES + 2:
        yield "answers: none, so how fast it is and how wide its letters are is not known"
        return
    *asked, (_, wide), (_, combined) = told
    took = median(ms for ms, _ in asked)
    yield f"answers: in {took:.1f} ms" + (" (a slow line: each key is felt as a wait)" if took > SLOW_MS else "")
    yield _width(wide, 2, "a wide letter") + "; " + _width(combined, 1, "a letter with its accent apart")


def _width(found: int, cells: int, what: str) -> str:
    wrong = "" if found == cells else f", {cells} expected: names with such letters stand out of line"
    return f"{what}: {found} {'cell' if found == 1 else 'cells'}{wrong}"


@contextmanager
def _raw() -> Iterator[None]:
    """Answers come as keys do, and are not shown."""
    import termios
    import tty

    before = termios.tcgetattr(sys.stdin)
    try:
        tty.setcbreak(sys.stdin)
        yield
    finally:
        sys.stdout.write(ERASE)
        sys.stdout.flush()
        termios.tcsetattr(sys.stdin, termios.TCSAFLUSH, before)


def _told(*texts: str) -> Iterator[tuple[float, int]]:
    """What it answers to each, up to the first one without an answer."""
    for text in texts:
        if (answer := _asked(text)) is None:
            return
        yield answer


def _asked(text: str) -> tuple[float, int] | None:
    """Milliseconds until the terminal said where its cursor is, and the cells of this text; None without an answer."""
    sys.stdout.write(f"{ERASE}{text}{ASK}")
    sys.stdout.flush()
    began, told = time.perf_counter(), b""
    while (left := began + WAIT_S - time.perf_counter()) > 0:
        if select.select([sys.stdin], [], [], left)[0]:
            told += os.read(sys.stdin.fileno(), 64)
        if place := WHERE.search(told):
            return (time.perf_counter() - began) * 1000, int(place[1]) - 1
    return None
