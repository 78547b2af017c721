"""A line to type on."""

from __future__ import annotations

from textual.widgets import Input


class Field(Input):
    """Its cursor rests: a blinking one paints twice a second, and moves where nobody moved it."""

    def on_mount(self) -> None:
        self.cursor_blink = False
