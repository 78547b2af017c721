"""Export files damaged in every way: taken in whole and readable, or refused in one sentence. Never a half."""

from __future__ import annotations

import random
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assess_tui.storage import export_file
from assess_tui.storage.errors import StorageError
from assess_tui.storage.exchange import NotTakenError
from assess_tui.storage.store import from_json, to_json
from tests.memory import in_memory
from tests.storage.laptops import Laptop

FILES = 20_000
SOME = 400
SLOWEST_S = 5.0
"""On a busy machine; a file of this size takes a hundredth of it."""
LONGEST = 400
"""Letters of a sentence that says why."""
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


def files() -> tuple[bytes, ...]:
    """Small exports, one of them of a patient; the library is told in a few letters."""
    import tempfile

    laptop = Laptop(Path(tempfile.mkdtemp()), 1)
    for deed in [(0, 0), (1, 0), (9, 1), (2, 0), (2, 1), (2, 5), (4, 5), (5, 0), (6, 0), (7, 0), (8, 3), (10, 0)]:
        laptop.do(*deed)
    whole = laptop.exported()
    library = whole[whole.index(b'"library":[') : whole.index(b'"device":[')]
    digest = from_json(whole)["library"][0]["digest"]
    small = b'"library":[\n{"digest":"%b","version":"1","body":{"digest":"%b"}}],\n' % ((digest.encode(),) * 2)
    return (whole.replace(library, small), whole)


def tried(count: int, start: int) -> tuple[int, int, float]:
    """How many damaged files were taken in, how many refused, and the slowest, in seconds."""
    with in_memory():
        return _tried(count, start)


def _tried(count: int, start: int) -> tuple[int, int, float]:
    import tempfile

    chance = random.Random(start)  # noqa: S311  # the same each time, nothing secret
    small, whole = files()
    taken = refused = 0
    slowest, unchanged = 0.0, True
    said: set[str] = set()
    laptop = Laptop(Path(tempfile.mkdtemp()), 2)
    for number in range(count):
        data = damaged(whole if number % 50 == 0 else small, chance)
        before = laptop.record.path.read_bytes()
        begun = time.monotonic()
        try:
            new = laptop.take_in(data).new
        except (NotTakenError, StorageError) as error:
            refused += 1
            said.add(str(error))
            unchanged = unchanged and laptop.record.path.read_bytes() == before
        else:
            taken += 1
            readable(laptop)
            if new:
                laptop.record.close()
                laptop = Laptop(Path(tempfile.mkdtemp()), 2)
        export_file.is_export(data)
        slowest = max(slowest, time.monotonic() - begun)
    assert unchanged
    assert not [words for words in said if "\n" in words or len(words) > LONGEST]
    return taken, refused, slowest


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
    taken, refused, slowest = tried(SOME, 1)
    assert taken + refused == SOME
    assert refused > taken > 0
    assert slowest < SLOWEST_S


@pytest.mark.soak
def test_damaged_files_in_full(capsys: pytest.CaptureFixture[str]) -> None:
    taken, refused, slowest = tried(FILES, 2)
    with capsys.disabled():
        words = f"{FILES} damaged export files: {refused} refused, {taken} taken in whole; slowest {slowest:.2f} s"
        sys.stdout.write(f"\n{words}\n")
    assert slowest < SLOWEST_S
