"""What was asked for on the command line, as the commands read it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, Final

LEFT_OUT: Final[dict[str, Any]] = {
    "answered_by": "commands.screens:instrument",
    "data": None,
    "passphrase_file": None,
    "no_encryption": False,
    "clock_speed": 1.0,
    "plain": False,
}
"""What holds where an option is left out. As a default of the parsers it would undo what stood before the command."""


class Asked(SimpleNamespace):
    """The options by name, and in `answered_by` which function answers."""

    def __init__(self) -> None:
        super().__init__(**LEFT_OUT)
