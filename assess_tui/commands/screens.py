"""Opening the instrument, on the clinic's record or on a sample clinic."""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
from pathlib import Path

from assess_tui.commands.context import data_folder
from assess_tui.commands.passphrase import first_line, passphrase_file

HEADLESS = "interpret, import, findings, plan, report, tests, exercises, knowledge, keys"


def instrument(options: argparse.Namespace) -> int:
    """Open the instrument on the data folder."""
    return _open(data_folder(options), options, demo=False)


def demo(options: argparse.Namespace) -> int:
    """Open the instrument on a sample clinic that is gone afterwards."""
    for name in ("SIGHUP", "SIGTERM"):  # a closed window leaves no folder behind either
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: sys.exit(1))
    with tempfile.TemporaryDirectory(prefix="assess-tui-") as folder:
        return _open(Path(folder), options, demo=True)


def _open(folder: Path, options: argparse.Namespace, *, demo: bool) -> int:
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout)):
        sys.stderr.write(
            f"assess-tui: the instrument needs a terminal; without one there are {HEADLESS} (see --help)\n"
        )
        return 1
    file = passphrase_file(options)
    from assess_tui.app import run

    return run(
        folder,
        clock_speed=options.clock_speed,
        demo=demo,
        ask_for_key=not options.no_encryption,
        passphrase="" if demo or file is None else first_line(file),
    )
