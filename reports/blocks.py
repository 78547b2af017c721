"""What a document is made of, whoever sets it: the PDF and the plain text read the same blocks.

Strings are what people read. They are never markup: a name such as "</b> & Co" is printed as it stands.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from protocols.figure import Frame

Kind = Literal["body", "lead", "strong", "small"]
Light = Literal["green", "amber", "red"]
Ink = Literal["ink", "accent", "quiet", "band", "edge", "paper"]
Point = tuple[float, float]


class Heading(msgspec.Struct, frozen=True):
    """A title: level 1 names the document, 2 a part or a card, 3 a part of a part. Levels are never skipped."""

    text: str
    level: Literal[1, 2, 3] = 2
    aside: str = ""
    """Said behind it in lighter type: "left side"."""


class Paragraph(msgspec.Struct, frozen=True):
    """Running text. A label is printed before it in bold: "When to stop"."""

    text: str
    kind: Kind = "body"
    label: str = ""


class Listing(msgspec.Struct, frozen=True):
    """Items with numbers or dots before them."""

    items: tuple[str, ...]
    ordered: bool = False
    kind: Kind = "body"


class Masthead(msgspec.Struct, frozen=True):
    """The line on top of the first page: who gives it, and whom it is for."""

    left: str
    right: str


class Picture(msgspec.Struct, frozen=True):
    """One drawing of a body, or start and finish side by side. `alt` says in words what is seen."""

    frames: tuple[Frame, ...]
    alt: str
    captions: tuple[str, ...] = ()


class Line(msgspec.Struct, frozen=True):
    """A line through points, in points of 1/72 inch, y up."""

    points: tuple[Point, ...]
    ink: Ink = "ink"
    width: float = 1.0
    dashed: bool = False


class Area(msgspec.Struct, frozen=True):
    """A filled rectangle: left, bottom, right, top."""

    box: tuple[float, float, float, float]
    ink: Ink = "band"


class Dot(msgspec.Struct, frozen=True):
    """A mark at a reading; hollow for the second series, so that no colour is needed to tell them apart."""

    at: Point
    radius: float = 2.0
    hollow: bool = False


class Words(msgspec.Struct, frozen=True):
    """Words in a chart."""

    at: Point
    text: str
    align: Literal["left", "middle", "right"] = "left"
    size: float = 8.0
    bold: bool = False


class Chart(msgspec.Struct, frozen=True):
    """A small drawing in its own box of width by height points, origin bottom left."""

    width: float
    height: float
    marks: tuple[Line | Area | Dot | Words, ...]
    alt: str


Cell: TypeAlias = str | Chart


class Table(msgspec.Struct, frozen=True):
    """Rows under a head. The first column names its row. `shares` are the columns' parts of the width."""

    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    shares: tuple[float, ...]
    spoken: tuple[tuple[str, ...], ...] = ()
    """The head as each row reads it in plain text, where that differs from the column's."""
    titled: bool = False
    """The first head is the table's own title, not that of its column: plain text says it above the rows."""


class TickGrid(msgspec.Struct, frozen=True):
    """A box for each day, to tick when done."""

    days: int
    alt: str


class Lights(msgspec.Struct, frozen=True):
    """The traffic lights: each has a shape and a word of its own beside its colour."""

    rows: tuple[tuple[Light, str, str], ...]
    """light, what is felt, what to do"""


class Beside(msgspec.Struct, frozen=True):
    """A picture with blocks at its right."""

    picture: Picture
    blocks: tuple[Block, ...]


class Together(msgspec.Struct, frozen=True):
    """Blocks that stay on one page. `boxed` draws a frame around them, `ruled` a line above.

    `roams`: on paper they may stand earlier where that saves a page or leaves less white; with `ends`, only on
    the first page, and only where that saves one.
    """

    blocks: tuple[Block, ...]
    boxed: bool = False
    ruled: bool = False
    roams: bool = False
    ends: bool = False


Block: TypeAlias = (
    Heading | Paragraph | Listing | Masthead | Picture | Chart | Table | TickGrid | Lights | Beside | Together
)


class Logo(msgspec.Struct, frozen=True):
    """The clinic's sign at the head of its papers: a PNG, and its words for those who cannot see it."""

    png: bytes
    width: int
    height: int
    """Of the image, in pixels."""
    alt: str


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """The paper the blocks are set on."""

    title: str
    paper: Literal["a4", "letter"]
    type_size: float
    """Size of the running text in points; everything else follows from it."""
    smallest: float
    """No type is set smaller than this."""
    margin: float
    foot: str
    """At the foot of every page beside "Page n of m"; holds no more identity than the reader chose."""
    logo: Logo | None = None
