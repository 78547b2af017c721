"""The guided tour: it goes on when a thing was tried, and only then."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from textual.screen import Screen

from assess_tui.app import AssessApp
from assess_tui.keyboard.words import with_keys
from assess_tui.screens.flags import FlagsScreen
from assess_tui.screens.intended_use import IntendedUseDialog
from assess_tui.tour import STOPS, Sight, Tour
from assess_tui.widgets.tour_line import TourLine

ROOM = 72
"""Cells of the line at 80 columns, without its number."""


def test_every_stop_fits_the_line_of_a_small_terminal() -> None:
    assert all(len(with_keys(stop.words)) <= ROOM for stop in STOPS)


def test_it_goes_on_by_what_was_done_not_by_any_key() -> None:
    tour = Tour(Sight("home"))
    assert not tour.look(Sight("patient"))
    assert tour.look(Sight("tests", answers=4))
    assert tour.words.startswith("2/")
    assert not tour.look(Sight("tests", answers=4))
    assert tour.look(Sight("tests", answers=5))
    assert tour.look(Sight("tests", answers=6))
    assert "takes the last answer back" in tour.words
    assert not tour.look(Sight("tests", answers=7)), "another answer is not one taken back"
    assert tour.look(Sight("tests", answers=5))


def test_any_stop_can_be_left_out_and_the_last_one_ends_it() -> None:
    tour = Tour(Sight("home"))
    for _ in STOPS:
        assert not tour.over
        tour.skip(Sight("home"))
    assert tour.over
    assert tour.words == ""
    assert not tour.look(Sight("home"))


async def test_it_stands_on_every_screen_and_leaves_with_its_end(tmp_path: Path) -> None:
    app = AssessApp(tmp_path / "sample", demo=True)
    async with app.run_test(size=(80, 24)) as pilot:
        for _ in range(1000):
            if isinstance(app.screen, IntendedUseDialog):
                break
            await pilot.pause(0.02)
        assert isinstance(app.screen, IntendedUseDialog)
        app.screen.dismiss("Kim Lee")
        await pilot.pause()

        async def says(words: str, on: type[Screen[Any]] = Screen) -> None:
            said = ""
            for _ in range(1500):
                said = " ".join(str(line.content) for line in app.screen.query(TourLine))
                if isinstance(app.screen, on) and (words in said if words else not said):
                    return
                await pilot.pause(0.02)
            raise AssertionError(f"{words!r} never came; it says {said!r}")

        await pilot.press("ctrl+t")
        await says("1/15")
        await pilot.press("enter")
        await says("2/15")  # the visit was taken up
        await pilot.press("f3")
        await says("2/15", on=FlagsScreen)  # another place has the line too; no stop asks for it
        for _ in range(14):
            await pilot.press("ctrl+t")
        await says("")
