"""What the knowledge refuses, each with one sentence a person can act on."""

from __future__ import annotations


class LibraryError(Exception):
    """A library cannot be read: a title for a dialog, and one line with the file, the place and what to do."""

    def __init__(self, title: str, message: str) -> None:
        super().__init__(f"{title}: {message}")
        self.title = title
        self.message = message


class LineError(ValueError):
    """A line of `interpret` or a visit of `import` is refused; the text names line, path and what was expected."""
