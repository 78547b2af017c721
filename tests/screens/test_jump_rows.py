"""The marks beside the tests to go to, from a visit alone: a row for each state, and never another."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assess_tui.views.jump import jump_rows
from assess_tui.visit.session import VisitSession
from protocols.route import STAND, is_done
from protocols.visit import Cell


def mark(session: VisitSession, test: str, text: str = "") -> str:
    """What stands before the test's name."""
    row = dict(jump_rows(session, text))[test].plain
    name = "Stand test" if test == STAND else session.library.tests[test].name
    return row[: row.index(name[:20])].strip()


def test_a_test_is_open_until_every_value_of_it_is_there(session: VisitSession) -> None:
    assert (mark(session, "nprs"), mark(session, "wall_hinge")) == ("· open", "· open")
    session.put(Cell("nprs"), Decimal(4))
    session.put(Cell("wall_hinge", "left"), Decimal(160))
    assert (mark(session, "nprs"), mark(session, "wall_hinge")) == ("✓ done", "· open")
    session.put(Cell("wall_hinge", "right"), None, absent="pain")
    assert mark(session, "wall_hinge") == "✓ done"
    session.undo()
    assert mark(session, "wall_hinge") == "· open"


def test_what_is_off_the_route_is_added_and_what_is_not_safe_says_why(session: VisitSession) -> None:
    assert mark(session, "frt") == "add"
    session.put(Cell("@intake", field="precautions"), ["HEAD_DOWN"])
    assert mark(session, "wall_hinge") == "left out"
    assert "no head-down position" in dict(jump_rows(session, "hinge"))["wall_hinge"].plain


def test_the_stand_test_is_first_and_done_when_it_is_left_out(session: VisitSession) -> None:
    assert jump_rows(session, "")[0][0] == STAND
    assert mark(session, STAND, "pots") == "· open"
    session.leave_stand_out("not today")
    assert mark(session, STAND, "stand te") == "✓ done"
    assert STAND not in dict(jump_rows(session, "hip"))


@pytest.mark.parametrize("text", ["", "hip", "hip in"])
def test_every_mark_is_what_the_visit_holds(session: VisitSession, text: str) -> None:
    session.put(Cell("hip_pinch", "left"), "0")
    on_route = {step.test for step in session.way.route()}
    for test, _ in jump_rows(session, text):
        if test != STAND:
            done = is_done(session.library.tests[test], session.visit)
            assert mark(session, test, text) == (("✓ done" if done else "· open") if test in on_route else "add")
