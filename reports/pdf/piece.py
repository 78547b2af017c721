"""A piece of a page: it has a height and paints itself where it is put. A piece is never parted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from reportlab.pdfgen.canvas import Canvas

from reports.blocks import Logo
from reports.pdf.styles import AIRS, Style
from reports.pdf.tagging import Tagger

COLUMN_GAP = 18.0
"""Between two columns, points."""


COLUMN = 236.0
LEAST_COLUMN = 170.0
"""The width of the column drawings stand in, points: the usual, and the least. Two drawings beside each other are each
28 mm wide in the least; in very large type it leaves the lines beside them more room."""


class Piece(NamedTuple):
    """Something as high as `height`; `paint(left, top)` puts it on the page."""

    height: float
    paint: Callable[[float, float], None]
    before: float = 0.0
    after: float = 0.0
    keep: bool = False
    """Stays on the page of the next piece."""
    head: Piece | None = None
    """Repeated on top of a page that this piece begins."""
    inside: tuple[Piece, ...] = ()
    """What it is made of, for a page too short to hold it whole."""
    roams: bool = False
    """May stand earlier, at the foot of a page with room for it."""
    ends: bool = False
    """Stands last, or on the first page where that saves one."""


class Desk(NamedTuple):
    """What is needed to set a block."""

    canvas: Canvas
    tagger: Tagger
    styles: dict[str, Style]
    space: float = AIRS[0].space
    """White space as a share of the usual."""
    column: float = COLUMN
    """The width of the column drawings stand in, points."""
    logo: Logo | None = None
    """Printed at the head of the first page."""


def gap(above: Piece, below: Piece) -> float:
    """The white space between two pieces."""
    return max(above.after, below.before)


def stack(parts: Sequence[Piece]) -> float:
    """The height of pieces under each other, without the space above the first and below the last."""
    return sum(part.height for part in parts) + sum(map(gap, parts, parts[1:]))


def paint_stack(parts: Sequence[Piece], left: float, top: float) -> None:
    """Paint pieces under each other."""
    for number, part in enumerate(parts):
        if number:
            top -= gap(parts[number - 1], part)
        part.paint(left, top)
        top -= part.height
