"""The second line of a visit, its places with what is done; and in the first, who can read the record."""

from __future__ import annotations

from textual.content import Content

from assess_tui.places import places
from assess_tui.text import clicked, line
from assess_tui.visit.session import VisitSession

MARGIN = 2
"""Cells left of the row of places (app.tcss)."""


def places_line(session: VisitSession, here: str, width: int) -> Content:
    """The row of places with what is done: never a glyph alone, each has its word, or a short one for want of room."""
    looks = {"done": ("✓", "$success"), "open": ("·", "$quiet")}
    row = [(*(("▸", "$accent bold") if place.name == here else looks[place.state]), place) for place in places(session)]
    full = line(*(_place(f"{mark} {place.word}  ", style, place.name) for mark, style, place in row))
    if full.cell_length <= width - MARGIN:
        return full
    short = ((f"{mark} {place.short or place.word} ", style, place.name) for mark, style, place in row)
    return line(*(_place(*one) for one in short))


def _place(words: str, style: str, place: str) -> Content:
    return clicked(Content.styled(words, style), f"app.go('{place}')")


def record_state(*, sample: bool, encrypted: bool, narrow: bool) -> Content:
    """Whether anyone who has the file can read it, else that all is on disk; 16 cells, 9 where narrow."""
    if sample:
        return Content.styled("sample" if narrow else "sample clinic", "$warning")
    if not encrypted:
        return Content.styled("no lock" if narrow else "not encrypted", "$warning")
    return Content.styled("✓ saved", "$success")
