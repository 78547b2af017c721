"""The paper screen: logo, password, letter, papers of earlier visits; it stays live while a PDF is made."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from decimal import Decimal
from pathlib import Path

import pikepdf
import pytest
from textual.widgets import Input, OptionList

from assess_tui.keyboard.words import with_keys
from assess_tui.outgoing.letterhead import LEFT_OUT, LOGO, LONGEST_PHONE, PHONE
from assess_tui.screens.paper import LOCKED, PaperScreen
from assess_tui.screens.papers import PapersDialog
from assess_tui.screens.password import PasswordDialog
from assess_tui.storage.ids import uuid7
from assess_tui.storage.record import open_record
from protocols.visit import Cell
from reports.documents import Document, Progress
from tests.end_to_end.test_instrument_trouble import a_visit, made
from tests.reports.pictures import drawn, saved
from tests.screens.conftest import Instrument, TurnedClock, _opened

PASSWORD = "blue house 7"  # noqa: S105  of a test


@asynccontextmanager
async def on_paper(
    folder: Path, size: tuple[int, int] = (80, 24), clock: TurnedClock | None = None
) -> AsyncIterator[Instrument]:
    """The instrument at the paper of a visit in which nothing was measured."""
    clock = clock or TurnedClock()
    visit = a_visit(folder, clock)
    async with _opened(folder, clock, size) as it:
        it.app.open_visit(visit, "paper")
        await it.pilot.pause()
        yield it


async def settled(it: Instrument) -> None:
    await it.app.workers.wait_for_complete()
    await it.pilot.pause()


async def asked(it: Instrument, key: str, typed: str) -> None:
    """Press a key that asks, answer, and wait for what follows."""
    await it.press(key)
    await answered(it, typed)


async def answered(it: Instrument, typed: str) -> None:
    it.app.screen.query_one(Input).value = typed
    await it.press("enter")
    await settled(it)


def papers(folder: Path) -> list[Path]:
    return sorted((folder / "documents").iterdir())


async def test_a_logo_is_chosen_once_and_taken_off_again(tmp_path: Path) -> None:
    folder, file = tmp_path / "clinic", tmp_path / "our logo.png"
    file.write_bytes(saved(drawn()))
    async with on_paper(folder) as it:
        assert "no logo" in it.shown("paper-title")
        await asked(it, "l", f"'{file}'")
        assert "· logo ·" in it.shown("paper-title")
        file.unlink()
        await made(it)
        assert papers(folder)[0].read_bytes().count(b"/Subtype /Image") == 1
        await asked(it, "l", "")
        assert "no logo" in it.shown("paper-title")
        await made(it)
        assert papers(folder)[0].read_bytes().count(b"/Subtype /Image") == 0


async def test_what_is_no_logo_is_said_and_the_old_one_stays(tmp_path: Path) -> None:
    folder = tmp_path / "clinic"
    (tmp_path / "logo.png").write_bytes(saved(drawn()))
    (tmp_path / "notes.txt").write_text("no picture")
    async with on_paper(folder) as it:
        await asked(it, "l", str(tmp_path / "logo.png"))
        for typed, said in (
            (str(tmp_path / "nothing.png"), "There is no file"),
            (str(tmp_path), "There is no file"),
            (str(tmp_path / "notes.txt"), "no PNG or JPEG"),
            ("/dev/zero", "There is no file"),
        ):
            await asked(it, "l", typed)
            assert said in it.shown("paper-note")
            assert "· logo ·" in it.shown("paper-title")


async def test_a_broken_logo_on_record_is_said_and_the_paper_is_made(tmp_path: Path) -> None:
    folder, clock = tmp_path / "clinic", TurnedClock()
    record = open_record(folder, clock.now, uuid7)
    record.set_setting(LOGO, "bm8gcGljdHVyZQ==")
    record.close()
    async with on_paper(folder, clock=clock) as it:
        assert it.shown("paper-note") == LEFT_OUT
        await made(it)
        assert "✓" in it.shown("paper-note")
        assert len(papers(folder)) == 1


async def with_password(it: Instrument, first: str, second: str) -> None:
    await it.press("w")
    it.app.screen.query_one("#password", Input).value = first
    await it.press("enter")
    if isinstance(it.app.screen, PasswordDialog) and it.app.screen.query_one("#password-again", Input).has_focus:
        it.app.screen.query_one("#password-again", Input).value = second
        await it.press("enter")
    await it.pilot.pause()


async def test_a_password_is_asked_twice_and_locks_the_file_alone(tmp_path: Path) -> None:
    folder = tmp_path / "clinic"
    async with on_paper(folder) as it:
        await with_password(it, "short", "")
        assert "at least 8" in it.shown("password-note")
        await it.press("x")
        assert it.app.screen.query_one("#password", Input).value == "x", "it takes the place of the refused one"
        await it.press("escape")
        await with_password(it, PASSWORD, f"{PASSWORD}8")
        assert "not the same" in it.shown("password-note")
        assert all(field.password for field in it.app.screen.query(Input))
        await it.press("escape")
        assert "no password" in it.shown("paper-title")
        await with_password(it, PASSWORD, PASSWORD)
        assert "with a password" in it.shown("paper-title")
        assert PASSWORD not in it.shown("paper-note")
        await made(it)
        with pytest.raises(pikepdf.PasswordError):
            pikepdf.open(papers(folder)[0])
        with pikepdf.open(papers(folder)[0], password=PASSWORD) as pdf:
            assert pdf.encryption.R == 6
        await it.press("p")
        assert it.shown("paper-note") == with_keys(LOCKED)
        await with_password(it, "", "")
        await made(it)
        pikepdf.open(papers(folder)[0]).close()
    with sqlite3.connect(folder / "clinic.db") as raw:
        assert PASSWORD not in "\n".join(raw.iterdump())
        assert raw.execute("SELECT count(*) FROM paper").fetchone() == (1,), "the paper itself is the same"
        bodies = raw.execute("SELECT body FROM paper").fetchall()
    assert bodies == [(papers(folder)[0].read_bytes(),)]


async def test_an_earlier_paper_is_written_again_byte_for_byte(tmp_path: Path) -> None:
    folder = tmp_path / "clinic"
    async with on_paper(folder) as it:
        await made(it)
        (first,) = papers(folder)
        before = first.read_bytes()
        await asked(it, "c", "A new name")
        await it.press("escape")
        it.clock.turn(86_400)
        await made(it)
        assert papers(folder)[0].read_bytes() != before
        await it.press("h")
        assert isinstance(it.app.screen, PapersDialog)
        assert it.app.screen.query_one(OptionList).option_count == 2
        await it.press("down", "enter")
        await it.pilot.pause()
        again = next(path for path in papers(folder) if path != first)
        assert again.read_bytes() == before
        assert again.name == f"{first.stem}-made-20261102-090000.pdf"
        assert again.stat().st_mode & 0o777 == 0o600
        assert "✓" in it.shown("papers-note")
        patient = it.app.screen
        await it.press("escape", "f", "f", "p")
        assert isinstance(it.app.screen, PapersDialog)
        assert it.app.screen is not patient


async def test_a_damaged_paper_is_said_and_not_written(tmp_path: Path) -> None:
    folder = tmp_path / "clinic"
    async with on_paper(folder) as it:
        await made(it)
        with sqlite3.connect(folder / "clinic.db") as raw:
            raw.execute("DROP TRIGGER paper_no_update")
            raw.execute("UPDATE paper SET body = x'00'")
        await it.press("h", "enter")
        await it.pilot.pause()
        assert "its sha256 differs" in it.shown("papers-note")
        assert len(papers(folder)) == 1


async def test_the_letter_is_offered_where_one_is_due(tmp_path: Path) -> None:
    async with on_paper(tmp_path / "clinic") as it:
        session = it.app.session
        assert session is not None
        assert "Letter" not in it.shown("paper-title")
        session.put(Cell("@flags", field="aaa"), "yes")
        await it.press("f8")
        await it.pilot.pause()
        assert it.shown("paper-title").startswith("▸ Letter, due   · Report")
        assert "Letter to the doctor" in it.shown("paper-body")
        await made(it)
        assert it.shown("paper-title").startswith("▸ Letter ✓ made ")
        session.put(Cell("nprs"), Decimal(3))
        await it.press("f8")
        await it.pilot.pause()
        assert it.shown("paper-title").startswith("▸ Letter, to make again   · Report")
        await it.press("k")
        assert "▸ Report" in it.shown("paper-title")


class Slow:
    """A PDF that is made when the test says so."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.begun, self.go_on = threading.Event(), threading.Event()
        make = Document.pdf

        def slowly(document: Document, progress: Progress) -> bytes:
            progress(1, 3)
            self.begun.set()
            self.go_on.wait(20)
            return make(document)

        monkeypatch.setattr(Document, "pdf", slowly)

    async def under_way(self, it: Instrument) -> None:
        await it.press("enter")
        while not self.begun.is_set():
            await it.pilot.pause(0.01)


