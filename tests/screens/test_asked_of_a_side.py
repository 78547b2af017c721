"""What is asked of a side is answered of that side, whatever key comes between; nothing typed is lost on the way."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from assess_tui.entry.step import StepEntry
from assess_tui.entry.timer import Rang, Timer
from assess_tui.screens.step import StepScreen
from assess_tui.screens.timer_face import TimerFace
from assess_tui.views.step import StepView
from assess_tui.visit.session import VisitSession
from protocols.library import load
from protocols.visit import Cell
from tests.screens.begun import at_the_tests
from tests.screens.conftest import Opens

LIBRARY = load()
LEFT, RIGHT = Cell("wall_hinge", "left"), Cell("wall_hinge", "right")


def pain(cell: Cell) -> Cell:
    return cell._replace(field="pain")


@pytest.fixture
def at(session: VisitSession) -> StepEntry:
    return StepEntry(session, LIBRARY.tests["wall_hinge"])


def keys(at: StepEntry, text: str) -> None:
    """Types each character; `!` is Enter, `p` asks for pain, `q` stops, `/` the other side, `n` not tested."""
    does: dict[str, Callable[[], object]] = {
        "!": at.accept,
        "p": at.ask_pain,
        "q": at.ask_stop,
        "/": at.other_side,
        "=": at.same,
        "n": lambda: at.leave_out("not_tested"),
    }
    for character in text:
        does[character]() if character in does else at.type(character)


def test_half_a_pain_waits_for_the_side_it_was_asked_of(session: VisitSession, at: StepEntry) -> None:
    keys(at, "160!p1")
    assert at.waits == (pain(LEFT), "1")
    again = StepEntry(session, at.test)
    again.take_up(*at.waits)
    keys(again, "0")
    assert session.visit.value(pain(LEFT)) == Decimal(10)
    assert pain(RIGHT) not in session.visit.cells


def test_half_a_pain_is_no_value_of_a_test_that_is_stopped(session: VisitSession, at: StepEntry) -> None:
    keys(at, "p1q1!")
    assert session.visit.value(pain(LEFT)) == Decimal(1)
    assert LEFT not in session.visit.cells
    assert at.buffer == ""


@pytest.mark.parametrize("between", ["q/", "qp"])
def test_a_number_is_kept_though_a_stop_was_asked_about_and_left_open(
    session: VisitSession, at: StepEntry, between: str
) -> None:
    keys(at, f"150{between}")
    assert session.visit.value(LEFT) == Decimal(150)
    keys(at, "1")
    assert not [cell for cell in session.visit.cells if cell.field == "stopped"]


@pytest.mark.parametrize("key", ["/", "p", "="])
def test_a_number_in_doubt_is_kept_by_no_key_but_the_one_that_was_named(session: VisitSession, key: str) -> None:
    at = StepEntry(session, LIBRARY.tests["sls_eo"])
    keys(at, f"2{key}{key}{key}")  # far from the reference: asked
    assert not [cell for cell in session.visit.cells if cell.test == "sls_eo"]
    assert (at.side, at.buffer) == ("left", "2")


def test_a_number_waits_while_it_is_asked_why_the_test_was_stopped(at: StepEntry) -> None:
    keys(at, "15q")
    assert at.waits == (LEFT, "15"), "a closed window loses nothing"


@pytest.mark.parametrize("key", ["n", "/", "="])
def test_another_key_ends_the_question_and_digits_are_a_value_again(
    session: VisitSession, at: StepEntry, key: str
) -> None:
    session.put(LEFT, Decimal(150))
    at.index = 0
    keys(at, f"p{key}")
    at.open_cell(RIGHT)
    keys(at, "140!")
    assert session.visit.value(RIGHT) == Decimal(140)
    assert not [cell for cell in session.visit.cells if cell.field == "pain"]


def test_what_is_asked_stays_in_sight_whatever_draws_the_step_anew(session: VisitSession, at: StepEntry) -> None:
    at.ask_stop()
    assert StepView(session, at).note().plain == at.asked
    at.ask_pain()
    at.type("1")
    assert StepView(session, at).note().plain == at.asked == "Pain 1_"


def test_a_time_that_lands_while_pain_is_asked_leaves_the_question_open(session: VisitSession) -> None:
    at = StepEntry(session, LIBRARY.tests["sls_eo"])
    at.ask_pain()
    assert at.put_time(Decimal(2)).tone == "ask", "far from the reference"
    at.accept()
    assert pain(Cell("sls_eo", "left")) not in session.visit.cells
    at.ask_pain()
    assert at.put_time(Decimal(43)).stored
    at.type("4")
    assert session.visit.value(pain(Cell("sls_eo", "left"))) == Decimal(4)


def test_a_remark_between_says_what_is_still_asked(at: StepEntry) -> None:
    at.ask_pain()
    typed = at.toggle("compensated")
    assert "compensated noted" in typed.say
    assert "Pain at end range, left" in typed.say


async def test_a_reason_typed_while_the_clock_ends_leaves_no_other_side_out(opens: Opens) -> None:
    async with opens() as it:
        session = await at_the_tests(it)
        for trial in ("trial.1", "trial.2"):
            session.put(Cell("sls_eo", "left", trial), Decimal(30))
        it.app.screen.open_test("sls_eo")  # type: ignore[attr-defined]  # the guided screen's own way to a test
        await it.press("space", "c")
        it.clock.turn(45)
        await it.until(lambda: Cell("sls_eo", "left", "trial.3") in session.visit.cells)
        await it.press("enter")
        screen = it.app.screen
        assert isinstance(screen, StepScreen)
        screen.on_timer_face_came(TimerFace.Came(Rang(Decimal(40)), Timer(LIBRARY.tests["hilo"])))
        assert not [cell for cell in session.visit.cells if cell.side == "right"], "nor has a time of another test"
        assert "was not left out" in it.shown("step-note")
