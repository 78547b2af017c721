"""Help for the screen at hand: what it is for and every key in force."""

from __future__ import annotations

from typing import Any

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from assess_tui.keyboard.words import with_keys
from assess_tui.screens.dialog import Dialog
from assess_tui.text import clicked, hanging, keyed, line, literal
from assess_tui.widgets.key_line import in_force
from assess_tui.widgets.pane import Pointed


class HelpDialog(Dialog[None]):
    """Reads the keys from the screen itself, so that it is always true."""

    def __init__(self, screen: Screen[Any]) -> None:
        super().__init__()
        self._about: str = getattr(screen, "help_text", "")
        self._asked_on = screen

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="sheet"):
            yield Static(literal("Help", "$accent bold"))
            if self._about:
                yield Static(Content("\n") + literal(with_keys(self._about)), id="help-about")
            yield Pointed(Content("\n") + Content("\n").join(_keys_of(self._asked_on, self.room)))
            yield Pointed(keyed("\n{dialog.close} closes this.", "$quiet"))

    def action_through(self, name: str) -> None:
        """A tap on a key of the list: back to the screen, and that key there."""
        self.dismiss(None)
        self.app.call_later(self.app.run_action, f"app.key('{name}')")


def _keys_of(screen: Screen[Any], width: int) -> list[Content]:
    told: dict[str, tuple[str, str, str]] = {}
    for active in in_force(screen):
        binding = active.binding
        if binding.tooltip and binding.action not in told:
            key = screen.app.get_key_display(binding)
            told[binding.action] = key, with_keys(binding.tooltip), f"screen.through('{binding.id}')"
    longest = max((cell_len(key) for key, _, _ in told.values()), default=0)
    return [
        clicked(hanging(line((f"{key:>{longest}}  ", "$accent bold")), words, width), does)
        for key, words, does in told.values()
    ]
