"""A titled message that says what to do next."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from assess_tui.screens.dialog import Dialog
from assess_tui.text import keyed, literal
from assess_tui.widgets.pane import Pointed


class MessageDialog(Dialog[bool]):
    """Closed with Enter or Esc."""

    def __init__(self, title: str, message: str, foot: str = "{dialog.accept} closes this.") -> None:
        super().__init__()
        self._title, self._message, self._foot = title, message, foot

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            yield Static(literal(self._title, "$accent bold"))
            yield Static(Content("\n") + literal(self._message))
            yield Pointed(Content("\n") + keyed(self._foot, "$quiet"))

    def action_accept(self) -> None:
        self.dismiss(True)

    def action_close(self) -> None:
        self.dismiss(False)
