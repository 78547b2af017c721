"""What can go wrong around the instrument, at the start, on paper, at the printer: it is said, and nothing is lost."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable
from functools import partialmethod
from pathlib import Path

import pytest
from textual.widgets import Input, Static

from assess_tui.app import AssessApp, run
from assess_tui.entry.intake_pages import ASKED_CELL
from assess_tui.screens.message import MessageDialog
from assess_tui.screens.new_patient import NewPatientDialog
from assess_tui.screens.paper import PaperScreen
from assess_tui.storage.ids import uuid7
from assess_tui.storage.record import open_record
from assess_tui.visit.session import VisitSession
from protocols.library import load
from protocols.visit import Cell
from tests.screens.begun import all_precautions
from tests.screens.conftest import Instrument, TurnedClock, _opened


def no_database(folder: Path) -> None:
    (folder / "clinic.db").write_text("Dear colleague, " * 100)


def another_programs(folder: Path) -> None:
    with sqlite3.connect(folder / "clinic.db") as raw:
        raw.execute("CREATE TABLE recipes (name TEXT)")


def broken_test(folder: Path) -> None:
    (folder / "library" / "tests").mkdir(parents=True)
    (folder / "library" / "tests" / "ours.toml").write_text('id = "ours"\nname = \n')


def broken_card(folder: Path) -> None:
    (folder / "library" / "exercises").mkdir(parents=True)
    (folder / "library" / "exercises" / "ours.toml").write_bytes(b"\xff")


def in_the_way(folder: Path) -> None:
    folder.rmdir()
    folder.write_text("notes")


TROUBLES: dict[str, tuple[Callable[[Path], None], str, str]] = {
    "no database": (no_database, "This file is no clinic record", "clinic.db"),
    "another program's": (another_programs, "This file is no clinic record", "another program"),
    "a broken test": (broken_test, "own folder cannot be used", "tests/ours.toml: line 2"),
    "a broken card": (broken_card, "own folder cannot be used", "exercises/ours.toml"),
    "a file in the way": (in_the_way, "cannot be", "data"),
}


@pytest.mark.parametrize("name", TROUBLES)
async def test_trouble_at_the_start_is_a_titled_message_and_the_end(tmp_path: Path, name: str) -> None:
    prepare, title, says = TROUBLES[name]
    folder = tmp_path / "data"
    folder.mkdir()
    prepare(folder)
    before = {one: one.read_bytes() for one in tmp_path.rglob("*") if one.is_file()}
    app = AssessApp(folder, clock=TurnedClock())
    async with app.run_test(size=(100, 30)) as pilot:
        for _ in range(1000):
            if isinstance(app.screen, MessageDialog):
                break
            await pilot.pause(0.05)
        await pilot.pause(0.05)
        assert isinstance(app.screen, MessageDialog)
        told = " ".join(str(one.render()) for one in app.screen.query(Static))
        assert title in told
        assert says in told
        await pilot.press("enter")
    assert app.return_value == 1
    assert {one: one.read_bytes() for one in tmp_path.rglob("*") if one.is_file()} == before


def test_what_nobody_foresaw_ends_with_a_report_and_status_1(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("Ana Ruiz 1992-04-03")

    monkeypatch.setattr("assess_tui.app.open_all", fail)
    monkeypatch.setattr(AssessApp, "run", partialmethod(AssessApp.run, headless=True))
    assert run(tmp_path) == 1
    (report,) = tmp_path.glob("mishap-*.txt")
    told = report.read_text() + "".join(capsys.readouterr())
    assert "RuntimeError" in told
    assert "Ruiz" not in told


def a_visit(folder: Path, clock: TurnedClock) -> str:
    """A clinic where nobody is asked anything at the start, with one visit that may go to paper."""
    record = open_record(folder, clock.now, uuid7)
    record.set_setting("clinician", "Kim Lee")
    record.set_setting("intended_use", "2026-11-01")
    patient = record.add_patient(family_name="Ruiz", given_name="Ana", birth_date=dt.date(1992, 4, 3), sex="F")
    library = load()
    visit = record.open_visit(patient.id, "Kim Lee", library)
    session = VisitSession(record, visit, library, clock.now, uuid7, "Kim Lee")
    session.put(Cell("@consent", field="consent"), True)
    session.put(ASKED_CELL, all_precautions(library))
    for flag in library.red_flags.flags:
        session.put(Cell("@flags", field=flag.id), "no")
    record.close()
    return visit.id


async def made(it: Instrument) -> None:
    await it.press("enter")
    await it.app.workers.wait_for_complete()
    await it.pilot.pause()


async def test_a_paper_that_cannot_be_written_is_said_and_not_noted(tmp_path: Path) -> None:
    folder, clock = tmp_path / "clinic", TurnedClock()
    visit = a_visit(folder, clock)
    (folder / "documents").write_text("in the way")
    async with _opened(folder, clock, (100, 30)) as it:
        it.app.open_visit(visit, "paper")
        await made(it)
        assert isinstance(it.app.screen, MessageDialog)
        await it.press("enter")
        assert isinstance(it.app.screen, PaperScreen)
        assert it.app.screen.made is None
    with sqlite3.connect(folder / "clinic.db") as raw:
        assert raw.execute("SELECT * FROM document").fetchall() == []


PRINTERS = (
    ("", "This computer has none of: lp, lpr"),
    ("#!/bin/sh\necho 'no default printer' >&2\nexit 1\n", "lp failed: no default printer"),
    ("#!/bin/sh\nexit 0\n", "✓ sent to the printer"),
)


async def test_what_became_of_a_print_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, clock, programs = tmp_path / "clinic", TurnedClock(), tmp_path / "bin"
    programs.mkdir()
    visit = a_visit(folder, clock)
    async with _opened(folder, clock, (120, 40)) as it:
        it.app.open_visit(visit, "paper")
        await it.pilot.pause()
        await it.press("p")
        assert "Make the PDF first" in it.shown("paper-note")
        await made(it)
        (path,) = (folder / "documents").iterdir()
        assert "Ruiz" not in path.name
        monkeypatch.setenv("PATH", str(programs))
        for script, said in PRINTERS:
            if script:
                (programs / "lp").write_text(script)
                (programs / "lp").chmod(0o755)
            await it.press("p")
            await it.app.workers.wait_for_complete()
            await it.pilot.pause()
            assert said in it.shown("paper-note")


async def test_what_the_record_refuses_in_a_dialog_is_said_and_the_dialog_stays(tmp_path: Path) -> None:
    folder, clock = tmp_path / "clinic", TurnedClock()
    a_visit(folder, clock)
    async with _opened(folder, clock, (100, 30)) as it:
        (ana,) = it.app.record.patients("ruiz")
        await it.press("f2")
        told = {"given": "Ben", "birth": "3 4 1999999999999999999999", "sex": "m", "code": ana.code}
        for field, text in told.items():
            it.app.screen.query_one(f"#{field}", Input).value = text
        it.app.screen.query_one("#code", Input).focus()
        await it.press("enter")
        assert "A birth date has" in it.shown("new-patient-note")
        it.app.screen.query_one("#birth", Input).value = "3 4 1999"
        it.app.screen.query_one("#code", Input).focus()
        await it.press("enter")
        assert isinstance(it.app.screen, MessageDialog)
        await it.press("enter")
        assert isinstance(it.app.screen, NewPatientDialog)
        assert "not kept yet" in it.app.way_out.keep_typed()
        it.app.screen.query_one("#code", Input).value = ""
        await it.press("enter")
        assert {one.name for one in it.app.record.patients("")} == {"Ana Ruiz", "Ben"}
