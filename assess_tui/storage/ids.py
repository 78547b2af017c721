"""Ids that sort by time and never repeat: UUID version 7 (RFC 9562), which Python 3.11 lacks."""

from __future__ import annotations

import time
from collections.abc import Callable
from random import SystemRandom

_TAIL_BITS = 74
_STEP_BITS = 32


class Ids:
    """Calls give one id after another, always rising, even when the clock stands still or is set back.

    `clock_ms` gives milliseconds since 1970; `random_bits(n)` an integer of n random bits.
    """

    def __init__(self, clock_ms: Callable[[], int], random_bits: Callable[[int], int]) -> None:
        self._clock_ms = clock_ms
        self._random_bits = random_bits
        self._ms = -1
        self._tail = 0

    def __call__(self) -> str:
        ms = self._clock_ms()
        if ms > self._ms:
            self._begin(ms)
        else:
            self._tail += 1 + self._random_bits(_STEP_BITS)
            if self._tail >> _TAIL_BITS:
                self._begin(self._ms + 1)
        return _written(self._ms, self._tail)

    def rise_above(self, last: str) -> None:
        """Go on after this id, which may have been given before the clock was set back."""
        number = int(last.replace("-", ""), 16)
        tail = (number >> 64 & (1 << 12) - 1) << 62 | number & (1 << 62) - 1
        self._ms, self._tail = max((self._ms, self._tail), (number >> 80, tail))

    def _begin(self, ms: int) -> None:
        # The top bit stays free, so that many ids fit into one millisecond.
        self._ms, self._tail = ms, self._random_bits(_TAIL_BITS - 1)


def _written(ms: int, tail: int) -> str:
    """48 bits of time, version 7, 12 bits, variant 2, 62 bits."""
    number = ms << 80 | 0x7 << 76 | tail >> 62 << 64 | 0x2 << 62 | tail & (1 << 62) - 1
    digits = f"{number:032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


uuid7 = Ids(lambda: time.time_ns() // 1_000_000, SystemRandom().getrandbits)
"""The ids of this machine."""
