"""The register of devices by keyboard: chosen at the intake or on a step, kept, corrected, taken out of use."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from textual.widgets import OptionList, Static

from assess_tui.entry.intake_pages import ASKED_CELL
from assess_tui.screens.ask import AskDialog
from assess_tui.screens.step import StepScreen
from assess_tui.storage.devices import Device
from assess_tui.visit.devices import NAMES, checked_words, read_check
from assess_tui.visit.session import VisitSession
from protocols.model import DeviceKind
from protocols.visit import Cell
from tests.screens.begun import all_precautions, at_the_patient, at_the_tests
from tests.screens.conftest import Instrument, Opens

TODAY = dt.date(2026, 11, 2)


def session_of(it: Instrument) -> VisitSession:
    session = it.app.session
    assert session is not None
    return session


def listed(it: Instrument) -> list[str]:
    options = it.app.screen.query_one(OptionList).options
    return [str(option.prompt).strip() for option in options if not option.disabled]


async def keep_new(it: Instrument, name: str, checked: str = "") -> None:
    await it.press("n")
    await it.type(name)
    await it.press("enter")
    await it.type(checked)
    await it.press("enter")


async def visit_at_tests(it: Instrument) -> None:
    """From the patient's page to the tests; what comes before them is answered without its keys."""
    await it.press("v", "1")
    session = session_of(it)
    session.put(Cell("@intake", field="minutes"), Decimal(10))
    session.put(ASKED_CELL, all_precautions(session.library))
    for flag in session.library.red_flags.flags:
        session.put(Cell("@flags", field=flag.id), "no")
    it.app.go("tests")
    await it.pilot.pause()


async def to_test(it: Instrument, test: str) -> None:
    assert isinstance(it.app.screen, StepScreen)
    it.app.screen.open_test(test)
    await it.pilot.pause()


async def test_devices_are_kept_and_chosen_at_the_intake(opens: Opens) -> None:
    async with opens(size=(80, 24)) as it:
        await at_the_patient(it)
        await it.press("v", "1", "r")
        await keep_new(it, "Baseline [12]", "1 9 2025")
        assert listed(it)[0] == "✓ Baseline [12]   last checked 14 months ago"
        await keep_new(it, "Blue")
        assert listed(it)[1].startswith("· Blue")
        await it.press("down", "down")
        await keep_new(it, "Level", "1 9 2026")
        await it.press("escape")
        known = {device.name: device.id for device in session_of(it).devices.known.values()}
        held = session_of(it).visit
        assert held.value(Cell("@devices", field="goniometer")) == known["Baseline [12]"]
        assert held.value(Cell("@devices", field="inclinometer")) == known["Level"]
        await it.press("u")
        assert "Read with, inclinometer: Level" in it.shown("question-note")


async def test_the_step_names_the_device_and_changes_it(opens: Opens) -> None:
    async with opens() as it:
        await at_the_tests(it)
        await to_test(it, "wall_hinge")
        assert "read with" not in it.shown("step-note")
        await it.press("r")
        assert listed(it) == ["✓ none of these, or not said"] * 2
        await keep_new(it, "Baseline", "1 9 2025")
        await it.press("enter")
        assert "read with Baseline, last checked 14 months ago" in it.shown("step-note")
        await it.type("150")
        await it.press("enter", "r")
        await keep_new(it, "Blue")
        await it.press("enter")
        assert "read with Blue; left with Baseline" in it.shown("step-note")
        assert session_of(it).visit.cells[Cell("wall_hinge", "left")].device is not None
        await it.press("u")
        assert "Read with, goniometer: Blue -> Baseline" in it.shown("step-note")
        await it.press("u")
        assert Cell("wall_hinge", "left") not in session_of(it).visit.cells


async def test_a_test_read_with_no_device_offers_none(opens: Opens) -> None:
    async with opens() as it:
        await at_the_tests(it)
        await to_test(it, "bts_gap")
        await it.press("r")
        assert isinstance(it.app.screen, StepScreen)


async def test_a_page_up_leaves_a_line_marked_under_the_heading(opens: Opens) -> None:
    async with opens() as it:
        await at_the_tests(it)
        await to_test(it, "hip_ir_supine")
        await it.press("r", "pageup")
        assert it.app.screen.query_one(OptionList).highlighted == 1
        await it.press("x")
        assert "Mark a device first" in it.shown("device-note")


