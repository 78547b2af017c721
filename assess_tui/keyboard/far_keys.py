"""F13 to F20, which pedals send, as terminals without the newer keyboard protocol write them.

Textual 8.2.8 takes the number in them for a letter (F18 would be Space); its own table of names is filled in here.
"""

from __future__ import annotations

from textual._keyboard_protocol import FUNCTIONAL_KEYS

NUMBERS = {25: "f13", 26: "f14", 28: "f15", 29: "f16", 31: "f17", 32: "f18", 33: "f19", 34: "f20"}
"""What stands in the sequence of a VT220 and of xterm (ESC [ number ~)."""


def name_far_keys() -> None:
    """Let them arrive by their names."""
    FUNCTIONAL_KEYS.update({f"{number}~": key for number, key in NUMBERS.items()})
