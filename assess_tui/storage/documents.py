"""Papers on disk: readable by their owner alone, whole or not there at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from assess_tui.storage.errors import StorageError
from assess_tui.storage.folder import DOCUMENTS


def papers_folder(folder: Path) -> Path:
    """The folder of papers in a data folder, made (0700) where it is missing. Raises StorageError."""
    papers = folder / DOCUMENTS
    with _told(papers):
        papers.mkdir(mode=0o700, parents=True, exist_ok=True)
    return papers


def write(path: Path, data: bytes) -> Path:
    """Write a file of mode 0600, whole or not at all, in the place of an older one. Raises StorageError."""
    return write_parts(path, (data,))


def write_parts(path: Path, parts: Iterable[bytes]) -> Path:
    """The same for a file that comes piece by piece."""
    with _told(path):
        if path.exists() and not path.is_file():  # taking the place of a device would end it
            raise StorageError("The file cannot be written", f"{path} is no file; choose another place")
        _replace(path, parts)
    return path


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StorageError(
            "The file cannot be written", f"{path}: {error.strerror}; choose another place or make room there"
        ) from error


def _replace(path: Path, parts: Iterable[bytes]) -> None:
    # mkstemp makes the file 0600 from the start.
    number, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(number, "wb") as file:
            file.writelines(parts)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
