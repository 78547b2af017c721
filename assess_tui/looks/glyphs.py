"""What the screens draw besides letters, and what stands for each where only ASCII can be shown.

One place for all of it: the screens draw as ever, and every line is changed on its way to the terminal, sign for sign,
so that nothing moves. Letters of names, degrees and the like stay as they are while the terminal can show them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

SIGNS: Final = {
    "✓": "+",
    "▸": ">",
    "•": "+",
    "●": "*",
    "○": "o",
    "…": "~",
    "⏎": "<",
    "←": "<",
    "→": ">",
    "⌫": "<",
    "▲": "^",
    "▼": "v",
    "↑": "^",
    "↓": "v",
    "–": "-",
    "—": "-",
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
    "█": "#",
    "░": ".",
    "▁": "_",
}
"""A drawn sign of one cell -> the ASCII sign in its place."""
LETTERS: Final = {"°": "o", "·": ".", "±": "~", "×": "x"}
"""Known to every font; these stand in only where the encoding lacks them."""
LEVEL: Final = "─━╌╍┄┅┈┉╴╶╸╺═╼╾"
"""Level strokes. What a scale tells apart is told apart in ASCII too: within, borderline, limited."""
STROKES: Final = {**dict.fromkeys(LEVEL, "-"), "━": "=", "═": "=", "╍": "~", **dict.fromkeys("╴╶", " ")}
"""The half strokes end the large digits, which would run into each other."""
CORNERS: Final = {**dict.fromkeys("╭╮┌┐", "."), **dict.fromkeys("╰╯└┘", "'")}
"""Of boxes and of the large digits: with them a 5 and a 2 are told apart."""
UPRIGHT: Final = "│┃┆┇┊┋║╎╏╵╷╹╻"
BOXES: Final = range(0x2500, 0x2580)
BLOCKS: Final = range(0x2580, 0x25A0)
BRAILLE: Final = range(0x2800, 0x2900)
UPPER_DOTS, LOWER_DOTS = 0x1B, 0xE4
"""The bits of the two upper and the two lower rows of a braille cell."""


def _dots(code: int) -> str:
    """A braille cell of a curve or an outline, by the halves that hold dots."""
    upper, lower = bool(code & UPPER_DOTS), bool(code & LOWER_DOTS)
    return ":" if upper and lower else "'" if upper else "." if lower else " "


def _table() -> dict[int, str]:
    boxes, blocks = dict.fromkeys(BOXES, "+"), dict.fromkeys(BLOCKS, "#")
    dots = {code: _dots(code - BRAILLE.start) for code in BRAILLE}
    signs = {ord(sign): text for sign, text in {**dict.fromkeys(UPRIGHT, "|"), **STROKES, **CORNERS, **SIGNS}.items()}
    return {**boxes, **blocks, **dots, **signs}


TABLE: Final = _table()


def in_ascii(text: str, encoding: str = "utf-8") -> str:
    """The same text, as wide as before, without drawn signs; letters the encoding lacks become question marks."""
    plain = text.translate(TABLE)
    return plain if _shown(plain, encoding) else "".join(_letters(plain, encoding))


def _letters(text: str, encoding: str) -> Iterable[str]:
    return (letter if _shown(letter, encoding) else LETTERS.get(letter, "?" * cell_len(letter)) for letter in text)


def _shown(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def terminal_encoding() -> str:
    """What Textual writes with: its screens go to the standard error stream."""
    return getattr(sys.__stderr__, "encoding", None) or "utf-8"


def draws_all(encoding: str) -> bool:
    """Whether every sign the screens draw can be written in this encoding."""
    return _shown("".join(SIGNS) + LEVEL + UPRIGHT, encoding)


class AsciiGlyphs(LineFilter):
    """Every line of the terminal in ASCII, but for the letters of names."""

    def __init__(self, encoding: str) -> None:
        super().__init__()
        self._in_ascii = lru_cache(4096)(lambda text: in_ascii(text, encoding))

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        return [Segment(self._in_ascii(text), style, control) for text, style, control in segments]
