"""A folder in memory for what is written many thousand times: a disk would be worn and waited for."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108  a system's own folder in memory; the folder in it is made anew each time


@contextmanager
def in_memory() -> Iterator[Path]:
    """An empty folder, in memory where the system has one; `tempfile` makes its own in it meanwhile."""
    usual = tempfile.tempdir
    there = MEMORY if os.access(MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=there) as name:
        tempfile.tempdir = name
        try:
            yield Path(name)
        finally:
            tempfile.tempdir = usual
