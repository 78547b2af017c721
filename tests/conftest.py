"""What holds for every test: the same examples each time, and records in memory where the system offers it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from assess_tui.keyboard.words import put_in_force
from tests.brief import read_once

MEMORY = Path("/dev/shm")  # noqa: S108  # pytest makes a folder of its own in it
ROOM = 2 * 1024**3
"""Bytes a run may need there, and much more than it does."""

settings.register_profile("fast", max_examples=30, derandomize=True, deadline=None)
settings.register_profile("full", max_examples=300, deadline=None)
"""With `--hypothesis-profile full`: ten times as many, and others each time."""
settings.load_profile("fast")
if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:  # a commit need not wait for a disk here
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


@pytest.fixture(autouse=True, scope="session")
def _read_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        read_once(patched)
        yield


@pytest.fixture(autouse=True)
def _declared_keys() -> None:
    """No test inherits the keys another put in force."""
    put_in_force({})
