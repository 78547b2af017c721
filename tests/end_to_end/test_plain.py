"""A visit line by line: the same cells as by the screens, nothing lost at the end of input, nothing but plain lines."""

from __future__ import annotations

import datetime as dt
import re
import sys
from contextlib import closing
from decimal import Decimal
from pathlib import Path

from pypdf import PdfReader

from assess_tui.entry.stand.flow import StandEntry
from assess_tui.entry.step import StepEntry
from assess_tui.plain.talk import WIDTH
from assess_tui.session import VisitSession
from assess_tui.storage.ids import uuid7
from assess_tui.storage.record import open_record
from protocols.library import load
from protocols.visit import Cell, Value
from tests.end_to_end.talking import Told, Typed, talk
from tests.end_to_end.test_whole_visit import TYPED
from tests.screens.conftest import TurnedClock

LIBRARY = load()
NEW = ["Kim Lee", "new", "Ana", "Ruiz", "3 4 1992", "f", "", "v"]
INTAKE = ["1", "", "1", *[""] * 8, "2"]
FLAGS = ["n"] * len(LIBRARY.red_flags.groups)
WAITS = (60.0, 120.0, 120.0, 300.0)
READING = "84 112 74 2"
STAND: list[Typed] = ["", *[""] * 8, 600.0, "", "70 112 70", "70 112 70", "", ""]
STAND += [one for wait in WAITS for one in (wait, READING)]
STAND += ["n", "", "", ""]
FIRST = ("nprs", "psfs_mean")
"""Asked before the stand test."""
AGAIN = ("posture_hip_offset",)
"""Has a second trial, which is passed over."""


def lines(test: str) -> list[str]:
    """What is typed for a test on the screens, as lines: ! is Enter, which a timed test takes for its stopwatch."""
    typed = TYPED[test]
    said = typed.split("!")[:-1] if "!" in typed else list(typed)
    said += [""] * (test in AGAIN)
    return [line or "/" for line in said] if LIBRARY.tests[test].timer else said


VALUES: list[Typed] = [line for test in FIRST for line in lines(test)]
VALUES += [*STAND, *(line for test in TYPED if test not in FIRST for line in lines(test))]
VISIT: list[Typed] = [*NEW, *INTAKE, *FLAGS, *VALUES]
END = ["", "1", "1 t 0", "", "", "f", "q"]


def cells(folder: Path, clock: TurnedClock) -> dict[Cell, Value]:
    """Every cell of the one visit on record, with what it holds."""
    record = open_record(folder, clock.now, lambda: "")
    (patient,) = record.patients("ruiz")
    (summary,) = record.visits(patient.id)
    visit = record.visit(summary.id)
    record.close()
    return {cell: row.value if row.absent is None else row.absent for cell, row in visit.cells.items()}


# -- the same as by the screens ----------------------------------------------------------------------------------------


def by_keys(session: VisitSession, clock: TurnedClock) -> None:
    """The same values key by key, as the screens hand them to their entries."""
    for test, typed in TYPED.items():
        entry = StepEntry(session, LIBRARY.tests[test])
        for key in typed:
            entry.accept() if key == "!" else entry.type(key)
    stand = StandEntry(session, {}, clock)
    for _ in range(8):
        stand.part.accept()
    clock.turn(600)
    stand.part.accept()
    for reading in ("7011270", "7011270"):
        for key in reading:
            stand.part.type(key)
    stand.part.accept()
    stand.part.accept()
    for wait in WAITS:
        clock.turn(wait)
        for key in "84112742":
            stand.part.type(key)
    stand.part.missing()


def keyed(folder: Path) -> dict[Cell, Value]:
    """What those keys leave on the record."""
    clock = TurnedClock()
    with closing(open_record(folder, clock.now, uuid7)) as record:
        patient = record.add_patient(family_name="Ruiz", given_name="Ana", birth_date=dt.date(1992, 4, 3), sex="F")
        visit = record.open_visit(patient.id, "Kim Lee", LIBRARY)
        session = VisitSession(record, visit, LIBRARY, clock.now, uuid7, "Kim Lee")
        by_keys(session, clock)
        return {cell: row.value for cell, row in session.visit.cells.items()}


def test_a_visit_by_lines_leaves_the_cells_the_screens_leave(tmp_path: Path) -> None:
    clock = TurnedClock()
    told = talk(tmp_path / "plain", [*VISIT, *END], clock)
    typed = keyed(tmp_path / "keyed")
    spoken = cells(tmp_path / "plain", clock)
    assert {cell: value for cell, value in spoken.items() if cell.test == "@stand" or cell.test in TYPED} == typed
    whole(told)
    paper(tmp_path / "plain")
    the_strokes(typed)


def whole(told: Told) -> None:
    """The conversation reached its end, and every line of it can be read on any terminal."""
    assert told.status == 0
    assert told.typed[-1] == "q"
    assert "The visit is finished." in told.text
    readable(told)


def readable(told: Told) -> None:
    """No sign a terminal would obey, no long line; what was typed stands behind its question."""
    assert not re.search(r"[^\n -~\u00a0-\uffff]", told.text)
    long = [line for line in told.lines if len(line) > WIDTH + 2 and "/" not in line and "? " not in line]
    assert not long


def paper(folder: Path) -> None:
    (path,) = (folder / "documents").glob("*.pdf")
    assert path.stat().st_mode & 0o777 == 0o600
    assert "Your exercise plan" in " ".join(page.extract_text() for page in PdfReader(path).pages)


def the_strokes(typed: dict[Cell, Value]) -> None:
    """Printed, and not more than the screens may need: 1.3 for each character of data and one for each value."""
    strokes = sum(len(line) + 1 for line in VALUES if isinstance(line, str))
    numbers = [one for value in typed.values() for one in (value.values() if isinstance(value, dict) else [value])]
    values = [str(value) for value in numbers if isinstance(value, Decimal)]
    data = sum(map(len, values))
    sys.stdout.write(f"plain mode: {strokes} keystrokes for {len(values)} values of {data} characters\n")
    assert strokes <= 1.3 * data + 2 * len(values)
