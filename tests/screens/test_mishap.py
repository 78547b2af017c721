"""When storing fails the screen says so and goes on; when the unexpected happens nothing of the patient is shown."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import NoReturn

import pytest

from assess_tui.mishap import tell, write_report
from assess_tui.screens.message import MessageDialog
from assess_tui.storage.errors import StorageError
from assess_tui.storage.record import Record
from protocols.visit import Cell
from tests.screens.begun import at_the_patient
from tests.screens.conftest import Opens


async def test_a_value_that_cannot_be_stored_is_not_shown_as_stored(
    opens: Opens, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> NoReturn:
        raise StorageError("The disk is full", "Make room and press the key again.")

    async with opens() as it:
        await at_the_patient(it)
        await it.press("v")
        session = it.app.session
        assert session is not None
        monkeypatch.setattr(Record, "append", full)
        await it.press("1")
        assert isinstance(it.app.screen, MessageDialog)
        assert Cell("@consent", field="consent") not in session.visit.cells
        monkeypatch.undo()
        await it.press("enter", "1")
        assert session.visit.value(Cell("@consent", field="consent")) is True


def test_a_report_holds_no_words_of_the_error(tmp_path: Path) -> None:
    try:
        raise ValueError("Ana Ruiz 1992-04-03")
    except ValueError as error:
        path = write_report(tmp_path, error, dt.datetime(2026, 11, 2, tzinfo=dt.UTC), "2026.11")
        sample = tell(tmp_path / "sample", error, dt.datetime(2026, 11, 2, tzinfo=dt.UTC), "2026.11", demo=True)
    assert not (tmp_path / "sample").exists()
    assert str(tmp_path) not in sample, "it is deleted with the sample clinic"
    assert "ValueError" in sample
    assert "Ruiz" not in sample
    text = path.read_text()
    assert "ValueError" in text
    assert "Ruiz" not in text
    assert path.stat().st_mode & 0o777 == 0o600
