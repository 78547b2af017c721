"""Names of keys: as a person writes them, as Textual calls them, and as the screens show them. Without Textual."""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Mapping

FUNCTION = tuple(f"f{number}" for number in range(1, 25))
ARROWS = ("up", "down", "left", "right")
MOVING = ("home", "end", "pageup", "pagedown", "insert", "delete")
NAMED = frozenset((*FUNCTION, *ARROWS, *MOVING, "enter", "escape", "space", "tab", "backspace"))
"""Keys with a name that terminals send, alone."""
WITH_SHIFT = frozenset((*ARROWS, *MOVING, *FUNCTION[:12]))
WITH_CTRL = frozenset((*ARROWS, *MOVING, *string.ascii_lowercase))
"""What terminals tell apart from the bare key."""
SAME_BYTES = {
    "ctrl+h": "Backspace",
    "ctrl+i": "Tab",
    "ctrl+j": "Enter",
    "ctrl+m": "Enter",
    "ctrl+left_square_bracket": "Esc",
    "ctrl+[": "Esc",
}
"""Ctrl with these is another key to a terminal."""
TAKEN = {"ctrl+c": "leaving other programs", "tab": "moving on the screen", "shift+tab": "moving on the screen"}
SPELLED = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}
"""Textual's own names where they are not those of Unicode."""
ALIASES = {
    "esc": "escape",
    "return": "enter",
    "del": "delete",
    "ins": "insert",
    "pgup": "pageup",
    "pgdn": "pagedown",
    "page_up": "pageup",
    "page_down": "pagedown",
}
SHOWN = {
    "enter": "⏎",
    "escape": "Esc",
    "space": "Space",
    "backspace": "⌫",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "delete": "Del",
    "insert": "Ins",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
}
"""What stands on the key line and in the help."""

LISTED = SHOWN | {key: key.capitalize() for key in (*ARROWS, "enter", "backspace")}
"""Words in place of those signs, for lists that are read out."""


def _of_character(character: str) -> str:
    if character.isalnum():
        return character
    name = unicodedata.name(character, "").lower().replace("-", "_").replace(" ", "_")
    return SPELLED.get(name, name)


PUNCTUATION = {_of_character(sign): sign for sign in string.punctuation}


def canonical(written: str) -> str:
    """Textual's name of a key as a person wrote it: `/`, `PgDn`, `Ctrl+L`. What is no key comes back as it is."""
    key = written.strip()
    if len(key) == 1:
        return _of_character(key)
    *held, last = key.split("+") if not key.endswith("+") else [key]
    low = last.casefold()
    return "+".join([*(word.strip().casefold() for word in held), ALIASES.get(low, low)])


def why_not(key: str) -> str:
    """Why nothing can be put on this key (in Textual's name); "" where something can."""
    if key in SAME_BYTES:
        return f"to a terminal {key} is {SAME_BYTES[key]}; choose another key"
    if key in TAKEN:
        return f"{key} is kept for {TAKEN[key]}; choose another key"
    if key.startswith("shift+") and len(key) == len("shift+a"):
        return f"write the capital letter, {key[-1].upper()}"
    if not is_key(key):
        return f"{key or 'nothing'} is no key that terminals send; the settings (F9, then p) name those that arrive"
    return ""


def is_key(key: str) -> bool:
    """Whether terminals send it and Textual names it so."""
    held, plus, last = key.rpartition("+")
    if not plus:
        return key in NAMED or key in PUNCTUATION or (len(key) == 1 and key.isalnum())
    return (held == "shift" and last in WITH_SHIFT) or (held == "ctrl" and last in WITH_CTRL)


def character_of(key: str) -> str:
    """What the key types in a line of text; "" where it types nothing."""
    if key == "space":
        return " "
    return key if len(key) == 1 else PUNCTUATION.get(key, "")


def shown(key: str, names: Mapping[str, str] = SHOWN) -> str:
    """The key in a few cells."""
    if key in names:
        return names[key]
    if sign := character_of(key):
        return sign
    *held, last = key.split("+")
    return "+".join([*(word.capitalize() for word in held), names.get(last, last.upper())])


def spelled(key: str) -> str:
    """The key in words, as lists have it: `Enter`, `Shift+Down`."""
    return shown(key, LISTED)
