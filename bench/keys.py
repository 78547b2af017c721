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
from pathlib import Path
from statistics import median

from bench.figures import most, p95, ratio
from bench.product import Product, product
from bench.terminal import FORM, Cost, Terminal, script

TIMES = 24
STEPS = 16
IDLE_S = 5.0
TAB, RIGHT, F4, ENTER, BACKSPACE = b"\t", b"\x1b[C", b"\x1bOS", b"\r", b"\x7f"
PLACED = re.compile(rb"\x1b\[(\d+);(\d+)H")
"""Where a painted piece begins: row and column."""


def main() -> None:
    ours = product()
    with tempfile.TemporaryDirectory() as name, opened(ours, Path(name)) as (terminal, form):
        letter, form_letter = pressed(terminal, b"an"), pressed(form, b"an")
        for _ in range(TIMES):
            terminal.press(BACKSPACE)
        letters, form_letters = letter, form_letter
        ratio("letter into the search", firsts(letters), firsts(form_letters), 1.5)
        into_the_tests(terminal)
        tell_typing(terminal, form)
        tell_steps(terminal)
        tell_rest(terminal)


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


def pressed(terminal: Terminal, letters: bytes) -> list[Cost]:
    return [terminal.press(letters[number % len(letters)].to_bytes()) for number in range(TIMES)]


def firsts(costs: list[Cost]) -> list[float]:
    return [cost.first for cost in costs]


def into_the_tests(terminal: Terminal) -> None:
    """From the home of the sample clinic into the guided screen of its unfinished visit."""
    terminal.go(ENTER, b"of 25 min")
    terminal.go(F4, b"not tested")


def tell_typing(terminal: Terminal, form: Terminal) -> None:
    rounds = [
        (terminal.press(TAB, beat=True), terminal.press(b"1", beat=True), form.press(TAB), form.press(b"1"))
        for _ in range(TIMES // 2)
    ]
    tab, digit, form_tab, form_digit = (list(column) for column in zip(*rounds, strict=True))
    ratio("Tab", firsts(tab), firsts(form_tab), 1.5)
    ratio("digit", firsts(digit), firsts(form_digit), 1.5)
    most("digit, p95", p95([cost.last for cost in digit]), 33, "ms")
    most("Tab, bytes", max(cost.size for cost in tab), 4096, "B", f"bare form {max(cost.size for cost in form_tab)} B")


def tell_steps(terminal: Terminal) -> None:
    steps = [terminal.press(RIGHT, beat=True) for _ in range(STEPS)]
    whole = [cost.last for cost in steps]
    note = f"median {median(whole):.0f} ms, {median(cost.size for cost in steps):.0f} bytes"
    most("next step, first sight, p95", p95(whole), 50, "ms", note)


def tell_rest(terminal: Terminal) -> None:
    """What it does while nobody types."""
    terminal.settle(0.5)
    cpu, began, painted = terminal.cpu_s(), time.perf_counter(), b""
    while time.perf_counter() - began < IDLE_S:
        painted += terminal.read(0.2)
    load = (terminal.cpu_s() - cpu) / IDLE_S * 100
    rows = {int(row) for row, _ in PLACED.findall(painted)}
    most("idle", load, 1, "%", f"{len(painted)} bytes in {IDLE_S:.0f} s, on rows {sorted(rows)}")


if __name__ == "__main__":
    main()
