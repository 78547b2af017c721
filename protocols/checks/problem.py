"""One thing that is wrong in a library file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import NamedTuple

LONGEST = 300
"""Letters of a part of a sentence; every sentence of our own is shorter."""


class Problem(NamedTuple):
    """Where (file, and line or key), which kind of thing (code), and one clear sentence."""

    file: str
    place: str
    code: str
    message: str

    @property
    def sentence(self) -> str:
        """All of it on one line: "tests/nprs.toml: measure.hard: the lower limit 10 is not below the upper limit 0"."""
        return ": ".join(_on_one_line(part) for part in (self.file, self.place, self.message) if part)


def _on_one_line(text: str) -> str:
    """What a file holds may be of any length, and hold any sign."""
    short = text if len(text) <= LONGEST else f"{text[: LONGEST - 2]} …"
    return "".join(sign if sign.isprintable() else "?" for sign in short)


class Fault(NamedTuple):
    """A problem inside a file, before the file is named."""

    place: str
    code: str
    message: str


Faults = Iterator[Fault]


def meant(name: str, known: Iterable[str]) -> str:
    """What to write in place of an unknown name, as the end of a sentence."""
    names = list(known)
    near = get_close_matches(name, names, n=1)
    return f"did you mean {near[0]}?" if near else f"known here: {', '.join(names)}"
