"""Help for the screen at hand: what it is for and every key in force."""

from __future__ import annotations

from typing import Any

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from assess_tui.key_words import key_of, with_keys
from assess_tui.screens.base import Dialog
from assess_tui.text import hanging, line, literal
from assess_tui.widgets.key_line import in_force

BESIDE = 9
"""Cells of the sheet that hold no text: border, margin, scroll bar (app.tcss)."""


class HelpDialog(Dialog[None]):
    """Reads the keys from the screen itself, so that it is always true."""

    def __init__(self, screen: Screen[Any]) -> None:
        super().__init__()
        self._about: str = getattr(screen, "help_text", "")
        self._keys = _keys_of(screen)

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="sheet"):
            yield Static(literal("Help", "$accent bold"))
            if self._about:
                yield Static(Content("\n") + literal(with_keys(self._about)))
            yield Static(Content("\n") + Content("\n").join(self._keys))
            yield Static(literal(f"\n{key_of('dialog.close')} closes this.", "$quiet"))


def _keys_of(screen: Screen[Any]) -> list[Content]:
    rows: dict[str, Content] = {}
    for active in in_force(screen):
        binding = active.binding
        if binding.tooltip and binding.action not in rows:
            key = screen.app.get_key_display(binding)
            lead = line((f"{key:>6}  ", "$accent bold"))
            rows[binding.action] = hanging(
                lead, with_keys(binding.tooltip), min(84, screen.app.size.width - 4) - BESIDE
            )
    return list(rows.values())