async def test_one_test_alone_is_read_with_another(opens: Opens) -> None:
    async with opens() as it:
        await at_the_tests(it)
        await to_test(it, "hip_ir_supine")
        await it.press("r")
        await keep_new(it, "Level")
        await it.press("enter")
        await to_test(it, "pelvic_tilt")
        await it.press("r")
        await keep_new(it, "PALM")
        await it.press("t")
        assert "read with PALM" in it.shown("step-note")
        await to_test(it, "hip_ir_supine")
        assert "read with Level" in it.shown("step-note")


async def test_a_device_is_corrected_and_taken_out_of_use(opens: Opens) -> None:
    async with opens() as it:
        await at_the_patient(it)
        await it.press("v", "1", "r")
        await keep_new(it, "Baseline", "32 13 2026")
        assert isinstance(it.app.screen, AskDialog)
        assert "32 13 2026 is not a date" in str(it.app.screen.query(Static)[1].content)
        await it.press(*["backspace"] * 10)
        await it.type("1 9 2026")
        await it.press("enter")
        assert listed(it)[0] == "✓ Baseline   checked 1 Sep 2026"
        await it.press("c", "end")
        await it.type(" 2")
        await it.press("enter", "enter")
        assert listed(it)[0] == "✓ Baseline 2   checked 1 Sep 2026"
        await it.press("x")
        assert listed(it)[0] == "· Baseline 2   out of use"
        await it.press("enter")
        assert "out of use; x takes it back" in it.shown("device-note")
        assert session_of(it).visit.value(Cell("@devices", field="goniometer")) == ""
        await it.press("x", "enter")
        assert listed(it)[0].startswith("✓ Baseline 2")


async def test_the_next_visit_begins_with_the_last_choice_and_says_when_it_changes(opens: Opens) -> None:
    async with opens() as it:
        await at_the_patient(it)
        await it.press("v", "1", "r")
        await keep_new(it, "Baseline")
        await it.press("enter", "escape", "escape")
        first = it.app.record.visits(it.app.patient_id)[0].id
        session = it.app.session_of(first)
        session.put(Cell("wall_hinge", "left"), Decimal(120))
        session.finish()
        it.clock.turn(86400)
        it.app.open_patient(it.app.patient_id)
        await it.pilot.pause()
        await visit_at_tests(it)
        await to_test(it, "wall_hinge")
        assert "read with Baseline" in it.shown("step-note")
        await it.press("r")
        await keep_new(it, "Blue")
        await it.press("enter")
        await it.type("170")
        await it.press("enter")
        await to_test(it, "wall_hinge")
        assert "last 120°  +50 other device" in it.shown("step-left")


@pytest.mark.parametrize(
    ("checked", "words"),
    [
        (None, "last check not known"),
        (dt.date(2026, 3, 1), "checked 1 Mar 2026"),
        (dt.date(2025, 11, 2), "checked 2 Nov 2025"),
        (dt.date(2025, 10, 3), "checked 3 Oct 2025"),
        (dt.date(2025, 10, 2), "last checked 13 months ago"),
        (dt.date(2024, 11, 2), "last checked 24 months ago"),
    ],
)
def test_the_age_of_a_check_is_told_once_it_is_older_than_a_year(checked: dt.date | None, words: str) -> None:
    assert checked_words(Device(id="d", kind="cuff", name="Omron", checked=checked), TODAY) == words


def test_the_day_of_a_check_is_read_or_refused() -> None:
    assert read_check(" ", TODAY) is None
    assert read_check("3 4 2026", TODAY) == read_check("2026-04-03", TODAY) == dt.date(2026, 4, 3)
    assert read_check("2 11 2026", TODAY) == TODAY
    for wrong in ("3 11 2026", "3 4", "31 2 2026", "1 1 1900", "x", "1 1 99999", "0 0 0"):
        assert isinstance(read_check(wrong, TODAY), str), wrong


def test_every_kind_of_device_has_a_name() -> None:
    assert set(NAMES) == set(DeviceKind.__args__)  # type: ignore[attr-defined]  # a Literal has its words there
