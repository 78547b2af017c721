"""Keys that arrive together do what they do one by one: nothing is put together, lost or put elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from textual import events

from protocols.visit import Cell
from tests.screens.begun import at_home, at_the_tests
from tests.screens.conftest import Instrument, Opens

NAMED = {"\r": "enter", "-": "minus", " ": "space"}


async def at_once(it: Instrument, keys: str, done: Callable[[], bool]) -> None:
    """As a terminal hands over what was typed while the instrument was busy; waits until it is done."""
    for key in keys:
        it.app.post_message(events.Key(NAMED.get(key, key), key))
    for _ in range(500):
        if done():
            return
        await it.pilot.pause(0.01)


async def test_a_whole_dialog_typed_ahead_fills_its_fields(opens: Opens) -> None:
    async with opens() as it:
        await at_home(it)
        await it.press("f2")
        await at_once(it, "Ana\rRuiz\r3 4 1992\rf\r\r", lambda: bool(it.app.record.patients("")))
        (patient,) = it.app.record.patients("")
        assert (patient.name, str(patient.birth_date), patient.sex) == ("Ana Ruiz", "1992-04-03", "F")


async def test_values_typed_ahead_go_to_the_cells_they_were_typed_for(opens: Opens) -> None:
    async with opens() as it:
        session = await at_the_tests(it)
        await it.press("g", *"hip ir seated", "enter")
        cells = [Cell("hip_ir_seated", side, f"trial.{n}") for side in ("left", "right") for n in (1, 2)]
        await at_once(it, "30\r31\r28\r29\r", lambda: cells[-1] in session.visit.cells)
        assert [session.visit.value(cell) for cell in cells] == [Decimal(value) for value in (30, 31, 28, 29)]
