"""A closed window or a shutdown ends a command as Ctrl+C does: what was begun is put in order first."""

from __future__ import annotations

import signal
import sys


def leave_on_signals() -> None:
    """The terminal stays as it was, and no folder of a sample clinic stays behind."""
    for name in ("SIGHUP", "SIGTERM"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: sys.exit(1))
