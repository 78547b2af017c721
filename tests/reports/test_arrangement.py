"""Which of many arrangements is printed: few pages first, then pages evenly filled, then large drawings."""

from __future__ import annotations

import io
from typing import Any

import msgspec
import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from reports.blocks import Block, Paragraph, Sheet, Table, Together
from reports.content import PAPERS, Options
from reports.documents import plan_document
from reports.pdf import render
from reports.pdf.layout import pieces
from reports.pdf.paging import paginate
from reports.pdf.piece import COLUMN, LEAST_COLUMN, Desk, Piece, stack
from reports.pdf.styles import styles
from reports.pdf.tagging import Tagger
from tests.reports.papers import known, limited, pages, stiff

SHEET = Sheet(title="Parts", paper="a4", type_size=14, smallest=12, margin=54, foot="P0007")
"""A page of it holds 29 paragraphs of one line."""


def part(name: str, lines: int, *, roams: bool = False) -> Together:
    return Together(tuple(Paragraph(name) for _ in range(lines)), roams=roams)


def printed(*blocks: Block) -> list[list[str]]:
    """The parts of each page, in order."""
    return [list(dict.fromkeys(sheet.split(" P0007")[0].split())) for sheet in pages(render(blocks, SHEET))]


def widths(data: bytes) -> list[set[int]]:
    """How wide the drawings of exercises are, page by page."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        found: dict[Any, set[int]] = {sheet.objgen: set() for sheet in pdf.pages}
        for one in pdf.objects:
            if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure" and "drawing" in str(one.Alt):
                left, _, right, _ = (float(edge) for edge in one.A.BBox)
                found[one.Pg.objgen].add(round(right - left))
        return [found[sheet.objgen] for sheet in pdf.pages]


@pytest.mark.parametrize("paper", PAPERS)
def test_a_first_page_too_short_for_the_first_exercise_is_filled_with_what_may_stand_there(paper: Any) -> None:
    first, second, *_ = pages(plan_document(stiff(), known(), Options(paper=paper, size=18)).pdf())
    assert "1. " in second.split("How much:")[0]
    assert "How much pain is fine?" in first


def test_nothing_leaves_its_place_where_the_pages_are_full_without() -> None:
    made = " ".join(pages(plan_document(limited(), known(), Options()).pdf()))
    parts = ("Each time you get up", "1. ", "2. ", "How much pain is fine?", "Stop for today if", "Get help")
    places = [made.index(part) for part in parts]
    assert places == sorted(places)


def test_drawings_shrink_only_on_pages_that_have_no_room_for_them() -> None:
    printed = widths(plan_document(stiff(), known(), Options(size=18)).pdf())
    drawn = [page for page in printed if page]
    assert all(len(page) == 1 for page in drawn), "drawings of one page are of one size"
    assert {round(COLUMN), round(LEAST_COLUMN)} == set.union(*drawn)


@pytest.mark.parametrize(
    ("first", "order"),
    [(15, [["first", "free"], ["second", "last"]]), (24, [["first"], ["second", "free", "last"]])],
    ids=["half empty", "nearly full"],
)
def test_a_part_leaves_its_place_for_much_white_and_not_for_little(first: int, order: list[list[str]]) -> None:
    parts = part("first", first), part("second", 20), part("free", 3, roams=True), part("last", 4)
    assert printed(*parts) == order


@pytest.mark.parametrize(
    ("third", "help_", "order"),
    [(9, 10, [["first", "help"], ["second", "third"]]), (4, 4, [["first"], ["second", "third", "help"]])],
    ids=["saves a page", "saves none"],
)
def test_what_ends_a_document_stands_on_the_first_page_only_where_that_saves_one(
    third: int, help_: int, order: list[list[str]]
) -> None:
    ending = msgspec.structs.replace(part("help", help_), roams=True, ends=True)
    assert printed(part("first", 16), part("second", 20), part("third", third), ending) == order


def test_what_ends_a_document_never_stands_in_its_middle() -> None:
    ending = msgspec.structs.replace(part("help", 10), roams=True, ends=True)
    made = printed(part("first", 26), part("second", 20), part("third", 26), ending)
    assert made == [["first"], ["second"], ["third"], ["help"]]


def test_the_last_row_of_a_table_begins_no_page_alone() -> None:
    canvas = Canvas(io.BytesIO())
    tagger = Tagger(canvas, SHEET.title)
    rows = tuple((f"row{number}", "") for number in range(4))
    desk = Desk(canvas, tagger, styles(SHEET.type_size, SHEET.smallest))
    head, *body = pieces([Table(("head", ""), rows, (1, 1))], 400, desk, tagger.root)
    assert [part.keep for part in (head, *body)] == [True, False, False, True, False]
    assert paginate([head, *body], stack([head, *body[:3]]))[-1] == [head_again(body[2]), *body[2:]]


def head_again(row: Piece) -> Piece:
    assert row.head is not None
    return row.head
