"""The line of keys at the bottom: always the keys in force, rebuilt only when one of them changed."""

from __future__ import annotations

from typing import Any

from rich.cells import cell_len
from textual.binding import ActiveBinding
from textual.content import Content
from textual.screen import Screen

from assess_tui.text import literal, tap_key
from assess_tui.widgets.pane import Pointed

Shown = tuple[str, str, str]
"""A key, what it is called, its id."""
PINNED = ".help"
"""Shown however narrow the screen is: the rest can be read there."""


LEAST = (80, 24)
"""Cells and rows the screens are made for."""


def too_small(width: int, height: int) -> str:
    """What to do about a window in which something would be cut off; empty where nothing is."""
    if width >= LEAST[0] and height >= LEAST[1]:
        return ""
    return f" Window {width}x{height}: make it {LEAST[0]}x{LEAST[1]} or larger."


GAP = "  "


def _width(shown: Shown) -> int:
    """Cells of a key with the gap after it."""
    return cell_len(shown[0]) + cell_len(shown[1]) + 3 + len(GAP)


def ids_of(screen: Screen[Any]) -> list[str]:
    """The ids of the keys of a screen and of the whole instrument, in the order they are declared."""
    kinds = (*type(screen).__mro__, *type(screen.app).__mro__)
    declared = (getattr(one, "id", None) for kind in kinds for one in kind.__dict__.get("BINDINGS", ()))
    return list(dict.fromkeys(name for name in declared if name))


def in_force(screen: Screen[Any]) -> list[ActiveBinding]:
    """The keys in force in the order they are declared, which a keymap does not keep."""
    place: dict[str | None, int] = {name: number for number, name in enumerate(ids_of(screen))}
    return sorted(screen.active_bindings.values(), key=lambda active: place.get(active.binding.id, len(place)))


class KeyLine(Pointed):
    """Stock Footer recomposes on every focus move and leaves widgets behind; this is one line of text to tap on."""

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
                shown[binding.action] = (key, binding.description, binding.id or "")
        if (now := tuple(shown.values())) != self._shown:
            self._shown = now
            self._draw()

    def _draw(self) -> None:
        if words := too_small(self.app.size.width, self.app.size.height):
            self.update(literal(words, "$warning bold"), layout=False)
            return
        pinned = sum(_width(key) for key in self._shown if key[2].endswith(PINNED))
        room = (self.size.width or self.app.size.width) + len(GAP) - pinned
        pieces: list[Content] = []
        looks = "bold reverse" if self.app.no_color else "$key on $key-background bold"
        for shown in self._shown:
            key, label, name = shown
            if not name.endswith(PINNED):
                room -= _width(shown)
                if room < 0:
                    continue
            tapped = Content.assemble((f" {key} ", looks), f" {label}")
            pieces.append(tap_key(tapped, name))
        self.update(Content(GAP).join(pieces), layout=False)
