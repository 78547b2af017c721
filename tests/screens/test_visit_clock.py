"""The time of a visit goes on where it stood, and is said in words; what is told below a step is never cut."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from decimal import Decimal
from typing import Any

import pytest

from assess_tui.visit_clock import taken_up
from protocols.visit import Cell
from tests.screens.begun import at_the_tests

Opens = Callable[..., AbstractAsyncContextManager[Any]]
BEGUN = dt.datetime(2026, 11, 2, 9, 5, tzinfo=dt.UTC)


async def test_a_visit_taken_up_again_counts_on_from_what_it_took(opens: Opens) -> None:
    async with opens() as it:
        session = await at_the_tests(it)
        it.clock.turn(600)
        session.put(Cell("nprs"), Decimal(4))
        it.app.go("home")
        await it.pilot.pause()
        it.clock.turn(3000)
    async with opens() as it:
        it.app.open_visit(session.visit.id)
        await it.until(lambda: getattr(it.app.screen, "begun", False))
        assert 600 <= it.app.visit_clock.seconds < 601
        (said,) = [note.message for note in it.app._notifications if "so far" in note.message]
        assert said == "Begun at 09:00, 10 min so far; the clock goes on from there."
        await it.press("backspace")
        assert not it.app._notifications, "a refusal would stand under it"
        it.clock.turn(65)
        assert 665 <= it.app.visit_clock.seconds < 666
        it.app.go("home")
        await it.pilot.pause()
        it.app.open_visit(session.visit.id)
        await it.until(lambda: getattr(it.app.screen, "begun", False))
        assert not it.app._notifications, "once a start"


@pytest.mark.parametrize(
    ("today", "sittings", "words"),
    [
        (BEGUN.date(), [610.0], "Begun at 09:05, 10 min so far; the clock goes on from there."),
        (dt.date(2026, 11, 4), [610.0, 300.0], "Begun on 2 Nov 2026 at 09:05, 15 min so far in 2 sittings; the clock"),
    ],
)
def test_what_it_took_is_said_with_its_day_where_that_is_another(
    today: dt.date, sittings: list[float], words: str
) -> None:
    assert taken_up(BEGUN, today, sittings).startswith(words)


async def test_a_long_note_is_told_whole_and_the_steps_give_way(opens: Opens) -> None:
    async with opens((80, 24)) as it:
        session = await at_the_tests(it)
        for side, value in (("left", 30), ("right", 15)):
            for trial in (1, 2):
                session.put(Cell("hip_ir_supine", side, f"trial.{trial}"), Decimal(value))
        session.annotate(Cell("hip_ir_supine", "left", "trial.1"), "stiff in the morning, " * 5)
        it.app.screen.open_test("hip_ir_supine")
        pane, text = it.app.screen.query_one("#step-note"), it.app.screen.query_one("#step-text")
        await it.until(lambda: pane.content_size.height == 4 and text.content_size.height == 8)
        assert "reference 22" in it.shown("step-note")
        await it.until(lambda: "Lying on the back" not in it.shown("step-text"))
        assert "buttock or pelvis lifts" in it.shown("step-text")
        it.app.screen.open_test("wall_hinge")
        await it.until(lambda: pane.content_size.height == 2)
