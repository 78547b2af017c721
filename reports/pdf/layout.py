"""Blocks -> pieces: every kind of block has its setter; groups set what is inside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from reports.blocks import (
    Beside,
    Block,
    Chart,
    Heading,
    Lights,
    Listing,
    Masthead,
    Paragraph,
    Picture,
    Table,
    TickGrid,
    Together,
)
from reports.pdf import paint, pictures, table, words
from reports.pdf.masthead import masthead
from reports.pdf.piece import COLUMN_GAP, Desk, Piece, paint_stack, stack
from reports.pdf.styles import HAIRLINE, QUIET
from reports.pdf.tagging import Node

BOX_PADDING = 9.0


def pieces(blocks: Sequence[Block], width: float, desk: Desk, parent: Node) -> list[Piece]:
    """The pieces of blocks set `width` points wide, their tags under `parent`."""
    return [piece for block in blocks for piece in _SETTERS[type(block)](block, width, desk, parent)]


def _beside(block: Beside, width: float, desk: Desk, parent: Node) -> list[Piece]:
    (picture,) = pictures.picture(block.picture, width, desk, parent)
    start = desk.column + COLUMN_GAP
    column = pieces(block.blocks, width - start, desk, parent)
    height = max(picture.height, stack(column))

    def put(left: float, top: float) -> None:
        picture.paint(left, top - (height - picture.height) / 2)
        paint_stack(column, left + start, top - (height - stack(column)) / 2)

    return [Piece(height, put, after=desk.styles["body"].after, inside=(picture, *column))]


def _together(block: Together, width: float, desk: Desk, parent: Node) -> list[Piece]:
    padding = BOX_PADDING if block.boxed else 0.0
    space = desk.styles["body"].size * 0.8 * desk.space
    lead = space if block.ruled else 0.0
    parts = pieces(block.blocks, width - 2 * padding, desk, parent)
    height = stack(parts) + 2 * padding + lead

    def put(left: float, top: float) -> None:
        with desk.tagger.artifact():
            if block.boxed:
                paint.frame_round(desk.canvas, left, top - height, width, height, QUIET)
            if block.ruled:
                paint.rule(desk.canvas, left, left + width, top, HAIRLINE)
        paint_stack(parts, left + padding, top - padding - lead)

    return [Piece(height, put, before=space, after=space, inside=tuple(parts), roams=block.roams, ends=block.ends)]


_SETTERS: dict[type, Callable[[Any, float, Desk, Node], list[Piece]]] = {
    Heading: words.heading,
    Paragraph: words.paragraph,
    Listing: words.listing,
    Masthead: masthead,
    Lights: words.lights,
    Picture: pictures.picture,
    Chart: pictures.chart,
    TickGrid: pictures.tick_grid,
    Table: table.table,
    Beside: _beside,
    Together: _together,
}
