"""Trials timed one after the other on one key: each time in its cell, a mis-press taken back whole."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from decimal import Decimal
from itertools import combinations
from typing import Any

import pytest

from assess_tui.entry.step import StepEntry
from assess_tui.entry.timer import MISPRESS_S, Timer
from assess_tui.settings import Entry
from assess_tui.views.timer import timer_face
from assess_tui.visit.session import VisitSession
from protocols.library import load
from protocols.visit import Cell
from tests.screens.begun import at_the_tests

Opens = Callable[..., AbstractAsyncContextManager[Any]]
LIBRARY = load()
ONE_LEG, BRIDGE = LIBRARY.tests["sls_eo"], LIBRARY.tests["side_bridge"]
SIX = [Cell("sls_eo", side, f"trial.{trial}") for side in ("left", "right") for trial in (1, 2, 3)]


def timed(entry: StepEntry, *seconds: int) -> list[Cell]:
    """Time one hold after the other; the cells the times are in, in this order."""
    held = dict(entry.session.visit.cells)
    for value in seconds:
        assert entry.put_time(Decimal(value)).stored
    return [cell for cell in entry.session.visit.cells if cell not in held]


# -- which cell ----------------------------------------------------------------------------------------------------


def test_each_time_lands_in_the_next_trial_and_then_on_the_other_side(session: VisitSession) -> None:
    entry = StepEntry(session, ONE_LEG)
    assert timed(entry, 31, 32, 33, 34, 35) == SIX[:5]
    assert entry.put_time(Decimal(36)).finished
    assert [session.visit.value(cell) for cell in SIX] == [Decimal(one) for one in range(31, 37)]


def test_a_time_never_takes_the_place_of_a_value_already_there(session: VisitSession) -> None:
    for cell in (SIX[1], SIX[3]):
        session.put(cell, Decimal(40))
    entry = StepEntry(session, ONE_LEG)
    assert timed(entry, 31, 32, 33, 34) == [SIX[0], SIX[2], SIX[4], SIX[5]]
    assert [session.visit.value(SIX[place]) for place in (1, 3)] == [Decimal(40)] * 2


def test_a_trial_gone_back_to_is_timed_anew(session: VisitSession) -> None:
    entry = StepEntry(session, ONE_LEG)
    timed(entry, 31, 32)
    entry.back()
    assert timed(entry, 44) == []
    assert (session.visit.value(SIX[1]), entry.cell) == (Decimal(44), SIX[2])


def test_the_side_begun_with_is_followed_by_the_other_one(session: VisitSession) -> None:
    entry = StepEntry(session, ONE_LEG)
    entry.other_side()
    assert timed(entry, 31, 32, 33) == SIX[3:]
    assert entry.cell == SIX[0], "the left side is still to be done"
    right_first = StepEntry(session, BRIDGE, Entry(right_first=True))
    assert [cell.side for cell in timed(right_first, 60, 61)] == ["right", "left"]


def test_a_side_that_was_left_out_is_not_timed(session: VisitSession) -> None:
    session.put(Cell("sls_eo", "right"), absent="refused")
    entry = StepEntry(session, ONE_LEG)
    timed(entry, 31, 32)
    assert entry.put_time(Decimal(33)).finished


def test_times_fill_what_is_empty_and_nothing_else(session: VisitSession) -> None:
    """Whichever two are there already, from the first cell on."""
    for there in combinations(SIX, 2):
        for cell in SIX:
            session.withdraw(cell)
        for cell in there:
            session.put(cell, Decimal(40))
        assert timed(StepEntry(session, ONE_LEG), 31, 32, 33, 34) == [cell for cell in SIX if cell not in there]


# -- a mis-press -----------------------------------------------------------------------------------------------------


def lapped(at: float = 20.0) -> Timer:
    """A clock whose first trial was ended after so many seconds."""
    clock = Timer(ONE_LEG)
    clock.press(0)
    clock.landed(SIX[0], clock.press(at).value, at, "trial")
    return clock


def test_a_lap_taken_back_at_once_counts_on_from_where_it_began() -> None:
    clock = lapped()
    assert clock.mispressed(SIX[0], Decimal(20), 24)
    clock.go_on()
    assert (clock.running, clock.shown(26)) == (True, "0:26")
    assert clock.press(31.2).value == Decimal("31.2")


@pytest.mark.parametrize(
    ("cell", "value", "at"),
    [(SIX[1], 20, 21), (SIX[0], 22, 21), (None, 20, 21), (SIX[0], 20, 20 + MISPRESS_S + 1)],
    ids=["another cell", "corrected since", "nothing", "too late"],
)
def test_nothing_else_taken_back_sets_the_clock_going(cell: Cell | None, value: int, at: float) -> None:
    assert not lapped().mispressed(cell, Decimal(value), at)


def test_a_hold_that_ended_by_itself_is_no_mistake() -> None:
    clock = Timer(ONE_LEG)
    clock.press(0)
    rang = clock.look(45.05)
    clock.landed(SIX[0], rang.value, 45.05, "trial")
    assert not clock.mispressed(SIX[0], Decimal(45), 46)
    assert clock.shown(99) == "0:45"


def test_a_pedal_held_down_is_one_press() -> None:
    clock = Timer(ONE_LEG)
    rangs = [clock.press(10 + tenth / 10) for tenth in range(30)]
    assert clock.running
    assert all(rang.value is None for rang in rangs)


def test_the_rest_comes_before_the_other_side_where_the_test_has_one() -> None:
    clock = Timer(BRIDGE)
    clock.press(0)
    clock.landed(Cell("side_bridge", "left"), clock.press(60).value, 60, "side")
    assert (clock.phase, clock.shown(60)) == ("rest", "5:00")


def test_between_two_trials_the_face_says_what_was_kept_and_what_comes(session: VisitSession) -> None:
    entry, clock = StepEntry(session, ONE_LEG), Timer(ONE_LEG)
    clock.press(0)
    running = timer_face(clock, entry, 5, 110, 12, bell=True).plain
    assert "left · trial 1 of 3" in running
    assert "keeps it" in running
    cell = entry.cell
    entry.put_time(clock.press(33).value or Decimal(0))
    clock.landed(cell, Decimal(33), 33, "trial")
    kept = timer_face(clock, entry, 300, 110, 12, bell=True).plain
    assert kept.startswith("kept   next: left · trial 2 of 3")
    assert clock.shown(300) == "0:33", "it stands still"


# -- on the screen ----------------------------------------------------------------------------------------------


async def test_one_key_times_every_trial_of_both_sides(opens: Opens) -> None:
    async with opens() as it:
        session = await at_the_tests(it)
        it.app.screen.open_test("sls_eo")
        await it.pilot.pause()
        for held in range(31, 37):
            await it.press("space")
            it.clock.turn(held)
            await it.press("space")
            it.clock.turn(5)
        assert [session.visit.value(cell) for cell in SIX] == [Decimal(one) for one in range(31, 37)]
        assert it.app.screen.walk.step.test != "sls_eo", "the last one is the stop"
        it.clock.turn(-4)
        await it.press("u")
        assert (it.app.screen.walk.step.test, SIX[5] in session.visit.cells) == ("sls_eo", False)
        assert "the clock goes on" in it.shown("step-note")
        it.clock.turn(3)
        await it.press("space")
        assert session.visit.value(SIX[5]) == Decimal(40), "36 s, the second since, and 3 more"


async def test_a_time_in_doubt_because_the_key_came_early_is_taken_back_too(opens: Opens) -> None:
    async with opens() as it:
        session = await at_the_tests(it)
        it.app.screen.open_test("sls_eo")
        await it.press("space")
        it.clock.turn(2)
        await it.press("space")
        assert "2" in it.shown("step-note")
        it.clock.turn(1)
        await it.press("u")
        it.clock.turn(30)
        await it.press("enter")
        assert session.visit.value(SIX[0]) == Decimal(33)
        assert not it.app.screen.query_one("#step-show").has_class("-timed"), "Enter shows the step again"


async def test_a_number_that_waits_is_kept_before_the_clock_starts_and_none_is_typed_over_it(opens: Opens) -> None:
    async with opens() as it:
        session = await at_the_tests(it)
        it.app.screen.open_test("sls_eo")
        await it.press("3", "0", "space")
        assert session.visit.value(SIX[0]) == Decimal(30)
        await it.press("7", "up")
        assert "The clock is running" in it.shown("step-note")
        assert it.app.screen.entry.buffer == ""
        await it.press("p", "1")
        it.clock.turn(33)
        await it.press("enter")
        assert session.visit.value(SIX[1]) == Decimal(33)
        assert session.visit.value(Cell("sls_eo", "left", "pain")) == Decimal(1)


async def test_a_hold_whose_side_is_left_out_ends_with_it(opens: Opens) -> None:
    """Its time belongs to that side alone."""
    async with opens() as it:
        session = await at_the_tests(it)
        it.app.screen.open_test("side_bridge")
        await it.press("space")
        it.clock.turn(31)
        await it.press("o")
        it.clock.turn(2)
        left, right = (Cell("side_bridge", side) for side in ("left", "right"))
        assert (session.visit.cells[left].absent, right in session.visit.cells) == ("pain", False)
        assert it.app.screen.clock_face.timer.phase == "rest", "before the other side"
        await it.press("space")
        it.clock.turn(40)
        await it.press("space")
        assert session.visit.value(right) == Decimal(40)


async def test_while_a_hold_runs_no_key_opens_another_trial_for_it(opens: Opens) -> None:
    async with opens() as it:
        session = await at_the_tests(it)
        it.app.screen.open_test("sls_eo")
        await it.press("3", "0", "enter", "space")
        for key in ("equals_sign", "left", "slash", "p", "equals_sign", "left", "slash"):
            it.app.screen.draw()
            await it.press(key)
            assert ("The clock is running" in it.shown("step-note")) == (key != "p")
            assert it.app.screen.entry.cell == SIX[1]
        it.clock.turn(33)
        await it.press("space")
        assert {cell: session.visit.value(cell) for cell in SIX if cell in session.visit.cells} == {
            SIX[0]: Decimal(30),
            SIX[1]: Decimal(33),
        }
        it.clock.turn(1)
        await it.press("left", "space", "f2", "f4")
        it.clock.turn(35)
        await it.press("space")
        assert [session.visit.value(cell) for cell in SIX[:3]] == [Decimal(30), Decimal(35), None], "timed anew"
