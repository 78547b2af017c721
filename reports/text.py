"""The same blocks as plain text, for the screen, the terminal and the clipboard."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple
from unicodedata import east_asian_width

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

WIDTH = 77
SECOND = "\N{WORD JOINER}"
"""The second cell of a wide letter, while rows are measured by their letters."""
UNDERLINES = {1: "=", 2: "-"}
ALOUD = ((re.compile("_{3,}"), "blank"), (re.compile("–(?=;|$)"), "missing"))
"""Signs for the eye, as they are read: room to write in, a value that is missing."""


class Row(NamedTuple):
    """What begins a line of its own, before it is broken into lines."""

    text: str
    first: str = ""
    """The mark before it, as of a list."""
    hang: str = ""
    """Before each further line of it."""
    drawn: str = ""
    """What is seen beside or below it and says nothing."""


def render(blocks: Sequence[Block]) -> str:
    """The document as text, `WIDTH` columns wide at most where words allow."""
    parts = ["\n".join(_wrapped(row) for row in part) for block in blocks for part in _parts(block)]
    return "\n\n".join(part for part in parts if part) + "\n"


def sentences(blocks: Sequence[Block]) -> Iterator[str]:
    """The document as it is read aloud: a heading, a sentence or a row at a time."""
    for block in blocks:
        for part in _parts(block):
            for row in part:
                mark = row.first if row.first.strip("- ") else ""
                if told := _aloud(row.text):
                    yield f"{mark}{told}"


def _aloud(text: str) -> str:
    for sign, said in ALOUD:
        text = sign.sub(said, text)
    return text.strip()


def _parts(block: Block) -> list[list[Row]]:
    """The paragraphs of a block, row by row; an empty one prints nothing."""
    return _WRITERS[type(block)](block)


def _wrapped(row: Row) -> str:
    """A title stays on one line with what is drawn below it."""
    if row.drawn:
        return f"{row.text}\n{row.drawn}".strip()
    text = "".join(letter + SECOND * (east_asian_width(letter) in "WF") for letter in row.text)
    rows = textwrap.fill(text, WIDTH, initial_indent=row.first, subsequent_indent=row.hang, break_on_hyphens=False)
    return rows.replace(SECOND, "")


def _heading(block: Heading) -> list[list[Row]]:
    title = f"{block.text}, {block.aside}" if block.aside else block.text
    line = UNDERLINES.get(block.level, "")
    return [[Row(title, drawn=line * min(len(title), WIDTH))]]


def _paragraph(block: Paragraph) -> list[list[Row]]:
    return [[Row(f"{block.label} {block.text}".strip())]]


def _listing(block: Listing) -> list[list[Row]]:
    marks = [f"{number}. " if block.ordered else "- " for number in range(1, len(block.items) + 1)]
    return [[Row(item, mark, " " * len(mark)) for mark, item in zip(marks, block.items, strict=True)]]


def _masthead(block: Masthead) -> list[list[Row]]:
    return [[Row(f"{block.left}   {block.right}")]]


def _table(block: Table) -> list[list[Row]]:
    """Each row as "name: head value; head value", which reads well at any width."""
    heads = block.spoken or (block.head,) * len(block.rows)
    rows = [_row(head, row) for head, row in zip(heads, block.rows, strict=True)]
    return [[Row(block.head[0])], rows] if block.titled else [rows]


def _row(head: tuple[str, ...], row: tuple[Cell, ...]) -> Row:
    name, *values = row
    told = [
        f"{title} {value}".strip() if title else str(value)
        for title, value in zip(head[1:], values, strict=True)
        if isinstance(value, str) and value
    ]
    return Row(f"{name}: {'; '.join(told)}" if told else str(name), hang="  ")


def _lights(block: Lights) -> list[list[Row]]:
    return [[Row(f"{felt} {do}", "- ", "  ") for _, felt, do in block.rows]]


def _tick_grid(block: TickGrid) -> list[list[Row]]:
    return [[Row("", drawn=textwrap.fill("  ".join(f"{day} [ ]" for day in range(1, block.days + 1)), WIDTH))]]


def _together(block: Together) -> list[list[Row]]:
    return [part for inner in block.blocks for part in _parts(inner)]


def _beside(block: Beside) -> list[list[Row]]:
    return [part for inner in block.blocks for part in _parts(inner)]


def _chart(block: Chart) -> list[list[Row]]:
    return [[Row(f"({block.alt})")]]


def _picture(block: Picture) -> list[list[Row]]:
    return []


_WRITERS: dict[type, Callable[[Any], list[list[Row]]]] = {
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
