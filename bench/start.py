"""First paint and memory against a bare Textual app in the same rounds. Budgets: 1.35 and 1.3 (design, section 6)."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

from assess_tui.storage.ids import uuid7
from assess_tui.storage.keys import create, keep
from assess_tui.storage.record import open_record
from bench.figures import ratio
from bench.product import product
from bench.terminal import BARE, Terminal, script

ROUNDS = 11


def main() -> None:
    ours = product()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bare = script(folder, "bare", BARE)
        encrypted(folder / "locked")
        plain = [*ours.start, "--no-encryption", "--data", str(folder / "clinic")]
        locked = [*ours.start, "--data", str(folder / "locked")]
        rounds = []
        for _ in range(ROUNDS + 1):
            mine = started(Terminal(plain, ours.env, ours.folder), b"whole-body", b"Before the first use")
            door = started(Terminal(locked, ours.env, ours.folder), b"The record is locked", b"Enter opens")
            base = started(Terminal(bare, ours.env, ours.folder), b"painted", b"painted")
            rounds.append((*mine, *door, *base))
    paint, memory, door_paint, _, bare_paint, bare_memory = (list(column) for column in zip(*rounds[1:], strict=True))
    ratio("first paint, home", paint, bare_paint, 1.35)
    ratio("first paint, unlock", door_paint, bare_paint, 1.35)
    ratio("memory, record open", memory, bare_memory, 1.3, "MB")


def encrypted(folder: Path) -> None:
    """An encrypted record nobody unlocks here."""
    now = dt.datetime.now(dt.UTC)
    created = create("linden harbour seven", "M. Vogel", now, uuid7)
    keep(folder, created)
    open_record(folder, lambda: now, uuid7, created.key).close()


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
