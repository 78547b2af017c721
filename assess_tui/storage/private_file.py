"""A small file only its owner reads, written whole or not at all."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from assess_tui.storage.errors import StorageError


def write_whole(path: Path, content: bytes) -> None:
    """Put `content` in the place of the file (mode 0600), on disk when this returns. Raises StorageError."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            _write(draft, content)
            draft.replace(path)
        except BaseException:
            with suppress(OSError):
                draft.unlink(missing_ok=True)
            raise
        settle(path.parent)
    except OSError as error:
        raise StorageError(
            "A file could not be written", f"{path}: {error.strerror}; allow writing there, then try again"
        ) from error


def _write(path: Path, content: bytes) -> None:
    path.unlink(missing_ok=True)  # left by a process of the same number that was killed
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def settle(folder: Path) -> None:
    """Wait until a new name in this folder is on disk too; not every system can be asked."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
