"""The line of keys at the bottom: always the keys in force, rebuilt only when one of them changed."""

from __future__ import annotations

from typing import Any

from rich.cells import cell_len
from textual import events
from textual.binding import ActiveBinding
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from assess_tui.text import literal

Shown = tuple[str, str, str]
PINNED = ("help",)
"""Shown however narrow the screen is: the rest can be read there."""


LEAST = (80, 24)
"""Cells and rows the screens are made for."""


def too_small(width: int, height: int) -> str:
    """What to do about a window in which something would be cut off; empty where nothing is."""
    if width >= LEAST[0] and height >= LEAST[1]:
        return ""
    return f" Window {width}x{height}: make it {LEAST[0]}x{LEAST[1]} or larger."


def _width(shown: Shown) -> int:
    return cell_len(shown[0]) + cell_len(shown[1]) + 5


def in_force(screen: Screen[Any]) -> list[ActiveBinding]:
    """The keys in force in the order they are declared, which a keymap does not keep."""
    declared = (getattr(one, "id", None) for kind in type(screen).__mro__ for one in kind.__dict__.get("BINDINGS", ()))
    place = {name: number for number, name in enumerate(dict.fromkeys(declared))}
    return sorted(screen.active_bindings.values(), key=lambda active: place.get(active.binding.id, len(place)))


class KeyLine(Static):
    """Stock Footer recomposes on every focus move and leaves widgets behind; this is one line of text."""

    def __init__(self) -> None:
        super().__init__(id="key-line")
        self._shown: tuple[Shown, ...] = ()

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self.keys_changed)
        self.keys_changed(self.screen)

    def on_resize(self) -> None:
        self._draw()

    def keys_changed(self, screen: Screen[Any]) -> None:
        shown: dict[str, Shown] = {}
        for active in in_force(screen):
            binding = active.binding
            if binding.show and active.enabled and binding.action not in shown:
                key = self.app.get_key_display(binding)
                shown[binding.action] = (key, binding.description, binding.action)
        if (now := tuple(shown.values())) != self._shown:
            self._shown = now
            self._draw()

    def _draw(self) -> None:
        if words := too_small(self.app.size.width, self.app.size.height):
            self._ends: list[tuple[int, str]] = []
            self.update(literal(words, "$warning bold"), layout=False)
            return
        room = (self.size.width or self.app.size.width) - sum(_width(key) for key in self._shown if key[2] in PINNED)
        pieces: list[Content] = []
        self._ends = []
        used = 0
        for shown in self._shown:
            key, label, action = shown
            if action not in PINNED:
                room -= _width(shown)
                if room < 0:
                    continue
            used += _width(shown)
            self._ends.append((used, action))
            pieces.append(Content.assemble((f" {key} ", "$key on $key-background bold"), f" {label}  "))
        self.update(Content("").join(pieces), layout=False)

    async def on_click(self, event: events.Click) -> None:
        for end, action in self._ends:
            if event.x < end:
                await self.screen.run_action(action)
                return
