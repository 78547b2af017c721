"""Which knowledge this is: its version, its digest from the bytes of the data files, and when it is to be reviewed.

Standard library only: `--version` names all three and must not wait for anything else to load.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from protocols.hashing import blake2b

DATA = Path(__file__).parent / "data"
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


class Edition(NamedTuple):
    """What data/VERSION says. `reviewed` and `next_review` are months, "2026-11", or empty where none is named."""

    version: str
    reviewed: str
    next_review: str


def edition() -> Edition:
    """The edition of the bundled knowledge."""
    lines = (DATA / "VERSION").read_text(encoding="ascii").splitlines()
    told = {key.strip(): value.strip() for key, _, value in (line.partition("=") for line in lines)}
    return Edition(told["version"], told["reviewed"], told["next_review"])


def version() -> str:
    """The version of the bundled knowledge, like "2026.11"."""
    return edition().version


def overdue(next_review: str, today: dt.date) -> bool:
    """Whether the month of the next review has passed. Knowledge without that month is never overdue."""
    return bool(next_review) and f"{today:%Y-%m}" > next_review


def words(known: Edition, digest: str, today: dt.date) -> str:
    """Which knowledge this is, when it was reviewed, and that it is old once its next review is past."""
    name = f"Knowledge {known.version}, {digest}."
    if not (known.reviewed and known.next_review):
        return name
    reviewed, due = month_words(known.reviewed), month_words(known.next_review)
    if overdue(known.next_review, today):
        return f"{name} Reviewed {reviewed}; the next review was due {due}: look for a newer version."
    return f"{name} Reviewed {reviewed}, next review due {due}."


def due_words(next_review: str, today: dt.date) -> str:
    """The same in a few words for a line of state; "" while the knowledge is not old."""
    return f"knowledge due for review since {month_words(next_review)}" if overdue(next_review, today) else ""


def month_words(month: str) -> str:
    """ "2026-11" -> "November 2026"."""
    year, number = month.split("-")
    return f"{MONTHS[int(number) - 1]} {year}"


def digest() -> str:
    """16 hex digits over the names and bytes of the bundled data files: equal digest, equal knowledge."""
    return digest_of(_each(DATA))


def named_bytes(folder: Path) -> dict[str, bytes]:
    """The bytes of every TOML file of a library folder, by name ("tests/nprs.toml"), sorted."""
    return dict(_each(folder))


def _each(folder: Path) -> Iterator[tuple[str, bytes]]:
    """One file after the other: a digest need not hold them all."""
    files = [file for held in ("", "tests/", "exercises/", "questionnaires/") for file in folder.glob(f"{held}*.toml")]
    for name, file in sorted((file.relative_to(folder).as_posix(), file) for file in files):
        yield name, file.read_bytes()


def digest_of(files: Iterable[tuple[str, bytes]], before: str = "") -> str:
    """16 hex digits over names and bytes, which come sorted by name; `before` is the digest these are laid over."""
    state = blake2b(before.encode(), digest_size=8)
    for name, raw in files:
        state.update(b"%s\0%d\0" % (name.encode(), len(raw)))
        state.update(raw)
    return state.hexdigest()
