"""The intake without its screen: where it is taken up, and that no precaution passes for asked that was not."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from assess_tui.entry.intake import IntakeEntry, line_words
from assess_tui.entry.intake_pages import (
    ASKED_CELL,
    CLEARANCE_CELL,
    CONSENT_CELL,
    KIT_CELL,
    MINUTES_CELL,
    PRECAUTIONS_CELL,
)
from assess_tui.places import barred, intake_done, resume_place
from assess_tui.visit.session import VisitSession
from protocols.visit import Cell


def agreed(session: VisitSession) -> IntakeEntry:
    """An intake with the patient's agreement, at the first page of precautions."""
    entry = IntakeEntry(session)
    session.put(CONSENT_CELL, True)
    while not entry.page.id.startswith("precautions"):
        assert on(entry)
    return entry


def on(entry: IntakeEntry) -> bool:
    """Enter, where nothing more of the page applies; whether there is a page after it."""
    assert entry.accept().finished
    return entry.following()


def title(session: VisitSession) -> str:
    """Of the page where the intake of this visit is taken up."""
    return IntakeEntry(session).page.title


def test_an_intake_left_among_the_precautions_is_taken_up_at_the_first_not_asked(session: VisitSession) -> None:
    entry = agreed(session)
    on(entry)
    touched = [entry.touched(page) for page in entry.pages if page.asks(PRECAUTIONS_CELL)]
    assert touched == [True, False, False, False]
    assert title(session).startswith("Precautions, 2 of")
    entry.answer(entry.page.choices[0])
    assert title(session).startswith("Precautions, 2 of"), "one tick is not the page"
    on(entry)
    assert title(session).startswith("Precautions, 3 of")


@pytest.mark.parametrize("pages", [0, 1, 2])
def test_the_minutes_alone_end_no_intake(session: VisitSession, pages: int) -> None:
    entry = agreed(session)
    for _ in range(pages):
        on(entry)
    session.put(MINUTES_CELL, Decimal(10))
    assert not intake_done(session)
    assert resume_place(session) == "intake"
    assert title(session).startswith(f"Precautions, {pages + 1} of")


@pytest.mark.parametrize("place", ["tests", "stand", "paper"])
def test_no_test_and_no_plan_goes_by_precautions_nobody_asked_about(session: VisitSession, place: str) -> None:
    for flag in session.library.red_flags.flags:
        session.put(Cell("@flags", field=flag.id), "no")
    entry = agreed(session)
    assert "precautions" in barred(session, place)
    while entry.page.id.startswith("precautions"):
        on(entry)
    assert barred(session, place) == ""


def test_where_red_flags_stop_the_letter_waits_for_no_precaution(session: VisitSession) -> None:
    agreed(session)
    for flag in session.library.red_flags.flags:
        session.put(Cell("@flags", field=flag.id), "yes")
    assert barred(session, "paper") == ""


def test_from_the_last_page_it_goes_to_what_was_left_out(session: VisitSession) -> None:
    entry = agreed(session)
    while entry.page.id != "minutes":
        on(entry)
    session.withdraw(ASKED_CELL, "asked again")
    entry.answer(entry.page.choices[1])
    assert entry.following()
    assert entry.page.title.startswith("Precautions, 1 of")
    while entry.page.id.startswith("precautions"):
        on(entry)
    while entry.page.id != "minutes":
        on(entry)
    assert not on(entry)
    assert intake_done(session)


def test_a_tick_and_a_page_without_one_are_both_answers(session: VisitSession) -> None:
    entry = agreed(session)
    first = entry.page.choices[0]
    entry.answer(first)
    while entry.page.id.startswith("precautions"):
        on(entry)
    assert session.visit.value(PRECAUTIONS_CELL) == [first.member]
    asked = {item.code for item in session.library.precautions.values() if item.ask}
    assert set(session.visit.value(ASKED_CELL)) == asked


def test_a_page_gone_past_is_shown_again_when_that_is_taken_back(session: VisitSession) -> None:
    entry = agreed(session)
    on(entry)
    entry.turn_to(0)
    assert entry.undo()
    assert entry.page.title.startswith("Precautions, 1 of")


def test_who_cleared_the_patient_stands_on_the_line(session: VisitSession) -> None:
    entry = agreed(session)
    entry.open(CLEARANCE_CELL)
    line = next(choice for choice in entry.page.choices if choice.cell == CLEARANCE_CELL)
    before = line_words(session, line)
    entry.cleared("Dr Amari", dt.date(2026, 11, 2))
    assert line_words(session, line) == f"{before}: Dr Amari"


def test_a_tick_taken_back_is_not_that_nothing_is_at_home(session: VisitSession) -> None:
    """That nothing is at home takes cards out of the plan; a key of its own says so."""
    entry = agreed(session)
    entry.open(KIT_CELL)
    for _ in range(2):
        entry.answer(entry.page.choices[0])
    assert entry.accept().finished
    assert KIT_CELL not in session.visit.cells
    entry.none()
    assert session.visit.value(KIT_CELL) == []


@pytest.mark.parametrize("line", [0, 1, 2])
def test_what_is_taken_back_is_marked_where_it_stands(session: VisitSession, line: int) -> None:
    entry = agreed(session)
    entry.previous()
    assert entry.page.kind == "scale"
    for _ in range(line + 1):
        entry.rate(2)
    entry.undo()
    assert entry.row == line, "the next digit is for the line that was taken back"
    for page in range(3):
        on(entry)
        ticked = entry.page
        entry.answer(ticked.choices[page])
    entry.undo()
    assert entry.page is ticked
