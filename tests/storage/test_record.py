"""What is put into the record comes out as it was, and nothing is ever changed or taken away."""

from __future__ import annotations

import datetime as dt
import sqlite3
import stat
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assess_tui.storage.errors import StorageError
from assess_tui.storage.ids import Ids
from assess_tui.storage.record import Record
from assess_tui.storage.shape import GUARDED
from protocols.case import Wanted
from protocols.model import Library
from protocols.visit import Cell, Measurement, PatientDetails, Value, Visit
from tests.storage.full_record import parted_again

WHEN = dt.datetime(2026, 11, 1, 10, 15, 30, tzinfo=dt.UTC)

numbers = st.decimals(allow_nan=False, allow_infinity=False, places=None)
scalars = st.none() | st.booleans() | st.text() | numbers
values = (
    st.text()
    | numbers
    | st.booleans()
    | st.lists(scalars, max_size=4)
    | st.dictionaries(st.text(), scalars, max_size=4)
)


def row(visit: Visit, ids: Ids, value: Value, **more: str) -> Measurement:
    one = Measurement(
        id=ids(),
        visit=visit.id,
        test="hip_ir_supine",
        side="left",
        field="value",
        value=value,
        at=WHEN,
        clinician="M. Vogel",
    )
    return msgspec.structs.replace(one, **more)


@given(value=values)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_value_is_read_back_exactly_as_it_was_typed(record: Record, visit: Visit, new_id: Ids, value: Value) -> None:
    record.append(row(visit, new_id, value, test=new_id(), unit="deg", note="<b>[/]", why="x"))
    stored = record.history(visit.id)[-1]
    assert repr(stored.value) == repr(value)
    assert (stored.at, stored.clinician, stored.unit, stored.note, stored.why) == (
        WHEN,
        "M. Vogel",
        "deg",
        "<b>[/]",
        "x",
    )


def test_the_newest_row_of_a_cell_counts_and_the_older_ones_stay(record: Record, visit: Visit, new_id: Ids) -> None:
    first = row(visit, new_id, Decimal(24))
    second = row(visit, new_id, Decimal("24.0"), supersedes=first.id, why="read again")
    for one in (first, second):
        record.append(one)
    assert record.visit(visit.id).cells == {Cell("hip_ir_supine", "left"): second}
    assert record.history(visit.id) == [first, second]


def test_a_withdrawn_cell_is_empty_and_its_row_stays(record: Record, visit: Visit, new_id: Ids) -> None:
    first = row(visit, new_id, Decimal(24))
    record.append(first)
    record.append(row(visit, new_id, None, supersedes=first.id))
    assert record.visit(visit.id).cells == {}
    assert len(record.history(visit.id)) == 2


def test_a_clock_set_back_does_not_bring_an_old_value_back(record: Record, visit: Visit, new_id: Ids) -> None:
    first = row(visit, new_id, Decimal(24))
    older_id = Ids(lambda: 1, lambda bits: 0)
    second = row(visit, older_id, Decimal(30), supersedes=first.id)
    record.append(first)
    record.append(second)
    assert record.visit(visit.id).value(Cell("hip_ir_supine", "left")) == Decimal(30)


def test_everything_is_there_after_opening_again(
    record: Record, reopen: Callable[[], Record], visit: Visit, new_id: Ids, library: Library
) -> None:
    record.append(row(visit, new_id, Decimal(24)))
    record.save_plan(visit.id, {"minutes": Decimal("9.5")}, "M. Vogel")
    record.event(visit.id, "at", "hip_ir_supine 1/20")
    record.set_setting("clinic", "Praxis am Łuk")
    before = record.visit(visit.id)
    record.close()
    again = reopen()
    assert again.visit(visit.id) == before
    assert again.plans(visit.id)[0].body == {"minutes": Decimal("9.5")}
    assert [event.kind for event in again.events(visit.id)] == ["at"]
    assert again.setting("clinic") == "Praxis am Łuk"
    assert again.library(library.digest) == library


def test_a_visit_is_found_by_the_start_of_its_id(
    record: Record, visit: Visit, patient: PatientDetails, library: Library
) -> None:
    assert record.visit(visit.id[:13].upper()) == visit
    record.open_visit(patient.id, "M. Vogel", library)
    with pytest.raises(StorageError, match="several visit ids start with"):
        record.visit(visit.id[:8])
    for nobody in ("", "zz", visit.id + "0"):
        with pytest.raises(StorageError, match="holds no visit"):
            record.visit(nobody)


def test_visits_are_numbered_and_follow_each_other_by_date(
    record: Record, patient: PatientDetails, library: Library
) -> None:
    days = [dt.datetime(2026, month, 1, tzinfo=dt.UTC) for month in (9, 3, 6)]
    september, march, june = (record.open_visit(patient.id, "M. Vogel", library, day) for day in days)
    assert [record.visit(one.id).number for one in (march, june, september)] == [1, 2, 3]
    assert [one.id for one in record.visits(patient.id)] == [september.id, june.id, march.id]
    latest = record.visit(september.id)
    assert record.previous(latest) == record.visit(june.id)
    assert record.previous(record.visit(march.id)) is None


def test_unfinished_visits_are_listed_until_they_are_finished(
    record: Record, visit: Visit, patient: PatientDetails, library: Library
) -> None:
    later = record.open_visit(patient.id, "M. Vogel", library)
    record.event(visit.id, "at", "fpi6 7/12")
    listed = record.unfinished()
    assert [one.id for one in listed] == [later.id, visit.id]
    assert (listed[1].hint, listed[1].done, listed[1].total, listed[1].patient.name) == ("fpi6", 7, 12, "Ana Ruiz")
    record.event(later.id, "finished")
    assert [one.id for one in record.unfinished()] == [visit.id]
    assert record.visit(later.id).finished


