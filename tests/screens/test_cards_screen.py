"""The library of exercises by keyboard: searching, looking, picking a card for a plan."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from assess_tui.screens.cards import CardsScreen
from assess_tui.screens.home import HomeScreen
from assess_tui.widgets.figure import Figure
from assess_tui.widgets.key_line import KeyLine
from assess_tui.widgets.rows import Rows
from protocols.model import Exercise
from tests.screens.conftest import Instrument, Opens

WHY = {"A03": "barred by reflux lying flat (REFLUX)", "M04": "needs exercise mat"}
MOST_WIDGETS = 14
"""However many cards there are: the list is one widget."""


@asynccontextmanager
async def library(opens: Opens, size: tuple[int, int] = (120, 40)) -> AsyncIterator[Instrument]:
    async with opens(size) as it:
        await it.type("Kim Lee")
        await it.press("enter", "f6")
        await it.pilot.pause()
        yield it


async def picking(it: Instrument) -> list[str | None]:
    """Open the picker over home; what it gives lands in the list."""
    picked: list[str | None] = []

    def barred(card: Exercise) -> str | None:
        return WHY.get(card.id)

    known = it.app.library
    first, within = ("A02", "A03"), ("A02",)
    screen = CardsScreen(known, picking=True, title="Add a card", barred=barred, within=within, first=first)
    it.app.push_screen(screen, picked.append)
    await it.pilot.pause()
    await it.pilot.pause()
    return picked


def rows(it: Instrument, widget_id: str) -> list[str]:
    return [row.plain for row in it.app.screen.query_one(f"#{widget_id}", Rows).rows]


def detail(it: Instrument) -> str:
    return "\n".join(rows(it, "cards-detail"))


def listed(it: Instrument) -> list[str]:
    return [row[2:].split()[0] for row in rows(it, "cards-list")]


def marked(it: Instrument) -> str:
    return next(row[2:].split()[0] for row in rows(it, "cards-list") if row.startswith("▸"))


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_letters_search_and_the_arrows_move_through_what_is_found(opens: Opens, size: tuple[int, int]) -> None:
    async with library(opens, size) as it:
        assert "67 of 67" in it.shown("cards-head")
        await it.type("hip turn")
        assert "6 of 67" in it.shown("cards-head")
        assert listed(it)[:3] == ["M20", "A06", "A06h"]
        await it.press("down", "down", "down", "up")
        assert marked(it) == "A06h"
        told = detail(it)
        assert told.startswith("Standing hip turn-in (turn over the leg)   A06h")
        assert "2 rounds of 8 each side, 5 s each, 20 s rest between" in " ".join(told.split())
        await it.press(*["down"] * 7)
        assert marked(it) == listed(it)[-1]
        await it.press("backspace")
        assert marked(it) == listed(it)[0]


async def test_the_list_scrolls_with_the_mark_and_holds_few_widgets(opens: Opens) -> None:
    async with library(opens, (80, 24)) as it:
        ids = list(it.app.library.exercises)
        for place in (0, 5, 20):
            await it.press(*["down"] * (place - ids.index(marked(it))))
            assert marked(it) == ids[place]
        assert len(it.app.screen.walk_children()) <= MOST_WIDGETS


async def test_all_of_a_card_can_be_read_on_a_small_screen(opens: Opens) -> None:
    async with library(opens, (80, 24)) as it:
        await it.type("A03")
        await it.until(lambda: "A03" in detail(it))
        seen = detail(it)
        assert seen.endswith("more: PgDn")
        for _ in range(8):
            await it.press("pagedown")
            seen += "\n" + detail(it)
        assert not detail(it).endswith("more: PgDn")
        told = " ".join(seen.split())
        for said in ("Lie on your back", "Stop for back cramp", "Trunk control low (COR): default", "A03e", "A03h"):
            assert said in told
        for said in ("Pregnant, past 20 weeks", "on your bed", "(Owen 2020)", "bundled, version 1"):
            assert said in told
        await it.press(*["pageup"] * 8)
        assert detail(it).startswith("Glute bridge   A03")


async def test_the_card_follows_once_the_keys_rest_and_what_is_found_shows_at_once(
    opens: Opens, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with library(opens) as it:
        finish, first = it.app.screen.query_one("#cards-finish", Figure), detail(it)
        with monkeypatch.context() as never:
            never.setattr("assess_tui.screens.cards.REST_S", 1000.0)
            await it.type("M0")
            assert marked(it).startswith("M0")
            assert detail(it) == first
        await it.type("4")
        await it.until(lambda: finish._pose == it.app.library.exercises["M04"].pose)
        assert "M04" in detail(it)
        await it.type("zzz")
        await it.until(lambda: finish._pose is None)


async def test_words_that_fit_no_card_say_so_and_escape_clears_then_leaves(opens: Opens) -> None:
    async with library(opens) as it:
        await it.type("[b]zzz[/")
        assert "No card fits" in rows(it, "cards-list")[0]
        await it.until(lambda: detail(it) == "")
        await it.press("enter", "down", "pagedown", "escape")
        assert "67 of 67" in it.shown("cards-head")
        await it.press("enter")
        assert isinstance(it.app.screen, CardsScreen)
        await it.press("escape")
        assert isinstance(it.app.screen, HomeScreen)


async def test_a_picker_names_what_is_barred_and_gives_the_card_of_enter(opens: Opens) -> None:
    async with library(opens, (80, 24)) as it:
        picked = await picking(it)
        found = rows(it, "cards-list")
        assert [row[2:].split()[0] for row in found[:2]] == ["A02", "A03"]
        assert found[0].rstrip().endswith("in the plan")
        assert "barred: reflux lying flat (REFLUX)" in found[1]
        assert found[2].rstrip().endswith(" min")
        assert ("⏎", "take", "cards.take") in it.app.screen.query_one(KeyLine)._shown
        await it.press("down")
        assert "barred  reflux lying flat" in detail(it)
        await it.press("enter")
        assert picked == ["A03"]


async def test_a_picker_left_with_escape_gives_nothing(opens: Opens) -> None:
    async with library(opens) as it:
        picked = await picking(it)
        await it.type("zzz")
        await it.press("enter", "escape", "escape")
        assert picked == [None]


async def test_what_stands_first_gives_way_to_what_is_typed(opens: Opens) -> None:
    async with library(opens) as it:
        picked = await picking(it)
        await it.type("ball")
        assert "A02" not in listed(it)
        await it.press("enter")
        assert picked == ["R01b"]


async def test_a_window_made_small_keeps_the_mark_in_sight(opens: Opens) -> None:
    async with library(opens) as it:
        await it.press(*["down"] * 7)
        here = marked(it)
        await it.pilot.resize_terminal(80, 24)
        await it.pilot.pause()
        await it.pilot.pause()
        assert marked(it) == here
        assert len(rows(it, "cards-list")) == 7


async def test_a_tap_on_a_row_marks_its_card(opens: Opens) -> None:
    async with library(opens, (80, 24)) as it:
        await it.press(*["down"] * 12)  # the list has moved: its first row is not the first card
        there = listed(it)[2]
        await it.pilot.click("#cards-list", offset=(6, 2))
        await it.until(lambda: marked(it) == there)
        assert there in detail(it)
