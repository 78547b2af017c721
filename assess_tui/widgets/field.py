"""A line to type on."""

from __future__ import annotations

from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input


class Field(Input):
    """Its cursor rests: a blinking one paints twice a second, and moves where nobody moved it."""

    virtual_size = Reactive(Size(0, 0), layout=False)
    """Of the text. The place of a line is fixed: Textual would lay the screen out anew at each letter."""

    def on_mount(self) -> None:
        self.cursor_blink = False
