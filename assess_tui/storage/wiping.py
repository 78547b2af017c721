"""Overwriting what is to be gone. Only best effort: a drive may keep older states of a file all the same."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from assess_tui.storage.errors import StorageError

CHUNK: Final = 1 << 20
"""Bytes overwritten at a time."""
HONEST: Final = (
    "its bytes were overwritten; a solid-state drive, a journaling or copying file system and the copies of the"
    " computer itself may keep older states all the same"
)


@contextmanager
def opened_to_wipe(path: Path) -> Iterator[int]:
    """A file, to be wiped once its name is another's. Closed last: closing it drops every lock held on it."""
    try:
        handle = os.open(path, os.O_RDWR)
    except OSError as error:
        raise StorageError("The record cannot be rewritten", f"{path}: {error.strerror}; it is as it was") from error
    try:
        yield handle
    finally:
        os.close(handle)


def wipe(handle: int) -> None:
    """Overwrite an open file with zeros, on disk when this returns."""
    with suppress(OSError):
        size = os.fstat(handle).st_size
        for start in range(0, size, CHUNK):
            os.lseek(handle, start, os.SEEK_SET)
            os.write(handle, bytes(min(CHUNK, size - start)))
        os.fsync(handle)


def wipe_away(path: Path) -> None:
    """Overwrite a file and take away its name; nothing where there is none. Of a link only the name. Raises OSError."""
    with suppress(OSError):
        handle = os.open(path, os.O_RDWR | os.O_NOFOLLOW)
        try:
            wipe(handle)
        finally:
            os.close(handle)
    path.unlink(missing_ok=True)
