"""Which of many arrangements is printed: few pages first, then pages evenly filled, then large drawings."""

from __future__ import annotations

import io
from typing import get_args

import pytest

from reports import pdf
from reports.blocks import Paragraph, Together
from reports.content import PAPERS, Options, Paper
from reports.documents import Document, plan_document
from reports.pdf.arrangement import arranged
from reports.pdf.paging import Leaf
from reports.pdf.piece import COLUMN, LEAST_COLUMN, Desk, stack
from reports.pdf.styles import styles
from reports.pdf.tagging import Tagger
from tests.reports.papers import known, limited, nothing_found, stiff

SHEET = plan_document(nothing_found(), known(), Options(size=18)).sheet


def shares(document: Document) -> list[float]:
    """How much of each page is filled."""
    sheet = document.sheet
    canvas = pdf._canvas(io.BytesIO(), sheet)
    desk = Desk(canvas, Tagger(canvas, sheet.title), styles(sheet.type_size, sheet.smallest))
    room = pdf._room(sheet, desk)
    return [stack(leaf) / room.height for leaf in arranged(document.blocks, sheet, desk, room)]
