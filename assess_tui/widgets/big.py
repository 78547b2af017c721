"""Large figures, three rows high, readable from the plinth."""

from __future__ import annotations

from textual.renderables.digits import DIGITS, DIGITS3X3

_ROWS = DIGITS3X3
_NARROW = {".": (" ", " ", "."), ",": (" ", " ", ","), "-": ("   ", "╶─╴", "   "), "_": ("   ", "   ", "▁▁▁")}


def big(text: str) -> tuple[str, str, str]:
    """The three rows of a short number or time; a character without a large form is left out."""
    rows = ["", "", ""]
    for character in text:
        glyph = _NARROW.get(character) or _large(character)
        for index, part in enumerate(glyph):
            rows[index] += part
    return rows[0], rows[1], rows[2]


def _large(character: str) -> tuple[str, str, str]:
    place = DIGITS.find(character)
    if place < 0:
        return "", "", ""
    first, second, third = (row.ljust(3) for row in _ROWS[place * 3 : place * 3 + 3])
    return first, second, third
