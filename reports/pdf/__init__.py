"""Blocks on paper: a tagged PDF (PDF/UA-1). The only package that touches reportlab.

The same blocks on the same sheet give the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Final

from reportlab import rl_config
from reportlab.lib.pagesizes import A4, LETTER
from reportlab.pdfgen.canvas import Canvas

from reports.blocks import Block, Sheet
from reports.pdf import fonts, paint
from reports.pdf.arrangement import Room, arranged
from reports.pdf.paging import Leaf, tops
from reports.pdf.piece import Desk
from reports.pdf.styles import HAIRLINE, Style, styles
from reports.pdf.tagging import LANGUAGE, Tagger

PAPERS: Final = {"a4": A4, "letter": LETTER}
TOOL: Final = "assess-tui"
FOOT: Final = 0.7
"""The page number's distance from the edge of the paper, as a share of the margin."""
FOOT_ROOM: Final = 1.9
"""Above the page number, as a share of the size of the running text."""

Progress = Callable[[int, int], None]
"""Told of each page as it is begun: its number, and how many there are."""


def _unheard(page: int, pages: int) -> None:
    """Nobody waits."""


rl_config.useA85 = 0
"""Pages are written as bytes, not as ASCII: a fifth smaller and a fifth faster."""


def render(blocks: Sequence[Block], sheet: Sheet, progress: Progress = _unheard) -> bytes:
    """The document as a PDF."""
    out = io.BytesIO()
    canvas = _canvas(out, sheet)
    tagger = Tagger(canvas, sheet.title)
    desk = Desk(canvas, tagger, styles(sheet.type_size, sheet.smallest), logo=sheet.logo)
    leaves = arranged(blocks, sheet, desk, _room(sheet, desk))
    for number, leaf in enumerate(leaves, 1):
        progress(number, len(leaves))
        _page(leaf, f"Page {number} of {len(leaves)}", sheet, desk)
    tagger.finish()
    canvas.save()
    return out.getvalue()


def _room(sheet: Sheet, desk: Desk) -> Room:
    """What the margins and the foot leave of a page."""
    wide, high = PAPERS[sheet.paper]
    foot = sheet.margin * FOOT + desk.styles["foot"].leading + sheet.type_size * FOOT_ROOM
    return Room(wide - 2 * sheet.margin, high - sheet.margin - foot)


def _canvas(out: io.BytesIO, sheet: Sheet) -> Canvas:
    fonts.font(fonts.REGULAR)
    canvas = Canvas(
        out,
        pagesize=PAPERS[sheet.paper],
        pageCompression=1,
        invariant=1,
        initialFontName=fonts.REGULAR,  # type: ignore[arg-type]  # the stubs take it for a size
        pdfVersion=(1, 7),
        lang=LANGUAGE,
    )
    canvas.setTitle(sheet.title)
    canvas.setAuthor(TOOL)
    canvas.setCreator(TOOL)
    canvas.setSubject("")
    canvas.showOutline()
    return canvas


def _page(leaf: Leaf, numbered: str, sheet: Sheet, desk: Desk) -> None:
    wide, high = PAPERS[sheet.paper]
    for part, top in tops(leaf, high - sheet.margin):
        part.paint(sheet.margin, top)
    _foot(numbered, sheet, desk, wide)
    desk.canvas.showPage()


def _in_one_row(text: str, room: float, style: Style) -> str:
    """As much of the text as a row holds beside what follows; a patient's code may be long."""
    first, *rest = fonts.wrap(text, style.size, room - 2 * style.size, style.bold)
    return f"{first} …" if rest else first


def _foot(numbered: str, sheet: Sheet, desk: Desk, wide: float) -> None:
    style = desk.styles["foot"]
    top = sheet.margin * FOOT + style.leading
    right = wide - sheet.margin
    with desk.tagger.artifact("Pagination"):
        paint.rule(desk.canvas, sheet.margin, right, top + style.size * 0.5, HAIRLINE)
        start = right - fonts.width(numbered, style.size, style.bold)
        paint.lines(desk.canvas, sheet.margin, top, [_in_one_row(sheet.foot, start - sheet.margin, style)], style)
        paint.lines(desk.canvas, start, top, [numbered], style)
