"""One thing that is wrong in a library file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple


class Problem(NamedTuple):
    """Where (file, and line or key), which kind of thing (code), and one clear sentence."""

    file: str
    place: str
    code: str
    message: str

    @property
    def sentence(self) -> str:
        """All of it on one line: "tests/nprs.toml: measure.hard: the lower limit 10 is not below the upper limit 0"."""
        return ": ".join(part for part in (self.file, self.place, self.message) if part)


class Fault(NamedTuple):
    """A problem inside a file, before the file is named."""

    place: str
    code: str
    message: str


Faults = Iterator[Fault]


def named(items: list[str]) -> str:
    """A list in a sentence."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"
