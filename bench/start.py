"""First paint and memory against a bare Textual app in the same rounds. Budgets: 1.35 and 1.3 (design, section 6)."""

from __future__ import annotations

import tempfile
from pathlib import Path

from bench.figures import ratio
from bench.product import product
from bench.terminal import BARE, Terminal, script

ROUNDS = 11


def main() -> None:
    ours = product()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bare = script(folder, "bare", BARE)
        command = [*ours.start, "--data", str(folder / "clinic")]
        rounds = []
        for _ in range(ROUNDS + 1):
            mine = started(Terminal(command, ours.env, ours.folder), b"whole-body", b"Before the first use")
            base = started(Terminal(bare, ours.env, ours.folder), b"painted", b"painted")
            rounds.append((*mine, *base))
        paint, memory, bare_paint, bare_memory = (list(column) for column in zip(*rounds[1:], strict=True))
    ratio("first paint", paint, bare_paint, 1.35)
    ratio("memory, record open", memory, bare_memory, 1.3, "MB")


def started(terminal: Terminal, painted: bytes, ready: bytes) -> tuple[float, float]:
    """Milliseconds to the first paint, and megabytes once it is ready for a key."""
    took = terminal.until(painted)
    terminal.until(ready)
    terminal.settle(0.4)
    memory = terminal.memory_mb()
    terminal.close()
    return took, memory


if __name__ == "__main__":
    main()
