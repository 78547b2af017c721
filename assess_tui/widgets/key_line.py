"""The line of keys at the bottom: always the keys in force, rebuilt only when one of them changed."""

from __future__ import annotations

from typing import Any

from textual.content import Content
from textual.screen import Screen
from textual.style import Style
from textual.widgets import Static


class KeyLine(Static):
    """Stock Footer recomposes on every focus move and leaves widgets behind; this is one line of text."""

    def __init__(self) -> None:
        super().__init__(id="key-line")
        self._shown: tuple[tuple[str, str, str], ...] = ()

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self.keys_changed)
        self.keys_changed(self.screen)

    def on_resize(self) -> None:
        self._draw()

    def keys_changed(self, screen: Screen[Any]) -> None:
        shown: dict[str, tuple[str, str, str]] = {}
        for active in screen.active_bindings.values():
            binding = active.binding
            if binding.show and active.enabled and binding.action not in shown:
                key = binding.key_display or self.app.get_key_display(binding)
                shown[binding.action] = (key, binding.description, binding.action)
        if (now := tuple(shown.values())) != self._shown:
            self._shown = now
            self._draw()

    def _draw(self) -> None:
        room = self.size.width or self.app.size.width
        pieces: list[Content] = []
        used = 0
        for key, label, action in self._shown:
            width = len(key) + len(label) + 5
            if used + width > room:
                break
            used += width
            style = Style.from_meta({"@click": f"screen.{action}"})
            pieces.append(
                Content.assemble((f" {key} ", "$key on $key-background bold"), (f" {label}  ", "")).stylize(style)
            )
        self.update(Content("").join(pieces))
