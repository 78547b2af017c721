"""How long a test of the screens waits for a key to be worked through."""

from __future__ import annotations

import pytest
from textual import _wait

WINDOW_S = 0.004


def wait_briefly(patched: pytest.MonkeyPatch) -> None:
    """Textual takes the app as idle after 20 ms without work; most keys here are worked through in a few."""
    patched.setattr(_wait, "SLEEP_GRANULARITY", WINDOW_S)
    patched.setattr(_wait, "SLEEP_IDLE", WINDOW_S / 5)
