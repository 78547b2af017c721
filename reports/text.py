"""The same blocks as plain text, for the screen, the terminal and the clipboard."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from typing import Any

from reports.blocks import (
    Beside,
    Block,
    Cell,
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

WIDTH = 78
UNDERLINES = {1: "=", 2: "-"}


def render(blocks: Sequence[Block]) -> str:
    """The document as text, `WIDTH` columns wide at most where words allow."""
    parts = [part for block in blocks for part in _parts(block)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _parts(block: Block) -> list[str]:
    """The paragraphs of a block; an empty one prints nothing."""
    return _WRITERS[type(block)](block)


def _wrapped(text: str, hang: str = "", first: str = "") -> str:
    return textwrap.fill(text, WIDTH, initial_indent=first, subsequent_indent=hang, break_on_hyphens=False)


def _heading(block: Heading) -> list[str]:
    title = f"{block.text}, {block.aside}" if block.aside else block.text
    line = UNDERLINES.get(block.level)
    return [f"{title}\n{line * min(len(title), WIDTH)}" if line else title]


def _paragraph(block: Paragraph) -> list[str]:
    return [_wrapped(f"{block.label} {block.text}".strip())]


def _listing(block: Listing) -> list[str]:
    marks = [f"{number}. " if block.ordered else "- " for number in range(1, len(block.items) + 1)]
    rows = zip(marks, block.items, strict=True)
    return ["\n".join(_wrapped(item, " " * len(mark), mark) for mark, item in rows)]


def _masthead(block: Masthead) -> list[str]:
    return [_wrapped(f"{block.left}   {block.right}")]


def _table(block: Table) -> list[str]:
    """Each row as "name: head value; head value", which reads well at any width."""
    heads = block.spoken or (block.head,) * len(block.rows)
    rows = "\n".join(_row(head, row) for head, row in zip(heads, block.rows, strict=True))
    return [block.head[0], rows] if block.titled else [rows]


def _row(head: tuple[str, ...], row: tuple[Cell, ...]) -> str:
    name, *values = row
    told = [
        f"{title} {value}".strip() if title else str(value)
        for title, value in zip(head[1:], values, strict=True)
        if isinstance(value, str) and value
    ]
    return _wrapped(f"{name}: {'; '.join(told)}" if told else str(name), "  ")


def _lights(block: Lights) -> list[str]:
    return ["\n".join(_wrapped(f"{felt} {do}", "  ", "- ") for _, felt, do in block.rows)]


def _tick_grid(block: TickGrid) -> list[str]:
    boxes = [f"{day} [ ]" for day in range(1, block.days + 1)]
    return [_wrapped("  ".join(boxes))]


def _together(block: Together) -> list[str]:
    return [part for inner in block.blocks for part in _parts(inner)]


def _beside(block: Beside) -> list[str]:
    return [part for inner in block.blocks for part in _parts(inner)]


def _chart(block: Chart) -> list[str]:
    return [_wrapped(f"({block.alt})")]


def _picture(block: Picture) -> list[str]:
    return []


_WRITERS: dict[type, Callable[[Any], list[str]]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    Listing: _listing,
    Masthead: _masthead,
    Table: _table,
    Lights: _lights,
    TickGrid: _tick_grid,
    Together: _together,
    Beside: _beside,
    Chart: _chart,
    Picture: _picture,
}
