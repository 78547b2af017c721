"""A mouse or a finger is never needed, and does what it points at: a row, a key that is named, the wheel.

Where every screen can be tapped is looked at on the tour (`taps.py`).
"""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some
from textual import events
from textual.app import App, ComposeResult
from textual.style import Style
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from assess_tui.keyboard.words import key_of, with_keys
from assess_tui.screens.evidence import EvidenceDialog
from assess_tui.screens.flags import FlagsScreen
from assess_tui.screens.help import HelpDialog
from assess_tui.screens.intake import IntakeScreen
from assess_tui.screens.patient import PatientScreen
from assess_tui.screens.step import StepScreen
from assess_tui.taps import DOUBLE_S
from assess_tui.text import keyed
from assess_tui.widgets.choices import Choices
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


async def test_a_rated_row_is_marked_by_a_tap_and_so_it_is_beside_its_words(opens: Opens) -> None:
    async with opens(size=(120, 40)) as it:
        await at_the_tests(it)
        it.app.go("intake")
        await it.pilot.pause()
        screen = it.app.screen
        assert isinstance(screen, IntakeScreen)
        entry = screen.entry
        entry.index = next(n for n, page in enumerate(entry.pages) if page.kind == "scale")
        screen.come_in()
        await it.pilot.pause()
        second = entry.page.choices[1].text[:12]
        await click(it, second)
        assert entry.row == 1
        await it.press("up")
        y = next(y for y, strip in enumerate(screen._compositor.render_strips()) if second in strip.text)
        await it.pilot.click(offset=(110, y))
        await it.pilot.pause()
        assert entry.row == 1


async def test_keys_told_of_on_a_step_and_in_the_help_are_tapped(opens: Opens) -> None:
    async with opens(size=(120, 40)) as it:
        session = await at_the_tests(it)
        here = it.app.screen
        await click(it, f"{key_of('step.evidence')} evidence")
        await it.until(lambda: isinstance(it.app.screen, EvidenceDialog))
        await it.press("escape")
        await it.press("f1")
        assert isinstance(it.app.screen, HelpDialog)
        await click(it, "Leave this side out")
        await it.until(lambda: bool(session.visit.cells.get(Cell("nprs"))))
        assert it.app.screen is here
        assert session.visit.cells[Cell("nprs")].absent == "not_tested"
        assert isinstance(here, StepScreen)
        other = here.walk.steps[3].test
        await click(it, session.library.tests[other].name[:10])
        assert here.walk.step.test == other


async def test_a_double_tap_never_answers_what_the_first_one_asks(opens: Opens) -> None:
    async with opens(size=(80, 24)) as it:
        session = await at_the_tests(it)
        it.app.go("patient")
        await it.pilot.pause()
        assert isinstance(it.app.screen, PatientScreen)
        for _ in range(3):
            await click(it, "finish")
        visits = it.app.record.visits(it.app.patient_id)
        assert not visits[0].finished
        it.clock.turn(2 * DOUBLE_S)
        await click(it, "finish")
        assert it.app.record.visit(session.visit.id).finished


async def test_a_double_tap_on_not_sure_asks_once_more_and_answers_nothing(opens: Opens) -> None:
    async with opens() as it:
        session = await at_the_flags(it)
        for _ in range(3):
            await it.app.taps.key("flags.unknown")
            await it.pilot.pause()
        assert not any(cell.test == "@flags" for cell in session.visit.cells)
        it.clock.turn(2 * DOUBLE_S)
        await it.app.taps.key("flags.unknown")
        await it.pilot.pause()
        assert any(cell.test == "@flags" for cell in session.visit.cells)


async def test_a_double_tap_leaves_nothing_that_is_typed(opens: Opens) -> None:
    async with opens() as it:
        await at_the_tests(it)
        assert isinstance(it.app.screen, StepScreen)
        it.app.screen.open_test("wall_hinge")
        await it.press("9", "9", "9")
        for _ in range(2):
            await it.app.taps.key("app.leave")
            await it.pilot.pause()
        assert not it.app._exit
        it.clock.turn(2 * DOUBLE_S)
        await it.app.taps.key("app.leave")
        await it.until(lambda: bool(it.app._exit))


# -- by themselves -----------------------------------------------------------------------------------------------------


class Kept(App[None]):
    """A list where Enter keeps something."""

    def __init__(self, *, marks: bool) -> None:
        super().__init__()
        self.marks, self.kept = marks, list[int]()

    def compose(self) -> ComposeResult:
        yield Choices(Option("one"), Option("two"), marks=self.marks)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.kept.append(event.option_index)


@pytest.mark.parametrize(("marks", "taps"), [(True, [[], [1]]), (False, [[1], [1, 1]])])
async def test_where_enter_keeps_something_the_first_tap_only_marks(marks: bool, taps: list[list[int]]) -> None:
    app = Kept(marks=marks)
    async with app.run_test(size=(20, 5)) as pilot:
        app.query_one(Choices).highlighted = 0
        for kept in taps:
            await pilot.click(Choices, offset=(4, 2))
            await pilot.pause()
            assert (app.query_one(Choices).highlighted, app.kept) == (1, kept)


@given(some.text(alphabet=" ab.,;()\n{}'1", max_size=8), some.text(alphabet=" ab.,;()\n{}'1", max_size=8))
def test_a_text_with_keys_reads_the_same_whether_they_can_be_tapped_or_not(before: str, after: str) -> None:
    text = f"{before}{{step.undo}}{after}  {{not.one}} {{dialog.close}}{before}"
    assert keyed(text).plain == with_keys(text)


def test_a_tap_on_what_a_key_does_is_that_key() -> None:
    said = keyed("Kept. {dialog.accept} keeps it, always   {dialog.close} closes ({step.undo}: not)")
    styles = ((span, span.style) for span in said.spans)
    does = {said.plain[span.start : span.end]: style.meta for span, style in styles if isinstance(style, Style)}
    taps = {words: meta["@click"] for words, meta in does.items() if "@click" in meta}
    assert taps == {
        "Enter keeps it": "app.key('dialog.accept')",
        "Esc closes ": "app.key('dialog.close')",
        "u: not": "app.key('step.undo')",
    }
