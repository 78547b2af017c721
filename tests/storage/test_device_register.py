"""The register of devices: what is known now, what was known before, and the device beside each value."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from assess_tui.storage.errors import StorageError
from assess_tui.storage.ids import Ids
from assess_tui.storage.record import Record
from assess_tui.visit.devices import LAST_CHOICE
from assess_tui.visit.session import VisitSession
from protocols.devices import other_device
from protocols.model import Library
from protocols.visit import Cell, PatientDetails, Visit
from protocols.visits.cells import SECOND

CHECKED = dt.date(2026, 3, 1)
LEFT = Cell("hip_ir_supine", "left", "trial.1")


class Clinic:
    """One patient's visits, opened one after the other."""

    def __init__(self, record: Record, patient: PatientDetails, library: Library, new_id: Ids) -> None:
        self.record, self._patient, self._library, self._new_id = record, patient, library, new_id

    def visit(self) -> VisitSession:
        return self.again(self.record.open_visit(self._patient.id, "M. Vogel", self._library))

    def again(self, visit: Visit) -> VisitSession:
        now = self.record.now
        return VisitSession(self.record, self.record.visit(visit.id), self._library, now, self._new_id, "M. Vogel")

    def device(self, name: str, kind: str = "inclinometer") -> str:
        return self.record.register_device(kind, name, clinician="M. Vogel").id  # type: ignore[arg-type]  # a known kind


@pytest.fixture
def clinic(record: Record, patient: PatientDetails, library: Library, new_id: Ids) -> Clinic:
    return Clinic(record, patient, library, new_id)


# -- the register ------------------------------------------------------------------------------------------------------


def test_a_device_is_known_as_it_was_told_last(record: Record, reopen: Callable[[], Record], folder: Path) -> None:
    old = record.register_device("goniometer", "  Baseline\t12 inch ", checked=CHECKED, clinician="M. Vogel")
    cuff = record.register_device("cuff", "Omron <M3>", clinician="M. Vogel")
    told = msgspec.structs.replace(old, name="Baseline, blue", checked=dt.date(2026, 11, 1), in_use=False)
    record.revise_device(told, "Kim Lee")
    record.close()
    assert reopen().devices() == [told, cuff]
    with sqlite3.connect(folder / "clinic.db") as raw:
        rows = raw.execute("SELECT device, name, checked, in_use, clinician FROM device ORDER BY id").fetchall()
    assert rows == [
        (old.id, "Baseline 12 inch", "2026-03-01", 1, "M. Vogel"),
        (cuff.id, "Omron <M3>", None, 1, "M. Vogel"),
        (old.id, "Baseline, blue", "2026-11-01", 0, "Kim Lee"),
    ]


def test_telling_the_same_again_adds_nothing(record: Record, folder: Path) -> None:
    device = record.register_device("crom", "CROM 3", clinician="M. Vogel")
    assert record.revise_device(device, "Kim Lee") == device
    with sqlite3.connect(folder / "clinic.db") as raw:
        assert raw.execute("SELECT count(*) FROM device").fetchone() == (1,)


def test_its_kind_is_that_of_its_registration(record: Record) -> None:
    device = record.register_device("crom", "CROM 3", clinician="M. Vogel")
    record.revise_device(msgspec.structs.replace(device, kind="cuff", name="CROM 4"), "M. Vogel")
    assert [(one.kind, one.name) for one in record.devices()] == [("crom", "CROM 4")]


def test_what_is_no_device_is_refused(record: Record, new_id: Ids) -> None:
    device = record.register_device("crom", "CROM 3", clinician="M. Vogel")
    with pytest.raises(ValueError, match="a device has a name"):
        record.register_device("crom", " \n", clinician="M. Vogel")
    with pytest.raises(StorageError, match="no device with the id"):
        record.revise_device(msgspec.structs.replace(device, id=new_id()), "M. Vogel")
    assert record.devices() == [device]


def test_two_copies_that_both_revised_a_device_are_one_device_again(record: Record, folder: Path, new_id: Ids) -> None:
    device = record.register_device("cuff", "Omron", clinician="M. Vogel")
    record.revise_device(msgspec.structs.replace(device, name="Omron, room 1"), "M. Vogel")
    with sqlite3.connect(folder / "clinic.db") as raw:  # the other copy's word, come by set union
        raw.execute(
            "INSERT INTO device SELECT ?, device, 'x', kind, 'Omron, room 2', checked, 1, at, clinician, device "
            "FROM device WHERE id = device",
            [new_id()],
        )
    assert [one.name for one in record.devices()] == ["Omron, room 2"]
    record.revise_device(msgspec.structs.replace(device, name="Omron, room 3"), "M. Vogel")
    assert [one.name for one in record.devices()] == ["Omron, room 3"]


