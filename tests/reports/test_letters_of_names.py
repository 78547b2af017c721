"""Any name can be printed: every letter as it is or as its code point, never as another, never as markup."""

from __future__ import annotations

import io

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from reports import text
from reports.blocks import Block, Heading, Listing, Paragraph, Sheet, Table
from reports.content import Options
from reports.documents import plan_document, report_document
from reports.pdf import fonts, render
from tests.reports.papers import known, limited, read_back

SHEET = Sheet(title="Names", paper="a4", type_size=14, smallest=12, margin=54, foot="P0007")
PRINTED = [
    "O'Brien-Núñez",
    "Nguyễn Thị Ánh Tuyết",
    "Ελένη Παπαδοπούλου",
    "Ольга Щербакова",
    "Łukasz Żółć",
    "Çağlar Ğüş",
    "</b>",
    "<b>Ana</b> & <i>co",
    "&lt;&#65;",
    "{hold} %s \\n (a) [b]",
]
BRACKETED = {
    "東京 太郎": "[U+6771 U+4EAC] [U+592A U+90CE]",
    "يَحيى": "[U+064A U+064E U+062D U+064A U+0649]",
    "ښ": "[U+069A]",
    "हिन्दी": "[U+0939 U+093F U+0928 U+094D U+0926 U+0940]",
    "Ana 😀": "Ana [U+1F600]",
    "\ud800": "[U+D800]",
}


@pytest.mark.parametrize("name", PRINTED)
def test_a_name_is_printed_as_it_stands(name: str) -> None:
    assert name in read_back(render([Heading(name, 1), Paragraph(name)], SHEET))


@pytest.mark.parametrize(
    ("name", "printed"), BRACKETED.items(), ids=["han", "vowel mark", "pashto", "devanagari", "emoji", "half a pair"]
)
def test_a_letter_no_font_has_is_printed_as_its_code_point(name: str, printed: str) -> None:
    assert printed in read_back(render([Paragraph(name)], SHEET))


def test_an_accent_typed_as_two_characters_is_one_letter() -> None:
    assert "Zoë" in read_back(render([Paragraph("Zoe\u0308")], SHEET))


def test_characters_that_would_turn_the_line_are_left_out() -> None:
    assert "Anareverse" in read_back(render([Paragraph("Ana\u202e\u0007reverse")], SHEET))


def test_bold_letters_of_the_second_font_are_thickened() -> None:
    assert [run.thicken for run in fonts.runs("Ана", True)] == [True]
    assert [run.thicken for run in fonts.runs("Ана", False)] == [False]


def test_a_name_of_120_letters_is_whole_on_plan_and_report() -> None:
    long = "Wolfeschlegelsteinhausenbergerdorff" * 3 + "Bartholomew-Ann"
    for document in (
        plan_document(limited(given=long), known(), Options(size=18)),
        report_document(limited(given=long), known()),
    ):
        assert long in read_back(document.pdf()).replace(" ", "")


def test_no_font_maps_a_code_to_nothing() -> None:
    with pikepdf.open(io.BytesIO(render([Paragraph("Ana Ольга")], SHEET))) as pdf:
        maps = [font.ToUnicode.read_bytes() for font in pdf.pages[0].Resources.Font.values() if "/ToUnicode" in font]
        assert len(maps) >= 2
        assert all(b"<0000>" not in told and b"U+" not in told for told in maps)


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60), st.sampled_from(("a4", "letter")), st.sampled_from((9.5, 14.0, 18.0)))
def test_no_text_breaks_a_page(text: str, paper: str, size: float) -> None:
    sheet = Sheet(
        title=text, paper="a4" if paper == "a4" else "letter", type_size=size, smallest=8, margin=54, foot=text
    )
    blocks: list[Block] = [
        Heading(text or "-", 1, text),
        Paragraph(text, label=text),
        Listing((text, text), ordered=True),
        Table((text, "b"), ((text, text),), (1, 3)),
    ]
    assert render(blocks, sheet) == render(blocks, sheet)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80), st.floats(30, 400), st.booleans())
def test_no_line_is_wider_than_its_room_and_no_letter_is_lost(text: str, room: float, bold: bool) -> None:
    lines = fonts.wrap(text, 14, room, bold)
    widest = max((fonts.width(char, 14, bold) for line in lines for char in line), default=0.0)
    assert all(fonts.width(line, 14, bold) <= max(room, widest) + 0.01 for line in lines)
    assert "".join(lines).replace(" ", "") == fonts.printable(text).replace(" ", "")


def test_a_long_word_is_parted_behind_its_hyphen() -> None:
    room = fonts.width("Physiotherapie-Zent", 14, bold=True)
    assert fonts.wrap("Physiotherapie-Zentrum", 14, room, bold=True) == ["Physiotherapie-", "Zentrum"]


def test_a_number_stays_with_what_it_counts() -> None:
    words = "We test again on or about 18 December 2026, 3 days a week"
    for room in range(90, 400, 7):
        lines = fonts.wrap(words, 14, room, bold=False)
        assert " ".join(lines) == words
        assert not any(line.endswith((" 18", " 3", " a")) or line in ("18", "3", "a") for line in lines), lines


def test_no_word_ends_a_paragraph_alone_where_the_line_above_can_spare_one() -> None:
    words = "Do these 2 exercises, about 5 minutes, most days."
    room = fonts.width(words.removesuffix(" days."), 20.0, bold=True) + 1
    assert fonts.wrap(words, 20.0, room, bold=True)[-1] == "most days."
    narrow = fonts.width("about minutes", 20.0, bold=True)
    assert fonts.wrap("about minutes days", 20.0, narrow, bold=True) == ["about minutes", "days"]


@given(st.text(alphabet="長谷川明子 한글 Ana ｱ", min_size=1, max_size=60))
def test_a_row_of_text_with_a_wide_name_is_no_wider_than_the_others(name: str) -> None:
    told = f"Sample clinic, {name}, was seen today, and these words go on beside the name until the row is full."
    shown = text.render([Paragraph(told)])
    assert max(map(cell_len, shown.splitlines())) <= text.WIDTH
    assert "".join(shown.split()) == "".join(told.split())
