"""x on a patient's page: asked first, then one file of this patient alone; Esc writes nothing."""

from __future__ import annotations

import json
import stat

from assess_tui.outgoing.exporting import ASK
from tests.screens.conftest import Instrument, Opens


async def patient_page(it: Instrument) -> str:
    """Two patients, the page of the first open; gives its id."""
    import datetime as dt

    record = it.app.record
    first, _ = (
        record.add_patient(family_name=name, given_name="Ana", birth_date=dt.date(1980, 1, 2), sex="F", code=code)
        for name, code in (("Ruiz", "K/7"), ("Vega", "K8"))
    )
    it.app.patient_id = first.id
    it.app.go("patient")
    await it.pilot.pause()
    return first.id


async def test_enter_writes_this_patient_alone(opens: Opens) -> None:
    async with opens() as it:
        patient = await patient_page(it)
        await it.press("x")
        await it.pilot.pause()
        assert ASK in "".join(str(one.render()) for one in it.app.screen.query("Static"))
        await it.press("enter")
        await it.pilot.pause()
        assert "not encrypted" in it.shown("patient-note")
        (file,) = (it.app.folder / "documents").iterdir()
    assert file.name == "K_7-2026-11-02-export.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [row["id"] for row in json.loads(file.read_text())["patient"]] == [patient]


async def test_esc_writes_nothing(opens: Opens) -> None:
    async with opens() as it:
        await patient_page(it)
        await it.press("x", "escape")
        await it.pilot.pause()
        assert not (it.app.folder / "documents").exists()


async def test_a_folder_that_is_in_the_way_is_said(opens: Opens) -> None:
    async with opens() as it:
        await patient_page(it)
        (it.app.folder / "documents").write_text("")
        await it.press("x", "enter")
        await it.pilot.pause()
        assert "cannot be written" in it.shown("patient-note")
