"""Tables: wrapped cells, a head that is repeated on the next page, a thin rule under each row."""

from __future__ import annotations

from collections.abc import Sequence

from reports.blocks import Cell, Chart, Table
from reports.pdf import fonts, paint, pictures
from reports.pdf.piece import Desk, Piece
from reports.pdf.styles import HAIRLINE, QUIET, Colour
from reports.pdf.tagging import Node, scope
from reports.pdf.words import rows_piece

GUTTER = 8.0
PADDING = 2.5


def table(block: Table, width: float, desk: Desk, parent: Node) -> list[Piece]:
    """The head and the rows, each a piece of its own; the last row begins no page alone."""
    node = Node("Table", parent)
    widths = _widths(block, width)
    head = _row(block.head, widths, desk, node, head=True)
    again = _head_again(block, widths, desk)
    body = [_row(row, widths, desk, node)._replace(head=again) for row in block.rows]
    after = desk.styles["body"].size * 0.8
    last = len(body) - 1
    kept = [row._replace(keep=at == last - 1) for at, row in enumerate(body)]
    return [head._replace(keep=True), *kept[:-1], *(row._replace(after=after) for row in kept[-1:])]


def _widths(block: Table, width: float) -> list[float]:
    total = sum(block.shares)
    return [width * share / total for share in block.shares]


def _row(row: Sequence[Cell], widths: list[float], desk: Desk, table: Node, *, head: bool = False) -> Piece:
    node = Node("TR", table)
    cells = [
        _cell(cell, wide - GUTTER, desk, node, head=head, names_row=at == 0)
        for at, (cell, wide) in enumerate(zip(row, widths, strict=True))
    ]
    height = max(cell.height for cell in cells) + 2 * PADDING

    def put(left: float, top: float) -> None:
        x = left
        for cell, wide in zip(cells, widths, strict=True):
            cell.paint(x, top - PADDING)
            x += wide
        with desk.tagger.artifact():
            paint.rule(desk.canvas, left, left + sum(widths), top - height, _rule_ink(head=head))

    return Piece(height, put)


def _rule_ink(*, head: bool) -> Colour:
    return QUIET if head else HAIRLINE


def _cell(cell: Cell, width: float, desk: Desk, row: Node, *, head: bool, names_row: bool) -> Piece:
    tag = "TH" if head or names_row else "TD"
    node = Node(tag, row, attributes=scope("Column" if head else "Row") if tag == "TH" else None)
    if isinstance(cell, Chart):
        (drawn,) = pictures.chart(cell, width, desk, node)
        return drawn
    style = desk.styles["cell"]._replace(bold=head)
    rows = fonts.wrap(cell, style.size, width, style.bold)
    return rows_piece(rows, style, desk, node)


def _head_again(block: Table, widths: list[float], desk: Desk) -> Piece:
    """The head on top of a following page: for the eye only, the table goes on."""
    style = desk.styles["cell"]._replace(bold=True)
    wrapped = [
        fonts.wrap(words, style.size, wide - GUTTER, bold=True) for words, wide in zip(block.head, widths, strict=True)
    ]
    height = max(len(rows) for rows in wrapped) * style.leading + 2 * PADDING

    def put(left: float, top: float) -> None:
        with desk.tagger.artifact():
            x = left
            for rows, wide in zip(wrapped, widths, strict=True):
                paint.lines(desk.canvas, x, top - PADDING, rows, style)
                x += wide
            paint.rule(desk.canvas, left, left + sum(widths), top - height, QUIET)

    return Piece(height, put)
