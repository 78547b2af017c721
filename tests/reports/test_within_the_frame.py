"""Whatever people are called, whatever is noted, however long the plan: no crash, and no text outside the frame."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec
import pypdf
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from protocols.assessment import assess
from protocols.case import Taken, Wanted
from reports.content import PAPERS, SIZES, Options, Subject
from reports.documents import Document, letter_document, plan_document, report_document
from reports.pdf import fonts
from tests.reports.papers import flagged, known, limited, stiff

CARDS = sorted(known().exercises)
LONG = "Featherstonehaugh-Wolfeschlegelsteinhausenbergerdorff " * 3
TOLERANCE = 1.0
"""Points; a text reader rounds where a run begins."""

NAMES = st.text(st.characters(codec="utf-8"), max_size=120)
NOTES = st.text(st.characters(codec="utf-8"), max_size=600)


class Run(NamedTuple):
    """A run of text on its page, in points from the left and from below."""

    text: str
    left: float
    right: float
    below: float


def runs(data: bytes) -> Iterator[tuple[pypdf.PageObject, Run]]:
    for page in pypdf.PdfReader(io.BytesIO(data)).pages:
        found: list[Run] = []

        def see(text: str, on: Any, at: Any, font: Any, size: float, found: list[Run] = found) -> None:
            words = text.strip("\n")
            if words.strip() and font and (at[4] or at[5]):
                wide = on[0] * fonts.width(words.rstrip(), size, bold="Bold" in font["/BaseFont"])
                left = on[0] * at[4] + on[4]
                found.append(Run(words, left, left + wide, on[3] * at[5] + on[5]))

        page.extract_text(visitor_text=see)
        yield from ((page, run) for run in found)


def outside(document: Document) -> list[str]:
    """Runs of text that leave the frame of the page."""
    margin = document.sheet.margin
    strays = []
    for page, run in runs(document.pdf()):
        wide, high = float(page.mediabox.width), float(page.mediabox.height)
        sideways = margin - TOLERANCE <= run.left and run.right <= wide - margin + TOLERANCE
        if not (sideways and margin * 0.5 <= run.below <= high - margin + TOLERANCE):
            strays.append(f"{run.text!r} at {run.left:.0f}-{run.right:.0f}, {run.below:.0f}")
    return strays


def with_cards(about: Subject, cards: list[str], why: str) -> Subject:
    """The visit with these cards, forced where they are barred."""
    case = msgspec.structs.replace(about.case, by_hand=tuple(Wanted(card=one, forced=why) for one in cards))
    return msgspec.structs.replace(about, case=case, assessment=assess(case, known()))


def noted(about: Subject, note: str) -> Subject:
    """The visit with this note on a test."""
    entry = about.case.tests["hip_ir_supine"]
    taken: Taken = msgspec.structs.replace(entry["right"], note=note)
    tests = {**about.case.tests, "hip_ir_supine": {**entry, "right": taken}}
    case = msgspec.structs.replace(about.case, tests=tests)
    return msgspec.structs.replace(about, case=case, assessment=assess(case, known()))


@settings(max_examples=12, deadline=None)
@given(
    NAMES,
    NAMES,
    st.lists(st.sampled_from(CARDS), max_size=8, unique=True),
    st.sampled_from(SIZES),
    st.sampled_from(PAPERS),
)
@example(LONG, LONG, ["M22", "A06h"], 18, "letter")
def test_a_plan_of_any_length_for_anyone_stays_in_its_frame(
    name: str, clinic: str, cards: list[str], size: Any, paper: Any
) -> None:
    about = with_cards(limited(given=name, family=name, clinic=clinic, code=name), cards, "as agreed")
    assert outside(plan_document(about, known(), Options(size=size, paper=paper))) == []


@settings(max_examples=12, deadline=None)
@given(NAMES, NOTES, NOTES, st.lists(st.sampled_from(CARDS), max_size=8, unique=True), st.sampled_from(PAPERS))
@example(LONG, LONG * 8, LONG * 4, ["M22", "A06h"], "letter")
def test_a_report_with_any_notes_and_reasons_stays_in_its_frame(
    name: str, note: str, why: str, cards: list[str], paper: Any
) -> None:
    about = with_cards(noted(limited(given=name, family=name), note), cards, why)
    assert outside(report_document(about, known(), Options(paper=paper))) == []


@settings(max_examples=8, deadline=None)
@given(NAMES, NOTES, st.sampled_from(PAPERS))
@example(LONG, LONG * 8, "letter")
def test_a_letter_about_anyone_stays_in_its_frame(name: str, note: str, paper: Any) -> None:
    for about in (flagged(given=name, clinic=name), limited(given=name, clinic=name)):
        assert outside(letter_document(noted(about, note), known(), Options(paper=paper))) == []


@pytest.mark.parametrize("count", range(1, 9))
def test_one_page_holds_two_exercises_and_no_card_is_parted(count: int) -> None:
    """At 14 points: a page for every two, and at most three more for what opens and closes the plan."""
    cards = ["A03", "M07", "S01e", "M20", "A04", "M05", "B05", "A12"][:count]
    document = plan_document(with_cards(stiff(), cards, ""), known())
    sheets = [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(document.pdf())).pages]
    assert len(sheets) <= (count + 1) // 2 + 2
    for number, card in enumerate(cards, 1):
        (sheet,) = [text for text in sheets if f"{number}. {known().exercises[card].name}" in text]
        assert known().exercises[card].stop_if in sheet
