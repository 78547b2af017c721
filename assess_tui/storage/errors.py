"""What can go wrong with the record. Knows no database, so that every command may ask for it."""

from __future__ import annotations

from pathlib import Path


class StorageError(Exception):
    """The record could not be read or written. `title` is for a heading, `message` says what to do, in one sentence."""

    def __init__(self, title: str, message: str) -> None:
        super().__init__(f"{title}: {message}")
        self.title = title
        self.message = message


class ReplacedError(StorageError):
    """Another file lies where the record was opened; nothing can be read from this one any more, nor stored in it."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            "Another record lies here now",
            f"{path} was replaced or taken away while it was open here: a patient was erased, a backup put in place,"
            " or the record was encrypted or left; nothing more is stored from this window, so leave and start again",
        )


class NotFoundError(StorageError):
    """What was asked for is not in the record, or more than one thing fits."""


class GivenFileError(StorageError):
    """A file that was named is not what it is taken for, or cannot be read; nothing was changed."""
