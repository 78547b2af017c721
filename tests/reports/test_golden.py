"""Every document of five visits, word for word: a change of wording is seen as a change of these files.

Where the change is meant, `python -m tests.reports.test_golden` writes them anew. Read the difference
before it is kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import msgspec
import pytest

from protocols.assessment import assess
from protocols.case import LastPlan, Practice, Wanted
from reports.content import Subject
from reports.documents import Document, letter_document, plan_document, report_document
from tests.reports.papers import STARTED, flagged, known, limited, nothing_found, pages, stiff

HERE: Final = Path(__file__).parent / "golden"
PREVIOUS: Final = {"date": "2026-10-25", "same_rater": True, "tests": {"hip_ir_supine": {"left": 24, "right": 3}}}


def followed_up() -> Subject:
    """A second visit: the last plan was done, a card is forced, two cards were shown."""
    about = limited(previous=PREVIOUS, medical_clearance=None)
    last = LastPlan(
        date=STARTED.date().replace(month=10, day=25),
        stage=2,
        cards=(Wanted(card="A03"), Wanted(card="B05"), Wanted(card="P02")),
        because={"A03": ("HIR",), "B05": ("OI2",)},
        practice={"A03": Practice(done=9, pain=1, spare=True), "B05": Practice(done=10, pain=0)},
        crash=False,
    )
    dose = msgspec.structs.replace(known().exercises["M20"].dose, reps=6)
    wanted = (
        Wanted(card="B05"),
        Wanted(card="M20", dose=dose, side="right"),
        Wanted(card="S06", forced="her doctor agreed by phone"),
        Wanted(card="P02"),
    )
    case = msgspec.structs.replace(about.case, last_plan=last, by_hand=wanted)
    return msgspec.structs.replace(
        about,
        case=case,
        assessment=assess(case, known()),
        practised={"B05": 0, "M20": 2},
        skipped={"wblt_cm": "no room for it today"},
        ticks=("consent", "chaperone", "copy_to"),
    )


VISITS: Final[dict[str, Callable[[], Subject]]] = {
    "limited": limited,
    "stiff": stiff,
    "flagged": flagged,
    "nothing_found": nothing_found,
    "followed_up": followed_up,
}
LETTERS: Final = ("limited", "followed_up")
MOST_PAGES: Final = {"handout": 4, "letter": 2, "report": 3}
"""Of a sheet of up to four exercises, of a letter with its readings, of a report."""


def documents() -> Iterator[tuple[str, Document]]:
    for name, about in VISITS.items():
        yield f"{name}_plan", plan_document(about(), known())
        yield f"{name}_report", report_document(about(), known())
    for name in LETTERS:
        yield f"{name}_letter", letter_document(VISITS[name](), known())


MADE: Final = dict(documents())


def text_of(document: Document) -> str:
    """Without the digest, which changes with every file of the knowledge."""
    return document.text.replace(known().digest, "[digest]")


@pytest.mark.parametrize("name", MADE)
def test_the_words_of_a_document_are_those_on_file(name: str) -> None:
    assert text_of(MADE[name]) == (HERE / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", MADE)
def test_a_document_is_read_aloud_in_its_own_words_without_what_is_for_the_eye(name: str) -> None:
    said, written = list(MADE[name].aloud), set(MADE[name].text.split())
    assert not [row for row in said if re.search(r"_{3}|={3}|-{3}|\[ \]|^- |\n", row)]
    heard = set(" ".join(said).split())
    assert {word.strip(";,.") for word in heard - written} <= {"blank", "missing"}
    assert not [word for word in written - heard if any(letter.isalpha() for letter in word)]


def test_no_file_is_left_over() -> None:
    assert {path.stem for path in HERE.glob("*.txt")} == set(MADE)


@pytest.mark.parametrize("name", MADE)
def test_a_document_takes_as_many_pages_as_it_may(name: str) -> None:
    assert len(pages(MADE[name].pdf())) <= MOST_PAGES[MADE[name].kind] + (name == "stiff_plan")


if __name__ == "__main__":
    HERE.mkdir(exist_ok=True)
    for name, document in MADE.items():
        (HERE / f"{name}.txt").write_text(text_of(document), encoding="utf-8")
