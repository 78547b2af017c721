"""Text -> pieces: headings, paragraphs, lists, the traffic lights."""

from __future__ import annotations

from collections.abc import Sequence

from reports.blocks import Heading, Light, Lights, Listing, Paragraph
from reports.pdf import fonts, paint
from reports.pdf.piece import Desk, Piece
from reports.pdf.styles import Style
from reports.pdf.tagging import Node


def rows_piece(rows: Sequence[str], style: Style, desk: Desk, node: Node, indent: float = 0.0) -> Piece:
    """Rows of text under one tag; on a page too short for all, each row stands for itself."""

    def put(some: Sequence[str], left: float, top: float) -> None:
        with desk.tagger.content(node):
            paint.lines(desk.canvas, left + indent, top, some, style)

    def one(row: str) -> Piece:
        return Piece(style.leading, lambda left, top: put([row], left, top))

    inside = tuple(one(row) for row in rows) if len(rows) > 1 else ()
    whole = Piece(len(rows) * style.leading, lambda left, top: put(rows, left, top), style.before, style.after)
    return whole._replace(inside=inside)


def heading(block: Heading, width: float, desk: Desk, parent: Node) -> list[Piece]:
    """A heading with its bookmark; the aside stands behind it where it fits, else below."""
    style, aside = desk.styles[f"h{block.level}"], desk.styles["strong"]
    node = Node(f"H{block.level}", parent)
    rows = fonts.wrap(block.text, style.size, width, style.bold)
    start = fonts.width(rows[-1], style.size, style.bold) + style.size * 0.6
    fits = fonts.width(block.aside, aside.size, aside.bold) <= width - start
    below = [] if fits else fonts.wrap(block.aside, aside.size, width, aside.bold)

    def put(left: float, top: float) -> None:
        _bookmark(block, top + style.size * 0.5, desk)
        foot = top - len(rows) * style.leading
        with desk.tagger.content(node):
            paint.lines(desk.canvas, left, top, rows, style)
            paint.lines(desk.canvas, left, foot, below, aside)
            if fits and block.aside:
                level = foot + style.leading - (style.size - aside.size) * paint.ASCENT
                paint.lines(desk.canvas, left + start, level, [block.aside], aside)

    height = len(rows) * style.leading + len(below) * aside.leading
    return [Piece(height, put, style.before, style.after, keep=True)]


def _bookmark(block: Heading, top: float, desk: Desk) -> None:
    key = f"{desk.canvas.getPageNumber()}-{top:.0f}-{block.text}"
    desk.canvas.bookmarkHorizontal(key, 0, top)
    title = f"{block.text}, {block.aside}" if block.aside else block.text
    desk.canvas.addOutlineEntry(title, key, level=block.level - 1)


def paragraph(block: Paragraph, width: float, desk: Desk, parent: Node) -> list[Piece]:
    """Running text, its label in bold on the first line."""
    style = desk.styles[block.kind]
    node = Node("P", parent)
    if block.label:
        return [_labelled(block.label, block.text, width, style, desk, node, node)]
    return [rows_piece(fonts.wrap(block.text, style.size, width, style.bold), style, desk, node)]


def _labelled(label: str, text: str, width: float, style: Style, desk: Desk, of_label: Node, of_text: Node) -> Piece:
    """A label in bold with the text running on behind it."""
    labels = fonts.wrap(label, style.size, width, bold=True)
    start = fonts.width(labels[-1], style.size, bold=True) + style.size * 0.45
    rows = fonts.wrap(text, style.size, width, style.bold, first_room=width - start)
    head = rows_piece(labels, style._replace(bold=True), desk, of_label)
    first = rows_piece(rows[:1], style, desk, of_text, indent=start)
    rest = rows_piece(rows[1:], style, desk, of_text)

    def put(left: float, top: float) -> None:
        head.paint(left, top)
        below = top - head.height
        if rows[0]:
            first.paint(left, below + style.leading)
        if rows[1:]:
            rest.paint(left, below)

    return Piece(head.height + rest.height, put, style.before, style.after)


def listing(block: Listing, width: float, desk: Desk, parent: Node) -> list[Piece]:
    """Items behind hanging numbers or dots."""
    style = desk.styles[block.kind]
    node = Node("L", parent)
    marks = [f"{number}." if block.ordered else "•" for number in range(1, len(block.items) + 1)]
    indent = max((fonts.width(mark, style.size, bold=True) for mark in marks), default=0.0) + style.size * 0.5
    items = zip(marks, block.items, strict=True)
    parts = [_item(mark, item, indent, width, style, desk, node) for mark, item in items]
    return [*(part._replace(after=style.size * 0.25) for part in parts[:-1]), *parts[-1:]]


def _item(mark: str, item: str, indent: float, width: float, style: Style, desk: Desk, parent: Node) -> Piece:
    entry = Node("LI", parent)
    label = rows_piece([mark], style._replace(bold=True), desk, Node("Lbl", entry))
    told = rows_piece(
        fonts.wrap(item, style.size, width - indent, style.bold), style, desk, Node("LBody", entry), indent
    )

    def put(left: float, top: float) -> None:
        label.paint(left, top)
        told.paint(left, top)

    return told._replace(paint=put)


def lights(block: Lights, width: float, desk: Desk, parent: Node) -> list[Piece]:
    """The traffic lights as a list: a sign, what is felt, what to do."""
    node = Node("L", parent)
    return [_light(*row, width, desk, node) for row in block.rows]


def _light(which: Light, felt: str, do: str, width: float, desk: Desk, parent: Node) -> Piece:
    style = desk.styles["body"]
    entry = Node("LI", parent)
    sign = style.size
    indent = sign + style.size * 0.7
    told = _labelled(felt, do, width - indent, style, desk, Node("Lbl", entry), Node("LBody", entry))

    def put(left: float, top: float) -> None:
        with desk.tagger.artifact():
            paint.light(desk.canvas, which, left, top - style.leading / 2, sign)
        told.paint(left + indent, top)

    return told._replace(paint=put)
