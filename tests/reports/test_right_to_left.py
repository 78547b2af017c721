"""Hebrew and Arabic names: from right to left, each letter in the shape its neighbours ask for."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.blocks import Paragraph, Sheet
from reports.pdf import fonts, render
from reports.pdf.right_to_left import HEBREW, settable, visual
from tests.reports.papers import read_back

SHEET = Sheet(title="Names", paper="a4", type_size=14, smallest=12, margin=54, foot="P0007")
ALEF, LAM, MEEM, BEH, DAL = "\u0627", "\u0644", "\u0645", "\u0628", "\u062f"
ARABIC = [chr(point) for point in range(0x0621, 0x06D4) if settable(chr(point))]
WORDS = st.text(st.sampled_from([*ARABIC, *HEBREW]), min_size=1, max_size=12)


def shapes(word: str) -> list[str]:
    """The Unicode names of what is printed, in reading order."""
    return [unicodedata.name(char) for char in reversed(visual(word))]


def test_letters_are_joined_with_their_neighbours() -> None:
    assert shapes(MEEM + BEH + MEEM) == [
        "ARABIC LETTER MEEM INITIAL FORM",
        "ARABIC LETTER BEH MEDIAL FORM",
        "ARABIC LETTER MEEM FINAL FORM",
    ]


def test_after_a_letter_that_does_not_join_a_new_part_begins() -> None:
    assert shapes(BEH + ALEF + BEH) == [
        "ARABIC LETTER BEH INITIAL FORM",
        "ARABIC LETTER ALEF FINAL FORM",
        "ARABIC LETTER BEH ISOLATED FORM",
    ]
    assert shapes(f"{BEH}\u200c{MEEM}") == ["ARABIC LETTER BEH ISOLATED FORM", "ARABIC LETTER MEEM ISOLATED FORM"]
    assert shapes(f"{BEH} {MEEM}")[::2] == ["ARABIC LETTER BEH ISOLATED FORM", "ARABIC LETTER MEEM ISOLATED FORM"]


def test_lam_and_alef_are_one_sign() -> None:
    assert shapes(LAM + ALEF + DAL) == [
        "ARABIC LIGATURE LAM WITH ALEF ISOLATED FORM",
        "ARABIC LETTER DAL ISOLATED FORM",
    ]
    assert shapes(BEH + LAM + ALEF)[-1] == "ARABIC LIGATURE LAM WITH ALEF FINAL FORM"


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("\u05dc\u05d0\u05d4", "\u05d4\u05d0\u05dc"),
        ("\u05d0\u05d1 \u05d2-\u05d3", "\u05d3-\u05d2 \u05d1\u05d0"),
        ("Ana \u05d0\u05d1 · P0007 (3)", "Ana \u05d1\u05d0 · P0007 (3)"),
    ],
    ids=["a word", "words", "among others"],
)
def test_words_run_from_right_to_left_and_what_is_around_them_stays(text: str, printed: str) -> None:
    assert visual(text) == printed


@given(st.text(st.characters(codec="utf-8", max_codepoint=0x058F), max_size=40))
def test_other_text_is_left_alone(text: str) -> None:
    assert visual(text) == text


@given(WORDS)
def test_every_shape_is_in_its_font_and_no_letter_is_lost(word: str) -> None:
    printed = "".join(run.text for run in fonts.runs(word, False))
    assert "[" not in printed
    assert all(ord(char) in fonts._characters(run.font) for run in fonts.runs(word, False) for char in run.text)
    letters = unicodedata.normalize("NFKC", printed)
    assert sorted(letters) == sorted(unicodedata.normalize("NFKC", fonts.printable(word)))


def test_a_shape_typed_as_its_own_character_is_the_letter() -> None:
    assert fonts.printable("\ufee3\ufe92\ufee2") == MEEM + BEH + MEEM


def test_letters_are_copied_out_and_not_their_shapes() -> None:
    assert sorted(read_back(render([Paragraph(MEEM + BEH + MEEM)], SHEET)).split()[0]) == sorted(MEEM + BEH + MEEM)
