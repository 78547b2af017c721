"""The live stand test on the screen, driven by keys and a clock the test turns."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from assess_tui.entry.intake_pages import ASKED_CELL
from assess_tui.screens.faint import FaintCard
from assess_tui.screens.stand import StandScreen
from assess_tui.storage.ids import uuid7
from assess_tui.storage.record import open_record
from assess_tui.visit.session import VisitSession
from protocols.library import load
from protocols.visit import Cell
from tests.screens.begun import all_precautions

Opens = Callable[..., AbstractAsyncContextManager[Any]]
Begins = Callable[..., AbstractAsyncContextManager["AtStand"]]
TICK = 5
QUESTIONS = " ".join(["enter"] * 9)
"""Nothing speaks against it, and the patient lies."""


class AtStand:
    """The instrument with a visit open at the stand test."""

    def __init__(self, it: Any) -> None:
        self.it = it

    @property
    def screen(self) -> StandScreen:
        return next(screen for screen in self.it.app.screen_stack if isinstance(screen, StandScreen))

    @property
    def part(self) -> str:
        return self.screen.entry.part.id

    def held(self, field: str) -> Any:
        session = self.it.app.session
        assert session is not None
        return session.visit.value(Cell("@stand", field=field))

    def shown(self, name: str) -> str:
        return str(self.it.shown(f"stand-{name}"))

    async def keys(self, text: str) -> None:
        """Words are keys by name; digits in a row are typed one by one."""
        for word in text.split():
            await self.it.press(*(word if word.isdigit() else (word,)))

    async def wait(self, seconds: int) -> None:
        for _ in range(0, seconds, TICK):
            self.it.clock.turn(TICK)
            self.screen._tick()
        await self.it.pilot.pause()

    async def to_standing(self) -> None:
        await self.keys(QUESTIONS)
        await self.wait(600)
        await self.keys("enter 7211470 7011270 enter enter")
        assert self.part == "standing"


def a_visit(folder: Path) -> str:
    """A visit whose consent and red flags are answered; gives its id."""
    now = dt.datetime(2026, 11, 2, 8, 55, tzinfo=dt.UTC)
    library = load()
    record = open_record(folder, lambda: now, uuid7)
    record.set_setting("intended_use", "seen")
    patient = record.add_patient(family_name="Ruiz", given_name="Ana", birth_date=dt.date(1991, 5, 1), sex="F")
    visit = record.open_visit(patient.id, "T", library)
    session = VisitSession(record, visit, library, lambda: now, uuid7, "T")
    session.put(Cell("@consent", field="consent"), True)
    session.put(ASKED_CELL, all_precautions(library))
    session.put(Cell("@intake", field="minutes"), Decimal(10))
    for flag in library.red_flags.flags:
        session.put(Cell("@flags", field=flag.id), "no")
    record.close()
    return visit.id


@pytest.fixture
def at_stand(opens: Opens, tmp_path: Path) -> Begins:
    @asynccontextmanager
    async def begin(size: tuple[int, int] = (80, 24)) -> AsyncIterator[AtStand]:
        visit = a_visit(tmp_path / "clinic")
        async with opens(size) as it:
            it.app.open_visit(visit, "stand")
            await it.pilot.pause()
            yield AtStand(it)

    return begin


async def test_a_whole_run_by_keys(at_stand: Begins) -> None:
    async with at_stand() as at:
        await at.to_standing()
        await at.keys("m")
        assert "every minute" in at.shown("note")
        await at.keys("m")
        assert "1, 3, 5, 10 min" in at.shown("note")
        for minute, wait in ((1, 60), (3, 120), (5, 120), (10, 300)):
            await at.wait(wait)
            assert f"minute {minute} is due now" in at.shown("clock")
            await at.keys("104112746")
            if minute == 3:
                assert "+30 met at 1 and 3 min, twice in a row" in at.shown("says")
        assert at.part == "upright"
        await at.keys("y enter enter")
        assert "screening finding, not a diagnosis" in at.shown("page")
        assert "Stage 2" in at.shown("page")
        assert at.held("completed") is True
        assert at.held("minute.10")["hr"] == 104
        await at.keys("enter")
        assert type(at.it.app.screen).__name__ == "StepScreen"


async def test_stop_in_the_middle_of_typing(at_stand: Begins) -> None:
    async with at_stand() as at:
        await at.to_standing()
        await at.wait(120)
        await at.keys("14311")
        assert "ASK" in at.shown("alert")
        await at.keys("s")
        assert isinstance(at.it.app.screen, FaintCard)
        assert at.held("stopped") == {"minute": Decimal(2), "reason": ""}
        assert at.held("minute.2")["hr"] == 143
        assert "Lower them to bed or floor" in at.it.shown("faint-lines")
        await at.keys("2 y")
        assert at.held("presyncope") is True
        assert at.held("syncope") is True
        await at.keys("enter n enter enter")
        assert "Stopped at 2:00: Faint or nearly faint" in at.shown("page")
        assert "No exercise plan" in at.shown("page")


async def test_nothing_takes_the_screen_away_while_standing(at_stand: Begins) -> None:
    async with at_stand() as at:
        await at.to_standing()
        at.it.app.action_go("tests")  # a tap on its name
        for key in ("escape", "f2", "f4", "f5", "f6", "f9", "f10"):
            await at.keys(key)
            assert isinstance(at.it.app.screen, StandScreen), key
        assert at.shown("note") == "The patient is standing: s stops the test, then you can leave."
        await at.keys("f1")
        assert not isinstance(at.it.app.screen, StandScreen)
        await at.keys("s")
        await at.it.pilot.pause()
        assert isinstance(at.it.app.screen, FaintCard)


async def test_a_window_made_too_small_never_covers_stop(at_stand: Begins) -> None:
    async with at_stand() as stand:
        await stand.to_standing()
        for size in ((79, 24), (40, 12)):
            await stand.it.pilot.resize_terminal(*size)
            await stand.it.pilot.pause()
            assert stand.it.app.screen is stand.screen
        await stand.keys("s")
        assert not stand.it.app.standing
        assert isinstance(stand.it.app.screen, FaintCard)


async def test_leaving_while_lying_keeps_the_rest_running(at_stand: Begins) -> None:
    async with at_stand() as at:
        await at.keys(QUESTIONS)
        await at.wait(60)
        await at.keys("f4")
        at.it.clock.turn(360)
        await at.keys("f5")
        assert at.part == "rest"
        assert at.screen.entry.live.run.rested(at.it.clock.seconds()) == 420


async def test_an_absolute_contraindication_on_the_screen(at_stand: Begins) -> None:
    async with at_stand() as at:
        await at.keys("enter 8 enter enter enter enter")
        assert "cannot be done today" in at.shown("page")
        assert "Clot in the leg" in at.shown("page")
        await at.keys("enter")
        assert at.held("not_done") == "Clot in the leg, known or suspected"
        assert type(at.it.app.screen).__name__ == "StepScreen"


async def test_a_tick_repaints_the_clock_and_nothing_else(at_stand: Begins) -> None:
    async with at_stand((120, 40)) as at:
        await at.to_standing()
        table = at.screen.query_one("#stand-table")
        drawn: list[str] = []
        table.update = lambda *_: drawn.append("table")  # type: ignore[attr-defined]  # a stand-in that counts
        await at.wait(20)
        assert drawn == []
        assert at.it.clock.seconds() - at.screen.entry.live.run.standing_from == 20


async def test_a_typed_reason_is_kept_as_typed(at_stand: Begins) -> None:
    async with at_stand() as at:
        await at.keys("enter enter enter enter 9 enter o")
        await at.it.type("[b]seen[/b]")
        await at.keys("enter")
        assert at.held("override") == "[b]seen[/b]"
        assert at.part == "questions"


async def test_the_cuff_in_use_is_named_while_the_patient_lies(at_stand: Begins) -> None:
    async with at_stand() as at:
        assert at.it.app.session is not None
        cuff = at.it.app.record.register_device("cuff", "Omron [M3]", clinician="T")
        at.it.app.session.devices.read_again()
        at.it.app.session.devices.choose("cuff", cuff.id)
        await at.keys("u")
        assert at.it.app.session.devices.cuff, "given elsewhere, and taken back there"
        await at.keys(QUESTIONS)
        assert "read with Omron [M3]" in at.shown("says")
        await at.wait(600)
        await at.keys("enter")
        assert "read with Omron [M3]" in at.shown("says")
        await at.keys("7211470 7011270 enter enter")
        assert at.part == "standing"
        assert "Omron" not in at.shown("says")


async def test_the_minutes_of_the_readings_are_remembered_for_the_clinic(opens: Opens, tmp_path: Path) -> None:
    """The first test reads at the fewest minutes; m is for the next patient too, and m again takes it back."""
    for expected, after in (("1, 3, 5, 10 min", "each"), ("every minute", "fewest")):
        visit = a_visit(tmp_path / "clinic")
        async with opens() as it:
            it.app.open_visit(visit, "stand")
            await it.pilot.pause()
            at = AtStand(it)
            await at.keys(QUESTIONS)
            live = at.screen.entry.live
            assert live.each_minute == ("every" in expected)
            await at.keys("m")
            assert live.each_minute == (after == "each")
            assert it.app.record.setting("stand_minutes") == after


async def test_the_curve_fits_its_place_in_every_part_of_the_test(at_stand: Begins) -> None:
    async with at_stand((120, 40)) as at:
        await at.to_standing()
        await at.wait(60)
        await at.keys("104112746 s 1 enter y enter")
        widths = []
        for key in ("enter", "u"):  # on to the result, where the page stands beside the curve, and back
            await at.keys(key)
            chart = at.screen.query_one("#stand-curve")
            drawn = at.shown("curve").split("\n")
            assert (max(map(len, drawn)), len(drawn)) == (chart.size.width, chart.size.height), at.part
            widths.append(chart.size.width)
        assert widths[0] != widths[1]
