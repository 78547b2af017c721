"""Opening the instrument line by line, on the clinic's record or on a sample clinic."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from assess_tui.clock import SystemClock
from assess_tui.commands.asked import Asked
from assess_tui.commands.context import data_folder
from assess_tui.commands.passphrase import first_line, passphrase_file
from assess_tui.commands.sample import sample_folder
from assess_tui.commands.signals import leave_on_signals
from assess_tui.plain.run import run
from assess_tui.storage.record import Record

SET_BY_PYTHON = ("C.UTF-8", "C.utf8", "UTF-8")
"""What Python makes of LC_CTYPE where LANG=C was chosen (PEP 538)."""
__all__ = ["Record", "demo", "instrument"]  # the record is loaded with the command, as every command's is


def instrument(options: Asked) -> int:
    """Talk about the record in the data folder."""
    return talk(data_folder(options), options, demo=False)


def demo(options: Asked) -> int:
    """Talk about a sample clinic that is gone afterwards."""
    leave_on_signals()
    with sample_folder(data_folder(options)) as folder:
        return talk(folder, options, demo=True)


def talk(folder: Path, options: Asked, *, demo: bool) -> int:
    """On the two standard streams, whatever they are."""
    if sys.stdin is None:
        sys.stderr.write("assess-tui: standard input is closed; plain mode needs it to be open\n")
        return 1
    leave_on_signals()
    file = passphrase_file(options)
    return run(
        folder,
        sys.stdin,
        sys.stdout,
        clock=SystemClock(options.clock_speed),
        demo=demo,
        ask_for_key=not options.no_encryption,
        passphrase="" if demo or file is None else first_line(file),
        ascii_only=not shows_signs(),
    )


def shows_signs() -> bool:
    """Whether the surroundings promise more than ASCII; where nothing is said, they do."""
    everything, letters, language = (os.environ.get(name, "") for name in ("LC_ALL", "LC_CTYPE", "LANG"))
    chosen = "" if letters in SET_BY_PYTHON else letters
    named = everything or chosen or language or "UTF-8"
    return "utf" in named.casefold()
