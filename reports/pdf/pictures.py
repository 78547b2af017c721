"""Drawings -> pieces: bodies, charts, the tick grid. Each is one figure with its words for those who cannot see it."""

from __future__ import annotations

from typing import NamedTuple

from protocols.figures.shapes import Frame
from reports import drawing
from reports.blocks import Chart, Picture, TickGrid
from reports.pdf import fonts, paint
from reports.pdf.piece import Desk, Piece
from reports.pdf.styles import LARGE_TYPE
from reports.pdf.tagging import Node, box

GAP = 8.0
CHART_TYPE = 8.2
"""The size of table type beside which a chart keeps its own size, points."""
BOX_LEAST = 26.0
"""A tick box is at least this high, points: 9 mm."""


class Room(NamedTuple):
    """What one drawing may take, points: its width, and its height at most; a lying body needs less."""

    width: float
    height: float

    @property
    def pair(self) -> float:
        return 2 * self.width + GAP

    @property
    def alone(self) -> Room:
        """A single drawing may be wider; it still stands in the middle of where two would."""
        return Room(self.width * 1.5, self.height)


BESIDE_WORDS = Room(134.0, 128.0)
"""4.7 cm wide."""
ABOVE_WORDS = Room(190.0, 170.0)
"""Under large type there is no column beside, so the drawings grow with the letters."""


def room(desk: Desk) -> Room:
    """What drawings may take at this size of type."""
    return ABOVE_WORDS if desk.styles["body"].size >= LARGE_TYPE else BESIDE_WORDS


def picture(block: Picture, width: float, desk: Desk, parent: Node) -> list[Piece]:
    """One drawing in the middle, or two side by side; captions below."""
    node = Node("Figure", parent, alt=block.alt)
    style = desk.styles["foot"]
    each = room(desk) if len(block.frames) > 1 else room(desk).alone
    tall = max(_height(frame, each) for frame in block.frames)
    height = tall + (style.leading + 3 if block.captions else 0.0)
    total = len(block.frames) * (each.width + GAP) - GAP
    shift = (room(desk).pair - total) / 2

    def put(left: float, top: float) -> None:
        node.attributes = box(left + shift, top - height, left + shift + total, top)
        with desk.tagger.content(node):
            for number, frame in enumerate(block.frames):
                x = left + shift + number * (each.width + GAP)
                paint.body(desk.canvas, frame, x, top - tall, each.width, tall)
            for number, words in enumerate(block.captions):
                middle = left + shift + number * (each.width + GAP) + each.width / 2
                half = fonts.width(words, style.size, style.bold) / 2
                paint.lines(desk.canvas, middle - half, top - tall - 3, [words], style)

    return [Piece(height, put, after=desk.styles["body"].after)]


def _height(frame: Frame, each: Room) -> float:
    """How high a picture is drawn in its room."""
    scale, _ = drawing.placed(frame, *each)
    return scale * (frame.box[3] - frame.box[1])


def chart(block: Chart, width: float, desk: Desk, parent: Node) -> list[Piece]:
    """A chart as a figure of its own, grown with the type as far as the width allows."""
    node = Node("Figure", parent, alt=block.alt)
    scale = min(width / block.width, desk.styles["cell"].size / CHART_TYPE)
    height = block.height * scale

    def put(left: float, top: float) -> None:
        node.attributes = box(left, top - height, left + block.width * scale, top)
        with desk.tagger.content(node):
            paint.chart(desk.canvas, block, left, top - height, scale)

    return [Piece(height, put, after=desk.styles["body"].after)]


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
