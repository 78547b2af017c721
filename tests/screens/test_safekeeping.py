"""Behind the screen: a backup after a visit and once a day, its age on the home screen, trouble said once."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from assess_tui.screens.home import HomeScreen
from assess_tui.screens.message import MessageDialog
from assess_tui.storage.backup import backups
from assess_tui.storage.ids import uuid7
from assess_tui.storage.record import Record, open_record
from assess_tui.storage.verify import verify
from assess_tui.visit.session import VisitSession
from assess_tui.widgets.pane import Pane
from protocols.library import load
from protocols.visit import Cell
from tests.screens.conftest import ZONE, Instrument, Opens

MORNING = dt.datetime(2026, 11, 2, 8, 0, tzinfo=ZONE)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A record with one open visit."""
    folder = tmp_path / "clinic"
    record = open_record(folder, lambda: MORNING, uuid7)
    record.set_setting("intended_use", "seen")
    record.set_setting("clinician", "Kim Lee")
    begin(record)
    record.close()
    return folder


def begin(record: Record) -> None:
    library = load()
    patient = record.add_patient(family_name="Ruiz", given_name="Ana", birth_date=dt.date(1991, 5, 1), sex="F")
    visit = record.open_visit(patient.id, "Kim Lee", library)
    VisitSession(record, visit, library, lambda: MORNING, uuid7, "Kim Lee").put(Cell("fpi6", "left"), True)


def state(it: Instrument) -> str:
    """The home screen's line of state, as far as it fits."""
    home = next(screen for screen in it.app.screen_stack if isinstance(screen, HomeScreen))
    content = home.query_one("#home-state", Pane).content
    return str(content)[:80]


async def done(it: Instrument) -> None:
    await it.app.workers.wait_for_complete()
    await it.pilot.pause()


async def test_what_was_added_is_backed_up_when_the_instrument_opens(opens: Opens, folder: Path) -> None:
    async with opens() as it:
        await done(it)
        assert "last backup today   not encrypted" in state(it)
    (made,) = backups(folder / "backups")
    assert verify(made.path).problems == ()
    async with opens() as it:
        await done(it)
    assert len(backups(folder / "backups")) == 1


async def test_a_record_on_a_network_drive_is_warned_of(
    opens: Opens, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assess_tui.storage.disk.network_kind", lambda _: "nfs4")
    async with opens() as it:
        await done(it)
        assert state(it).startswith("network drive (nfs4): keep the record on this computer")


async def test_a_finished_visit_is_backed_up(opens: Opens, folder: Path) -> None:
    async with opens() as it:
        await done(it)
        it.app.open_patient(it.app.record.patients("ruiz")[0].id)
        await it.pilot.pause()
        await it.press("f", "f")
        await done(it)
        assert it.app.record.unfinished() == []
    newest = backups(folder / "backups")[0]
    copy = open_record(as_record(newest.path), lambda: MORNING, uuid7)
    assert copy.unfinished() == []
    copy.close()


def as_record(backup: Path) -> Path:
    """A folder in which this backup is the record."""
    folder = backup.parent.parent.parent / "looked at"
    folder.mkdir()
    (folder / "clinic.db").write_bytes(backup.read_bytes())
    return folder


async def test_a_backup_that_fails_is_said_once_and_the_visit_goes_on(opens: Opens, folder: Path) -> None:
    (folder / "backups").write_text("in the way")
    async with opens() as it:
        await done(it)
        it.app.safekeeping.back_up()
        await done(it)
        said = [one.message for one in it.app._notifications]
        assert not any(one.markup for one in it.app._notifications), "a folder may be called [old]"
        assert len(said) == 1
        assert "No copy was made" in said[0]
        assert "no backup yet   not encrypted" in state(it)
        await it.press("enter")
        assert it.app.session is not None


async def test_a_record_that_is_replaced_is_said_and_the_instrument_ends(opens: Opens, folder: Path) -> None:
    async with opens() as it:
        await done(it)
        other = folder / "other.db"
        other.write_bytes((folder / "clinic.db").read_bytes())
        it.app._look_around()
        assert isinstance(it.app.screen, HomeScreen)
        other.replace(folder / "clinic.db")
        for _ in range(2):
            it.app._look_around()
        await it.pilot.pause()
        assert isinstance(it.app.screen, MessageDialog)
        assert len([one for one in it.app.screen_stack if isinstance(one, MessageDialog)]) == 1
        await it.press("enter")
        assert it.app.return_value == 1


async def test_who_opened_what_is_in_the_audit(opens: Opens, folder: Path) -> None:
    async with opens() as it:
        patient = it.app.record.patients("ruiz")[0].id
        visit = it.app.record.unfinished()[0].id
        await it.press("enter")
        it.app.open_patient(patient)
        await done(it)
        rows = it.app.record._rows("SELECT action, subject, who FROM audit WHERE about = '' ORDER BY id")
    assert ("opened the record", "", "Kim Lee") in rows
    assert [row for row in rows if row[0] == "opened"] == [("opened", visit, "Kim Lee"), ("opened", patient, "Kim Lee")]


async def test_the_age_of_an_old_backup_is_in_sight_on_a_narrow_screen(opens: Opens, folder: Path) -> None:
    (folder / "backups").mkdir()
    (folder / "backups" / "clinic-20261025-090000.db").touch()
    (folder / "backups" / "clinic-20261103-090000.db").touch()  # of a clock that ran ahead: none is due
    async with opens(size=(80, 24)) as it:
        await done(it)
        (folder / "backups" / "clinic-20261103-090000.db").unlink()
        it.app.safekeeping._look()
        assert "last backup 8 days ago   not encrypted" in state(it)