# -- beside each value -------------------------------------------------------------------------------------------------


def test_a_value_keeps_the_device_it_was_read_with(clinic: Clinic) -> None:
    level, phone = clinic.device("Level"), clinic.device("Phone")
    session = clinic.visit()
    session.put(LEFT, Decimal(24))
    session.devices.choose("inclinometer", level)
    session.put(LEFT._replace(field="trial.2"), Decimal(25))
    session.devices.choose("inclinometer", phone)
    session.put(LEFT._replace(side="right"), Decimal(26))
    stored = clinic.record.visit(session.visit.id).cells
    read_with = {cell[1:]: row.device for cell, row in stored.items() if cell.test == "hip_ir_supine"}
    assert read_with == {("left", "trial.1"): None, ("left", "trial.2"): level, ("right", "trial.1"): phone}


def test_only_what_is_read_with_a_device_carries_one(clinic: Clinic) -> None:
    devices = {kind: clinic.device(kind, kind) for kind in ("goniometer", "inclinometer", "cuff")}
    session = clinic.visit()
    for kind, device in devices.items():
        session.devices.choose(kind, device)  # type: ignore[arg-type]  # kinds, as written above
    for cell in (
        Cell("bts_gap", "left"),  # a tape measure
        Cell("hip_ir_supine", "left", "pain"),
        Cell("@intake", field="minutes"),
        Cell("@stand", field="pain_end"),
    ):
        assert session.put(cell, Decimal(4)).device is None
    assert session.put(Cell("hip_ir_supine", "right"), absent="pain").device is None
    reading = session.put(Cell("@stand", field="minute.1"), {"hr": Decimal(80)})
    lying = session.put(Cell("@stand", field="supine.1"), {"hr": Decimal(70)})
    assert reading.device == lying.device == devices["cuff"]


def test_one_test_may_be_read_with_another_device(clinic: Clinic, library: Library) -> None:
    level, palm = clinic.device("Level"), clinic.device("PALM")
    session = clinic.visit()
    session.devices.choose("inclinometer", level)
    session.devices.choose("inclinometer", palm, library.tests["pelvic_tilt"], only_here=True)
    assert session.put(Cell("pelvic_tilt", "left", "trial.1"), Decimal(9)).device == palm
    assert session.put(LEFT, Decimal(24)).device == level


def test_the_device_chosen_on_a_step_is_the_one_it_is_read_with(clinic: Clinic, library: Library) -> None:
    level, baseline = clinic.device("Level"), clinic.device("Baseline", "goniometer")
    thomas = library.tests["mtt_hip_ext"]  # an inclinometer or a goniometer
    session = clinic.visit()
    session.devices.choose("inclinometer", level)
    session.devices.choose("goniometer", baseline, thomas)
    assert session.put(Cell(thomas.id, "left", "trial.1"), Decimal(9)).device == baseline
    assert session.put(LEFT, Decimal(24)).device == level
    session.devices.choose("inclinometer", "", thomas)
    assert session.put(Cell(thomas.id, "right", "trial.1"), Decimal(9)).device is None


def test_the_choice_of_the_last_visit_holds_until_another_is_made(clinic: Clinic) -> None:
    level = clinic.device("Level")
    first = clinic.visit()
    first.devices.choose("inclinometer", level)
    second = clinic.visit()
    assert second.put(LEFT, Decimal(24)).device == level
    assert second.put(LEFT._replace(side="right"), Decimal(24)).device == level
    third = clinic.visit()
    third.devices.choose("inclinometer", "")
    assert third.put(LEFT, Decimal(24)).device is None


def test_a_late_correction_is_read_with_what_its_visit_was_read_with(clinic: Clinic) -> None:
    """Nobody chose in this visit: it began with what the clinic had chosen last, which has changed since."""
    level, phone = clinic.device("Level"), clinic.device("Phone")
    clinic.record.set_setting(LAST_CHOICE, {"inclinometer": level})
    session = clinic.visit()
    assert session.put(LEFT, Decimal(24)).device == level
    clinic.record.set_setting(LAST_CHOICE, {"inclinometer": phone})
    assert clinic.again(session.visit).put(LEFT, Decimal(25)).device == level
    assert clinic.visit().put(LEFT, Decimal(25)).device == level, "as at this patient's last visit"


