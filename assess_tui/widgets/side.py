"""One side of a test: its value large, its grade in a word, the last visit's value, the reference bar."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from textual.content import Content

from assess_tui.widgets.big import big
from assess_tui.widgets.rows import Rows

TONE = {
    "W": "$success",
    "B": "$warning",
    "R": "$error",
    "H": "$warning",
    "POS": "$warning",
    "WORSE": "$error",
}
"""The colour of a grade; a grade not named here is quiet."""


class SideView(NamedTuple):
    """What one side shows."""

    heading: str
    shown: str
    """The number or category as large figures, `_` where it is being typed."""
    unit: str
    active: bool
    grade: str
    word: str
    """The grade in words, with pain and compensation."""
    trials: str
    """The single trials behind the number."""
    before: str
    """The last visit's value and the change since then."""
    bar: Content
    last: Decimal | None = None


def show(rows: Rows, side: SideView | None, width: int, other: str) -> None:
    """Draw a side where it belongs, or nothing. A tap anywhere on one that is not active is the key `other` (an id)."""
    rows.does = f"app.key('{other}')" if side is not None and not side.active else ""
    rows.show(draw(side, width) if side is not None else [])


def draw(side: SideView, width: int) -> list[Content]:
    """Seven rows; the active side is marked by a bar at its left and a bright heading."""
    tone = TONE.get(side.grade, "$quiet")
    edge = ("┃ ", "$accent") if side.active else ("  ", "")
    heading = Content.assemble(
        edge, (side.heading, "$accent bold" if side.active else "$quiet"), ("  ", ""), (side.word, f"{tone} bold")
    )
    figures = big(side.shown) if side.shown and not side.shown[0].isalpha() else ("", side.shown.ljust(3), "")
    rows = [
        Content.assemble(
            edge, (row, f"{tone} bold" if side.grade else "bold"), (f" {side.unit}" if last else "", "$quiet")
        )
        for row, last in zip(figures, (False, False, True), strict=True)
    ]
    tail = [Content.assemble(edge, (text, "$quiet")) for text in (side.trials, side.before)]
    lines = [heading, *rows, *tail, Content.assemble(edge, side.bar)]
    return [line.truncate(width + 2, ellipsis=True) for line in lines]
