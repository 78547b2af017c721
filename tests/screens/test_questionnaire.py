"""Questionnaires item by item: what each key stores, the score that follows, and the page itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from itertools import count
from pathlib import Path

import pytest

from assess_tui.entry.questionnaire import QuestionnaireEntry
from assess_tui.entry.step import StepEntry
from assess_tui.entry.typed import Typed
from assess_tui.screens.step import StepScreen
from assess_tui.storage.ids import uuid7
from assess_tui.storage.record import Record, open_record
from assess_tui.views.questionnaire import QuestionnaireView
from assess_tui.visit.session import VisitSession
from protocols.library import load
from protocols.visit import Cell
from tests.screens.begun import at_the_tests
from tests.screens.conftest import Opens

LIBRARY = load()


class Clinic:
    """One patient whose visits follow one another in a record on disk."""

    def __init__(self, folder: Path) -> None:
        seconds = count()
        self._now = lambda: dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC) + dt.timedelta(seconds=next(seconds))
        self.record: Record = open_record(folder, self._now, uuid7)
        self._patient = self.record.add_patient(
            family_name="Ruiz", given_name="Ana", birth_date=dt.date(1992, 4, 3), sex="F"
        ).id

    def visit(self) -> VisitSession:
        visit = self.record.open_visit(self._patient, "Kim Lee", LIBRARY)
        return VisitSession(self.record, visit, LIBRARY, self._now, uuid7, "Kim Lee")

    def again(self, session: VisitSession) -> VisitSession:
        """The same visit as it is on disk."""
        return VisitSession(self.record, self.record.visit(session.visit.id), LIBRARY, self._now, uuid7, "Kim Lee")


@pytest.fixture
def clinic(tmp_path: Path) -> Iterator[Clinic]:
    clinic = Clinic(tmp_path)
    yield clinic
    clinic.record.close()


def page(session: VisitSession, name: str) -> QuestionnaireEntry:
    return QuestionnaireEntry(session, LIBRARY.questionnaires[name])


def keys(at: QuestionnaireEntry, text: str) -> Typed:
    """Types each character; `!` is Enter."""
    typed = Typed()
    for character in text:
        typed = at.accept() if character == "!" else at.type(character)
    return typed


def total(session: VisitSession, test: str) -> object:
    return session.visit.value(Cell(test))


def activities(session: VisitSession, *named: tuple[str, str]) -> QuestionnaireEntry:
    at = page(session, "psfs_mean")
    for words, rating in named:
        at.name(words)
        keys(at, rating)
    return at


def test_the_score_is_stored_with_the_last_answer_and_taken_back_with_it(clinic: Clinic) -> None:
    session = clinic.visit()
    at = page(session, "noh10")
    keys(at, "011000100")
    assert total(session, "noh10") is None
    keys(at, "1")
    assert total(session, "noh10") == 4
    assert clinic.again(session).grade("noh10") == session.grade("noh10")
    at.undo()
    assert total(session, "noh10") is None
    assert [item.key for item in at.open_items("value")] == [at.item.key], "what is typed next belongs to it"
    keys(at, "0")
    assert total(session, "noh10") == 3


def test_a_page_left_in_the_middle_is_taken_up_where_it_was(clinic: Clinic) -> None:
    session = clinic.visit()
    keys(page(session, "noh10"), "0110")
    at = page(clinic.again(session), "noh10")
    assert at.row == 4
    assert len(at.open_items("value")) == 6


def test_no_to_the_rest_is_one_answer_to_take_back(clinic: Clinic) -> None:
    session = clinic.visit()
    at = page(session, "beighton")
    keys(at, "11")
    at.none_left()
    assert total(session, "beighton") == 2
    assert at.item.key == "hakim_floor", "what may stay open is next, and is not answered for the patient"
    at.undo()
    assert total(session, "beighton") is None
    assert len(at.answers("value")) == 2
    at.undo()
    assert at.row == 1
    at.undo()
    assert at.undo().tone == "refused"
    assert at.answers("value") == {}


def test_one_point_below_the_line_counts_once_two_hakim_questions_are_yes(clinic: Clinic) -> None:
    session = clinic.visit()
    at = page(session, "beighton")
    keys(at, "1111")
    at.none_left()
    assert "HYPER" not in session.assessment().blocks
    assert "not met" in QuestionnaireView(at).note().plain
    keys(at, "01")
    assert "HYPER" not in session.assessment().blocks
    keys(at, "1")
    assert "HYPER" in session.assessment().blocks
    assert QuestionnaireView(at).note().plain == "Score 4 · line at this age 5 · met. "


def test_activities_are_asked_again_with_their_words_and_their_last_rating(clinic: Clinic) -> None:
    first = clinic.visit()
    at = activities(first, ("climb  stairs", "4"), ("[b]lift[/b]", "3"), ("sit", "10"))
    assert keys(at, "!").finished
    assert total(first, "psfs_mean") == Decimal("5.666667")
    second = clinic.visit()
    again = page(second, "psfs_mean")
    assert [item.ask for item in again.items] == ["climb stairs", "[b]lift[/b]", "sit", "", ""]
    assert again.answers("value") == {}, "what was said last is shown, never assumed"
    keys(again, "76")
    shown = QuestionnaireView(again).rows(76).plain
    assert "last 4 improved" in shown
    assert "last 3 improved" in shown
    keys(again, "10")
    assert total(second, "psfs_mean") == Decimal("7.666667")
    grade = second.grade("psfs_mean")
    assert grade is not None
    assert grade.sides["value"].change.say == "improved"  # type: ignore[union-attr]  # both visits have it


def test_a_new_name_keeps_the_rating_and_a_number_needs_a_name(clinic: Clinic) -> None:
    session = clinic.visit()
    at = page(session, "psfs_mean")
    assert keys(at, "4").tone == "refused"
    activities(session, ("stiars", "4"))
    at.name("stairs")
    answered = at.answers("value")["1"]
    assert (answered.words, answered.value) == ("stairs", 4)


def test_one_waits_for_a_zero_and_nothing_above_the_highest_is_taken(clinic: Clinic) -> None:
    session = clinic.visit()
    at = page(session, "upright")
    keys(at, "1")
    assert at.answers("pre") == {}
    assert keys(at, "4").tone == "refused"
    keys(at, "0")
    keys(at, "1!")
    assert [answered.value for answered in at.answers("pre").values()] == [10, 1]
    nijmegen = page(session, "nijmegen")
    assert keys(nijmegen, "5").tone == "refused"
    assert "then 0 is 10" not in QuestionnaireView(nijmegen).note().plain


def test_symptoms_are_rated_before_and_after_standing_and_kept_apart(clinic: Clinic) -> None:
    session = clinic.visit()
    at = page(session, "upright")
    keys(at, "2")
    at.other_side()
    keys(at, "70")
    case = clinic.again(session).case()
    assert [answered.value for answered in case.upright["pre"].items.values()] == [2]
    assert [answered.value for answered in case.upright["post"].items.values()] == [7, 0]
    assert "@upright" not in case.tests


def test_a_total_that_was_typed_stands_until_the_items_are_accepted(clinic: Clinic) -> None:
    session = clinic.visit()
    at = page(session, "noh10")
    at.none_left()
    StepEntry(session, LIBRARY.tests["noh10"]).put(Decimal(3))
    opened = page(session, "noh10")
    assert total(session, "noh10") == 3
    assert "A total of 3 was typed" in QuestionnaireView(opened).note().plain
    keys(opened, "!")
    assert total(session, "noh10") == 0


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_enter_opens_the_items_and_brings_their_score_back(opens: Opens, size: tuple[int, int]) -> None:
    async with opens(size) as it:
        session = await at_the_tests(it)
        step = it.app.screen
        assert isinstance(step, StepScreen)
        open_test = step.open_test
        open_test("psfs_mean")
        await it.press("enter")
        for words, rating in (("climb", "4"), ("lift [b]", "3"), ("sit", "6")):
            await it.press("enter")
            await it.type(words)
            await it.press("enter", rating)
        assert "lift [b]" in it.shown("question-lines")
        await it.press("escape")
        assert it.app.screen is step
        assert total(session, "psfs_mean") == Decimal("4.333333")
        open_test("noh10")
        await it.press("enter", "1", "n", "enter")
        assert it.app.screen is step
        assert total(session, "noh10") == 1
        await it.press("i")
        assert "measure standing pressure" in it.shown("question-note")
        await it.press("f6")
        assert it.app.screen.query("#findings-list")


def test_an_answer_given_anew_in_another_window_is_not_made_up_for_by_an_older_one(clinic: Clinic) -> None:
    session = clinic.visit()
    session.put(Cell("nprs"), Decimal(3))
    at = page(session, "noh10")
    keys(at, "0")
    other = page(clinic.again(session), "noh10")
    other.row = 0
    keys(other, "1")
    session.look()
    at.undo()
    answered = at.answers(at.side)[at.items[0].key]
    assert (total(session, "nprs"), answered.value) == (Decimal(3), Decimal(1))
