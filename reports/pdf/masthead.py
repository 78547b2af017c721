"""The head of the first page: the clinic's logo, its name, and whom the paper is for, over a rule."""

from __future__ import annotations

from typing import NamedTuple

from reports.blocks import Logo, Masthead
from reports.pdf import fonts, paint
from reports.pdf.piece import COLUMN_GAP, Desk, Piece
from reports.pdf.styles import QUIET
from reports.pdf.tagging import Node, box

LOGO_HEIGHT = 3.4
"""The most a logo takes in height, in sizes of the type beside it."""
LOGO_SHARE = 0.3
"""The most a logo takes of the width."""


class Mark(NamedTuple):
    """A logo as it is printed: what it is, and how large in points."""

    logo: Logo
    width: float
    height: float


def masthead(block: Masthead, width: float, desk: Desk, parent: Node) -> list[Piece]:
    """The logo where there is one, then two texts at either edge, their middle beside its middle."""
    mark = _mark(desk, width)
    style = desk.styles["small"]
    figure = Node("Figure", parent, alt=mark.logo.alt) if mark else None
    start = mark.width + COLUMN_GAP if mark else 0.0
    texts = _texts(block, width - start, desk, parent)
    inner = max(texts.height, mark.height if mark else 0.0)
    height = inner + style.size * 0.4

    def put(left: float, top: float) -> None:
        if mark and figure:
            _put_logo(mark, left, top - (inner - mark.height) / 2, desk, figure)
        texts.paint(left + start, top - (inner - texts.height) / 2)
        with desk.tagger.artifact():
            paint.rule(desk.canvas, left, left + width, top - height, QUIET)

    return [Piece(height, put, after=style.size * 1.3)]


def _mark(desk: Desk, width: float) -> Mark | None:
    """The logo as large as its bounds allow."""
    if desk.logo is None:
        return None
    scale = min(desk.styles["small"].size * LOGO_HEIGHT / desk.logo.height, width * LOGO_SHARE / desk.logo.width)
    return Mark(desk.logo, desk.logo.width * scale, desk.logo.height * scale)


def _put_logo(mark: Mark, left: float, top: float, desk: Desk, node: Node) -> None:
    node.attributes = box(left, top - mark.height, left + mark.width, top)
    with desk.tagger.content(node):
        paint.image(desk.canvas, mark.logo.png, left, top - mark.height, mark.width, mark.height)


def _texts(block: Masthead, width: float, desk: Desk, parent: Node) -> Piece:
    """Who gives the paper at the left edge, whom it is for at the right."""
    style = desk.styles["small"]
    strong = style._replace(bold=True)
    half = (width - COLUMN_GAP) / 2
    left_rows = fonts.wrap(block.left, style.size, half, bold=True)
    used = max(fonts.width(row, style.size, bold=True) for row in left_rows)
    right_rows = fonts.wrap(block.right, style.size, width - COLUMN_GAP - used, bold=False)
    clinic, person = Node("P", parent), Node("P", parent)

    def put(left: float, top: float) -> None:
        with desk.tagger.content(clinic):
            paint.lines(desk.canvas, left, top, left_rows, strong)
        with desk.tagger.content(person):
            for number, row in enumerate(right_rows):
                start = left + width - fonts.width(row, style.size, bold=False)
                paint.lines(desk.canvas, start, top - number * style.leading, [row], style)

    return Piece(max(len(left_rows), len(right_rows)) * style.leading, put)
