"""A patient and a visit just begun, without the keys of the screens before it: those have tests of their own."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from assess_tui.entry.intake_pages import ASKED_CELL
from assess_tui.screens.intended_use import IntendedUseDialog
from assess_tui.visit.session import VisitSession
from protocols.model import Library
from protocols.visit import Cell
from tests.screens.conftest import Instrument

CLINICIAN = "Kim Lee"
CONSENT = Cell("@consent", field="consent")
MINUTES = Cell("@intake", field="minutes")


def all_precautions(library: Library) -> list[str]:
    """The codes of an intake that asked every one."""
    return [item.code for item in library.precautions.values() if item.ask]


async def at_home(it: Instrument) -> None:
    """The intended use was read and agreed to."""
    if isinstance(it.app.screen, IntendedUseDialog):
        it.app.screen.dismiss(CLINICIAN)
        await it.pilot.pause()


async def at_the_patient(it: Instrument) -> str:
    """Ana Ruiz on her page; her id."""
    await at_home(it)
    birth = dt.date(1992, 4, 3)
    patient = it.app.record.add_patient(family_name="Ruiz", given_name="Ana", birth_date=birth, sex="F", code="")
    it.app.open_patient(patient.id)
    await it.pilot.pause()
    return patient.id


async def at_the_flags(it: Instrument) -> VisitSession:
    """Consent was given and the intake answered; the first group of red flags is on screen."""
    session = await _begun(it)
    it.app.go("flags")
    await it.pilot.pause()
    return session


async def at_the_tests(it: Instrument) -> VisitSession:
    """Every red-flag question was answered no; the first test is on screen."""
    session = await _begun(it)
    with it.app.record.together():
        for flag in session.library.red_flags.flags:
            session.put(Cell("@flags", field=flag.id), "no")
    it.app.go("tests")
    await it.pilot.pause()
    return session


async def _begun(it: Instrument) -> VisitSession:
    patient = await at_the_patient(it)
    it.app.open_visit(it.app.record.open_visit(patient, CLINICIAN, it.app.library).id)
    session = it.app.session
    assert session is not None
    session.put(CONSENT, True)
    session.put(MINUTES, Decimal(10))
    session.put(ASKED_CELL, all_precautions(session.library))
    return session


async def new_patient(it: Instrument) -> None:
    """By keyboard, from the statement of the first start to the patient's page."""
    await it.type("Kim Lee")
    await it.press("enter", "f2")
    await it.type("Ana")
    await it.press("enter")
    await it.type("Ruiz")
    await it.press("enter")
    await it.type("3 4")
    await it.press("enter")
    assert "birth date" in it.shown("new-patient-note")
    await it.type("3 4 1992")
    assert not it.shown("new-patient-note"), "what was said of another text"
    await it.press("enter", *"female", "enter", "enter")


async def through_intake(it: Instrument) -> None:
    """By keyboard, from the patient's page through the intake of a new visit."""
    await it.press("v", "1", "enter", "1", "enter")
    session = it.app.session
    assert session is not None
    while Cell("@intake", field="minutes") not in session.visit.cells:
        title = it.shown("question-title")
        await it.press(*("25" if title.startswith("Minutes") else ("enter",)))
    await it.press("enter")
    assert all(cell.test != "@flags" for cell in session.visit.cells), "25 minutes: its 5 answers no red flag"
