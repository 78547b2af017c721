"""The first bytes of the record's file changed at random: opened and read, or refused in one sentence. Never more."""

from __future__ import annotations

import datetime as dt
import random
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from assess_tui.storage.connect import connect, open_as_is
from assess_tui.storage.errors import StorageError
from assess_tui.storage.folder import RECORD
from assess_tui.storage.ids import uuid7
from assess_tui.storage.record import open_record
from tests.fuzz import Tried, tried
from tests.memory import in_memory

FILES, SOME = 20_000, 300
HEADER = 100
"""Bytes of what SQLite says of a file before its first page begins (SQLite file format, 1.3)."""
KEY = bytes(range(32))
ODD = (b"\x00", b"\xff", b"\x01", b"\x02", b"\x7f", b"\x80", b"\x00\x01", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff")


def now() -> dt.datetime:
    return dt.datetime(2026, 11, 1, 9, 0, tzinfo=dt.UTC)


def record_of(folder: Path, key: bytes | None) -> bytes:
    """A small record, as it lies on the disk."""
    record = open_record(folder, now, uuid7, key)
    record.add_patient(family_name="Ruiz", given_name="Ana", birth_date=dt.date(1992, 3, 4), sex="F")
    record.close()
    return (folder / RECORD).read_bytes()


def _flipped(data: bytearray, chance: random.Random) -> None:
    data[chance.randrange(HEADER)] = chance.randrange(256)


def _odd(data: bytearray, chance: random.Random) -> None:
    piece, at = chance.choice(ODD), chance.randrange(HEADER)
    data[at : at + len(piece)] = piece


def _beyond(data: bytearray, chance: random.Random) -> None:
    """The head of the first page, and what it points at."""
    data[chance.randrange(HEADER, HEADER + 400)] = chance.randrange(256)


def _cut(data: bytearray, chance: random.Random) -> None:
    del data[chance.choice((0, 1, 15, 16, 99, 100, 101, 512, 4095, 4096, 4097, chance.randrange(len(data)))) :]


def _moved(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(HEADER)
    data[at:at] = bytes(chance.randrange(256) for _ in range(chance.choice((1, 2, 16))))


DAMAGE: tuple[Callable[[bytearray, random.Random], None], ...] = (_flipped, _flipped, _odd, _odd, _beyond, _cut, _moved)


def damaged(data: bytes, chance: random.Random) -> bytes:
    held = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        if len(held) > HEADER + 400:
            chance.choice(DAMAGE)(held, chance)
    return bytes(held)


def looked_at(path: Path, key: bytes | None) -> int:
    """Open the file as the instrument does and read from it; how many patients it holds."""
    with closing(open_as_is(path, key)):
        pass
    with closing(connect(path, key=key)) as db:
        db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    record = open_record(path.parent, now, uuid7, key)
    try:
        return len(record.patients())
    finally:
        record.close()


def fuzzed(folder: Path, count: int, start: int) -> Tried:
    chance = random.Random(start)  # noqa: S311  # the same each time, nothing secret
    sound = {key: record_of(folder / str(key), key) for key in (None, KEY)}
    held = folder / "held"
    held.mkdir()

    def attempt(number: int) -> None:
        key = KEY if number % 5 == 0 else None
        for left in held.iterdir():
            left.unlink()
        path = held / RECORD
        path.write_bytes(damaged(sound[key], chance))
        path.chmod(0o600)
        assert looked_at(path, key) in (0, 1)

    return tried(count, attempt, StorageError)


def test_a_damaged_head_is_read_or_refused() -> None:
    with in_memory() as folder:
        fuzzed(folder, SOME, 1)


@pytest.mark.soak
def test_damaged_heads_in_full(capsys: pytest.CaptureFixture[str]) -> None:
    with in_memory() as folder, capsys.disabled():
        sys.stdout.write(f"\ndamaged heads of records, {fuzzed(folder, FILES, 2)}")
