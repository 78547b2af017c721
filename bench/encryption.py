"""What encryption costs: one derivation to open, the commit of an answer, opening a visit; beside a plain record.

    python -m bench.encryption [--measurements 100000]

Budgets: 500 ms to unlock, 5 ms p95 for a commit, 50 ms for a visit (design, section 6).
"""

from __future__ import annotations

import argparse
import datetime as dt
import statistics
import tempfile
import time
from decimal import Decimal
from pathlib import Path

from assess_tui.storage.ids import uuid7
from assess_tui.storage.keys import add_slot, create, keep, unlock
from assess_tui.storage.record import open_record
from assess_tui.visit.session import VisitSession
from bench.open_visit import measured
from protocols.library import load
from protocols.visit import Cell

WORDS = "linden harbour seven"
UNLOCKS, COMMITS, PEOPLE = 9, 400, 8


def main() -> None:
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--measurements", type=int, default=100_000)
    many = wanted.parse_args().measurements
    with tempfile.TemporaryDirectory() as name:
        unlocking(Path(name))
    for words, key in (("plain", None), ("encrypted", bytes(range(32)))):
        with tempfile.TemporaryDirectory() as name:
            times = committing(Path(name), key)
        print(f"commit of an answer, {words}: p50 {statistics.median(times):.2f} ms, p95 {p95(times):.2f} ms")
        middle, slow = measured(many, key)
        print(f"open a visit among {many}, {words}: p50 {middle:.2f} ms, p95 {slow:.2f} ms")


def unlocking(folder: Path) -> None:
    """With one person and with many: one derivation serves all slots."""
    created = create(WORDS, "M. Vogel", now(), uuid7)
    keep(folder, created)
    print(f"unlock, 1 person: median {timed_unlock(folder):.0f} ms (budget 500 ms)")
    for number in range(PEOPLE - 1):
        add_slot(folder, created.key, f"{WORDS} {number}", f"Person {number}", now(), uuid7())
    print(f"unlock, {PEOPLE} people: median {timed_unlock(folder):.0f} ms (budget 500 ms)")


def timed_unlock(folder: Path) -> float:
    times = []
    for _ in range(UNLOCKS):
        begun = time.perf_counter()
        unlock(folder, WORDS, now())
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times)


def committing(folder: Path, key: bytes | None) -> list[float]:
    """Milliseconds of each answer of one visit, on disk."""
    library = load()
    record = open_record(folder, now, uuid7, key)
    patient = record.add_patient(family_name="Ruiz", given_name="Ana", birth_date=dt.date(1991, 5, 1), sex="F")
    session = VisitSession(record, record.open_visit(patient.id, "T", library), library, now, uuid7, "T")
    times = []
    for number in range(COMMITS):
        begun = time.perf_counter()
        session.put(Cell("hip_ir_supine", "left", f"trial.{number % 3}"), Decimal(number % 40))
        times.append((time.perf_counter() - begun) * 1000)
    record.close()
    return times


def p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


if __name__ == "__main__":
    main()
