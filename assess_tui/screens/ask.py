"""One short question with a typed answer."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, Static

from assess_tui.screens.base import Dialog
from assess_tui.text import keyed, literal
from assess_tui.widgets.field import Field
from assess_tui.widgets.pane import Pointed


class AskDialog(Dialog[str]):
    """Gives what was typed; Esc gives None. Only an optional answer may stay empty."""

    AUTO_FOCUS = "#ask"

    def __init__(self, title: str, question: str, value: str = "", *, optional: bool = False) -> None:
        super().__init__()
        self._title, self._question, self._value, self._optional = title, question, value, optional

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            yield Static(literal(self._title, "$accent bold"))
            yield Static(literal(self._question))
            yield Field(value=self._value, id="ask")
            yield Pointed(keyed("{dialog.accept} keeps it   {dialog.close} closes", "$quiet"))

    @on(Input.Submitted)
    def _keep(self, event: Input.Submitted) -> None:
        if event.value.strip() or self._optional:
            self.dismiss(event.value.strip())
