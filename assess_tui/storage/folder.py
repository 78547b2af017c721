"""What lies in a clinic's data folder. Knows no database, so that every command may ask for it."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

RECORD = "clinic.db"
KEYS = "clinic.keys"
"""The key of an encrypted record, sealed under each passphrase."""
ATTEMPTS = "clinic.attempts"
"""How many wrong passphrases were given one after the other."""
LIBRARY = "library"
"""The clinic's own tests/ and exercises/, as TOML."""
DOCUMENTS = "documents"
"""Papers that were made, named by code and date."""
BACKUPS = "backups"
"""Copies of the record, made by itself and named by their moment."""
OPEN = "open"
"""A small empty file for each visit that is open in a window, gone with it."""

State = Literal["none", "plain", "encrypted"]
PLAIN = b"SQLite format 3\0"
"""How a file begins that anyone can read."""


def state(folder: Path) -> State:
    """What lies there: no record yet, one anyone can read, or one that needs a key.

    What the file itself begins with decides: a key file beside a readable record is left from an encryption that was
    broken off. What cannot be looked at counts as plain, so that opening it says why.
    """
    keys = (folder / KEYS).exists()
    try:
        with (folder / RECORD).open("rb") as file:
            begins = file.read(len(PLAIN))
    except FileNotFoundError:
        begins = b""
    except OSError:
        return "plain"
    if begins == PLAIN:
        return "plain"
    if keys:
        return "encrypted"
    return "plain" if begins else "none"
