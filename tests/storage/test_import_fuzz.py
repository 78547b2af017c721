"""Export files damaged in every way: taken in whole and readable, or refused in one sentence. Never a half."""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assess_tui.storage import export_file
from assess_tui.storage.errors import StorageError
from assess_tui.storage.exchange import NotTakenError
from assess_tui.storage.store import from_json, to_json
from tests.fuzz import Tried, tried
from tests.memory import in_memory
from tests.storage.laptops import Laptop

FILES = 20_000
SOME = 400
ODD: tuple[Any, ...] = (
    None, True, 0, -1, 10**30, 10**400, "", "x" * 30_000, "\u0000", "\u202e", "2026-13-45", [], {}, [[[]]], {"a": None},
)  # fmt: skip


def damaged(data: bytes, chance: random.Random) -> bytes:
    """One file, damaged once or a few times."""
    for _ in range(chance.choice((1, 1, 2, 5))):
        data = chance.choice(DAMAGE)(data, chance)
    return data


def _flipped(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data)) if data else 0
    return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _without_a_piece(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + data[at + chance.randrange(40) :]


def _twice(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + data[at : at + chance.randrange(400)] + data[at:]


def _deep(data: bytes, chance: random.Random) -> bytes:
    depth = chance.choice((10, 30, 900, 30_000))
    return _valued(data, b"[" * depth + b"1" + b"]" * depth)


def _huge(data: bytes, chance: random.Random) -> bytes:
    number = chance.choice((b"1e999999999", b"-1e-999999999", b"9" * 6_000, b"1." + b"3" * 6_000, b"NaN", b"-Infinity"))
    return _valued(data, number)


def _valued(data: bytes, value: bytes) -> bytes:
    """The first measurement holds this."""
    return re.sub(rb'"value":[^,}]+', lambda _: b'"value":' + value, data, count=1)


def _of_another_kind(data: bytes, chance: random.Random) -> bytes:
    """A field of a row holds something else, is gone, or is a neighbour's."""
    try:
        told = from_json(data)
        table = chance.choice([name for name, rows in told.items() if isinstance(rows, list) and rows])
        row, other = chance.choice(told[table]), chance.choice(told[table])
        field = chance.choice(list(row))
    except (ValueError, ArithmeticError, RecursionError, LookupError, AttributeError, TypeError):
        return data
    if chance.random() < 0.2:
        del row[field]
    else:
        row[field] = chance.choice((*ODD, other.get(field)))
    return to_json(told).encode()


def _without_a_row(data: bytes, chance: random.Random) -> bytes:
    lines = data.split(b"\n")
    del lines[chance.randrange(len(lines))]
    return b"\n".join(lines)


DAMAGE: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _flipped, _flipped, _cut, _without_a_piece, _twice, _deep, _huge, _of_another_kind, _of_another_kind,
    _of_another_kind, _without_a_row,
)  # fmt: skip


def files(folder: Path) -> tuple[bytes, ...]:
    """Small exports, one of them of a patient; the library is told in a few letters."""
    laptop = Laptop(folder, 1)
    for deed in [(0, 0), (1, 0), (9, 1), (2, 0), (2, 1), (2, 5), (4, 5), (5, 0), (6, 0), (7, 0), (8, 3), (10, 0)]:
        laptop.do(*deed)
    whole = laptop.exported()
    library = whole[whole.index(b'"library":[') : whole.index(b'"device":[')]
    digest = from_json(whole)["library"][0]["digest"]
    small = b'"library":[\n{"digest":"%b","version":"1","body":{"digest":"%b"}}],\n' % ((digest.encode(),) * 2)
    return (whole.replace(library, small), whole)


def fuzzed(folder: Path, count: int, start: int) -> Tried:
    chance = random.Random(start)  # noqa: S311  # the same each time, nothing secret
    small, whole = files(folder / "exported")
    laptop = Laptop(folder / "first", 2)

    def attempt(number: int) -> None:
        nonlocal laptop
        data = damaged(whole if number % 50 == 0 else small, chance)
        export_file.is_export(data)
        before = laptop.record.path.read_bytes()
        try:
            new = laptop.take_in(data).new
        except (NotTakenError, StorageError):
            assert laptop.record.path.read_bytes() == before
            raise
        readable(laptop)
        if new:
            laptop.record.close()
            laptop = Laptop(folder / str(number), 2)

    return tried(count, attempt, NotTakenError, StorageError)


def readable(laptop: Laptop) -> None:
    """Everything a screen lists can be read."""
    record = laptop.record
    for patient in record.patients():
        for visit in record.visits(patient.id):
            record.visit(visit.id)
            record.plans(visit.id)
            record.events(visit.id)
            record.papers(visit.id)
    record.devices()
    record.templates()
    record.unfinished()
    laptop.exported()


def test_a_damaged_file_is_taken_in_whole_or_refused() -> None:
    with in_memory() as folder:
        fuzzed(folder, SOME, 1)


def test_what_is_told_of_a_file_stays_on_one_line() -> None:
    told = str(NotTakenError("visit 1: its library \x00\u202e\n" + "x" * 1_000 + " is nowhere"))
    assert told.startswith("visit 1: its library ???xxx")
    assert len(told) == 300


@pytest.mark.soak
def test_damaged_files_in_full(capsys: pytest.CaptureFixture[str]) -> None:
    with in_memory() as folder, capsys.disabled():
        sys.stdout.write(f"\ndamaged export files, {fuzzed(folder, FILES, 2)}")
