"""Every document, on both papers and in every size, can be read by a screen reader: some of each with every run of the
tests, all of them with `-m soak`.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import msgspec
import page
import pikepdf
import pytest

from reports.blocks import Beside, Block, Heading, Together
from reports.content import PAPERS, SIZES, Options, Subject
from reports.documents import Document, letter_document, plan_document, report_document
from tests.reports.papers import flagged, known, limited
from tests.reports.pictures import a_logo

REFERRED: dict[str, Any] = {"standing": {"supine": [[70, 112, 70]] * 2}}


def printed_on(about: Subject, *, logo: bool) -> Subject:
    """The visit, as a clinic with a logo prints it."""
    return msgspec.structs.replace(about, logo=a_logo()) if logo else about


MAKERS: dict[str, Callable[[Options, bool], Document]] = {
    "plan": lambda options, logo: plan_document(printed_on(limited(), logo=logo), known(), options),
    "letter": lambda options, logo: plan_document(printed_on(flagged(**REFERRED), logo=logo), known(), options),
    "stand-letter": lambda options, logo: letter_document(printed_on(limited(), logo=logo), known(), options),
    "report": lambda options, logo: report_document(printed_on(limited(), logo=logo), known(), options),
}
KINDS = list(product(MAKERS, PAPERS, SIZES, ("plain", "logo")))
OFTEN = KINDS[1::7]
"""Seven of the 48, with every document, paper, size and head among them."""
PARAMS = [pytest.param(kind, marks=() if kind in OFTEN else pytest.mark.soak) for kind in KINDS]


def test_what_is_looked_at_often_holds_some_of_everything() -> None:
    assert [set(some) for some in zip(*OFTEN, strict=True)] == [set(some) for some in zip(*KINDS, strict=True)]


@pytest.fixture(scope="module", params=PARAMS, ids=lambda kind: "-".join(map(str, kind)))
def document(request: pytest.FixtureRequest) -> Document:
    kind, paper, size, logo = request.param
    return MAKERS[kind](Options(paper=paper, size=size), logo == "logo")


@pytest.fixture(scope="module")
def made(document: Document) -> bytes:
    return document.pdf()


def test_it_keeps_every_rule_of_pdf_ua(made: bytes, tmp_path: Path) -> None:
    file = tmp_path / "made.pdf"
    file.write_bytes(made)
    said = str(page.validate_pdf(str(file), profile="ua1"))
    assert "no failures" in said, said


def test_every_mark_on_every_page_leads_to_its_element(made: bytes) -> None:
    with pikepdf.open(io.BytesIO(made)) as pdf:
        tree = pdf.Root.StructTreeRoot.ParentTree.Nums
        told = {int(tree[at]): tree[at + 1] for at in range(0, len(tree), 2)}
        for number, sheet in enumerate(pdf.pages):
            assert sheet.Tabs == "/S"
            assert int(sheet.StructParents) == number
            marks = [mark for mark in _marks(sheet) if mark is not None]
            assert marks == list(range(len(told[number]))), "the marks are numbered as the tree lists them"
            for mark, element in enumerate(told[number]):
                assert any(int(kid.MCID) == mark and kid.Pg.objgen == sheet.objgen for kid in element.K)


def test_all_that_is_painted_is_marked_or_an_artifact(made: bytes) -> None:
    with pikepdf.open(io.BytesIO(made)) as pdf:
        for sheet in pdf.pages:
            depth = 0
            for name, operands in _operations(sheet):
                depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(name, 0)
                assert 0 <= depth <= 1, "marks neither nest nor close twice"
                assert depth or name not in {"Tj", "TJ", "f", "f*", "S", "B", "Do"}, (operands, name)


def test_nothing_is_painted_outside_the_margins(made: bytes) -> None:
    with pikepdf.open(io.BytesIO(made)) as pdf:
        for sheet in pdf.pages:
            *_, wide, high = (float(edge) for edge in sheet.MediaBox)
            places = list(_places(sheet))
            assert len(places) > 5
            assert all(40 <= x <= wide - 40 and 25 <= y <= high - 40 for x, y in places)


def test_figures_have_words_and_headings_skip_no_level(made: bytes) -> None:
    with pikepdf.open(io.BytesIO(made)) as pdf:
        elements = list(_elements(pdf.Root.StructTreeRoot.K))
        for figure in (one for one in elements if one.S == "/Figure"):
            assert len(str(figure.Alt)) > 10
            left, bottom, right, top = (float(edge) for edge in figure.A.BBox)
            assert left < right
            assert bottom < top
        levels = [int(str(one.S)[2]) for one in elements if str(one.S) in ("/H1", "/H2", "/H3")]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))


def test_tables_are_regular_and_name_their_heads(made: bytes) -> None:
    with pikepdf.open(io.BytesIO(made)) as pdf:
        for table in (one for one in _elements(pdf.Root.StructTreeRoot.K) if one.S == "/Table"):
            rows = [list(row.K) for row in table.K]
            assert len({len(row) for row in rows}) == 1
            assert {str(cell.A.Scope) for cell in rows[0]} == {"/Column"}
            assert all(row[0].S == "/TH" and row[0].A.Scope == "/Row" for row in rows[1:])


def test_the_logo_is_a_figure_with_the_clinics_name_before_all_else(document: Document, made: bytes) -> None:
    with pikepdf.open(io.BytesIO(made)) as pdf:
        first = next(one for one in _elements(pdf.Root.StructTreeRoot.K) if one.S != "/Document")
        painted = [name for sheet in pdf.pages for name, _ in _operations(sheet) if name == "Do"]
        assert len(painted) == (document.sheet.logo is not None), "once, on the first page"
        if document.sheet.logo:
            assert first.S == "/Figure"
            assert str(first.Alt) == "Logo of Riverside"


def test_language_and_title_are_given(document: Document, made: bytes) -> None:
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert str(pdf.Root.Lang) == "en-GB"
        assert bool(pdf.Root.MarkInfo.Marked) is True
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle) is True
        assert str(pdf.docinfo.Title) == document.sheet.title
        assert "P0007" in document.sheet.title


def test_the_claim_of_pdf_ua_and_the_title_stand_in_the_metadata(document: Document, made: bytes) -> None:
    with pikepdf.open(io.BytesIO(made)) as pdf, pdf.open_metadata() as told:
        assert told["pdfuaid:part"] == "1"
        assert told["dc:title"] == document.sheet.title
        assert pdf.pdf_version >= "1.7"


def test_every_heading_is_a_bookmark_that_leads_to_its_page(document: Document, made: bytes) -> None:
    headings = [f"{one.text}, {one.aside}" if one.aside else one.text for one in _headings(document.blocks)]
    with pikepdf.open(io.BytesIO(made)) as pdf, pdf.open_outline() as outline:
        (top,) = outline.root
        entries = list(_entries(top))
        assert sorted(entry.title for entry in entries) == sorted(headings)
        tagged = [one for one in _elements(pdf.Root.StructTreeRoot.K) if str(one.S) in ("/H1", "/H2", "/H3")]
        assert [_page(entry) for entry in entries] == [one.Pg.objgen for one in tagged]


def _page(entry: pikepdf.OutlineItem) -> tuple[int, int]:
    to: Any = entry.destination
    led: tuple[int, int] = to[0].objgen
    return led


def _headings(blocks: Iterable[Block]) -> Iterator[Heading]:
    for block in blocks:
        if isinstance(block, Heading):
            yield block
        elif isinstance(block, Together | Beside):
            yield from _headings(block.blocks)


def _entries(entry: pikepdf.OutlineItem) -> Iterator[pikepdf.OutlineItem]:
    yield entry
    for child in entry.children:
        yield from _entries(child)


def _operations(sheet: pikepdf.Page) -> Iterator[tuple[str, Any]]:
    """Name and operands of everything a page does."""
    for step in pikepdf.parse_content_stream(sheet):
        assert isinstance(step, pikepdf.ContentStreamInstruction), "no inline images"
        yield str(step.operator), step.operands


def _places(sheet: pikepdf.Page) -> Iterator[tuple[float, float]]:
    """Where text begins and every point of a path, in page coordinates; only shifts and scales are expected."""
    kept: list[tuple[float, float, float, float]] = []
    scale_x, scale_y, shift_x, shift_y = 1.0, 1.0, 0.0, 0.0
    for name, operands in _operations(sheet):
        numbers = [float(number) for number in operands] if name in {"cm", "Tm", "m", "l", "c", "re"} else []
        if name == "q":
            kept.append((scale_x, scale_y, shift_x, shift_y))
        elif name == "Q":
            scale_x, scale_y, shift_x, shift_y = kept.pop()
        elif name == "cm":
            a, b, c, d, e, f = numbers
            assert b == c == 0
            shift_x, shift_y = shift_x + scale_x * e, shift_y + scale_y * f
            scale_x, scale_y = scale_x * a, scale_y * d
        elif name == "Do":
            yield shift_x, shift_y
            yield shift_x + scale_x, shift_y + scale_y
        elif name == "Tm":
            yield shift_x + scale_x * numbers[4], shift_y + scale_y * numbers[5]
        elif name == "re":
            x, y, width, height = numbers
            yield shift_x + scale_x * x, shift_y + scale_y * y
            yield shift_x + scale_x * (x + width), shift_y + scale_y * (y + height)
        else:
            for x, y in zip(numbers[::2], numbers[1::2], strict=True):
                yield shift_x + scale_x * x, shift_y + scale_y * y


def _marks(sheet: pikepdf.Page) -> Iterator[int | None]:
    for name, operands in _operations(sheet):
        if name == "BDC":
            properties: Any = operands[1]
            yield int(properties.MCID) if "/MCID" in properties else None


def _elements(kids: Any) -> Iterator[Any]:
    for kid in kids:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from _elements(kid.get("/K", []))
