"""A closed window, a line that is cut, a shutdown: the instrument leaves as F10 does, and nobody is asked."""

from __future__ import annotations

import asyncio
import os
import select
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress

PATIENCE_S = 5.0
"""For leaving once the terminal is gone. What is painted then goes nowhere, and may wait for ever to go there."""


def leave_on_signals(leave: Callable[[], None]) -> None:
    loop = asyncio.get_running_loop()
    for name in ("SIGHUP", "SIGTERM"):
        with suppress(AttributeError, NotImplementedError, RuntimeError, ValueError):  # not on every platform or thread
            loop.add_signal_handler(getattr(signal, name), leave)


def leave_with_terminal(leave: Callable[[], None]) -> None:
    """Leave when the terminal is gone without a signal, as where hang-ups are ignored: every value is on disk."""
    stdin = sys.__stdin__
    if stdin is not None and stdin.isatty() and hasattr(select, "poll"):
        loop = asyncio.get_running_loop()
        threading.Thread(target=_watch, args=(stdin.fileno(), loop, leave), name="hang-up", daemon=True).start()


def _watch(terminal: int, loop: asyncio.AbstractEventLoop, leave: Callable[[], None]) -> None:
    poll = select.poll()
    poll.register(terminal, 0)
    if any(event & select.POLLHUP for _, event in poll.poll()):
        with suppress(RuntimeError):  # the loop has ended meanwhile
            loop.call_soon_threadsafe(leave)
        threading.Event().wait(PATIENCE_S)
        os._exit(1)
