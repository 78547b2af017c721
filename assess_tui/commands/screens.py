"""Opening the instrument, on the clinic's record or on a sample clinic."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

from assess_tui.commands.asked import Asked
from assess_tui.commands.context import data_folder
from assess_tui.commands.passphrase import first_line, passphrase_file
from assess_tui.commands.sample import sample_folder
from assess_tui.commands.signals import leave_on_signals
from assess_tui.loading import load

HEADLESS = "interpret, import, findings, plan, report, tests, exercises, knowledge, keys"
PLAIN = "This terminal cannot draw the screens (TERM=dumb): plain mode, line by line.\n"


def instrument(options: Asked) -> int:
    """Open the instrument on the data folder."""
    return _open(data_folder(options), options, demo=False)


def demo(options: Asked) -> int:
    """Open the instrument on a sample clinic that is gone afterwards."""
    leave_on_signals()
    with sample_folder(data_folder(options)) as folder:
        return _open(folder, options, demo=True)


def _open(folder: Path, options: Asked, *, demo: bool) -> int:
    if _is_dumb():
        from assess_tui.commands.talking import talk

        return talk(folder, options, demo=demo)
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout)):
        sys.stderr.write(
            f"assess-tui: the instrument needs a terminal; without one there are --plain, {HEADLESS} (see --help)\n"
        )
        return 1
    file = passphrase_file(options)
    load_screens()
    from assess_tui.app import run

    return run(
        folder,
        clock_speed=options.clock_speed,
        demo=demo,
        ask_for_key=not options.no_encryption,
        passphrase="" if demo or file is None else first_line(file),
    )


def load_screens() -> None:
    """Load the app. That makes no garbage worth a look; the app has it looked for again once it has painted."""
    gc.disable()
    load("assess_tui.app", without="ssl")  # 4 MB and a twentieth of the start; asyncio wants it for networks alone


def _is_dumb() -> bool:
    """A terminal that says of itself that it cannot move its cursor."""
    if os.environ.get("TERM") != "dumb" or not (sys.stdin and sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    sys.stdout.write(PLAIN)
    return True


def press(options: Asked) -> int:
    """Name the keys that arrive in this terminal; opens no record."""
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout)):
        sys.stderr.write("assess-tui: keys are pressed in a terminal; run this in one\n")
        return 1
    from assess_tui.screens.press import PressApp
    from assess_tui.settings import read

    return PressApp(read(data_folder(options)).settings).run() or 0