def test_plans_are_numbered_within_their_visit(record: Record, visit: Visit) -> None:
    assert [record.save_plan(visit.id, {"n": Decimal(n)}, "M. Vogel") for n in (1, 2, 3)] == [1, 2, 3]
    assert [plan.version for plan in record.plans(visit.id)] == [1, 2, 3]


def test_correcting_a_patient_keeps_what_was_known(record: Record, patient: PatientDetails, folder: Path) -> None:
    married = PatientDetails(
        id=patient.id, code=patient.code, family_name="Łoś", given_name="Ana", birth_date=patient.birth_date, sex="F"
    )
    record.revise_patient(married, "married")
    assert record.patient(patient.id) == married
    assert [one.name for one in record.patients("los")] == ["Ana Łoś"]
    assert record.patients("ruiz") == []
    with sqlite3.connect(folder / "clinic.db") as raw:
        names = raw.execute("SELECT family_name FROM patient_detail ORDER BY id").fetchall()
    assert names == [("Ruiz",), ("Łoś",)]


def test_a_code_belongs_to_one_patient(record: Record, patient: PatientDetails) -> None:
    record.add_patient(family_name="Ba", given_name="Bo", birth_date=dt.date(1980, 1, 1), sex="M", code=" a-1 ")
    with pytest.raises(StorageError, match="A-1 belongs to another patient"):
        record.add_patient(family_name="Ce", given_name="Co", birth_date=dt.date(1980, 1, 1), sex="M", code="A-1")
    assert [one.family_name for one in map(record.patient, [patient.id])] == ["Ruiz"]
    assert len(record.patients()) == 2


@pytest.mark.parametrize(
    ("family", "given", "born", "found"),
    [
        ("Ruiz", "Ana", dt.date(1970, 1, 1), True),  # the same name
        ("RUÍZ", "ana", dt.date(1992, 3, 4), True),  # marks and case
        ("Ana", "Ruiz", dt.date(1992, 3, 4), True),  # exchanged
        ("Ruis", "Anna", dt.date(1992, 3, 4), True),  # misspelt, born the same day
        ("Ruis", "Anna", dt.date(1992, 3, 5), False),
        ("Okafor", "Ben", dt.date(1992, 3, 4), False),
    ],
)
def test_a_patient_who_may_exist_already_is_noticed(
    record: Record, patient: PatientDetails, family: str, given: str, born: dt.date, found: bool
) -> None:
    assert record.similar(family, given, born) == ([patient] if found else [])


def test_folder_and_file_are_the_owners_alone(record: Record, folder: Path) -> None:
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "clinic.db").stat().st_mode) == 0o600


# -- only ever added to ------------------------------------------------------------------------------------------------


@pytest.fixture
def full(record: Record, visit: Visit, new_id: Ids, folder: Path) -> Path:
    """A record with a row in every guarded table, closed."""
    record.append(row(visit, new_id, Decimal(24)))
    record.event(visit.id, "at", "fpi6")
    record.save_plan(visit.id, {}, "M. Vogel")
    record.register_device("goniometer", "Baseline", clinician="M. Vogel")
    record.save_template("Desk worker", [Wanted(card="A03")], "M. Vogel")
    record.add_document(visit.id, "handout", {"size": Decimal(16)}, "P1-2026-11-01-plan.pdf", b"%PDF")
    parted_again(record, visit, new_id)
    record.close()
    return folder / "clinic.db"


@pytest.mark.parametrize("table", GUARDED)
@pytest.mark.parametrize("change", ["UPDATE {} SET rowid = rowid + 100", "DELETE FROM {}"])
def test_another_program_cannot_change_or_delete_a_row(full: Path, table: str, change: str) -> None:
    raw = sqlite3.connect(full)
    before = raw.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608
    with pytest.raises(sqlite3.IntegrityError, match=f"{table} is only ever added to"):
        raw.execute(change.format(table))
    assert before
    assert raw.execute(f"SELECT * FROM {table}").fetchall() == before  # noqa: S608
    raw.close()


def test_a_row_cannot_be_replaced_through_the_record(
    record: Record, visit: Visit, new_id: Ids, reopen: Callable[[], Record]
) -> None:
    record.append(row(visit, new_id, Decimal(24)))
    record.close()
    again = reopen()
    with pytest.raises(Exception, match="only ever added to"):
        again._db.execute("INSERT OR REPLACE INTO measurement SELECT * FROM measurement")
    twice = again.history(visit.id)[0]
    with pytest.raises(StorageError, match="The record refused this"):
        again.append(twice)


def test_a_lost_guard_is_noticed_when_the_record_is_opened(full: Path, reopen: Callable[[], Record]) -> None:
    raw = sqlite3.connect(full)
    raw.execute("DROP TRIGGER measurement_no_update")
    raw.commit()
    raw.close()
    with pytest.raises(StorageError, match="lost its guard measurement_no_update"):
        reopen()


def test_together_stores_all_or_nothing(record: Record, visit: Visit, new_id: Ids) -> None:
    def half() -> None:
        with record.together():
            record.append(row(visit, new_id, Decimal(1)))
            record.append(msgspec.structs.replace(row(visit, new_id, Decimal(2)), visit="no such visit"))

    with pytest.raises(StorageError):
        half()
    assert record.history(visit.id) == []
