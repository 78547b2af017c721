"""The passphrase of a command: from a file that was named, else from the terminal; and the key it opens."""

from __future__ import annotations

import getpass
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from assess_tui.commands.asked import Asked
from assess_tui.commands.errors import BadInputError
from assess_tui.storage.folder import state

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from assess_tui.storage.keys import Created, Unlocked

NAMED_BY = "ASSESS_TUI_PASSPHRASE_FILE"
NEEDED = (
    "this record is encrypted; without a terminal name the file that holds its passphrase with --passphrase-file"
    f" or {NAMED_BY}"
)
TRIES = 3
"""Passphrases asked for at a terminal before a command gives up."""
LEFT_PLAIN = (
    "assess-tui: nobody could be asked for a passphrase, so the new record is not encrypted;"
    " `assess-tui keys encrypt` does it later\n"
)
SHOWN_ONCE = "Recovery code, shown this once; write it down and keep it away from this computer: "


def passphrase_file(options: Asked) -> Path | None:
    """The file named on the command line, else in the environment."""
    if options.passphrase_file is not None:
        return Path(options.passphrase_file)
    return Path(named) if (named := os.environ.get(NAMED_BY)) else None


def first_line(file: Path, option: str = "--passphrase-file") -> str:
    """The first line of a file, as it stands there. Raises BadInputError."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "expected UTF-8 text"
        raise BadInputError(f"{option}: {file}: {reason}") from error
    if not (line := text.partition("\n")[0].removesuffix("\r")):
        raise BadInputError(f"{option}: {file}: line 1: expected it there, got an empty line")
    return line


def at_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def key_for(options: Asked, folder: Path, now: Callable[[], dt.datetime]) -> bytes | None:
    """The key of the record in this folder, or None for one that is not encrypted. Raises BadInputError."""
    if state(folder) == "encrypted":
        return unlocked(options, folder, now).key
    if options.passphrase_file is not None:
        sys.stderr.write("assess-tui: this record is not encrypted; the passphrase is not needed\n")
    return None


def unlocked(options: Asked, folder: Path, now: Callable[[], dt.datetime]) -> Unlocked:
    """Open the key file with the passphrase that was named or typed. Raises BadInputError, StorageError."""
    from assess_tui.storage.keys import RefusedError, unlock

    file = passphrase_file(options)
    if file is None and not at_terminal():
        raise BadInputError(f"{folder}: {NEEDED}")
    for tries_left in range(TRIES if file is None else 1, 0, -1):
        typed = first_line(file) if file is not None else getpass.getpass("Passphrase or recovery code: ")
        try:
            return unlock(folder, typed, now())
        except RefusedError as error:
            if tries_left == 1:
                raise BadInputError(f"{folder if file is None else file}: {error}") from error
            sys.stderr.write(f"{error}\n")
            time.sleep(error.wait_s)
    raise AssertionError("the last try returns or raises")


def key_for_new(
    options: Asked, folder: Path, now: Callable[[], dt.datetime], new_id: Callable[[], str]
) -> bytes | None:
    """The key of a record that is about to be made, kept beside it; None where it is not to be encrypted.

    A script that cannot be asked gets a plain record and is told so: it must not be locked out of its own data.
    """
    if options.no_encryption:
        return None
    if passphrase_file(options) is None and not at_terminal():
        sys.stderr.write(LEFT_PLAIN)
        return None
    from assess_tui.storage.keys import create, keep

    created = create(new_passphrase(passphrase_file(options)), "", now(), new_id)
    keep(folder, created)
    tell_code(created)
    return created.key


def tell_code(created: Created) -> None:
    sys.stderr.write(f"{SHOWN_ONCE}{created.code}\n")


def new_passphrase(file: Path | None, option: str = "--passphrase-file") -> str:
    """A new passphrase: from a file, else typed twice at the terminal. Raises BadInputError."""
    from assess_tui.storage.keys import refusal

    if file is not None:
        passphrase = first_line(file, option)
        if why := refusal(passphrase):
            raise BadInputError(f"{option}: {file}: line 1: {why}")
        return passphrase
    if not at_terminal():
        raise BadInputError(f"without a terminal name the file that holds the new passphrase with {option}")
    while True:
        passphrase = getpass.getpass("New passphrase: ")
        if why := refusal(passphrase):
            sys.stderr.write(f"{why}\n")
        elif getpass.getpass("The same again: ") == passphrase:
            return passphrase
        else:
            sys.stderr.write("The two are not the same.\n")
