"""Plain mode on streams of a test: lines typed one after the other, a clock that turns between them."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from assess_tui.plain.run import run
from assess_tui.storage.ids import uuid7
from tests.screens.conftest import TurnedClock

Typed = str | float
"""A line, or so many seconds that pass before the next one."""


class Lines(io.StringIO):
    """Gives one line after the other, and turns the clock where a number of seconds stands between them."""

    def __init__(self, typed: Iterable[Typed], clock: TurnedClock) -> None:
        super().__init__()
        self._typed = iter(typed)
        self._clock = clock
        self.given: list[str] = []

    def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]  # typeshed: bytes of the base
        for one in self._typed:
            if isinstance(one, str):
                self.given.append(one)
                return f"{one}\n"
            self._clock.turn(one)
        return ""


class Told(NamedTuple):
    """What a conversation left behind."""

    status: int
    text: str
    typed: list[str]
    """The lines that were asked for."""

    @property
    def said(self) -> str:
        """All of it as one line, so that a sentence is found wherever it was broken."""
        return " ".join(self.text.split())

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()


def talk(folder: Path, typed: Iterable[Typed], clock: TurnedClock | None = None, *, demo: bool = False) -> Told:
    """One conversation on a record that is not encrypted; it ends with the lines."""
    time = clock or TurnedClock()
    heard, told = Lines(typed, time), io.StringIO()
    status = run(folder, heard, told, clock=time, new_id=uuid7, demo=demo)
    return Told(status, told.getvalue(), heard.given)
