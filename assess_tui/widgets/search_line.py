"""A line to search with, above a list the screen moves through."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.widgets import Input

from assess_tui.widgets.field import Field

LEFT_TO_THE_SCREEN = ("enter",)


class SearchLine(Field, inherit_bindings=False):
    """Enter, Up, Down and the page keys are the screen's, which so can show them; all else edits the line.

    It tells nobody of its letters: the screen watches its value, so that they and what they find are one paint.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        binding for binding in Input.BINDINGS if getattr(binding, "key", "") not in LEFT_TO_THE_SCREEN
    ]

    def on_mount(self) -> None:
        self.disable_messages(Input.Changed)
