"""Which of many arrangements is printed: few pages first, then pages evenly filled, then large drawings."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pytest

from reports.content import PAPERS, Options
from reports.documents import plan_document
from reports.pdf.piece import COLUMN, LEAST_COLUMN
from tests.reports.papers import known, limited, pages, stiff


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
