"""One key stops a test on a side and asks why."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assess_tui.entry.step import StepEntry
from assess_tui.visit.session import VisitSession
from protocols.library import load
from protocols.route import is_done
from protocols.visit import Cell
from tests.screens.begun import at_the_tests
from tests.screens.conftest import Instrument, Opens

LIBRARY = load()
RIGHT = Cell("wall_hinge", "right", "stopped")


@pytest.fixture
def at(session: VisitSession) -> StepEntry:
    return StepEntry(session, LIBRARY.tests["wall_hinge"])


def type_in(at: StepEntry, text: str) -> None:
    for character in text:
        at.type(character)


def test_the_open_side_is_stopped_and_the_step_is_done_without_a_value(session: VisitSession, at: StepEntry) -> None:
    type_in(at, "160")
    at.accept()
    assert "right" in at.ask_stop().say
    assert at.type("2").stored
    assert session.visit.value(RIGHT) == "limb"
    assert is_done(LIBRARY.tests["wall_hinge"], session.visit)
    assert at.accept().finished


def test_a_number_being_typed_waits_for_the_reason_and_is_kept_with_enter(session: VisitSession, at: StepEntry) -> None:
    type_in(at, "90")
    at.ask_stop()
    assert at.type("7").tone == "ask", "there is no seventh reason"
    at.type("1")
    assert at.buffer == "90"
    at.accept()
    assert session.visit.value(Cell("wall_hinge", "left")) == Decimal(90)
    assert session.assessment().findings == ()


def test_a_near_faint_says_what_to_do_first(at: StepEntry) -> None:
    at.ask_stop()
    said = at.type("4")
    assert said.tone == "refused"
    assert said.say.startswith("Sit or lie the patient down now.")
    assert "red-flag level 2" in said.say


def test_it_can_be_taken_back(session: VisitSession, at: StepEntry) -> None:
    left = Cell("wall_hinge", "left", "stopped")
    assert at.ask_stop().say.count("0 not stopped") == 0
    assert not at.type("0").stored
    at.type("5")
    assert "0 not stopped" in at.ask_stop().say
    at.type("0")
    assert left not in session.visit.cells
    at.ask_stop()
    assert at.forget()
    at.type("3")
    assert at.buffer == "3"


def test_an_end_of_the_visit_leaves_a_stopped_side_as_it_is(session: VisitSession, at: StepEntry) -> None:
    at.ask_stop()
    at.type("3")
    session.leave_open_out()
    assert Cell("wall_hinge", "left") not in session.visit.cells
    assert session.visit.cells[Cell("wall_hinge", "right")].absent == "not_tested"


def painted(it: Instrument) -> str:
    """The note as it fits, its lines joined."""
    region = it.app.screen.query_one("#step-note").content_region
    rows = it.app.screen._compositor.render_strips()[region.y : region.bottom]
    return " ".join(" ".join(strip.crop(region.x, region.right).text for strip in rows).split())


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_the_key_asks_in_full_and_the_side_says_why(opens: Opens, size: tuple[int, int]) -> None:
    async with opens(size=size) as it:
        await at_the_tests(it)
        await it.press("g")
        await it.type("wall hinge")
        await it.press("enter")
        await it.press("q")
        assert "5 the patient asked" in painted(it)
        await it.press("2")
        assert "pain-limited, stopped" in it.shown("step-left")
        await it.press("q")
        assert "0 not stopped" in painted(it)
        await it.press("4")
        assert "Sit or lie the patient down now." in painted(it)
        assert "raises the level" in painted(it)
        await it.press("enter")
        assert "stopped: near-faint" in painted(it)
