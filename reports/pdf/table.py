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
HAIR = 0.01
PADDING = 2.5


def table(block: Table, width: float, desk: Desk, parent: Node) -> list[Piece]:
    """The head and the rows, each a piece of its own; the last row begins no page alone."""
    node = Node("Table", parent)
    widths = _widths(block, width, desk.styles["cell"].size)
    head = _row(block.head, widths, desk, node, head=True)
    again = _head_again(block, widths, desk)
    body = [_row(row, widths, desk, node)._replace(head=again) for row in block.rows]
    after = desk.styles["body"].size * 0.8
    last = len(body) - 1
    kept = [row._replace(keep=at == last - 1) for at, row in enumerate(body)]
    return [head._replace(keep=True), *kept[:-1], *(row._replace(after=after) for row in kept[-1:])]


def _widths(block: Table, width: float, size: float) -> list[float]:
    """The width by shares; a column too narrow for a word of it takes what it lacks from those that can spare it."""
    total = sum(block.shares)
    usual = [width * share / total for share in block.shares]
    least = _least(block, usual, size)
    lacking = [max(0.0, need - has) for need, has in zip(least, usual, strict=True)]
    spare = [max(0.0, has - need) for need, has in zip(least, usual, strict=True)]
    if not sum(lacking) or sum(lacking) > sum(spare):
        return usual
    given = sum(lacking) / sum(spare)
    return [has + lack - rest * given for has, lack, rest in zip(usual, lacking, spare, strict=True)]


def _least(block: Table, usual: Sequence[float], size: float) -> list[float]:
    """How wide each column is at least, that no word is parted; one with a chart keeps its share."""
    columns = zip(*(block.head, *block.rows), strict=True)
    return [_longest(cells, size) or has for cells, has in zip(columns, usual, strict=True)]


def _longest(cells: Sequence[Cell], size: float) -> float:
    """The width of the longest word with its gutter, as of a head, and a hair for what is rounded; 0 with a chart."""
    if any(isinstance(cell, Chart) for cell in cells):
        return 0.0
    words = {word for cell in cells if isinstance(cell, str) for word in fonts.printable(cell).split(" ")}
    return max(fonts.width(word, size, bold=True) for word in words) + GUTTER + HAIR


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
