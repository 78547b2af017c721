"""The real instrument in a terminal, killed in the middle of a patient's second visit and started again."""

from __future__ import annotations

import datetime as dt
import os
import signal
import sys
from decimal import Decimal
from pathlib import Path

from assess_tui.entry.intake_pages import ASKED_CELL
from assess_tui.storage.ids import uuid7
from assess_tui.storage.record import Record, open_record
from assess_tui.visit.session import VisitSession
from bench.screen import SeenTerminal
from protocols.library import load
from protocols.visit import Cell
from tests.screens.begun import all_precautions

ROOT = Path(__file__).parents[2]


def now() -> dt.datetime:
    return dt.datetime(2026, 11, 2, 9, 0, tzinfo=dt.UTC)


def second_visit(record: Record) -> str:
    """A patient with one finished visit and one whose intake and red flags are answered; the second one's id."""
    library = load()
    patient = record.add_patient(family_name="Ruiz", given_name="Ana", birth_date=dt.date(1991, 5, 1), sex="F")
    first = VisitSession(record, record.open_visit(patient.id, "T", library), library, now, uuid7, "T")
    first.finish()
    session = VisitSession(record, record.open_visit(patient.id, "T", library), library, now, uuid7, "T")
    session.put(Cell("@consent", field="consent"), True)
    session.put(Cell("@intake", field="minutes"), Decimal(10))
    session.put(ASKED_CELL, all_precautions(library))
    for flag in library.red_flags.flags:
        session.put(Cell("@flags", field=flag.id), "no")
    return session.visit.id


def killed_while_typing(terminal: SeenTerminal) -> None:
    """Two answers, which show that they are stored, and the beginning of a third."""
    terminal.shows("Resume")
    terminal.type(b"\r")
    terminal.shows("Numeric pain")
    terminal.type(b"4\r5\r7")
    terminal.shows("✓ Pain 0-10", "✓ Own activities PSFS")
    os.kill(terminal.pid, signal.SIGKILL)
    terminal.gone()


def test_killed_in_the_second_visit_and_resumed(tmp_path: Path) -> None:
    record = open_record(tmp_path, now, uuid7)
    record.set_setting("intended_use", "seen")
    visit = second_visit(record)
    record.close()
    command = [sys.executable, "-m", "assess_tui", "--data", str(tmp_path)]
    terminal = SeenTerminal(command, dict(os.environ), ROOT)
    killed_while_typing(terminal)

    record = open_record(tmp_path, now, uuid7)
    held = record.visit(visit)
    assert (held.value(Cell("nprs")), held.value(Cell("psfs_mean"))) == (Decimal(4), Decimal(5))
    (waiting,) = record.unfinished()
    assert (waiting.id, waiting.number, waiting.done) == (visit, 2, 2)
    record.close()

    again = SeenTerminal(command, dict(os.environ), ROOT)
    again.shows("Resume 2/")
    again.type(b"\r")
    again.shows("Standing tolerance test")
    again.gone()
