"""Seconds counted from a clock that is passed in: started, paused, gone on, thrown away."""

from __future__ import annotations


class Stopwatch:
    """`now` is always a clock's seconds that never go back and count on while the laptop sleeps."""

    def __init__(self) -> None:
        self._from: float | None = None
        self._before = 0.0
        """Seconds counted before the last pause."""

    @property
    def running(self) -> bool:
        return self._from is not None

    @property
    def begun(self) -> bool:
        """Whether it runs, or was paused with something on it."""
        return self.running or self._before > 0

    def seconds(self, now: float) -> float:
        """Seconds counted so far, without the pauses."""
        return self._before + (now - self._from if self._from is not None else 0.0)

    def start(self, now: float) -> None:
        """Count, or count on; what runs already runs on."""
        if self._from is None:
            self._from = now

    def pause(self, now: float) -> float:
        """Stop counting and keep what was counted."""
        self._before, self._from = self.seconds(now), None
        return self._before

    def clear(self) -> None:
        """Back to nothing, standing still."""
        self._before, self._from = 0.0, None

    def restart(self, now: float) -> None:
        """Count from nothing, from this moment."""
        self._before, self._from = 0.0, now
