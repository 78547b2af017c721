"""A window too small for the screens is covered with one sentence; the visit waits underneath."""

from __future__ import annotations

from assess_tui.screens.step import StepScreen
from assess_tui.screens.too_small import TooSmallScreen
from protocols.visit import Cell
from tests.screens.begun import at_the_tests
from tests.screens.conftest import Instrument, Opens

SMALL, LEAST = (79, 24), (80, 24)


async def resized(it: Instrument, size: tuple[int, int]) -> None:
    await it.pilot.resize_terminal(*size)
    await it.pilot.pause()


def covered(it: Instrument) -> bool:
    return isinstance(it.app.screen, TooSmallScreen)


async def test_the_visit_waits_untouched_and_comes_back_by_itself(opens: Opens) -> None:
    async with opens(size=LEAST) as it:
        session = await at_the_tests(it)
        left = it.app.screen
        await it.press("9", "9", "enter")
        refused = it.shown("step-note")
        before = dict(session.visit.cells)
        for size in (SMALL, (20, 6), (120, 23), SMALL):
            await resized(it, size)
        await it.until(lambda: covered(it))
        said = it.shown("too-small")
        assert all(number in said for number in ("79", "24", "80"))
        await it.press("4", "enter", "f8", "u")
        assert dict(session.visit.cells) == before
        await resized(it, LEAST)
        await it.until(lambda: it.app.screen is left)
        assert it.shown("step-note") == refused, "what was said stays"
        await it.press("4", "enter")
        assert Cell("nprs") in session.visit.cells


async def test_a_step_after_the_stand_test_has_its_words_and_its_keys_again(opens: Opens) -> None:
    async with opens(size=LEAST) as it:
        await at_the_tests(it)
        screen = it.app.screen
        assert isinstance(screen, StepScreen)
        await it.until(lambda: "worst you can" in it.shown("step-text"))  # not broken for a narrower place any more
        words = it.shown("step-text")
        assert "pain" in it.shown("key-line")
        screen.open_test("@stand")
        await it.until(lambda: "pain" not in it.shown("key-line"))
        screen.open_test("nprs")
        await it.until(lambda: it.shown("step-text") == words and "pain" in it.shown("key-line"))


async def test_a_window_made_larger_under_a_message_is_shown_when_that_is_closed(opens: Opens) -> None:
    async with opens(size=SMALL) as it:
        await it.until(lambda: covered(it))
        it.app.show_error("Not stored", "The disk is full")
        await it.pilot.pause()
        await resized(it, LEAST)
        await it.press("enter")
        await it.until(lambda: not covered(it))


async def test_a_window_small_from_the_start_is_covered(opens: Opens) -> None:
    async with opens(size=(60, 18)) as it:
        await it.until(lambda: covered(it))
        await resized(it, (100, 30))
        await it.until(lambda: not covered(it))
