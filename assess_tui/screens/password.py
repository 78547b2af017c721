"""A password for the papers made now, typed twice and shown nowhere."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from assess_tui.screens.dialog import Dialog
from assess_tui.text import keyed, literal, said
from assess_tui.widgets.field import Field
from assess_tui.widgets.pane import Pointed

WHY = (
    "The PDF opens only with it. It is kept nowhere: who forgets it asks for the paper again. "
    "The record keeps the paper itself without a password."
)
DIFFERENT = "The two are not the same; type the second again."


class PasswordDialog(Dialog[str]):
    """Gives the password, "" for none; Esc gives None and changes nothing."""

    AUTO_FOCUS = "#password"

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            yield Static(literal("A password for the papers made here", "$accent bold"))
            yield Static(literal(WHY, "$quiet"))
            yield Static(literal("Password; nothing typed: none"))
            yield Field(password=True, id="password")
            yield Static(literal("The same again"))
            yield Field(password=True, id="password-again")
            yield Pointed(id="password-note")

    def on_mount(self) -> None:
        self._say(keyed("{dialog.accept} goes on   {dialog.close} closes and changes nothing", "$quiet"))

    @on(Input.Submitted, "#password")
    def _first(self, event: Input.Submitted) -> None:
        from reports.lock import refusal

        if not event.value:
            self.dismiss("")
        elif why := refusal(event.value):
            self._refuse(event.input, why)
        else:
            self.query_one("#password-again", Input).focus()

    @on(Input.Submitted, "#password-again")
    def _second(self, event: Input.Submitted) -> None:
        from reports.lock import refusal

        password = self.query_one("#password", Input).value
        why = refusal(password) or ("" if event.value == password else DIFFERENT)
        if why:
            self._refuse(event.input, why)
        else:
            self.dismiss(password)

    def _refuse(self, field: Input, why: str) -> None:
        self._say(why)
        field.action_select_all()  # what is typed next takes its place: dots cannot be read

    def _say(self, words: str | Content, tone: str = "$warning") -> None:
        self.query_one("#password-note", Static).update(said(words, tone))
