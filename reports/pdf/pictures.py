"""Drawings -> pieces: bodies, charts, the tick grid. Each is one figure with its words for those who cannot see it."""

from __future__ import annotations

from protocols.shapes import Frame
from reports import drawing
from reports.blocks import Chart, Picture, TickGrid
from reports.pdf import fonts, paint
from reports.pdf.piece import Desk, Piece
from reports.pdf.tagging import Node, box

WIDTH = 132.0
"""Of each of two drawings, points: 4.6 cm."""
HEIGHT = 112.0
"""At most; a lying body needs less."""
GAP = 8.0
COLUMN = 2 * WIDTH + GAP
BOX_LEAST = 26.0
"""A tick box is at least this high, points: 9 mm."""


def picture(block: Picture, width: float, desk: Desk, parent: Node) -> list[Piece]:
    """One drawing, or two side by side, captions below."""
    node = Node("Figure", parent, alt=block.alt)
    style = desk.styles["foot"]
    tall = max(_height(frame) for frame in block.frames)
    height = tall + (style.leading + 3 if block.captions else 0.0)
    total = len(block.frames) * (WIDTH + GAP) - GAP
    shift = (COLUMN - total) / 2

    def put(left: float, top: float) -> None:
        node.attributes = box(left + shift, top - height, left + shift + total, top)
        with desk.tagger.content(node):
            for number, frame in enumerate(block.frames):
                x = left + shift + number * (WIDTH + GAP)
                paint.body(desk.canvas, frame, x, top - tall, WIDTH, tall)
            for number, words in enumerate(block.captions):
                centre = left + shift + number * (WIDTH + GAP) + WIDTH / 2
                half = fonts.width(words, style.size, style.bold) / 2
                paint.lines(desk.canvas, centre - half, top - tall - 3, [words], style)

    return [Piece(height, put, after=desk.styles["body"].after)]


def _height(frame: Frame) -> float:
    """How high a picture is drawn at full width."""
    scale, _ = drawing.placed(frame, WIDTH, HEIGHT)
    return scale * (frame.box[3] - frame.box[1])


def chart(block: Chart, width: float, desk: Desk, parent: Node) -> list[Piece]:
    """A chart as a figure of its own."""
    node = Node("Figure", parent, alt=block.alt)

    def put(left: float, top: float) -> None:
        node.attributes = box(left, top - block.height, left + block.width, top)
        with desk.tagger.content(node):
            paint.chart(desk.canvas, block, left, top - block.height)

    return [Piece(block.height, put, after=desk.styles["body"].after)]


def tick_grid(block: TickGrid, width: float, desk: Desk, parent: Node) -> list[Piece]:
    """A row of numbered boxes across the page."""
    node = Node("Figure", parent, alt=block.alt)
    style = desk.styles["foot"]
    between, height = 4.0, max(BOX_LEAST, style.size * 2)
    side = (width - between * (block.days - 1)) / block.days

    def put(left: float, top: float) -> None:
        node.attributes = box(left, top - height, left + width, top)
        with desk.tagger.content(node):
            for day in range(block.days):
                x = left + day * (side + between)
                paint.tick_box(desk.canvas, x, top - height, side, height)
                paint.lines(desk.canvas, x + 3, top - 2, [str(day + 1)], style)

    return [Piece(height, put, after=style.size * 0.4)]
