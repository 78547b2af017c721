"""Killed at any moment, the record holds every answer that was confirmed, is whole, and goes on where it was."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from assess_tui.storage.backup import back_up, backups
from assess_tui.storage.erasing import held_by
from assess_tui.storage.ids import Ids
from assess_tui.storage.record import Record, open_record
from assess_tui.storage.verify import verify
from protocols.model import Library
from protocols.visit import Cell, Visit
from tests.storage.full_record import everything

ROOT = Path(__file__).parents[2]
OLD_SHAPE = Path(__file__).parent / "shapes" / "0001_record.db"
LONGEST_S = 0.12
"""A kill comes within this time: some twenty answers, or a migration."""


class Killed:
    """The process that is killed, again and again."""

    def __init__(self) -> None:
        self._running = subprocess.Popen(
            [sys.executable, "-m", "tests.storage.to_be_killed"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.times = 0

    def at(self, seconds: float, deed: str, folder: Path, of: str, *, after: int = 0) -> list[int]:
        """Let it begin, kill it so long after that, or after so many ticks, however long they take; all its ticks."""
        assert self._running.stdin is not None
        self._running.stdin.write(f"{deed} {folder} {of}\n")
        self._running.stdin.flush()
        word, child = self._said()
        assert word == "pid"
        ticks: list[int] = []
        while len(ticks) < after:
            word, tick = self._said()
            assert word == "tick"
            ticks.append(int(tick))
        time.sleep(seconds)
        os.kill(int(child), signal.SIGKILL)
        self.times += 1
        while (said := self._said())[0] == "tick":
            ticks.append(int(said[1]))
        assert said == ["over"]
        return ticks

    def _said(self) -> list[str]:
        assert self._running.stdout is not None
        return self._running.stdout.readline().split()

    def end(self) -> None:
        self._running.communicate()


@pytest.fixture
def killed() -> Iterator[Killed]:
    process = Killed()
    yield process
    process.end()


TIMES = [pytest.param(10), pytest.param(100, marks=pytest.mark.soak)]
"""In the fast suite a tenth or less; with five deeds, five hundred in all."""


def held(record: Record, visit: str) -> set[int]:
    cells = record.visit(visit).cells
    return {int(str(row.value)) for cell, row in cells.items() if cell.field.startswith("trial.")}


@pytest.mark.parametrize("times", TIMES)
@pytest.mark.parametrize("deed", ["answers", "backups"])
def test_every_tick_shown_before_a_kill_is_stored(
    record: Record, visit: Visit, folder: Path, reopen: Callable[[], Record], killed: Killed, deed: str, times: int
) -> None:
    record.close()
    chance = random.Random(times)  # noqa: S311  # the same each time, nothing secret
    confirmed: set[int] = set()
    for number in range(times):
        confirmed |= set(killed.at(chance.uniform(0, LONGEST_S), deed, folder, visit.id, after=number % 2))
        assert verify(folder / "clinic.db").problems == ()
    again = reopen()
    assert killed.times == times
    assert len(confirmed) >= times // 2
    assert confirmed <= held(again, visit.id)
    assert len(held(again, visit.id)) <= len(confirmed) + times, "at most one answer a kill without its tick"
    assert again.visit(visit.id).value(Cell("hip_ir_supine", "left", f"trial.{max(confirmed)}")) == Decimal(
        max(confirmed)
    )
    made = backups(folder / "backups")
    assert deed == "backups" or not made
    for one in made:
        assert verify(one.path).problems == ()


@pytest.mark.parametrize("times", TIMES)
def test_killed_while_an_older_record_is_brought_up_to_date(tmp_path: Path, killed: Killed, times: int) -> None:
    chance = random.Random(times)  # noqa: S311  # the same each time, nothing secret
    path = tmp_path / "clinic.db"
    done = 0
    for number in range(times):
        shutil.copy(OLD_SHAPE, path)
        before = verify(path)
        visit = "01a201c8-4b30-7436-97ad-38042b1df02f"
        ticks = killed.at(chance.uniform(0, 3 * LONGEST_S), "answers", tmp_path, visit, after=int(number == 0))
        verdict = verify(path)
        assert verdict.problems == ()
        assert verdict.rows >= before.rows + len(ticks)
        assert verdict.steps[: len(before.steps)] == before.steps
        done += len(verdict.steps) > len(before.steps)
        for copy in tmp_path.glob("clinic.before-*.db"):
            assert verify(copy).problems == ()
            copy.unlink()
        path.unlink()
    assert done > 0


@pytest.mark.parametrize("times", TIMES)
def test_killed_while_a_patient_is_erased(
    record: Record, visit: Visit, library: Library, new_id: Ids, folder: Path, killed: Killed, times: int
) -> None:
    """The patient is there whole or gone whole; where it was said to be done, gone."""
    everything(record, visit, library, new_id)
    stays = record.add_patient(family_name="Nowak", given_name="Jan", birth_date=visit.date, sex="M", code="K8")
    whole = held_by(record, visit.patient.id)
    record.close()
    path, kept = folder / "clinic.db", (folder / "clinic.db").read_bytes()
    chance = random.Random(times)  # noqa: S311  # the same each time, nothing secret
    gone = 0
    for number in range(times):
        path.write_bytes(kept)
        ticks = killed.at(chance.uniform(0, LONGEST_S), "erasing", folder, visit.patient.id, after=int(number == 0))
        assert verify(path).problems == ()
        after = open_record(folder, record.now, new_id)
        left = held_by(after, visit.patient.id)
        assert after.patient(stays.id).code == "K8"
        after.close()
        assert not list(folder.glob(".clinic.*")), "what was left by the kill went with the next opening"
        assert left in ({}, whole)
        assert not (ticks and left)
        assert left or visit.patient.code.encode() not in path.read_bytes()
        gone += not left
    assert gone > 0


@pytest.mark.parametrize("times", [4, *TIMES[1:]])
def test_killed_while_a_backup_is_restored(
    record: Record, visit: Visit, new_id: Ids, folder: Path, killed: Killed, times: int
) -> None:
    """The record before it or the backup, each whole; where the backup took its place, the other lies beside it."""
    backup = back_up(folder, None, record.now())
    record.add_patient(family_name="Nowak", given_name="Jan", birth_date=visit.date, sex="M", code="K8")
    record.close()
    path, later = folder / "clinic.db", (folder / "clinic.db").read_bytes()
    chance = random.Random(times)  # noqa: S311  # the same each time, nothing secret
    restored = 0
    for number in range(times):
        path.write_bytes(later)
        seconds = chance.uniform(0, 2 * LONGEST_S) if number > 1 else 0
        ticks = killed.at(seconds, "restoring", folder, str(backup), after=int(number == 0))
        assert verify(path).problems == ()
        for left in folder.glob(".restoring-*"):
            os.utime(left, (0, 0))
        after = open_record(folder, record.now, new_id)
        codes = {patient.code for patient in after.patients()}
        after.close()
        assert visit.patient.code in codes <= {visit.patient.code, "K8"}
        assert not (ticks and "K8" in codes)
        assert not list(folder.glob(".restoring-*"))
        kept = {one: one.read_bytes() for one in folder.glob("clinic.replaced-*.db")}
        assert "K8" in codes or list(kept.values()) == [later]
        for one in kept:
            one.unlink()
        restored += "K8" not in codes
    assert 0 < restored < times
