"""Shown once: who may use the instrument and what it is not. Asks who works with it."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from assess_tui.intended_use import STATEMENT
from assess_tui.keyboard.keys import bindings
from assess_tui.screens.dialog import Dialog
from assess_tui.text import hanging, keyed, lines, literal
from assess_tui.widgets.field import Field
from assess_tui.widgets.pane import Pointed
from protocols.knowledge import edition, words

FOOT = "{dialog.accept}: I have read this and am qualified to decide.   {dialog.close}: leave."


class IntendedUseDialog(Dialog[str]):
    """Gives the clinician's name; leaving without it leaves the instrument."""

    AUTO_FOCUS = "#clinician"
    BINDINGS = bindings("intended_use")

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            yield Static(literal("Before the first use", "$accent bold"))
            said = (hanging(Content("· "), sentence, self.room) for sentence in STATEMENT)
            yield Static(lines([Content(""), *said]))
            yield Static(literal("\n" + self._knowledge(), "$quiet"))
            yield Static(literal("\nWho works with it? Your name stands beside every value you enter."))
            name = "Sample Clinician" if self.instrument.demo else self.instrument.who
            yield Field(value=name, placeholder="your name", id="clinician")
            yield Static("", id="intended-note")
            yield Pointed(keyed(FOOT, "$quiet"))

    def action_leave(self) -> None:
        self.dismiss(None)

    def _knowledge(self) -> str:
        return words(edition(), self.instrument.digest, self.instrument.today())

    @on(Input.Submitted)
    def _accept(self, event: Input.Submitted) -> None:
        if name := event.value.strip():
            self.dismiss(name)
        else:
            self.query_one("#intended-note", Static).update(literal("Type your name first.", "$warning"))
