"""The first key, the unlock screen and the lock: what is asked, what shows, and what goes on underneath."""

from __future__ import annotations

import datetime as dt
import stat
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.color import Color
from textual.css.stylesheet import Stylesheet
from textual.screen import Screen
from textual.widgets import Input

from assess_tui.app import AssessApp
from assess_tui.looks.themes import LIGHT
from assess_tui.screens.faint import FaintCard
from assess_tui.screens.first_key import FirstKeyScreen
from assess_tui.screens.home import HomeScreen
from assess_tui.screens.intended_use import IntendedUseDialog
from assess_tui.screens.lock import LockScreen
from assess_tui.screens.message import MessageDialog
from assess_tui.screens.new_patient import NewPatientDialog
from assess_tui.screens.stand import StandScreen
from assess_tui.screens.unlock import UnlockScreen
from assess_tui.storage import keys
from assess_tui.storage.encrypting import encrypt
from assess_tui.storage.folder import KEYS, state
from assess_tui.storage.ids import uuid7
from assess_tui.storage.sealing import Cost
from tests.screens.conftest import Instrument, Opens, TurnedClock
from tests.screens.test_stand import AtStand, a_visit

WORDS = "linden harbour seven"
NOON = dt.datetime(2026, 11, 2, 12, 0, tzinfo=dt.UTC)
CHEAP = Cost(memory_kib=8, passes=1, lanes=1)


@asynccontextmanager
async def started(folder: Path, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Instrument]:
    """The instrument as `assess-tui` starts it."""
    clock = TurnedClock()
    app = AssessApp(folder, clock=clock, ask_for_key=True)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield Instrument(app, pilot, clock)


async def let_in(it: Instrument, typed: str = WORDS) -> None:
    await it.type(typed)
    await it.press("enter")
    await it.until(lambda: it.app.ready and on(it, HomeScreen))


async def unlocked(it: Instrument, typed: str = WORDS) -> None:
    await it.type(typed)
    await it.press("enter")
    await it.until(lambda: not it.app.locked)


def on(it: Instrument, kind: type[Screen[Any]]) -> bool:
    return isinstance(it.app.screen, kind)


def shown(screen: Screen[Any]) -> str:
    """Every letter on the screen."""
    return "\n".join("".join(segment.text for segment in strip) for strip in screen._compositor.render_strips())


@pytest.fixture
def encrypted(tmp_path: Path) -> tuple[Path, str, keys.Created]:
    """A record with Ana Ruiz's open visit: its folder, the visit, its keys."""
    folder = tmp_path / "clinic"
    visit = a_visit(folder)
    created = keys.create(WORDS, "M. Vogel", NOON, uuid7, CHEAP)
    encrypt(folder, created, NOON)
    return folder, visit, created


