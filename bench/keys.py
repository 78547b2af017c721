"""What a key costs: to the first painted byte, in bytes of a Tab, of the next step, and at rest.

Budgets (design, section 6): key to paint p95 at most 33 ms and 1.5 x a bare form; Tab at most 4 KB at 120x40; next step
p95 at most 50 ms; idle under 1 % of a core, no bytes but the clock's own cells.
"""

from __future__ import annotations

import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path
from statistics import median

from bench.figures import most, p95, ratio, spread
from bench.product import Product, product
from bench.terminal import FORM, Cost, Terminal, script

TIMES = 100
"""An even number: a letter and its erasure leave nothing typed."""
ON_THE_BEAT = 40
"""Of keys that wait for a tick of the clock first."""
STEPS = 20
"""Tests of the sample visit that were not looked at yet."""
IDLE_S = 10.0
TAB, ENTER, ESCAPE, BACKSPACE = b"\t", b"\r", b"\x1b", b"\x7f"
RIGHT, F2, F4, F6 = b"\x1b[C", b"\x1bOQ", b"\x1bOS", b"\x1b[17~"
PLACED = re.compile(rb"\x1b\[(\d+);(\d+)H(?!\x1b\[\?2026l)")
"""Row and column where a painted piece begins; the last move of a paint parks the cursor."""


def main() -> None:
    ours = product()
    with tempfile.TemporaryDirectory() as name, opened(ours, Path(name)) as (terminal, form):
        tell_search(terminal, form)
        tell_library(terminal, form)
        tell_tab(terminal, form)
        into_the_tests(terminal)
        tell_digits(terminal, form)
        tell_steps(terminal, form)
        tell_rest(terminal, form)


@contextmanager
def opened(ours: Product, folder: Path) -> Iterator[tuple[Terminal, Terminal]]:
    """The instrument on its sample clinic with the statement of use agreed to, and a bare form."""
    form = Terminal(script(folder, "form", FORM), ours.env, ours.folder)
    terminal = Terminal([*ours.start, "demo"], ours.env, ours.folder)
    try:
        form.until(b"painted")
        terminal.until(b"Before the first use")
        terminal.settle(0.3)
        terminal.go(ENTER, b"Resume")
        yield terminal, form
    finally:
        terminal.close()
        form.close()


def in_turn(terminal: Terminal, form: Terminal, *keys: bytes, beat: bool = False) -> list[list[Cost]]:
    """The costs of these keys here and there, pressed in turn, so that a busy moment touches both."""
    pressed = islice(cycle(keys), ON_THE_BEAT if beat else TIMES)
    rounds = [(terminal.press(key, beat=beat), form.press(key)) for key in pressed]
    return [list(column) for column in zip(*rounds, strict=True)]


def told(what: str, ours: list[Cost], bare: list[Cost]) -> None:
    """Key to the whole paint, against the form and against the eye."""
    whole, beside = [cost.last for cost in ours], [cost.last for cost in bare]
    ratio(what, whole, beside, 1.5)
    most(f"{what}, p95", p95(whole), 33, "ms", f"{spread(whole)}; bare {spread(beside)}")
    print(f"{what + ', bytes':32}{sizes(ours)}, bare {sizes(bare)}")


def sizes(costs: list[Cost]) -> str:
    return f"median {median(cost.size for cost in costs):.0f}, most {max(cost.size for cost in costs)}"


def tell_search(terminal: Terminal, form: Terminal) -> None:
    told("letter, patients found", *in_turn(terminal, form, b"a", BACKSPACE))


def tell_library(terminal: Terminal, form: Terminal) -> None:
    """What is found; the card beside it follows once the keys rest, and is no part of the letter."""
    terminal.go(F6, b"Exercise cards")
    told("letter, cards found", *in_turn(terminal, form, b"a", BACKSPACE))
    terminal.go(ESCAPE, b"Resume")


def tell_tab(terminal: Terminal, form: Terminal) -> None:
    """From field to field of a new patient."""
    terminal.go(F2, b"A new patient")
    ours, bare = in_turn(terminal, form, TAB)
    terminal.go(ESCAPE, b"Resume")
    told("Tab", ours, bare)
    most("Tab, bytes", max(cost.size for cost in ours), 4096, "B")


def into_the_tests(terminal: Terminal) -> None:
    """From the home of the sample clinic into the guided screen of its unfinished visit."""
    terminal.go(ENTER, b" min")
    terminal.go(F4, b"not tested")


def tell_digits(terminal: Terminal, form: Terminal) -> None:
    told("digit, graded", *in_turn(terminal, form, b"1", BACKSPACE, beat=True))


def tell_steps(terminal: Terminal, form: Terminal) -> None:
    """On to tests that were not seen before, beside a letter in the form."""
    rounds = [(terminal.press(RIGHT, beat=True), form.press(b"a")) for _ in range(STEPS)]
    ours, bare = (list(column) for column in zip(*rounds, strict=True))
    whole = [cost.last for cost in ours]
    beside = spread([cost.last for cost in bare])
    most("next step, first sight, p95", p95(whole), 50, "ms", f"{spread(whole)}; a letter in the bare form {beside}")
    print(f"{'next step, bytes':32}{sizes(ours)}")


def tell_rest(terminal: Terminal, form: Terminal) -> None:
    """What both do while nobody types."""
    for one in (terminal, form):
        one.settle(0.5)
    cpu, began, painted, bare = [one.cpu_s() for one in (terminal, form)], time.perf_counter(), b"", b""
    while time.perf_counter() - began < IDLE_S:
        painted += terminal.read(0.1)
        bare += form.read(0.1)
    ours, beside = ((one.cpu_s() - before) / IDLE_S * 100 for one, before in zip((terminal, form), cpu, strict=True))
    rows = sorted({int(row) for row, _ in PLACED.findall(painted)})
    note = f"{len(painted)} bytes in {IDLE_S:.0f} s, on rows {rows}; bare {beside:.2f} %, {len(bare)} bytes"
    most("idle", ours, 1, "%", note)


if __name__ == "__main__":
    main()