async def test_the_screen_stays_live_and_nothing_of_the_paper_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, slow = tmp_path / "clinic", Slow(monkeypatch)
    async with on_paper(folder) as it:
        await slow.under_way(it)
        assert "page 1 of 3" in it.shown("paper-note")
        before = it.shown("paper-title")
        await it.press("t", "a", "k", "i", "enter", "f")
        assert it.shown("paper-title") == before
        await it.press("question_mark", "escape")
        it.app.screen.come_in()  # type: ignore[attr-defined]  # as when another window answers
        slow.go_on.set()
        await settled(it)
        assert "came in while the PDF was made" in it.shown("paper-note")
        await it.press("enter")
        await settled(it)
        assert "✓" in it.shown("paper-note")
        await it.press("t")
        assert "16 pt" in it.shown("paper-title")
    assert len(papers(folder)) == 1


async def test_a_paper_asked_for_is_kept_although_the_screen_was_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, slow = tmp_path / "clinic", Slow(monkeypatch)
    async with on_paper(folder) as it:
        await slow.under_way(it)
        await it.press("escape")
        assert not isinstance(it.app.screen, PaperScreen)
        slow.go_on.set()
        for _ in range(100):
            if (folder / "documents").exists() and papers(folder):
                break
            await it.pilot.pause(0.05)
    assert len(papers(folder)) == 1
    with sqlite3.connect(folder / "clinic.db") as raw:
        assert raw.execute("SELECT count(*) FROM paper").fetchone() == (1,)


async def test_a_phone_number_is_bounded_and_taken_off_again(tmp_path: Path) -> None:
    async with on_paper(tmp_path / "clinic") as it:
        await it.press("c", "enter")
        await answered(it, "1" * (LONGEST_PHONE + 1))
        assert "at most 40 characters, this one 41" in it.shown("paper-note")
        assert "phone ____" in it.shown("paper-body")
        await it.press("c", "enter")
        await answered(it, "1" * LONGEST_PHONE)
        assert f"Phone: {'1' * LONGEST_PHONE}" in it.shown("paper-body")
        await it.press("c", "enter", "escape")
        assert it.app.record.setting(PHONE) == "1" * LONGEST_PHONE
        await it.press("c", "enter")
        await answered(it, "")
        assert "phone ____" in it.shown("paper-body")
