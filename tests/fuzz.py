"""Damaged files tried one after the other: each is taken up whole or refused in one sentence, and none hangs."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import NamedTuple

SLOWEST_S = 5.0
"""On a busy machine; a file takes a hundredth of it."""
LONGEST = 700
"""Letters of a sentence that says why."""


class Tried(NamedTuple):
    """What became of them."""

    taken: int
    refused: int
    slowest: float

    def __str__(self) -> str:
        count = self.taken + self.refused
        return f"{count} tried: {self.refused} refused, {self.taken} taken up whole; slowest {self.slowest:.2f} s\n"


def tried(count: int, attempt: Callable[[int], None], *refusals: type[Exception]) -> Tried:
    """Attempts by their number; each refusal that is raised has one printable sentence of some length."""
    taken, slowest = 0, 0.0
    said: set[str] = set()
    for number in range(count):
        begun = time.monotonic()
        try:
            attempt(number)
            taken += 1
        except refusals as error:
            said.add(str(error))
        slowest = max(slowest, time.monotonic() - begun)
    unfit = [words for words in said if not words.isprintable() or len(words) > LONGEST]
    assert not unfit, unfit[:3]
    assert slowest < SLOWEST_S
    assert count - taken > taken > 0
    return Tried(taken, count - taken, slowest)