def test_what_is_out_of_use_is_not_taken_for_granted(clinic: Clinic) -> None:
    level = clinic.device("Level")
    clinic.visit().devices.choose("inclinometer", level)
    device = clinic.record.devices()[0]
    clinic.record.revise_device(msgspec.structs.replace(device, in_use=False), "M. Vogel")
    assert clinic.visit().put(LEFT, Decimal(24)).device is None


def test_undo_redo_and_a_note_keep_the_device_of_the_value(clinic: Clinic) -> None:
    level, phone = clinic.device("Level"), clinic.device("Phone")
    session = clinic.visit()
    session.devices.choose("inclinometer", level)
    session.put(LEFT, Decimal(24))
    session.put(LEFT, Decimal(30))
    session.undo()
    assert session.visit.cells[LEFT].device == level
    session.devices.choose("inclinometer", phone)
    session.annotate(LEFT, "knee bent")
    assert (session.visit.cells[LEFT].device, session.visit.cells[LEFT].note) == (level, "knee bent")
    session.put(LEFT, Decimal(24), note="knee bent")  # the same number, read again with the phone
    assert session.visit.cells[LEFT].device == phone
    session.undo()
    session.redo()
    assert session.visit.cells[LEFT].device == phone


def test_undo_says_the_name_of_a_device_and_never_its_id(clinic: Clinic) -> None:
    level = clinic.device("Level")
    session = clinic.visit()
    session.devices.choose("inclinometer", level)
    assert session.undo() == "Read with, inclinometer: Level -> as before"


def test_a_value_cannot_carry_a_device_nobody_registered(record: Record, visit: Visit, clinic: Clinic) -> None:
    row = clinic.again(visit).put(LEFT, Decimal(24))
    with pytest.raises(StorageError):
        record.append(msgspec.structs.replace(row, id="another", supersedes=row.id, device="no such device"))


def test_two_visits_know_which_tests_were_read_with_another_device(clinic: Clinic) -> None:
    level, phone, cuff = clinic.device("Level"), clinic.device("Phone"), clinic.device("Omron", "cuff")
    first, second = clinic.visit(), clinic.visit()
    for session, device in ((first, level), (second, phone)):
        session.devices.choose("inclinometer", device)
        session.devices.choose("cuff", cuff)
        session.put(LEFT, Decimal(24))
        session.put(Cell("@stand", field="minute.1"), {"hr": Decimal(80)})
    assert other_device(first.visit.cells, second.visit.cells) == {"hip_ir_supine"}


# -- read twice --------------------------------------------------------------------------------------------------------


def test_what_two_raters_read_is_collected_over_all_visits(clinic: Clinic) -> None:
    sessions = [clinic.visit() for _ in range(3)]
    for number, session in enumerate(sessions[:2]):
        session.put(Cell("wall_hinge", "left"), Decimal(150 + number))
        session.put(Cell("wall_hinge", "left", SECOND), Decimal(160 + number), by="B. Okafor")
        session.put(LEFT, Decimal(20))
    sessions[2].put(Cell("wall_hinge", "left"), Decimal(170))
    sessions[1].withdraw(Cell("wall_hinge", "left", SECOND))
    (read,) = clinic.record.read_twice("wall_hinge")
    assert {cell: row.value for cell, row in read.items()} == {
        Cell("wall_hinge", "left"): Decimal(150),
        Cell("wall_hinge", "left", SECOND): Decimal(160),
    }
    assert read[Cell("wall_hinge", "left", SECOND)].clinician == "B. Okafor"
    assert clinic.record.tests_read_twice() == {"wall_hinge"}
    assert list(clinic.record.read_twice("hip_ir_supine")) == []


def test_the_second_reading_is_found_without_reading_the_whole_record(record: Record) -> None:
    asked: list[str] = []
    record._db.set_trace_callback(asked.append)
    list(record.read_twice("wall_hinge"))
    record._db.set_trace_callback(None)
    steps = record._db.execute(f"EXPLAIN QUERY PLAN {asked[-1]}").fetchall()
    assert any("measurement_second" in step[-1] for step in steps), steps
