"""What a key did, as the screens and the lines tell it."""

from __future__ import annotations

from typing import Literal, NamedTuple


class Typed(NamedTuple):
    """What a key did."""

    say: str = ""
    tone: Literal["", "refused", "ask"] = ""
    stored: bool = False
    finished: bool = False
    """The last cell of the step was filled: go on."""
    by_itself: bool = False
    """A value was kept without Enter."""
