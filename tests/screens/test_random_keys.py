"""Keys at random on every screen: nothing stops the instrument, and what it shows as kept is what is on record."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from textual import events
from textual.keys import _character_to_key

from assess_tui.app import PLACES, AssessApp
from assess_tui.keyboard.keys import KEYS
from assess_tui.storage.folder import RECORD
from assess_tui.storage.verify import verify
from tests.screens.begun import at_the_tests
from tests.screens.conftest import Instrument, TurnedClock, _opened

NAMED = sorted({name for keys in KEYS.values() for key in keys for name in key.keys.split(",")})
TYPED = "0123456789.,-/= abcdefghijklmnopqrstuvwxyzé世"
SHARE_TYPED = 0.5
SECONDS = (0, 0, 0, 1, 20)
"""That pass after a key."""
OFTEN = 25
"""Keys after which the place is looked at: random keys lead away, and time is spent where they should be."""


def random_keys(chance: Random) -> Iterator[events.Key]:
    """Keys that mean something on some screen, and plain letters."""
    while True:
        typed = chance.random() < SHARE_TYPED
        name = chance.choice(TYPED) if typed else chance.choice(NAMED)
        character = name if len(name) == 1 else None
        yield events.Key(_character_to_key(name) if typed and not name.isalnum() else name, character)


async def worked_through(it: Instrument) -> None:
    while it.app.typeahead.busy:
        await asyncio.sleep(0)


async def go(it: Instrument, visit: str, place: str) -> None:
    """To a place of the visit, from wherever the keys led."""
    while it.app.locked:
        it.app.typeahead.take(events.Key("enter", None))
        await worked_through(it)
    it.app.go("home")
    if place == "patient":
        it.app.open_patient(it.app.record.visit(visit).patient.id)
    elif place != "home":
        it.app.open_visit(visit, place)
    await it.pilot.pause()


def shows_what_is_on_record(it: Instrument) -> None:
    """Whichever visit the keys left open holds in memory what the record holds."""
    if (session := it.app.session) is not None:
        assert session.visit.cells == it.app.record.visit(session.visit.id).cells


async def press(it: Instrument, visit: str, place: str, keys: Iterator[events.Key], times: int, chance: Random) -> None:
    """So many of these keys at one place of a visit, taken back to it now and then."""
    pressed: list[str] = []
    for number in range(times):
        if number % OFTEN == 0:
            shows_what_is_on_record(it)
            await go(it, visit, place)
        key = next(keys)
        pressed.append(key.key)
        it.app.typeahead.take(key)
        it.clock.turn(chance.choice(SECONDS))
        await worked_through(it)
        assert it.app._exception is None, f"{place}: {pressed[-OFTEN:]}"


async def every_screen(folder: Path, monkeypatch: pytest.MonkeyPatch, times: int, seed: int) -> int:
    """So many keys in all; how many answers the visit holds in the end."""
    monkeypatch.setenv("PATH", "")  # no other program is started: to print, to open a file
    monkeypatch.setattr(AssessApp, "exit", lambda *_, **__: None)
    chance = Random(seed)  # noqa: S311  # the same keys on every run
    async with _opened(folder, TurnedClock(), (100, 30)) as it:
        visit = (await at_the_tests(it)).visit.id
        keys = random_keys(chance)
        for place in ("home", *PLACES):
            await press(it, visit, place, keys, times // (len(PLACES) + 1), chance)
        await it.app.workers.wait_for_complete()
        shows_what_is_on_record(it)
        kept = it.app.record.visit(visit).cells
    assert verify(folder / RECORD).problems == ()
    return len(kept)


async def test_keys_at_random_on_every_screen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert await every_screen(tmp_path / "clinic", monkeypatch, 120, 6) > 0


@pytest.mark.soak
async def test_ten_thousand_keys_at_random(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    held = await every_screen(tmp_path / "clinic", monkeypatch, 10_000, 7)
    with capsys.disabled():
        sys.stdout.write(f"\n10,000 keys at random; the visit holds {held} answers\n")
