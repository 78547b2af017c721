"""Drawings -> pieces: bodies, charts, the tick grid. Each is one figure with its words for those who cannot see it."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from protocols.figure import Frame
from reports import drawing
from reports.blocks import Chart, Picture, TickGrid
from reports.pdf import fonts, paint
from reports.pdf.piece import Desk, Piece
from reports.pdf.styles import Style
from reports.pdf.tagging import Node, box

GAP = 8.0
CHART_TYPE = 8.2
"""The size of table type beside which a chart keeps its own size, points."""
WEEK = 7
BOX_LEAST = 26.0
"""A tick box is at least this high, points: 9 mm."""

TALLEST = 130.0
LOWEST = 64.0
"""What a drawing may take in height, points: beside another, and under another."""
LARGER = 1.15
"""Two drawings stand under each other where that makes them so many times as large: bodies that lie."""


class Spot(NamedTuple):
    """Where a drawing stands and where its caption begins, points from the top left of the picture."""

    left: float
    top: float
    width: float
    height: float
    caption: tuple[float, float]


def picture(block: Picture, width: float, desk: Desk, parent: Node) -> list[Piece]:
    """One drawing in the middle of its column; two beside each other, or under each other where the body lies."""
    node = Node("Figure", parent, alt=block.alt)
    style = desk.styles["foot"]
    spots, height = _spots(block, style, desk.column)

    def put(left: float, top: float) -> None:
        node.attributes = box(left, top - height, left + desk.column, top)
        with desk.tagger.content(node):
            for frame, spot in zip(block.frames, spots, strict=True):
                low = top - spot.top - spot.height
                paint.body(desk.canvas, frame, left + spot.left, low, spot.width, spot.height)
            for words, spot in zip(block.captions, spots, strict=bool(block.captions)):
                x, down = spot.caption
                paint.lines(desk.canvas, left + x, top - down, [words], style)

    return [Piece(height, put, after=desk.styles["body"].after)]


def _spots(block: Picture, style: Style, column: float) -> tuple[list[Spot], float]:
    """The places of the drawings, and the height they take together."""
    block = block if block.captions else msgspec.structs.replace(block, captions=("",) * len(block.frames))
    if len(block.frames) == 1:
        return _alone(block, style, column)
    beside, under = _beside(block, style, column), _under(block, style, column)
    return under if under[0][0].height > LARGER * beside[0][0].height else beside


def _alone(block: Picture, style: Style, column: float) -> tuple[list[Spot], float]:
    """The caption under the middle of the drawing."""
    (frame,), (words,) = block.frames, block.captions
    high = _height(frame, column, TALLEST)
    middle = (column - fonts.width(words, style.size, style.bold)) / 2
    return [Spot(0.0, 0.0, column, high, (middle, high + 3))], high + 3 + style.leading


def _beside(block: Picture, style: Style, column: float) -> tuple[list[Spot], float]:
    """Feet on one line, captions under the middle of each."""
    each = (column - GAP) / 2
    high = _height(block.frames[0], each, TALLEST)
    spots = []
    for number, words in enumerate(block.captions):
        x = number * (each + GAP)
        middle = x + (each - fonts.width(words, style.size, style.bold)) / 2
        spots.append(Spot(x, 0.0, each, high, (middle, high + 3)))
    return spots, high + 3 + style.leading


def _under(block: Picture, style: Style, column: float) -> tuple[list[Spot], float]:
    """Captions in a column at the left, on the line the body lies on."""
    words = max(fonts.width(caption, style.size, style.bold) for caption in block.captions) + GAP
    each = column - words
    high = _height(block.frames[0], each, LOWEST)
    low = high - style.leading
    spots = [
        Spot(words, top, each, high, (0.0, top + low)) for top in (n * (high + GAP) for n in range(len(block.frames)))
    ]
    return spots, spots[-1].top + high


def _height(frame: Frame, width: float, height: float) -> float:
    """How high a picture is drawn in its room."""
    scale, _ = drawing.placed(frame, width, height)
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
    """A row of numbered boxes across the page, a little apart from week to week."""
    node = Node("Figure", parent, alt=block.alt)
    style = desk.styles["foot"]
    between, height = 4.0, max(BOX_LEAST, style.size * 2)
    weeks = (block.days - 1) // WEEK
    side = (width - between * (block.days - 1) - GAP * weeks) / block.days

    def put(left: float, top: float) -> None:
        node.attributes = box(left, top - height, left + width, top)
        with desk.tagger.content(node):
            for day in range(block.days):
                x = left + day * (side + between) + day // WEEK * GAP
                paint.tick_box(desk.canvas, x, top - height, side, height)
                paint.lines(desk.canvas, x + 3, top - 2, [str(day + 1)], style)

    return [Piece(height, put, after=style.size * 0.4)]
