"""The page that says why other cards are not in the plan."""

from __future__ import annotations

import pytest
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from assess_tui.screens.why_not import WhyNotDialog
from tests.screens.conftest import Instrument, Opens
from tests.screens.test_plan_screen import on_the_plan

ARTICLES = "Other exercises the source articles name"


def page(it: Instrument) -> str:
    assert isinstance(it.app.screen, WhyNotDialog)
    contents = [shown.content for shown in it.app.screen.query("#why-not Static").results(Static)]
    return "\n".join(content.plain if isinstance(content, Content) else str(content) for content in contents)


async def test_it_says_what_keeps_each_card_out_and_what_the_plan_says(opens: Opens) -> None:
    async with opens() as it:
        session = await on_the_plan(it)
        library, made = session.library, session.assessment().plan
        await it.press("b")
        told = page(it)
        given = {*(one.id for one in made.exercises), *made.snacks}
        named = [card for card in library.exercises.values() if card.source != "standard"]
        assert [card.name for card in named if card.id not in given and card.name not in told] == []
        assert all(message in told for message in made.messages)
        assert told.index("Likely cards that are not in it") < told.index(ARTICLES)
        await it.press("escape")
        assert not isinstance(it.app.screen, WhyNotDialog)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_all_of_it_can_be_reached(opens: Opens, size: tuple[int, int]) -> None:
    async with opens(size) as it:
        await on_the_plan(it)
        await it.press("b", "end")
        sheet = it.app.screen.query_one("#why-not", VerticalScroll)
        assert sheet.region.bottom <= size[1]
        await it.until(lambda: sheet.scroll_offset.y == sheet.max_scroll_y)


async def test_a_card_taken_out_that_nothing_replaces_is_left_out_by_hand(opens: Opens) -> None:
    async with opens() as it:
        await on_the_plan(it)
        await it.press("d", "d", "d", "d", "b")
        assert "Left out by hand" in page(it)
