"""How many keys a core visit takes, typed into the real instrument in a real terminal."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from assess_tui.clock import SystemClock
from assess_tui.storage.ids import uuid7
from assess_tui.storage.record import Record, open_record
from bench.screen import SeenTerminal
from protocols.route import STAND
from protocols.visit import Cell
from tests.end_to_end.typed_visit import GIVEN, MINUTES, Part, visit

ROOT = Path(__file__).parents[2]
FASTER = "30"
"""Of the stand test's clock: twenty minutes take forty seconds, and there is time to type a reading."""


def typed(folder: Path, *, stands: bool) -> list[Part]:
    """The parts of a visit from an empty folder to the PDF and the end of the program."""
    command = [sys.executable, "-m", "assess_tui", "--no-encryption", "--data", str(folder)]
    terminal = SeenTerminal([*command, "--clock-speed", FASTER if stands else "1"], dict(os.environ), ROOT)
    try:
        parts = list(visit(terminal, stands=stands))
        terminal.type(b"\x1b[21~")
    finally:
        left = terminal.left_with()
    assert (left, terminal.unclean) == (0, [])
    return parts


def told(parts: list[Part], capsys: pytest.CaptureFixture[str]) -> None:
    """Print the count; every part that gives values keeps within what is needed for them, and so does the whole."""
    keys, most = sum(part.keys for part in parts), sum(part.most for part in parts)
    with capsys.disabled():
        sys.stdout.write("\n" + "\n".join(map(str, parts)) + f"\nall of it {keys:5} keys, budget {most:.0f}\n")
    assert all(part.keys <= part.most for part in parts if part.given.values)
    assert keys <= most


def kept(folder: Path) -> tuple[Record, str]:
    clock = SystemClock()
    record = open_record(folder, clock.now, uuid7)
    (patient,) = record.patients("ruiz")
    (seen,) = record.visits(patient.id)
    return record, seen.id


def test_a_core_visit_needs_no_key_too_many(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told(typed(tmp_path, stands=False), capsys)
    record, visit_id = kept(tmp_path)
    held = record.visit(visit_id)
    assert held.finished
    for test in GIVEN:
        numbers = [row for cell, row in held.cells.items() if cell.test == test and row.value is not None]
        assert len(numbers) == len(GIVEN[test].split()), test
    assert held.value(Cell("mtt_hip_ext", "right", "trial.2")) == -7
    record.close()
    assert len(list((tmp_path / "documents").glob("*.pdf"))) == 1


@pytest.mark.soak
def test_a_core_visit_with_the_ten_minutes_of_standing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told(typed(tmp_path, stands=True), capsys)
    record, visit_id = kept(tmp_path)
    held = record.visit(visit_id)
    assert [held.value(Cell(STAND, field=f"minute.{minute}"))["sbp"] for minute in MINUTES] == [112] * len(MINUTES)
    assert held.finished
    record.close()
