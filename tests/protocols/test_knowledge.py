"""Which edition of the knowledge this is, and when it is old."""

from __future__ import annotations

import datetime as dt

import pytest

from protocols import knowledge
from protocols.knowledge import Edition, due_words, overdue, words

NOVEMBER = Edition("2026.11", "2026-11", "2027-11")


def test_the_bundled_edition_names_its_review() -> None:
    told = knowledge.edition()
    assert told.version == knowledge.version()
    for month in (told.reviewed, told.next_review):
        assert dt.date.fromisoformat(f"{month}-01")
    assert told.next_review > told.reviewed


@pytest.mark.parametrize(
    ("day", "old"), [("2026-11-01", False), ("2027-11-01", False), ("2027-11-30", False), ("2027-12-01", True)]
)
def test_knowledge_is_old_once_the_month_of_its_review_has_passed(day: str, old: bool) -> None:
    assert overdue("2027-11", dt.date.fromisoformat(day)) is old


def test_what_is_said_of_it() -> None:
    assert words(NOVEMBER, "1a2b", dt.date(2027, 11, 30)) == (
        "Knowledge 2026.11, 1a2b. Reviewed November 2026, next review due November 2027."
    )
    assert words(NOVEMBER, "1a2b", dt.date(2028, 1, 1)) == (
        "Knowledge 2026.11, 1a2b. Reviewed November 2026; the next review was due November 2027: "
        "look for a newer version."
    )


def test_knowledge_on_record_that_names_no_review_is_never_called_old() -> None:
    assert words(Edition("2026.05", "", ""), "1a2b", dt.date(2040, 1, 1)) == "Knowledge 2026.05, 1a2b."


def test_a_line_of_state_speaks_only_of_old_knowledge() -> None:
    assert due_words("2027-11", dt.date(2027, 11, 30)) == ""
    assert due_words("2027-11", dt.date(2027, 12, 1)) == "knowledge due for review since November 2027"
    assert due_words("", dt.date(2040, 1, 1)) == ""
