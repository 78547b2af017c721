"""Where the screens say which knowledge they use: its review, where a test comes from, the definitions of a visit."""

from __future__ import annotations

import datetime as dt
import sqlite3
import zlib
from pathlib import Path

from textual.content import Content
from textual.widgets import Static

from assess_tui.screens.evidence import LABEL, EvidenceDialog
from assess_tui.storage.ids import uuid7
from assess_tui.storage.record import open_record
from protocols.library import DATA, load
from protocols.model import Library
from tests.screens.conftest import Instrument, Opens

HIP = "hip_ir_supine"


def all_shown(it: Instrument) -> str:
    """Every word of the screen on top."""
    shown = [static.content for static in it.app.screen.query(Static)]
    return "\n".join(one.plain if isinstance(one, Content) else str(one) for one in shown)


def begun(folder: Path, library: Library) -> str:
    """A visit begun with these definitions."""
    record = open_record(folder, lambda: dt.datetime(2026, 11, 2, 8, tzinfo=dt.UTC), uuid7)
    record.set_setting("intended_use", "seen")
    patient = record.add_patient(family_name="Ruiz", given_name="Ana", birth_date=dt.date(1991, 5, 1), sex="F")
    visit = record.open_visit(patient.id, "T", library)
    record.close()
    return visit.id


def changed_by_the_clinic(folder: Path) -> None:
    own = folder / "library" / "tests"
    own.mkdir(parents=True)
    text = (DATA / "tests" / f"{HIP}.toml").read_text(encoding="utf-8")
    (own / f"{HIP}.toml").write_text("version = 2\n" + text.replace("resolution = 1", "resolution = 5"))


async def test_the_first_page_says_when_the_knowledge_was_reviewed(opens: Opens) -> None:
    async with opens() as it:
        assert "next review due" in all_shown(it)


async def test_home_says_when_the_knowledge_is_old(opens: Opens, tmp_path: Path) -> None:
    begun(tmp_path / "clinic", load())
    async with opens() as it:
        assert "due for review" not in it.shown("home-state")
        it.clock.turn(5 * 366 * 86_400)
        await it.press("f6", "escape")
        assert "knowledge due for review since" in it.shown("home-state")


async def test_evidence_names_the_origin_as_of_the_visit(opens: Opens, tmp_path: Path) -> None:
    """A visit begun before the clinic's own version keeps the bundled one; one begun after has the clinic's."""
    folder = tmp_path / "clinic"
    before = begun(folder, load())
    changed_by_the_clinic(folder)
    after = begun(folder, load(folder / "library"))
    for visit, words in ((before, "bundled, version 1"), (after, "the clinic's own library, version 2")):
        async with opens() as it:
            it.app.open_visit(visit, "intake")
            await it.pilot.pause()
            session = it.app.session
            assert session is not None
            it.app.push_screen(EvidenceDialog(session, session.library.tests[HIP]))
            await it.pilot.pause()
            assert "from".ljust(LABEL) + words in all_shown(it)


async def test_definitions_that_cannot_be_read_any_more_are_said(opens: Opens, tmp_path: Path) -> None:
    folder = tmp_path / "clinic"
    visit = begun(folder, load())
    with sqlite3.connect(folder / "clinic.db") as raw:
        ((guard,),) = raw.execute("SELECT sql FROM sqlite_master WHERE name = 'library_no_update'").fetchall()
        raw.execute("DROP TRIGGER library_no_update")
        raw.execute("UPDATE library SET body = ?", [zlib.compress(b'{"version": "old"}')])
        raw.execute(guard)
    changed_by_the_clinic(folder)
    async with opens() as it:
        it.app.open_visit(visit, "intake")
        await it.pilot.pause()
        assert "older make" in all_shown(it)
        assert it.app.session is not None
        assert it.app.session.library.own == (f"tests/{HIP}",)
