"""Names the keys that arrive in this terminal, from a pedal or a presenter, too."""

from __future__ import annotations

import argparse
import sys

from assess_tui.commands.context import data_folder
from assess_tui.settings import read


def press(options: argparse.Namespace) -> int:
    """A page of its own; needs a terminal, opens no record."""
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout)):
        sys.stderr.write("assess-tui: keys are pressed in a terminal; run this in one\n")
        return 1
    settings = read(data_folder(options)).settings
    from assess_tui.screens.press import PressApp

    return PressApp(settings).run() or 0
