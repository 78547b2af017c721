"""Killed at any moment, the record holds every answer that was confirmed."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from assess_tui.storage.record import Record
from protocols.visit import Cell, Visit

ROOT = Path(__file__).parents[2]
TICKING = """
import datetime as dt, sys
from decimal import Decimal
from pathlib import Path
from assess_tui.session import VisitSession
from assess_tui.storage.ids import uuid7
from assess_tui.storage.record import open_record
from protocols.library import load
from protocols.visit import Cell
now = lambda: dt.datetime.now(dt.UTC)
record = open_record(Path(sys.argv[1]), now, uuid7)
session = VisitSession(record, record.visit(sys.argv[2]), load(), now, uuid7, "M. Vogel")
for number in range(1_000_000):
    session.put(Cell("hip_ir_supine", "left", f"trial.{number}"), Decimal(number))
    print(number, flush=True)
"""


@pytest.mark.parametrize("seconds", [0.05, 0.31])
def test_every_tick_shown_before_a_kill_is_stored(
    record: Record, visit: Visit, folder: Path, reopen: Callable[[], Record], seconds: float
) -> None:
    record.close()
    ticking = subprocess.Popen(
        [sys.executable, "-c", TICKING, str(folder), visit.id], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert ticking.stdout is not None
    shown = [ticking.stdout.readline()]
    time.sleep(seconds)
    ticking.kill()
    shown += ticking.stdout.readlines()
    ticking.wait()
    ticking.stdout.close()
    confirmed = [int(line) for line in shown if line.endswith("\n")]
    stored = reopen().visit(visit.id).cells
    held = [stored[Cell("hip_ir_supine", "left", f"trial.{number}")].value for number in confirmed]
    assert held == [Decimal(number) for number in confirmed]
    assert len(confirmed) > 1
    assert len(stored) <= len(confirmed) + 1
