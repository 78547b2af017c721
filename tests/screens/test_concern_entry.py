"""Raising and lowering the level of concern: what reaches the record, and the keys that do it."""

from __future__ import annotations

import pytest

from assess_tui.entry.concern import higher, lower, set_level
from assess_tui.places import place_of
from assess_tui.visit.session import VisitSession
from protocols.library import load
from protocols.visit import Cell
from protocols.visits.cells import CONCERN
from tests.screens.begun import at_the_flags
from tests.screens.conftest import Opens

LIBRARY = load()


def level(session: VisitSession) -> int:
    return session.assessment().concern.level


def test_raising_needs_no_reason(session: VisitSession) -> None:
    assert higher(session) == (1, 2, 3)
    assert set_level(session, 2, "", "Kim Lee") == ""
    assert level(session) == 2
    assert session.assessment().plan.blocked


@pytest.mark.parametrize(("why", "by"), [("", "Kim Lee"), ("  ", "Kim Lee"), ("seen by the surgeon", " ")])
def test_lowering_without_a_reason_or_a_name_changes_nothing(session: VisitSession, why: str, by: str) -> None:
    session.put(Cell("@flags", field="cord"), "yes")
    assert "needs a reason and a name" in set_level(session, 1, why, by)
    assert level(session) == 2
    assert CONCERN not in session.visit.cells


def test_lowering_the_highest_level_is_the_clinicians_decision_and_is_undone(session: VisitSession) -> None:
    session.put(Cell("@flags", field="ces_bladder"), "yes")
    assert lower(session) == (2, 1, 0)
    assert set_level(session, 1, "catheter since 2019", "Kim Lee") == ""
    assert level(session) == 1
    assert session.visit.value(Cell("@flags", field="ces_bladder")) == "yes"
    assert place_of(CONCERN) == "flags"
    session.undo()
    assert level(session) == 3


def test_a_level_that_does_not_exist_is_refused(session: VisitSession) -> None:
    assert set_level(session, 4, "why", "Kim Lee")
    assert set_level(session, 0, "why", "Kim Lee")
    assert level(session) == 0


async def test_the_keys_raise_with_an_empty_reason_and_lower_with_reason_and_name(opens: Opens) -> None:
    async with opens() as it:
        session = await at_the_flags(it)
        await it.press("plus")
        await it.press("backspace", "2", "enter", "enter")
        assert level(session) == 2
        assert "Raised from level 0 to 2" in it.shown("question-note")
        await it.press("minus", "enter", "enter")
        assert level(session) == 2, "no reason, no lower level"
        await it.type("[b]seen by Dr Lee")
        await it.press("enter")
        assert it.app.screen.query("#ask"), "the name is confirmed"
        await it.press("enter")
        assert level(session) == 1
        assert "because: [b]seen by Dr Lee." in it.shown("question-note")
        await it.press("u")
        assert level(session) == 2
