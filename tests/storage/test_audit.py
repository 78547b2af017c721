"""Every row that is added has its entry, in a chain anyone can check with SHA-256 and JSON alone."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import random
import sqlite3
import statistics
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from assess_tui.storage.errors import StorageError
from assess_tui.storage.ids import Ids
from assess_tui.storage.record import Record, open_record
from assess_tui.storage.shape import AUDITED, key_of
from assess_tui.storage.verify import verify
from protocols.model import Library
from protocols.visit import Cell, Visit
from tests.storage.full_record import entries, everything, session_of

OF_A_COMMIT_MS = 5
"""Of the processor, 95 of 100 (issue: commit of one answer at most 5 ms); what the disk takes is the disk's."""


def sha(told: object) -> str:
    """As the documentation has it: SHA-256 of JSON, keys sorted, no spaces."""
    text = json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def test_every_row_of_every_table_is_entered_with_the_digest_of_what_is_stored(
    record: Record, visit: Visit, library: Library, new_id: Ids, folder: Path
) -> None:
    everything(record, visit, library, new_id)
    told = {(entry["about"], entry["subject"]): entry["digest"] for entry in entries(folder) if entry["about"]}
    stored = {}
    with sqlite3.connect(folder / "clinic.db") as raw:
        raw.row_factory = sqlite3.Row
        for table in AUDITED:
            for row in raw.execute(f"SELECT * FROM {table}"):  # noqa: S608
                held = {name: row[name] for name in row.keys() if row[name] is not None}  # noqa: SIM118
                plain = {
                    name: {"sha256": hashlib.sha256(value).hexdigest()} if isinstance(value, bytes) else value
                    for name, value in held.items()
                }
                stored[table, row[key_of(table)]] = sha(plain)
    assert {table for table, _ in stored} == set(AUDITED)
    assert told == stored


def test_each_entry_is_sealed_to_the_one_before(
    record: Record, visit: Visit, library: Library, new_id: Ids, folder: Path
) -> None:
    everything(record, visit, library, new_id)
    previous = ""
    for number, entry in enumerate(entries(folder), 1):
        *said, seal = entry.values()
        assert (entry["number"], entry["previous"]) == (number, previous)
        assert seal == sha(said)
        previous = str(seal)


def test_what_was_done_and_by_whom(record: Record, visit: Visit, library: Library, new_id: Ids, folder: Path) -> None:
    record.set_setting("clinician", "A. Kern")
    before = len(entries(folder))
    everything(record, visit, library, new_id)
    record.note("opened", visit.id, who="B. Roth")
    record.note("opened", visit.id)
    done = [(entry["action"], entry["about"], entry["who"]) for entry in entries(folder)[before:]]
    assert done == [
        ("entered", "measurement", "M. Vogel"),
        ("corrected", "measurement", "M. Vogel"),
        ("withdrew", "measurement", "M. Vogel"),
        ("entered", "plan", "M. Vogel"),
        ("printed", "document", "A. Kern"),
        ("entered", "paper", "A. Kern"),
        ("entered", "device", "M. Vogel"),
        ("corrected", "device", "M. Vogel"),
        ("entered", "template", "M. Vogel"),
        ("withdrew", "template", "M. Vogel"),
        ("entered", "patient", "A. Kern"),
        ("entered", "patient_detail", "A. Kern"),
        ("merged", "patient_union", "M. Vogel"),
        ("parted", "patient_union", "M. Vogel"),
        ("erased", "erasure", "K. Nowak"),
        ("entered", "visit_event", "A. Kern"),
        ("opened", "", "B. Roth"),
        ("opened", "", "A. Kern"),
    ]


def test_a_row_and_its_entry_are_stored_together_or_not_at_all(
    record: Record, visit: Visit, new_id: Ids, library: Library, folder: Path
) -> None:
    held = len(entries(folder))

    def broken_off() -> None:
        with record.together():
            session_of(record, visit, library, new_id).put(Cell("fpi6", "left"), Decimal(2))
            raise StorageError("The disk is full", "make room")

    with pytest.raises(StorageError):
        broken_off()
    assert len(entries(folder)) == held
    assert record.history(visit.id) == []


