"""The one way text reaches the screen: what people typed is never markup."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from textual.content import Content
from textual.style import Style

from assess_tui.days import short_day
from assess_tui.keyboard.words import key_of, with_keys

__all__ = [
    "ROW",
    "Piece",
    "apart",
    "clicked",
    "fit",
    "hanging",
    "keyed",
    "line",
    "lines",
    "literal",
    "on_row",
    "said",
    "short_day",
    "tap_key",
    "tinted",
]

Piece = str | Content | tuple[str, str | Style]
ROW = "screen.tap("
"""How the action of a row begins (`MarkedRows.action_tap`)."""
_TOLD = re.compile(r"\{([a-z_]+\.[a-z_]+)\}(?:(?!\s{2})[^{.;,()\n])*")
"""An `{id}` and what is told of it: as far as the next one, a sign or a gap."""


def literal(text: str, style: str = "") -> Content:
    """Text exactly as typed."""
    return Content.styled(text, style) if style else Content(text)


def line(*pieces: Piece) -> Content:
    """One line from plain strings, (text, style) pairs and Content."""
    return Content.assemble(*pieces)


def said(words: str | Content, style: str = "") -> Content:
    """What is said in a place of its own: drawn already, or a text in this style."""
    return words if isinstance(words, Content) else literal(words, style)


def clicked(words: Content, does: str) -> Content:
    """Words on which a click does this: an action of Textual's, with its namespace."""
    return words.stylize(_tap(does))


@lru_cache(512)
def _tap(does: str) -> Style:
    """Made once: rows are drawn anew at each key."""
    return Style.from_meta({"@click": does})


def tap_key(words: Content, name: str) -> Content:
    """Words on which a tap is the key of this id, where the screen has it."""
    return clicked(words, f"app.key('{name}')")


def on_row(words: Content, row: int, name: str = "") -> Content:
    """Words of a row on which a tap marks it, and on the marked one is Enter; or is the key of this id for the row."""
    return clicked(words, f"{ROW}{row}, '{name}')" if name else f"{ROW}{row})")


def tinted(words: Content, width: int) -> Content:
    """A marked row, as wide as its place, in its tint; its sign says the same without colour."""
    rows = (row.pad_right(max(0, width - row.cell_length)) for row in words.split("\n"))
    return lines(row.stylize_before("on $marked") for row in rows)


def keyed(text: str, style: str = "", told: Callable[[str], str] = key_of) -> Content:
    """The text with the key in force in place of each `{id}`. A tap on it, and on what is told of it, is that key."""
    pieces: list[Content] = []
    end = 0
    for found in _TOLD.finditer(text):
        pieces.append(literal(text[end : found.start()], style))
        pieces.append(tap_key(literal(with_keys(found[0], told), style), found[1]))
        end = found.end()
    return Content("").join([*pieces, literal(text[end:], style)])


def lines(rows: Iterable[Content]) -> Content:
    """Rows under each other."""
    return Content("\n").join(rows)


def fit(text: str, cells: int) -> str:
    """A text in exactly so many cells, cut where it has more; letters may be two cells wide, or none."""
    shown = Content(text).truncate(max(1, cells), ellipsis=True)
    return shown.plain + " " * max(0, cells - shown.cell_length)


def apart(text: str, cells: int) -> str:
    """The same for a column with another to its right: the last cell is empty."""
    return fit(text, cells - 1) + " "


def hanging(lead: Content, text: str, width: int, style: str = "") -> Content:
    """A lead (a key, a number) and text that wraps beside it, never under it."""
    indent = lead.cell_length
    wrapped = Content(text).wrap(max(12, width - indent)) or [Content("")]
    rows = [(lead if number == 0 else Content(" " * indent)) + row for number, row in enumerate(wrapped)]
    return lines(row.stylize(style, indent) if style else row for row in rows)
