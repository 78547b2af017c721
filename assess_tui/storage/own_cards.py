"""The clinic's own exercise cards as TOML files: written whole or not at all, after the checks of the whole folder."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import msgspec
import tomli_w

from assess_tui.storage.documents import write
from assess_tui.storage.errors import StorageError
from assess_tui.storage.folder import LIBRARY
from protocols.check import Problem, check
from protocols.library import load, parse
from protocols.model import Exercise, Pose

CARDS: Final = "exercises"
ALWAYS: Final = frozenset({"version", "per_day", "sets", "reps", "sides"})
"""Written even where they hold what is usual, as the bundled files do."""
LAST: Final = ("start", "finish")
"""The tables of a pose stand below its keys."""
SHORT_LIST: Final = re.compile(r'\[\n((?:  (?:-?\d+(?:\.\d+)?|"\w+"),\n)+)\]')
"""A list of numbers or of ids, which the bundled files write on one line. No text of a card holds a line break here."""


def own_file(folder: Path, card: str) -> Path:
    """Where a data folder keeps its own card of this id."""
    return folder / LIBRARY / CARDS / f"{card}.toml"


def card_text(card: Exercise) -> str:
    """The card as TOML, its keys in the order of the bundled files, without what is left at its default.

    Read back by `protocols.library` it is the same card.
    """
    made: dict[str, Any] = _plain(card)
    made["pose"] = {key: made["pose"][key] for key in sorted(made["pose"], key=LAST.__contains__)}
    return SHORT_LIST.sub(_on_one_line, tomli_w.dumps(made, indent=2))


def version_on_disk(file: Path) -> int | None:
    """The version of a card that stands there already; 0 where it cannot be read, None where there is no file."""
    if not file.exists():
        return None
    try:
        return msgspec.convert(parse(file.read_bytes()), Exercise).version
    except (OSError, ValueError):
        return 0


def problems_of(folder: Path, card: Exercise) -> list[Problem]:
    """What the checks say of this card among the clinic's own, over the bundled ones. Raises StorageError."""
    held = own_file(folder, card.id)
    try:
        with TemporaryDirectory() as place:
            beside = Path(place) / CARDS
            beside.mkdir()
            for file in held.parent.glob("*.toml"):
                shutil.copyfile(file, beside / file.name)
            (beside / held.name).write_bytes(card_text(card).encode())
            found = check(Path(place), load(), "exercises")
    except OSError as error:
        raise _cannot(held, error) from error
    return [problem for problem in found if Path(problem.file).name == held.name]


def write_card(folder: Path, card: Exercise) -> Path:
    """Write the card in the place of an older file of its id. Raises StorageError, and then nothing was written."""
    file = own_file(folder, card.id)
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise _cannot(file, error) from error
    return write(file, card_text(card).encode())


def _cannot(file: Path, error: OSError) -> StorageError:
    return StorageError(
        "The card cannot be written", f"{file}: {error.strerror}; make room there or make it writable, then try again"
    )


def _plain(value: Any) -> Any:
    """Structs as tables without defaults, tuples as lists, whole numbers without a point."""
    if isinstance(value, msgspec.Struct):
        return {
            field.name: _plain(held)
            for field in msgspec.structs.fields(value)
            if (held := getattr(value, field.name)) is not None
            and (field.name in ALWAYS or held != field.default or (isinstance(value, Pose) and field.name == "start"))
        }
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _on_one_line(found: re.Match[str]) -> str:
    return f"[{', '.join(row.strip().rstrip(',') for row in found[1].splitlines())}]"