async def test_what_opens_the_record_loads_with_the_first_letter_and_home_has_the_colours_of_the_door_at_once(
    encrypted: tuple[Path, str, keys.Created], monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[str] = []
    monkeypatch.setattr("assess_tui.screens.unlock.warm", lambda: loaded.append("once"))
    async with started(encrypted[0]) as it:
        await it.press("f12")
        await it.until(lambda: it.app.screen.background_colors[1] == Color.parse(str(LIGHT.background)))
        read_again: list[Stylesheet] = []
        monkeypatch.setattr(Stylesheet, "reparse", read_again.append)
        assert not loaded
        await let_in(it)
        await it.until(lambda: it.app.screen.background_colors[1] == Color.parse(str(LIGHT.background)))
        assert not read_again
        await it.until(lambda: loaded == ["once"])


# -- the first key -----------------------------------------------------------------------------------------------------


async def test_the_first_start_gives_a_key_and_shows_the_code_once(tmp_path: Path) -> None:
    folder = tmp_path / "clinic"
    async with started(folder) as it:
        assert on(it, FirstKeyScreen)
        await it.type("short")
        await it.press("enter")
        assert "At least 8 characters" in it.shown("door-note")
        await it.press(*["backspace"] * 5)
        for typed in (WORDS, WORDS + "x"):
            await it.type(typed)
            await it.press("enter")
        assert "not the same" in it.shown("door-note")
        await it.type(WORDS)
        await it.press("enter")
        await it.type("Mia Vogel")
        await it.press("enter")
        await it.until(lambda: code(it) != "")
        seen = code(it)
        assert seen in shown(it.app.screen)
        assert WORDS not in shown(it.app.screen)
        await it.type("AAAA")
        await it.press("enter")
        assert "not the last group" in it.shown("door-note")
        assert not folder.exists()
        assert it.app.screen.query_one("#name", Input).value == ""
        await it.type(seen[-4:].lower())
        await it.press("enter")
        await it.until(lambda: on(it, IntendedUseDialog))
        assert it.app.screen.query_one(Input).value == "Mia Vogel"
        await it.press("enter")
        assert "encrypted, Ctrl+L locks" in it.shown("home-state")
    assert state(folder) == "encrypted"
    assert stat.S_IMODE((folder / KEYS).stat().st_mode) == 0o600
    assert keys.unlock(folder, seen, NOON).key == keys.unlock(folder, WORDS, NOON).key


def code(it: Instrument) -> str:
    """The recovery code, once it shows."""
    screen = it.app.screen
    assert isinstance(screen, FirstKeyScreen)
    return "" if screen._created is None else screen._created.code


async def test_the_code_as_text_goes_into_a_new_file_only(tmp_path: Path) -> None:
    there, new = tmp_path / "there.txt", tmp_path / "code.txt"
    there.write_text("mine")
    async with started(tmp_path / "clinic") as it:
        for typed in (WORDS, WORDS, "M"):
            await it.type(typed)
            await it.press("enter")
        await it.until(lambda: code(it) != "")
        for path in (there, new):
            await it.press("f4")
            await it.pilot.pause()
            it.app.screen.query_one(Input).value = str(path)
            await it.press("enter")
            await it.pilot.pause()
        assert code(it) in new.read_text()
    assert there.read_text() == "mine"
    assert stat.S_IMODE(new.stat().st_mode) == 0o600


async def test_no_encryption_is_asked_twice_and_always_in_sight(tmp_path: Path) -> None:
    folder = tmp_path / "clinic"
    async with started(folder) as it:
        await it.press("f9")
        await it.pilot.pause()
        assert on(it, MessageDialog)
        await it.press("escape")
        assert on(it, FirstKeyScreen)
        assert not folder.exists()
        await it.press("f9", "enter")
        await it.until(lambda: on(it, IntendedUseDialog))
        await it.type("M")
        await it.press("enter")
        assert "not encrypted" in it.shown("home-state")
    assert state(folder) == "plain"


# -- unlocking ---------------------------------------------------------------------------------------------------------


async def test_the_unlock_screen_is_first_and_names_nobody(encrypted: tuple[Path, str, keys.Created]) -> None:
    folder, _, created = encrypted
    async with started(folder) as it:
        assert on(it, UnlockScreen)
        assert "Ruiz" not in shown(it.app.screen)
        for _ in range(3):
            await it.type("wrong")
            await it.press("enter")
            await it.until(lambda: "does not fit" in it.shown("door-note"))
            assert it.app.screen.query_one(Input).value == ""
        assert "The next answer counts in" in it.shown("door-note")
        it.clock.turn(2)
        await it.until(lambda: "counts in" not in it.shown("door-note"))
        await let_in(it, created.code.lower().replace("-", ""))
        assert "Ruiz" in shown(it.app.screen)
        assert it.app.who == ""


async def test_who_unlocked_stands_beside_a_new_visit(encrypted: tuple[Path, str, keys.Created]) -> None:
    folder, visit, _ = encrypted
    async with started(folder) as it:
        await let_in(it)
        assert it.app.who == "M. Vogel"
        it.app.session_of(visit).finish()
        it.app.open_patient(it.app.record.patients("ruiz")[0].id)
        await it.press("v")
        assert it.app.session is not None
        assert it.app.session.visit.clinician == "M. Vogel"


async def test_a_damaged_key_file_is_said_on_the_unlock_screen(encrypted: tuple[Path, str, keys.Created]) -> None:
    folder, _, _ = encrypted
    (folder / KEYS).write_bytes((folder / KEYS).read_bytes()[:300])
    async with started(folder) as it:
        await it.type(WORDS)
        await it.press("enter")
        await it.until(lambda: "The key file is damaged" in it.shown("door-note"))
        await it.press("f10")
    assert it.app.return_value == 0


# -- the lock ----------------------------------------------------------------------------------------------------------


async def test_the_lock_covers_everything_and_the_visit_is_where_it_was(
    encrypted: tuple[Path, str, keys.Created],
) -> None:
    folder, visit, _ = encrypted
    async with started(folder) as it:
        await let_in(it)
        it.app.open_visit(visit, "tests")
        await it.pilot.pause()
        below, title = it.app.screen, it.app.title
        assert "Ruiz" in shown(below)
        assert "✓ saved" in it.shown("banner-state")
        await it.press("ctrl+l")
        assert on(it, LockScreen)
        assert "Ruiz" not in shown(it.app.screen)
        it.app.notify("Ana Ruiz")
        it.app.go("home")
        await it.pilot.pause()
        assert "Ruiz" not in shown(it.app.screen)
        await it.type("wrong")
        await it.press("enter")
        await it.until(lambda: "does not fit" in it.shown("door-note"))
        assert it.app.locked
        await unlocked(it)
        assert it.app.screen is below
        assert it.app.title == title == "assess-tui"


async def test_a_dialog_and_a_typed_line_are_covered_too(encrypted: tuple[Path, str, keys.Created]) -> None:
    folder, _, _ = encrypted
    async with started(folder) as it:
        await let_in(it)
        await it.press("f2")
        await it.pilot.pause()
        assert on(it, NewPatientDialog)
        await it.type("Lang")
        await it.press("ctrl+l")
        assert on(it, LockScreen)
        assert "Lang" not in shown(it.app.screen)
        await unlocked(it)
        assert "Lang" in shown(it.app.screen)


async def test_idle_minutes_lock_and_the_key_that_came_is_not_used(encrypted: tuple[Path, str, keys.Created]) -> None:
    folder, _, _ = encrypted
    async with started(folder) as it:
        await let_in(it)
        for _ in range(3):
            it.clock.turn(599)
            assert not it.app.lock_when_idle()
            await it.press("down")
        it.clock.turn(600)
        await it.press("f2")
        assert on(it, LockScreen)
        it.clock.turn(10_000)
        await unlocked(it)
        assert on(it, HomeScreen)


async def test_the_stand_test_goes_on_under_the_lock_and_stop_is_one_key(
    encrypted: tuple[Path, str, keys.Created],
) -> None:
    folder, visit, _ = encrypted
    async with started(folder) as it:
        await let_in(it)
        it.app.open_visit(visit, "stand")
        await it.pilot.pause()
        at = AtStand(it)
        await at.to_standing()
        it.clock.turn(700)
        assert not it.app.lock_when_idle()
        it.clock.turn(-700)
        await it.press("ctrl+l")
        assert on(it, LockScreen)
        assert "s stops it" in it.shown("door-note")
        assert it.app.screen.focused is None
        await at.wait(120)
        await it.press("f10")
        assert "then you can leave" in it.shown("door-note")
        await it.press("enter")
        await it.type("sss")
        assert at.screen.entry.standing
        await it.press("escape", "s")
        assert on(it, FaintCard)
        assert "Ruiz" not in shown(it.app.screen)
        assert at.held("stopped")["minute"] == 2
        await it.press("enter")
        assert on(it, LockScreen)
        await unlocked(it)
        assert on(it, StandScreen)


async def test_a_plain_record_is_only_covered(opens: Opens, tmp_path: Path) -> None:
    a_visit(tmp_path / "clinic")
    async with opens((80, 24)) as it:
        it.clock.turn(100_000)
        assert not it.app.lock_when_idle()
        await it.press("ctrl+l")
        assert on(it, LockScreen)
        assert "not encrypted" in it.shown("door-note")
        assert "Ruiz" not in shown(it.app.screen)
        await it.press("enter")
        assert on(it, HomeScreen)
