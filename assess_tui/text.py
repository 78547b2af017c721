"""The one way text reaches the screen: what people typed is never markup."""

from __future__ import annotations

from textual.content import Content
from textual.style import Style

Piece = str | Content | tuple[str, str | Style]


def literal(text: str, style: str = "") -> Content:
    """Text exactly as typed."""
    return Content.styled(text, style) if style else Content(text)


def line(*pieces: Piece) -> Content:
    """One line from plain strings, (text, style) pairs and Content."""
    return Content.assemble(*pieces)


def lines(rows: list[Content] | tuple[Content, ...]) -> Content:
    """Rows under each other."""
    return Content("\n").join(rows)
