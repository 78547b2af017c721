"""First paint and memory against a bare Textual app in the same rounds. Budgets: 1.35 and 1.3 (design, section 6).

On a busy machine the processor time is the figure to go by. The libraries are measured without the product, too: no
product that stands on them can take less memory.
"""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from contextlib import closing
from pathlib import Path
from statistics import median
from typing import NamedTuple

from assess_tui.storage.ids import uuid7
from assess_tui.storage.keys import create, keep
from assess_tui.storage.record import open_record
from bench.figures import ratio
from bench.product import Product, product
from bench.terminal import BARE, Terminal, script

ROUNDS = 11
WORDS = "linden harbour seven"
OPEN = b"No patients yet"
QUIET_S = 0.6
"""The record opens behind the first paint, and is then looked after."""
DRIVER = """
import sys
sys.modules["ssl"] = None  # the product does without it
import msgspec, sqlcipher3
db = sqlcipher3.connect(sys.argv[1])
db.execute("PRAGMA key = 'x'")
db.execute("CREATE TABLE IF NOT EXISTS one (two)")
"""
SEALING = """
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
slow = Argon2id(salt=bytes(16), length=32, iterations=3, lanes=4, memory_cost=65536)
AESGCM(slow.derive(b"x")).encrypt(bytes(12), b"x", b"")
"""


class Start(NamedTuple):
    """One start."""

    paint: float
    """Milliseconds to the first paint."""
    processor: float
    """Milliseconds of the processor until then."""
    settled: float
    """Megabytes once it is ready, before any key."""
    opened: float
    """Megabytes with the record open, after the passphrase where one is asked for."""


def main() -> None:
    ours = product()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        encrypted(folder / "locked")
        agreed(folder / "clinic")
        rounds = [one_round(ours, folder) for _ in range(ROUNDS + 1)][1:]
    home, door, bare, driver, sealing = (list(column) for column in zip(*rounds, strict=True))
    for words, place in (("home", home), ("unlock", door)):
        ratio(f"first paint, {words}", *of("paint", place, bare), 1.35)
        ratio(f"first paint, {words}, processor", *of("processor", place, bare), 1.35)
    ratio("memory, unlock, before any key", *of("settled", door, bare), 1.3, "MB")
    ratio("memory, plain home", *of("settled", home, bare), 1.3, "MB")
    ratio("memory, encrypted record open", *of("opened", door, bare), 1.3, "MB")
    for words, libraries in (("driver", driver), ("driver and sealing", sealing)):
        alone, base = of("settled", libraries, bare)
        times = median(one / other for one, other in zip(alone, base, strict=True))
        print(f"of it Textual and {words}: {median(alone):.1f} MB, {times:.2f} x")


def of(what: str, ours: list[Start], bare: list[Start]) -> tuple[list[float], list[float]]:
    """One figure of every start, and of the bare app."""
    return [getattr(start, what) for start in ours], [getattr(start, what) for start in bare]


def one_round(ours: Product, folder: Path) -> tuple[Start, ...]:
    """Every program once."""
    plain = [*ours.start, "--data", str(folder / "clinic")]
    locked = [*ours.start, "--data", str(folder / "locked")]
    file = str(folder / "one.db")
    starts = [
        started(Terminal(plain, ours.env, ours.folder), b"whole-body", OPEN),
        started(Terminal(locked, ours.env, ours.folder), b"The record is locked", typed=WORDS),
    ]
    for name, code in (("bare", ""), ("driver", DRIVER), ("sealing", DRIVER + SEALING)):
        command = [*script(folder, name, code + BARE), file]
        starts.append(started(Terminal(command, ours.env, ours.folder), b"painted"))
    return tuple(starts)


def encrypted(folder: Path) -> None:
    """An encrypted record."""
    created = create(WORDS, "M. Vogel", dt.datetime.now(dt.UTC), uuid7)
    keep(folder, created)
    agreed(folder, created.key)


def agreed(folder: Path, key: bytes | None = None) -> None:
    """A record whose clinician has read what is shown before the first use."""
    now = dt.datetime.now(dt.UTC)
    with closing(open_record(folder, lambda: now, uuid7, key)) as record:
        record.set_setting("intended_use", now.isoformat())


def started(terminal: Terminal, painted: bytes, ready: bytes = b"", typed: str = "") -> Start:
    """Start it, wait until it is ready, and type what it asks for."""
    took, processor = terminal.until(painted), terminal.cpu_s() * 1000
    terminal.until(ready)
    terminal.settle(QUIET_S)
    settled = opened = terminal.memory_mb()
    if typed:
        os.write(terminal.fd, f"{typed}\r".encode())
        terminal.until(OPEN)
        terminal.settle(QUIET_S)
        opened = terminal.memory_mb()
    terminal.close()
    return Start(took, processor, settled, opened)


if __name__ == "__main__":
    main()
