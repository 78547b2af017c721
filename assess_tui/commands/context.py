"""What a command works on: the data folder, the knowledge, the record."""

from __future__ import annotations

import datetime as dt
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from assess_tui.commands.asked import Asked
from assess_tui.commands.errors import BadInputError
from assess_tui.storage.folder import LIBRARY, state

if TYPE_CHECKING:
    from assess_tui.storage.record import Record
    from protocols.model import Library


def now() -> dt.datetime:
    """The wall clock, with its zone."""
    return dt.datetime.now().astimezone()


def data_folder(options: Asked) -> Path:
    """Where the record is: --data, else ASSESS_TUI_DATA, else the place this system has for it."""
    folder = _named_folder(options)
    if folder.exists() and not folder.is_dir():
        raise BadInputError(f"{folder} is a file; name a folder with --data or ASSESS_TUI_DATA")
    return folder


def _named_folder(options: Asked) -> Path:
    if options.data is not None:
        return Path(options.data)
    if named := os.environ.get("ASSESS_TUI_DATA"):
        return Path(named)
    from platformdirs import user_data_path

    return user_data_path("assess-tui", appauthor=False)


def library(options: Asked) -> Library:
    """The knowledge in use: the bundled one, with the clinic's own over it. Raises LibraryError."""
    from protocols.library import load

    return load(data_folder(options) / LIBRARY)


@contextmanager
def record(options: Asked, *, make: bool = False) -> Iterator[Record]:
    """The record, open while the block lasts. Only `make` may begin a new one."""
    from assess_tui.commands.passphrase import key_for, key_for_new
    from assess_tui.storage.ids import uuid7
    from assess_tui.storage.record import open_record

    folder = data_folder(options)
    new = state(folder) == "none"
    if new and not make:
        raise BadInputError(f"{folder} holds no record yet; name another folder with --data")
    key = key_for_new(options, folder, now, uuid7) if new else key_for(options, folder, now)
    opened = open_record(folder, now, uuid7, key)
    try:
        yield opened
    finally:
        opened.close()


@contextmanager
def lines(file: str) -> Iterator[Iterator[str]]:
    """The lines of a file, or of standard input for "-". What is not UTF-8 is left for the reader to refuse."""
    if file == "-":
        if sys.stdin is None:
            raise BadInputError("standard input is closed; name a file, or send the lines to standard input")
        # Python's own standard input can be set anew; its type does not say so.
        sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape")  # type: ignore[union-attr]
        yield iter(sys.stdin)
        return
    try:  # around the opening alone: what goes wrong while writing is not the file's fault
        opened = Path(file).open(encoding="utf-8", errors="surrogateescape")  # noqa: SIM115  closed by the block below
    except OSError as error:
        raise BadInputError(f"{file}: {error.strerror}") from error
    with opened:
        yield iter(opened)
