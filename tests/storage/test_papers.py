"""A paper comes out of the record byte for byte, years later; one that is no longer the same is never given out."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assess_tui.storage.errors import NotFoundError, StorageError
from assess_tui.storage.record import Record
from protocols.model import Library
from protocols.visit import Cell, PatientDetails, Told, Visit, told_row

PLAN = b"%PDF-1.7 the plan of the first visit"
OPTIONS = {"paper": "a4", "size": 14, "identity": "full"}


@given(body=st.binary(max_size=400))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_bytes_come_out_as_they_were(record: Record, visit: Visit, body: bytes) -> None:
    record.add_document(visit.id, "handout", OPTIONS, "a.pdf", body)
    kept = record.papers(visit.id)[-1]
    assert record.paper(kept) == body
    assert (kept.sha256, kept.size, kept.options) == (hashlib.sha256(body).hexdigest(), len(body), OPTIONS)


def test_the_papers_of_all_visits_are_there_after_opening_again(
    record: Record, reopen: Callable[[], Record], visit: Visit, patient: PatientDetails, library: Library
) -> None:
    later = record.open_visit(patient.id, "M. Vogel", library)
    record.add_document(later.id, "report", OPTIONS, "b.pdf", b"%PDF later")
    record.add_document(visit.id, "handout", OPTIONS, "a.pdf", PLAN)
    record.close()
    again = reopen()
    kept = again.papers_of(patient.id)
    assert [(one.visit, one.kind, one.file_name) for one in kept] == [
        (visit.id, "handout", "a.pdf"),
        (later.id, "report", "b.pdf"),
    ]
    assert again.papers(visit.id) == kept[:1]
    assert again.paper(kept[0]) == PLAN


def test_a_paper_made_twice_is_kept_once_and_noted_twice(
    record: Record, visit: Visit, patient: PatientDetails, library: Library, folder: Path
) -> None:
    other = record.open_visit(patient.id, "M. Vogel", library)
    for made_in in (visit, visit, other):
        record.add_document(made_in.id, "handout", OPTIONS, "a.pdf", PLAN)
    assert [record.paper(kept) for kept in record.papers_of(patient.id)] == [PLAN] * 3
    with sqlite3.connect(folder / "clinic.db") as raw:
        assert raw.execute("SELECT count(*) FROM paper").fetchone() == (2,)


def test_a_paper_is_told_from_one_the_visit_was_answered_after(
    record: Record, visit: Visit, patient: PatientDetails, library: Library
) -> None:
    other = record.open_visit(patient.id, "M. Vogel", library)
    for kind in ("handout", "report"):
        record.add_document(visit.id, kind, OPTIONS, "a.pdf", PLAN)
        if kind == "handout":
            record.append(told_row(record.new_id(), visit, Told(Cell("nprs"), Decimal(3)), library, visit.started))
    record.append(told_row(record.new_id(), other, Told(Cell("nprs"), Decimal(3)), library, other.started))
    told = [(kept.kind, kept.answered_since) for kept in record.papers(visit.id)]
    assert told == [("handout", True), ("report", False)]
    for closing in (Told(Cell("psfs_mean"), absent="not_tested"), Told(Cell("@finish", field="skipped"), ["ple"])):
        record.append(told_row(record.new_id(), visit, closing, library, visit.started))
    assert told == [(kept.kind, kept.answered_since) for kept in record.papers(visit.id)], "it was only closed"


def test_of_a_paper_only_noted_it_is_said_that_it_was_not_kept(record: Record, visit: Visit, folder: Path) -> None:
    with sqlite3.connect(folder / "clinic.db") as raw:
        row = ("d1", visit.id, "handout", "{}", "00", "old.pdf", "2026-11-01T09:00:00+01:00")
        raw.execute("INSERT INTO document VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    (kept,) = record.papers(visit.id)
    assert kept.size is None
    with pytest.raises(NotFoundError, match=r"only a note of old\.pdf"):
        record.paper(kept)


def test_a_damaged_paper_is_never_given_out(record: Record, visit: Visit, folder: Path) -> None:
    record.add_document(visit.id, "handout", OPTIONS, "a.pdf", PLAN)
    with sqlite3.connect(folder / "clinic.db") as raw:
        raw.execute("DROP TRIGGER paper_no_update")
        raw.execute("UPDATE paper SET body = ?", [PLAN.replace(b"first", b"third")])
    with pytest.raises(StorageError, match="its sha256 differs"):
        record.paper(record.papers(visit.id)[0])


def test_paper_and_note_are_written_together_or_not_at_all(record: Record, visit: Visit) -> None:
    def broken_off() -> None:
        with record.together():
            record.add_document(visit.id, "handout", OPTIONS, "a.pdf", PLAN)
            raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        broken_off()
    assert record.papers(visit.id) == []
