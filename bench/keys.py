"""What a key costs: to the first painted byte, in bytes of a Tab, of the next step, and at rest.

Budgets (design, section 6): key to paint p95 at most 33 ms and 1.5 x a bare form; Tab at most 4 KB at 120x40; next step
p95 at most 50 ms; idle under 1 % of a core, no bytes but the clock's own cells.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles

from bench.terminal import FORM, Terminal, say, script

LETTERS = 30
TABS = 12


def p95(figures: list[float]) -> float:
    return quantiles(figures, n=20)[-1]


def costs(terminal: Terminal, key: bytes, times: int) -> tuple[list[float], list[float]]:
    """Milliseconds and bytes of each press."""
    pairs = [terminal.key(key) for _ in range(times)]
    return [took for took, _ in pairs], [float(size) for _, size in pairs]


def idle(terminal: Terminal, seconds: float = 5.0) -> tuple[float, int]:
    """Per cent of a core and bytes painted while nobody types."""
    terminal.settle(1.0)
    cpu, began, size = terminal.cpu_s(), time.perf_counter(), 0
    while time.perf_counter() - began < seconds:
        size += len(terminal.read(0.2))
    return (terminal.cpu_s() - cpu) / seconds * 100, size


def into_the_tests(terminal: Terminal) -> None:
    """From the sample clinic's home into the guided screen of its unfinished visit."""
    terminal.until(b"Resume", 30)
    terminal.settle(0.5)
    terminal.key(b"\r")
    terminal.key(b"\x1bOS")  # F4
    terminal.settle(0.5)


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        form = Terminal(script(Path(name), "form", FORM))
        form.until(b"painted")
        form.settle(0.6)
        ours = Terminal([sys.executable, "-m", "assess_tui", "demo"])
        ours.until(b"Resume", 30)
        ours.settle(0.6)

        home_ms, _ = costs(ours, b"a", LETTERS)
        form_ms, _ = costs(form, b"a", LETTERS)
        say("letter into the search", home_ms, form_ms, 1.5)
        for _ in range(LETTERS):
            ours.key(b"\x7f")

        into_the_tests(ours)
        step_ms, step_bytes = costs(ours, b"\x1b[C", TABS)  # right arrow: the next step
        digit_ms, digit_bytes = costs(ours, b"1", LETTERS)
        tab_ms, tab_bytes = costs(ours, b"\t", TABS)
        form_tab_ms, form_tab_bytes = costs(form, b"\t", TABS)
        say("Tab", tab_ms, form_tab_ms, 1.5)
        say("Tab, bytes", tab_bytes, form_tab_bytes, 1.0, "B")
        print(f"{'Tab, bytes at most':32} {max(tab_bytes):9.0f} B   budget 4096")
        print(f"{'digit, p95':32} {p95(digit_ms):9.1f} ms  budget 33    bytes {median(digit_bytes):.0f}")
        print(f"{'next step, p95':32} {p95(step_ms):9.1f} ms  budget 50    bytes {median(step_bytes):.0f}")
        load, size = idle(ours)
        print(f"{'idle':32} {load:9.2f} %   budget 1     {size} bytes in 5 s, the clock's own cells")
        ours.close()
        form.close()


if __name__ == "__main__":
    main()
