"""What makes tests of the whole instrument short without changing what they see."""

from __future__ import annotations

import pickle
import tomllib
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from textual import _wait

from assess_tui.storage.sealing import Cost

WINDOW_S = 0.004
CHEAP = Cost(memory_kib=64, passes=1, lanes=1)


def wait_briefly(patched: pytest.MonkeyPatch) -> None:
    """Textual takes the app as idle after 20 ms without work; most keys here are worked through in a few."""
    patched.setattr(_wait, "SLEEP_GRANULARITY", WINDOW_S)
    patched.setattr(_wait, "SLEEP_IDLE", WINDOW_S / 5)


def seal_cheaply(patched: pytest.MonkeyPatch) -> None:
    """A new record's passphrases are quick to guess; what a file says of its cost holds as ever."""
    patched.setattr("assess_tui.storage.keys.Cost", lambda: CHEAP)


def read_once(patched: pytest.MonkeyPatch) -> None:
    """A file that stands as it stood is not taken apart again; who reads it has a copy of its own."""

    @cache
    def read(
        text: str, parse_float: Callable[[str], Any], loads: Callable[..., dict[str, Any]] = tomllib.loads
    ) -> bytes:
        return pickle.dumps(loads(text, parse_float=parse_float))

    def loads(text: str, /, *, parse_float: Callable[[str], Any] = float) -> dict[str, Any]:
        table: dict[str, Any] = pickle.loads(read(text, parse_float))  # noqa: S301  # what was written here
        return table

    patched.setattr(tomllib, "loads", loads)
