"""Large figures: three rows high beside other things, or as large as a place allows, to be read across a room."""

from __future__ import annotations

from typing import Final

from textual.renderables.digits import DIGITS, DIGITS3X3

_ROWS = DIGITS3X3
_NARROW = {".": (" ", " ", "."), ",": (" ", " ", ","), "-": ("   ", "╶─╴", "   "), "_": ("   ", "   ", "▁▁▁")}
_DOTS: Final = {
    "0": ("###", "# #", "# #", "# #", "###"),
    "1": (" # ", "## ", " # ", " # ", "###"),
    "2": ("###", "  #", "###", "#  ", "###"),
    "3": ("###", "  #", "###", "  #", "###"),
    "4": ("# #", "# #", "###", "  #", "  #"),
    "5": ("###", "#  ", "###", "  #", "###"),
    "6": ("###", "#  ", "###", "# #", "###"),
    "7": ("###", "  #", "  #", "  #", "  #"),
    "8": ("###", "# #", "###", "# #", "###"),
    "9": ("###", "# #", "###", "  #", "###"),
    ":": (" ", "#", " ", "#", " "),
    ".": (" ", " ", " ", " ", "#"),
    "-": ("   ", "   ", "###", "   ", "   "),
    "A": (" # ", "# #", "###", "# #", "# #"),
    "B": ("## ", "# #", "## ", "# #", "## "),
    "C": ("###", "#  ", "#  ", "#  ", "###"),
    "D": ("## ", "# #", "# #", "# #", "## "),
    "E": ("###", "#  ", "## ", "#  ", "###"),
    "G": ("###", "#  ", "# #", "# #", "###"),
    "H": ("# #", "# #", "###", "# #", "# #"),
    "I": ("#", "#", "#", "#", "#"),
    "K": ("# #", "# #", "## ", "# #", "# #"),
    "L": ("#  ", "#  ", "#  ", "#  ", "###"),
    "N": ("#  #", "## #", "# ##", "#  #", "#  #"),
    "O": ("###", "# #", "# #", "# #", "###"),
    "P": ("###", "# #", "###", "#  ", "#  "),
    "R": ("###", "# #", "## ", "# #", "# #"),
    "S": ("###", "#  ", "###", "  #", "###"),
    "T": ("###", " # ", " # ", " # ", " # "),
    "U": ("# #", "# #", "# #", "# #", "###"),
    "W": ("#   #", "#   #", "# # #", "## ##", "#   #"),
    "Y": ("# #", "# #", " # ", " # ", " # "),
    "/": ("  #", "  #", " # ", "#  ", "#  "),
}
"""Five rows of dots; a dot is as many cells wide as it is half cells high. Letters: those of `views.patient.HUGE`."""
_HIGH: Final = 5
_HALVES: Final = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


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


def huge(text: str, width: int, height: int) -> tuple[str, ...]:
    """A number or time in half blocks, as large as `width` x `height` cells allow; the text itself where nothing fits.

    A character without a large form is left out.
    """
    glyphs = [_DOTS[character] for character in text if character in _DOTS]
    across = sum(len(glyph[0]) for glyph in glyphs) + len(glyphs) - 1
    size = min(width // across, 2 * height // _HIGH) if glyphs else 0
    if not size:
        return (text[:width],)
    rows = [" ".join(glyph[row] for glyph in glyphs) for row in range(_HIGH)]
    fine = ["".join(dot * size for dot in row) for row in rows for _ in range(size)]
    fine += [" " * len(fine[0])] * (len(fine) % 2)
    return tuple(_together(upper, lower) for upper, lower in zip(fine[::2], fine[1::2], strict=True))


def _together(upper: str, lower: str) -> str:
    return "".join(_HALVES[above != " ", below != " "] for above, below in zip(upper, lower, strict=True))
