"""The one way text reaches the screen: what people typed is never markup."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content
from textual.style import Style

from assess_tui.days import short_day

__all__ = ["Piece", "apart", "clicked", "fit", "hanging", "line", "lines", "literal", "short_day"]

Piece = str | Content | tuple[str, str | Style]


def literal(text: str, style: str = "") -> Content:
    """Text exactly as typed."""
    return Content.styled(text, style) if style else Content(text)


def line(*pieces: Piece) -> Content:
    """One line from plain strings, (text, style) pairs and Content."""
    return Content.assemble(*pieces)


def clicked(words: Content, does: str) -> Content:
    """Words on which a click does this: an action of Textual's, with its namespace."""
    return words.stylize(Style.from_meta({"@click": does}))


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
