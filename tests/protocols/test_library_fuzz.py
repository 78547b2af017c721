"""A clinic's own TOML damaged in every way: taken up whole, or refused in one line. No traceback, no half, no hang."""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from protocols.errors import LibraryError
from protocols.library import DATA, load, with_clinic
from protocols.model import Exercise, Test
from tests.fuzz import Tried, tried
from tests.memory import in_memory

FILES, SOME = 15_000, 500
LIBRARY = load()
SOURCES = ("tests/hip_ir_supine", "tests/sls_eo", "tests/nprs", "exercises/S03", "exercises/A01", "exercises/B05")
VALUE = re.compile(rb"(?m)(?<== )\S[^\n]*$")
ODD: tuple[bytes, ...] = (
    b"true", b"0", b"-1", b"1e400", b"nan", b"-inf", b"9" * 400, b"0.1" + b"3" * 400, b'""', b'"x"',
    b'"' + b"y" * 9000 + b'"', b"[]", b"[[[]]]", b"{}", b"{a = 1}", b"[1, 2]", b"1979-05-27", b'"\\u202e"',
    b'"[bold]"', b"'''\n'''", b"[" * 400 + b"]" * 400,
)  # fmt: skip


def _flipped(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]


def _of_another_kind(data: bytes, chance: random.Random) -> bytes:
    """A field holds something else."""
    at = chance.choice([found.span() for found in VALUE.finditer(data)] or [(0, 0)])
    return data[: at[0]] + chance.choice(ODD) + data[at[1] :]


def _another_number(data: bytes, chance: random.Random) -> bytes:
    at = chance.choice([found.span() for found in re.finditer(rb"\d+", data)] or [(0, 0)])
    return data[: at[0]] + chance.choice((b"0", b"1", b"2", b"7", b"360", b"999999", b"-5", b"0.5")) + data[at[1] :]


def _without_a_line(data: bytes, chance: random.Random) -> bytes:
    lines = data.split(b"\n")
    del lines[chance.randrange(len(lines))]
    return b"\n".join(lines)


def _a_line_twice(data: bytes, chance: random.Random) -> bytes:
    lines = data.split(b"\n")
    lines.insert(chance.randrange(len(lines)), chance.choice(lines))
    return b"\n".join(lines)


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


DAMAGE: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _flipped, _flipped, _of_another_kind, _of_another_kind, _another_number, _another_number, _another_number,
    _without_a_line, _a_line_twice, _cut,
)  # fmt: skip


def damaged(data: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        data = chance.choice(DAMAGE)(data or b"x", chance)
    return data


def sources() -> dict[str, bytes]:
    """Bundled files as a clinic would hold them: a version higher."""
    read = {name: (DATA / f"{name}.toml").read_bytes() for name in SOURCES}
    return {name: re.sub(rb"(?m)^version = \d+", b"version = 99", data) for name, data in read.items()}


def fuzzed(folder: Path, count: int, start: int) -> Tried:
    chance = random.Random(start)  # noqa: S311  # the same each time, nothing secret
    for kind in ("tests", "exercises"):
        (folder / kind).mkdir()
    held = sources()

    def attempt(_: int) -> None:
        name = chance.choice(SOURCES)
        path = folder / f"{name}.toml"
        path.write_bytes(damaged(held[name], chance))
        try:
            library = with_clinic(LIBRARY, folder)
        finally:
            path.unlink()
        again(library.tests if name.startswith("tests") else library.exercises, name.partition("/")[2])

    return tried(count, attempt, LibraryError)


def again(known: dict[str, Test] | dict[str, Exercise], one: str) -> None:
    """What was taken up can be kept with a visit and read back."""
    kept = msgspec.json.Encoder(decimal_format="number").encode(known[one])
    assert msgspec.json.decode(kept, type=type(known[one])) == known[one]


def test_a_damaged_file_of_a_clinic_is_taken_up_or_refused() -> None:
    with in_memory() as folder:
        fuzzed(folder, SOME, 1)


@pytest.mark.soak
def test_damaged_files_of_a_clinic_in_full(capsys: pytest.CaptureFixture[str]) -> None:
    with in_memory() as folder, capsys.disabled():
        sys.stdout.write(f"\ndamaged files of a clinic's library, {fuzzed(folder, FILES, 2)}")