def test_an_entry_is_never_changed_or_deleted(record: Record, visit: Visit) -> None:
    for change in ("UPDATE audit SET who = 'x'", "DELETE FROM audit", "REPLACE INTO audit SELECT * FROM audit"):
        with pytest.raises(Exception, match="audit is only ever added to"):
            record._db.execute(change)


def test_two_instances_write_one_chain(
    record: Record, visit: Visit, reopen: Callable[[], Record], library: Library, new_id: Ids, folder: Path
) -> None:
    sessions = [session_of(one, visit, library, new_id) for one in (record, reopen())]
    for number in range(6):
        sessions[number % 2].put(Cell("fpi6", "left", f"trial.{number}"), Decimal(number))
    assert verify(folder / "clinic.db").problems == ()
    assert [entry["number"] for entry in entries(folder)] == list(range(1, len(entries(folder)) + 1))


# -- the clock ---------------------------------------------------------------------------------------------------------


def test_a_clock_set_back_is_entered_once_and_refuses_nothing(tmp_path: Path, library: Library) -> None:
    moments = {"now": dt.datetime(2026, 11, 1, 9, tzinfo=dt.UTC)}
    ids = Ids(lambda: int(moments["now"].timestamp() * 1000), random.Random(2).getrandbits)  # noqa: S311  # the same each time, nothing secret
    record = open_record(tmp_path, lambda: moments["now"], ids)
    patient = record.add_patient(family_name="Ruiz", given_name="Ana", birth_date=dt.date(1992, 3, 4), sex="F")
    visit = record.open_visit(patient.id, "M. Vogel", library)
    session_of(record, visit, library, ids).put(Cell("fpi6", "left"), Decimal(1))
    record.close()
    moments["now"] -= dt.timedelta(days=400)
    later = Ids(lambda: int(moments["now"].timestamp() * 1000), random.Random(3).getrandbits)  # noqa: S311  # the same each time, nothing secret
    record = open_record(tmp_path, lambda: moments["now"], later)
    session = session_of(record, record.visit(visit.id), library, later)
    session.put(Cell("fpi6", "left"), Decimal(2))
    session.put(Cell("fpi6", "left"), Decimal(3))
    assert [row.value for row in record.history(visit.id)] == [Decimal(1), Decimal(2), Decimal(3)]
    record.close()
    told = entries(tmp_path)
    assert [entry["subject"] for entry in told if entry["action"] == "clock set back"] == ["2026-11-01T09:00:00+00:00"]
    assert [entry["id"] for entry in told] == sorted(str(entry["id"]) for entry in told)
    assert verify(tmp_path / "clinic.db").problems == ()


def test_ids_go_on_above_any_id(new_id: Ids) -> None:
    last = "ffffffff-0000-7fff-bfff-ffffffffffff"
    new_id.rise_above(last)
    following = [new_id(), new_id()]
    assert [last, *following] == sorted([last, *following])
    new_id.rise_above("00000000-0000-7000-8000-000000000000")
    assert new_id() > following[-1]


# -- what it costs -----------------------------------------------------------------------------------------------------


def test_the_commit_of_an_answer(
    record: Record, visit: Visit, library: Library, new_id: Ids, capsys: pytest.CaptureFixture[str]
) -> None:
    session = session_of(record, visit, library, new_id)
    times, computed = [], []
    for number in range(200):
        begun, worked = time.perf_counter(), time.thread_time()
        session.put(Cell("hip_ir_supine", "left"), Decimal(number))
        times.append((time.perf_counter() - begun) * 1000)
        computed.append((time.thread_time() - worked) * 1000)
    p95, own = (statistics.quantiles(one, n=20)[-1] for one in (times, computed))
    with capsys.disabled():
        print(f"\ncommit of an answer: p50 {statistics.median(times):.2f}, p95 {p95:.2f} ms; of it computing {own:.2f}")  # noqa: T201
    assert own <= OF_A_COMMIT_MS
