"""Whatever leads away from what is typed and not entered: it is kept, or it stays typed. It is never gone."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from decimal import Decimal
from typing import Any

import pytest

from assess_tui.entry.questionnaire import QuestionnaireEntry
from assess_tui.entry.second import SecondEntry
from assess_tui.entry.step import StepEntry
from assess_tui.entry.vitals import VitalsEntry
from assess_tui.keyboard.keys import APP, KEYS, VISIT, Key
from assess_tui.screens.step import StepScreen
from assess_tui.storage.errors import StorageError
from assess_tui.storage.record import Record
from assess_tui.visit.session import VisitSession
from assess_tui.visit.waiting import ASKED
from protocols.library import load
from protocols.visit import Cell
from tests.screens.begun import at_the_tests

Opens = Callable[..., AbstractAsyncContextManager[Any]]
LIBRARY = load()
TEST, LEFT = "wall_hinge", Cell("wall_hinge", "left")
STAYS = {
    *("next", "undo", "redo", "not_tested", "sore", "refused", "same", "more", "less", "stop_test"),  # answers
    *("minus", "point", "half", "erase"),  # part of the number
    *("compensated", "familiar", "bell", "theme", "tour"),  # lead nowhere
    "leave",  # on its own below
}
WAYS = [key for key in (*KEYS["step"], *VISIT, *APP) if key.id.partition(".")[2] not in STAYS]


def typed_in(it: Any) -> str:
    """What stands typed in the step, wherever it is in the stack of screens."""
    steps = [screen for screen in it.app.screen_stack if isinstance(screen, StepScreen)]
    entry = getattr(steps[0], "entry", None) if steps else None
    return entry.buffer if entry is not None else ""


def leaves(it: Any) -> bool:
    """Whether the instrument is on its way out."""
    return bool(it.app._exit)


async def taken_up(it: Any, visit: str, typed: str) -> None:
    """The visit is open again, and this waits in its step."""
    it.app.open_visit(visit, "tests")
    await it.until(lambda: isinstance(it.app.screen, StepScreen) and it.app.screen.begun)
    it.app.screen.open_test(TEST)
    await it.until(lambda: typed_in(it) == typed)


async def at_the_step(it: Any, typed: str) -> None:
    """The step anew, with nothing on record, and this typed."""
    it.app.session.withdraw(LEFT)
    while len(it.app.screen_stack) > 2:
        it.app.pop_screen()
    if not isinstance(it.app.screen, StepScreen):
        it.app.go("tests")
    await it.until(lambda: isinstance(it.app.screen, StepScreen) and it.app.screen.begun)
    it.app.screen.open_test(TEST)
    it.app.screen.entry.index, it.app.screen.entry.buffer = 0, ""
    for character in typed:
        it.app.screen.type(character)
    assert typed_in(it) == typed


@pytest.mark.parametrize("ways", [WAYS[::5], pytest.param(WAYS, marks=pytest.mark.soak)], ids=["a fifth", "all"])
async def test_no_key_that_leads_away_from_a_step_loses_what_is_typed(opens: Opens, ways: list[Key]) -> None:
    """Every key of the step, the visit and the instrument: what can be is kept, what cannot be stays typed."""
    async with opens() as it:
        session = await at_the_tests(it)
        for key in ways:
            await at_the_step(it, "999")
            await it.press(key.keys.split(",")[0])
            assert typed_in(it) == "999", f"{key.id} lost what was refused"
            await at_the_step(it, "150")
            await it.press(key.keys.split(",")[0])
            assert session.visit.value(LEFT) == Decimal(150) or typed_in(it) == "150", f"{key.id} lost a number"
            it.app.session = session  # home closed the visit


async def test_what_is_refused_says_so_and_what_is_typed_next_takes_its_place(opens: Opens) -> None:
    async with opens() as it:
        await at_the_tests(it)
        await at_the_step(it, "999")
        await it.press("f6")
        assert "999 stays typed" in it.shown("step-note")
        await it.press("1", "5", "0", "f6")
        assert it.app.session.visit.value(LEFT) == Decimal(150)


async def test_quitting_keeps_a_number_and_says_once_what_it_cannot_keep(opens: Opens) -> None:
    async with opens() as it:
        await at_the_tests(it)
        await at_the_step(it, "999")
        await it.press("f10")
        assert not leaves(it)
        assert any("again leaves all the same" in note.message for note in it.app._notifications)
        visit = it.app.session.visit.id
        await it.press("f10")
        assert leaves(it)
    async with opens() as it:
        await taken_up(it, visit, "999")
        assert "999 still waits" in it.shown("step-note")
        await it.press("1", "5", "0", "f10")
        assert leaves(it)
        assert it.app.record.visit(visit).value(LEFT) == Decimal(150)


async def test_a_full_disk_keeps_nobody_from_leaving(opens: Opens, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise StorageError("The disk is full", "Make room and press the key again.")

    async with opens() as it:
        await at_the_tests(it)
        await at_the_step(it, "15")
        monkeypatch.setattr(Record, "append", full)
        await it.press("f10")
        assert not leaves(it)
        assert any("The disk is full" in note.message for note in it.app._notifications)
        await it.press("f10")
        assert leaves(it)


async def test_what_waited_and_was_erased_waits_no_more(opens: Opens) -> None:
    async with opens() as it:
        visit = (await at_the_tests(it)).visit.id
        await at_the_step(it, "15")
        it.app.way_out.leave_at_once()
    async with opens() as it:
        await taken_up(it, visit, "15")
        await it.press("backspace", "backspace", "enter", "enter")
        assert it.app.screen.walk.step.test != TEST
        it.app.screen.open_test(TEST)
        await it.pilot.pause()
        assert typed_in(it) == ""


async def test_leaving_is_asked_about_anew_once_something_else_was_done(opens: Opens) -> None:
    async with opens() as it:
        await at_the_tests(it)
        await at_the_step(it, "999")
        await it.press("f10", "backspace", "9", "f10")
        assert not leaves(it)
        it.app.screen.open_test("sls_eo")
        await it.press("2", "f10")
        assert not leaves(it), "2 s is in doubt"
        await it.press("f10")
        assert leaves(it), "said once, whatever words it has the second time"


async def test_a_step_that_is_left_before_it_is_on_screen_has_nothing_to_keep(opens: Opens) -> None:
    async with opens() as it:
        await at_the_tests(it)
        it.app.go("findings")
        it.app.go("tests")
        assert it.app.way_out.keep_typed() == ""
        it.app.way_out.leave_at_once()
        assert leaves(it)


async def test_a_lock_that_nobody_asked_for_makes_no_answer_of_half_a_number(opens: Opens) -> None:
    async with opens() as it:
        session = await at_the_tests(it)
        await at_the_step(it, "15")
        it.app._idle_s = 600
        it.clock.turn(601)
        assert it.app.lock_when_idle()
        await it.pilot.pause()
        await it.press("enter")
        assert (typed_in(it), session.visit.value(LEFT)) == ("15", None)
        assert session.waiting.at(TEST).text == "15", "and noted, should this be the end"
        await it.press("0", "f2")
        assert session.visit.value(LEFT) == Decimal(150)


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="no such signal here")
async def test_a_closed_window_keeps_nothing_unasked_and_loses_nothing(opens: Opens) -> None:
    """Half a number is no answer: it waits, typed, in the same cell."""
    async with opens() as it:
        session = await at_the_tests(it)
        await at_the_step(it, "1")
        await it.press("slash")
        await it.press("1", "5")
        os.kill(os.getpid(), signal.SIGHUP)
        await it.until(lambda: leaves(it))
        assert session.visit.value(LEFT._replace(side="right")) is None
    async with opens() as it:
        await taken_up(it, session.visit.id, "15")
        assert it.app.screen.entry.side == "right"


async def test_repetitions_counted_so_far_wait_with_their_clock(opens: Opens) -> None:
    async with opens() as it:
        await at_the_tests(it)
        it.app.screen.open_test("calf_raise")
        for _ in range(4):
            await it.press("space")
            it.clock.turn(1)
        await it.press("f2", "f4", "space")
        assert typed_in(it) == "4"
        await it.press("f10")
        assert not leaves(it), "it is no value yet: said once"


async def test_a_note_being_written_is_kept_by_the_lock_and_asked_about_by_escape(opens: Opens) -> None:
    async with opens() as it:
        session = await at_the_tests(it)
        await at_the_step(it, "150")
        await it.press("enter", "t", "enter")
        assert "Nothing is typed yet" in it.shown("ask-foot")
        await it.type("stiff")
        assert "keeps it" in it.shown("ask-foot")
        await it.press("escape")
        assert "Not kept yet" in it.shown("ask-foot")
        await it.press("ctrl+l")
        assert session.visit.cells[LEFT].note == "stiff"


async def test_what_is_typed_on_a_page_over_the_step_waits_there_and_once_kept_no_more(opens: Opens) -> None:
    """A reason that is asked for; a vital sign."""
    async with opens() as it:
        visit = (await at_the_tests(it)).visit.id
        await at_the_step(it, "")
        await it.press("c")
        await it.type("stitches")
        it.app.way_out.leave_at_once()
    async with opens() as it:
        await taken_up(it, visit, "")
        await it.press("c")
        assert it.app.screen.query_one("#ask").value == "stitches"
        it.app.way_out.note_typed()  # as a lock by idleness does
        await it.press("enter")
        assert it.app.session.visit.cells[LEFT].note == "stitches"
        assert it.app.session.waiting.at(ASKED).text == ""
        await it.press("v", "8")
        it.app.way_out.leave_at_once()
    async with opens() as it:
        await taken_up(it, visit, "")
        await it.press("v")
        assert "8_" in it.shown("vitals-rows")


# -- without the screen ----------------------------------------------------------------------------------------------


def test_the_seam_of_every_entry_keeps_or_leaves_typed(session: VisitSession) -> None:
    session.put(LEFT, Decimal(150))
    step, second = StepEntry(session, LIBRARY.tests[TEST]), SecondEntry(session, LIBRARY.tests[TEST])
    vitals = VitalsEntry(session)
    for entry, refused, kept in ((step, "999", "150"), (second, "999", "151"), (vitals, "7", "72")):
        entry.buffer = refused
        assert (entry.keep_typed().tone, entry.buffer) == ("refused", refused)
        entry.buffer = kept
        assert (entry.keep_typed().stored, entry.buffer) == (True, "")


def test_another_row_of_the_vital_signs_keeps_what_is_typed(session: VisitSession) -> None:
    vitals = VitalsEntry(session)
    vitals.buffer = "72"
    vitals.move(1)
    assert Decimal(72) in vitals.values.values()
    vitals.buffer, here = "9999", vitals.row
    vitals.move(1)
    assert (vitals.buffer, vitals.row) == ("9999", here)


def test_a_rating_that_waits_is_kept_before_the_rest_is_answered_no(session: VisitSession) -> None:
    entry = QuestionnaireEntry(session, LIBRARY.questionnaires["upright"])
    entry.type("1")
    first = entry.items[0].key
    entry.none_left()
    assert entry.answers(entry.sides[0])[first].value == Decimal(1)
