"""A real record in a folder of its own, with a clock and ids that repeat."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from assess_tui.storage.ids import Ids
from assess_tui.storage.record import Record, open_record
from protocols.library import load
from protocols.model import Library
from protocols.visit import PatientDetails, Visit

MORNING = dt.datetime(2026, 11, 1, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=1)))


@pytest.fixture(scope="session")
def library() -> Library:
    return load()


@pytest.fixture
def now() -> Callable[[], dt.datetime]:
    """A clock that moves a second each time it is read."""
    seconds = count()
    return lambda: MORNING + dt.timedelta(seconds=next(seconds))


@pytest.fixture
def new_id() -> Ids:
    return Ids(lambda: 1_793_520_000_000, random.Random(1).getrandbits)  # noqa: S311  # the same each time, nothing secret


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def reopen(folder: Path, now: Callable[[], dt.datetime], new_id: Ids) -> Iterator[Callable[[], Record]]:
    """Opens the record of the folder, as often as asked; all are closed at the end."""
    opened: list[Record] = []

    def opens() -> Record:
        opened.append(open_record(folder, now, new_id))
        return opened[-1]

    yield opens
    for record in opened:
        record.close()


@pytest.fixture
def record(reopen: Callable[[], Record]) -> Record:
    return reopen()


@pytest.fixture
def patient(record: Record) -> PatientDetails:
    return record.add_patient(family_name="Ruiz", given_name="Ana", birth_date=dt.date(1992, 3, 4), sex="F")


@pytest.fixture
def visit(record: Record, patient: PatientDetails, library: Library) -> Visit:
    return record.open_visit(patient.id, "M. Vogel", library)
