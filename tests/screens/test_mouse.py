"""A mouse or a finger is never needed, and does what it points at: a row, a key of the key line, the wheel."""

from __future__ import annotations

from decimal import Decimal

from textual import events

from assess_tui.screens.flags import FlagsScreen
from assess_tui.screens.intake import IntakeScreen
from protocols.visit import Cell
from tests.screens.begun import CONSENT, at_the_flags, at_the_patient, at_the_tests
from tests.screens.conftest import Instrument, Opens


async def click(it: Instrument, words: str) -> None:
    """On the middle of these words where they stand last on the screen: of keys, in the key line."""
    rows = [strip.text for strip in it.app.screen._compositor.render_strips()]
    y = max(y for y, row in enumerate(rows) if words in row)
    await it.pilot.click(offset=(rows[y].index(words) + len(words) // 2, y))
    await it.pilot.pause()


async def wheel(it: Instrument, kind: type[events.MouseScrollDown | events.MouseScrollUp]) -> None:
    it.app.post_message(kind(None, 20, 6, 0, 1, 0, shift=False, meta=False, ctrl=False))
    await it.pilot.pause()


async def test_a_click_on_a_row_is_the_key_before_it(opens: Opens) -> None:
    async with opens(size=(80, 24)) as it:
        await at_the_patient(it)
        await click(it, "new visit")
        assert isinstance(it.app.screen, IntakeScreen)
        await click(it, "record")  # of a sentence that goes on in a second row
        session = it.app.session
        assert session is not None
        assert session.visit.value(CONSENT) is True
        await click(it, "next")
        assert it.app.screen.entry.index == 1


async def test_red_flags_are_answered_by_clicks_and_marked_by_the_wheel(opens: Opens) -> None:
    async with opens(size=(80, 24)) as it:
        session = await at_the_flags(it)
        screen = it.app.screen
        assert isinstance(screen, FlagsScreen)
        await wheel(it, events.MouseScrollDown)
        assert screen.row == 1
        await wheel(it, events.MouseScrollUp)
        assert screen.row == 0
        second = screen.questions[1]
        await click(it, second.ask[:20])
        assert session.visit.value(Cell("@flags", field=second.id)) == "yes"
        await click(it, "none of these")
        assert len(session.visit.cells) > len(screen.questions)
        await click(it, "intake")
        assert isinstance(it.app.screen, IntakeScreen)


async def test_the_wheel_changes_no_value(opens: Opens) -> None:
    async with opens() as it:
        session = await at_the_tests(it)
        await it.press("4", "enter", "left")
        for kind in (events.MouseScrollDown, events.MouseScrollUp):
            await wheel(it, kind)
        assert session.visit.value(Cell("nprs")) == Decimal(4)
        assert len([row for row in it.app.record.history(session.visit.id) if row.test == "nprs"]) == 1
