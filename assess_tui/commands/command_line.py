"""The words of a command line, read into options."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from assess_tui.commands.asked import Asked


def asked(arguments: Sequence[str]) -> Asked:
    """What was asked for. Without a command none is made ready: all of them take longer than a first paint may."""
    try:
        options, more = shared_options().parse_known_args(arguments, Asked())
    except argparse.ArgumentError:
        return asked_of_all(arguments)  # which has the words for what is wrong
    return asked_of_all(arguments) if more else options


def asked_of_all(arguments: Sequence[str]) -> Asked:
    """The same, with every command made ready."""
    from assess_tui.commands.parsers import every_command

    return every_command(shared_options()).parse_args(arguments, Asked())


def shared_options() -> argparse.ArgumentParser:
    """The options that stand before or after the command."""
    shared = argparse.ArgumentParser(
        add_help=False, argument_default=argparse.SUPPRESS, exit_on_error=False, allow_abbrev=False
    )
    shared.add_argument("--data", type=a_path, metavar="DIR", help="the data folder (or ASSESS_TUI_DATA)")
    shared.add_argument(
        "--passphrase-file", type=a_path, metavar="FILE", help="where the passphrase of an encrypted record stands"
    )
    shared.add_argument(
        "--no-encryption", action="store_true", help="a record that is made now can be read by anyone who has its file"
    )
    shared.add_argument(
        "--clock-speed",
        type=_speed,
        metavar="N",
        help="run the timers of the screens N times faster, to try them out",
    )
    shared.add_argument(
        "--plain", action="store_true", help="the instrument line by line, for screen readers and plain terminals"
    )
    return shared


def a_path(text: str) -> Path:
    """A file or folder by its name."""
    if not text:  # Path("") is the working folder
        raise argparse.ArgumentTypeError("expected a file or folder, got nothing")
    return Path(text)


def _speed(text: str) -> float:
    try:
        speed = float(text)
    except ValueError:
        speed = 0.0
    if not 0 < speed <= 1000:
        raise argparse.ArgumentTypeError(f'expected a number above 0 and up to 1000, got "{text}"')
    return speed
