"""Lines as they are typed, waited for with patience where the stream allows it."""

from __future__ import annotations

import os
import select
from io import UnsupportedOperation
from typing import Final, TextIO

CHUNK: Final = 4096


class Ear:
    """Reads the descriptor itself: what a text stream has buffered ahead, nothing can be asked to wait for."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._waiting = b""
        self._descriptor = _descriptor(stream)

    @property
    def waits(self) -> bool:
        """Whether something else can be done while nothing is typed."""
        return self._descriptor is not None

    @property
    def shown(self) -> bool:
        """Whether the terminal itself shows what is typed."""
        return self._stream.isatty()

    def line(self, patience: float | None = None) -> str | None:
        """The next line; "" at the end of input, None where nothing came within `patience` seconds."""
        if self._descriptor is None:
            return self._stream.readline()
        while b"\n" not in self._waiting:
            if patience is not None and not select.select([self._descriptor], [], [], patience)[0]:
                return None
            if not (more := os.read(self._descriptor, CHUNK)):
                break
            self._waiting += more
        line, end, self._waiting = self._waiting.partition(b"\n")
        return (line + end).decode(errors="replace")


def _descriptor(stream: TextIO) -> int | None:
    """What can be waited for: everything but a stream in memory, and the console of Windows."""
    try:
        return stream.fileno() if os.name == "posix" else None
    except (UnsupportedOperation, AttributeError, ValueError):
        return None
