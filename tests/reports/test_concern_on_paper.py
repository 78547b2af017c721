"""What the report and the letter say of a level the clinician set."""

from __future__ import annotations

import msgspec

from protocols.assessment import assess
from protocols.case import ConcernSet
from reports.content import Subject
from reports.documents import plan_document, report_document
from tests.reports.papers import flagged, known, stiff


def with_level(about: Subject, own: ConcernSet) -> Subject:
    case = msgspec.structs.replace(about.case, concern_set=own)
    return msgspec.structs.replace(about, case=case, assessment=assess(case, known()))


def flat(text: str) -> str:
    return " ".join(text.split())


def test_a_level_raised_without_any_answer_makes_a_letter_that_says_who_raised_it() -> None:
    about = with_level(stiff(), ConcernSet(to=2, was=0, by="Sam Lee", why="looks unwell"))
    told = plan_document(about, known())
    assert told.kind == "letter"
    assert "Raised from level 0 to 2 by Sam Lee, because: looks unwell." in flat(told.text)


def test_a_lowered_level_stands_in_the_summary_and_under_red_flags() -> None:
    about = flagged()
    was = about.assessment.concern.level
    own = ConcernSet(
        to=1,
        was=was,
        by="Sam Lee",
        why="cleared\nby \x1b[31mthe surgeon",
        yes=about.case.red_flags,
        unknown=about.case.red_flags_unknown,
    )
    text = flat(report_document(with_level(about, own), known()).text)
    said = f"Lowered from level {was} to 1 by Sam Lee, because: cleared by [31mthe surgeon."
    assert text.count(said) == 2
    assert plan_document(with_level(about, own), known()).kind != "letter"


def test_nothing_is_said_where_the_answers_alone_give_the_level() -> None:
    assert "from level" not in report_document(flagged(), known()).text
