"""Time for the screens: a monotonic count for durations, the wall clock for stamps."""

from __future__ import annotations

import datetime as dt
import time
from typing import Protocol

MINUTE_S = 60


class Clock(Protocol):
    """What the screens know of time."""

    def seconds(self) -> float:
        """Seconds since some fixed moment; never goes back, keeps counting while the laptop sleeps."""

    def now(self) -> dt.datetime:
        """The wall clock, with its zone."""


class SystemClock:
    """The machine's clock. `speed` runs durations faster, for trying the instrument out."""

    def __init__(self, speed: float = 1.0) -> None:
        self.speed = speed
        self._source = getattr(time, "CLOCK_BOOTTIME", None) or getattr(time, "CLOCK_MONOTONIC", None)
        self._start = self._raw()

    def _raw(self) -> float:
        return time.clock_gettime(self._source) if self._source is not None else time.monotonic()

    def seconds(self) -> float:
        return (self._raw() - self._start) * self.speed

    def now(self) -> dt.datetime:
        return dt.datetime.now().astimezone()


def minutes_seconds(seconds: float) -> str:
    """90 -> "1:30"; negative counts show as 0:00."""
    whole = max(0, int(seconds))
    return f"{whole // 60}:{whole % 60:02d}"
