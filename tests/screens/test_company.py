"""A visit open in two windows: the second is told, what comes in is drawn and said, what is being typed stays."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from assess_tui.screens.step import StepScreen
from assess_tui.storage.ids import uuid7
from assess_tui.storage.open_visits import OpenVisit
from assess_tui.storage.record import open_record
from assess_tui.visit.session import VisitSession
from protocols.library import load
from protocols.visit import Cell
from tests.end_to_end.test_killed import second_visit
from tests.screens.conftest import Opens, TurnedClock


async def test_what_another_window_stores_comes_in(opens: Opens, tmp_path: Path) -> None:
    folder, clock, library = tmp_path / "clinic", TurnedClock(), load()
    desk = open_record(folder, clock.now, uuid7)
    desk.set_setting("intended_use", "seen")
    visit = second_visit(desk)
    there = OpenVisit(folder, visit)
    desk.note("opened", visit, "Kim")
    kim = VisitSession(desk, desk.visit(visit), library, clock.now, uuid7, "Kim")
    async with opens() as it:
        await it.press("enter")
        await it.pilot.pause()
        said = [one.message for one in it.app._notifications if not one.message.startswith("Begun")]
        assert [words.partition(",")[0] for words in said] == ["Kim has this visit open too"]
        it.app._notifications.clear()
        session = it.app.session
        assert session is not None
        await it.type("4")
        kim.put(Cell("nprs"), Decimal(7))
        it.app.company.tell()
        await it.pilot.pause()
        assert isinstance(it.app.screen, StepScreen)
        assert it.app.screen.entry is not None
        assert it.app.screen.entry.buffer == "4"
        assert [one.message for one in it.app._notifications] == ["Kim also works on this visit: one answer came in."]
        await it.press("enter")
        assert session.visit.value(Cell("nprs")) == 4
    there.close()
    assert [row.value for row in desk.history(visit) if row.test == "nprs"] == [7, 4]
    desk.close()
    assert list((folder / "open").iterdir()) == []
