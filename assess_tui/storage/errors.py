"""What can go wrong with the record. Knows no database, so that every command may ask for it."""

from __future__ import annotations


class StorageError(Exception):
    """The record could not be read or written. `title` is for a heading, `message` says what to do, in one sentence."""

    def __init__(self, title: str, message: str) -> None:
        super().__init__(f"{title}: {message}")
        self.title = title
        self.message = message


class NotFoundError(StorageError):
    """What was asked for is not in the record, or more than one thing fits."""
