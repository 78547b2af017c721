"""Keys that arrive together do what they do one by one: nothing is put together, lost or put elsewhere."""

from __future__ import annotations

from decimal import Decimal

from textual import events

from protocols.visit import Cell
from tests.screens.conftest import Instrument, Opens
from tests.screens.test_visit_screens import new_patient, through_intake

NAMED = {"\r": "enter", "-": "minus", " ": "space"}


async def at_once(it: Instrument, keys: str) -> None:
    """As a terminal hands over what was typed while the instrument was busy."""
    for key in keys:
        it.app.post_message(events.Key(NAMED.get(key, key), key))
    await it.pilot.pause(0.1)
    await it.pilot.pause()


async def test_a_whole_dialog_typed_ahead_fills_its_fields(opens: Opens) -> None:
    async with opens() as it:
        await it.type("Kim Lee")
        await it.press("enter", "f2")
        await at_once(it, "Ana\rRuiz\r3 4 1992\rf\r\r")
        (patient,) = it.app.record.patients("")
        assert (patient.name, str(patient.birth_date), patient.sex) == ("Ana Ruiz", "1992-04-03", "F")


async def test_values_typed_ahead_go_to_the_cells_they_were_typed_for(opens: Opens) -> None:
    async with opens() as it:
        await new_patient(it)
        await through_intake(it)
        session = it.app.session
        assert session is not None
        await it.press(*"n" * len(session.library.red_flags.groups), "g", *"hip ir seated", "enter")
        await at_once(it, "30\r31\r28\r29\r")
        held = [
            session.visit.value(Cell("hip_ir_seated", side, f"trial.{n}")) for side in ("left", "right") for n in (1, 2)
        ]
        assert held == [Decimal(value) for value in (30, 31, 28, 29)]
