"""A folder in memory for what is written many thousand times: a disk would be worn and waited for."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108  a system's own folder in memory; the folder in it is made anew each time


def new_folder() -> tempfile.TemporaryDirectory[str]:
    """A folder of its own, in memory where the system has such a place."""
    return tempfile.TemporaryDirectory(dir=MEMORY if os.access(MEMORY, os.W_OK) else None)


@contextmanager
def in_memory() -> Iterator[Path]:
    """An empty folder, in memory where the system has one; `tempfile` makes its own in it meanwhile."""
    usual = tempfile.tempdir
    with new_folder() as name:
        tempfile.tempdir = name
        try:
            yield Path(name)
        finally:
            tempfile.tempdir = usual
