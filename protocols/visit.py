"""One visit of one patient: what was measured and agreed so far. Values in, values out; the record keeps them."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import Any, NamedTuple

import msgspec

from protocols.case import Case, Entry, LastPlan, Patient, Previous, Stand
from protocols.model import Library, Sex
from protocols.visits import cells as cell
from protocols.visits.cells import Cell, Measurement, Told, Value, plain
from protocols.visits.devices import is_reading, other_device
from protocols.visits.follow import CRASH, TakenHome, follow_cell, last_plan, newest_stands, taken_home
from protocols.visits.telling import from_case
from protocols.visits.wanted import PLAN_CARDS, by_hand, cards_of, cards_value

__all__ = [
    "CRASH",
    "PLAN_CARDS",
    "Cell",
    "Measurement",
    "PatientDetails",
    "Progress",
    "TakenHome",
    "Told",
    "Value",
    "Visit",
    "cards_of",
    "cards_value",
    "compared",
    "follow_cell",
    "from_case",
    "newest_stands",
    "plain",
    "record",
    "taken_home",
    "to_case",
    "told_row",
    "unit_of",
]


class PatientDetails(msgspec.Struct, frozen=True, kw_only=True):
    """Who the patient is, as known today."""

    id: str
    code: str
    family_name: str
    given_name: str
    birth_date: dt.date
    sex: Sex

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def graded(self) -> Patient:
        """What a grade depends on."""
        return Patient(sex=self.sex, birth_date=self.birth_date)


class Visit(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """One visit with its current cells; withdrawn and superseded rows are left out.

    What its cells make up is put together once (hence `dict`): an earlier visit is looked at with every answer.
    """

    id: str
    patient: PatientDetails
    started: dt.datetime
    clinician: str
    number: int
    """1 for the patient's first visit."""
    finished: bool = False
    digest: str
    """The library the visit is taken with."""
    cells: dict[Cell, Measurement] = {}

    @property
    def date(self) -> dt.date:
        return self.started.date()

    @cached_property
    def tests(self) -> dict[str, Entry]:
        """Every test as taken."""
        return cell.entries(self.cells)

    @cached_property
    def stand(self) -> Stand | None:
        """The stand test as taken."""
        return cell.stand(self.cells)

    def value(self, at: Cell, default: Any = None) -> Any:
        """What the cell holds, or the default where it is empty or holds a reason instead."""
        row = self.cells.get(at)
        return default if row is None or row.value is None else row.value


class Progress(NamedTuple):
    """How far a visit is along its route: steps done, steps in all, and the ids still open."""

    done: int
    total: int
    open: tuple[str, ...]


def record(visit: Visit, measurement: Measurement) -> Visit:
    """The visit with the cell set, or emptied by a row that withdraws it."""
    current = dict(visit.cells)
    current.pop(measurement.cell, None)
    if not measurement.withdrawn:
        current[measurement.cell] = measurement
    return msgspec.structs.replace(visit, cells=current)


def unit_of(at: Cell, library: Library) -> str:
    """The unit of what a cell holds; "" for all but the values and trials of a test, a second rater's too."""
    test = library.tests.get(at.test)
    return test.measure.unit if test is not None and is_reading(at) else ""


def told_row(row_id: str, visit: Visit, told: Told, library: Library, at: dt.datetime, why: str = "") -> Measurement:
    """The first row of a cell, from what is told about it."""
    return Measurement(
        id=row_id,
        visit=visit.id,
        **told.cell._asdict(),
        value=told.value,
        unit=unit_of(told.cell, library),
        absent=told.absent,
        note=told.note,
        at=at,
        clinician=visit.clinician,
        why=why,
    )


def to_case(visit: Visit, library: Library, previous: Visit | None = None, last: TakenHome | None = None) -> Case:
    """Everything the brain needs: this visit, the last one to compare with, and the plan taken home last.

    Tests the library does not know (a clinic removed one of its own) are left out of the case; they stay on record.
    """
    held = visit.cells
    return Case(
        patient=visit.patient.graded,
        date=visit.date,
        red_flags=cell.answered(held, "yes"),
        red_flags_unknown=cell.answered(held, "unknown"),
        concern_set=cell.concern_set(held),
        tests=_known(visit.tests, library),
        standing=visit.stand,
        upright=cell.upright(held),
        vitals=cell.vitals(held),
        by_hand=by_hand(held),
        last_plan=_last_plan(last, visit, library) if last else None,
        previous=cell.told_previous(held) or (compared(previous, visit, library) if previous else None),
        **cell.intake(held),
    )


def _last_plan(last: TakenHome, visit: Visit, library: Library) -> LastPlan | None:
    first = {day: compared(earlier, visit, library) for day, earlier in last.first.items()}
    return last_plan(last, visit.cells, first)


def compared(previous: Visit, visit: Visit, library: Library) -> Previous:
    """An earlier visit as this one is compared with it: its values, and on what footing."""
    return Previous(
        date=previous.date,
        same_rater=previous.clinician == visit.clinician,
        other_device=other_device(previous.cells, visit.cells),
        tests=_known(previous.tests, library),
        protocol=previous.stand.protocol if previous.stand else None,
        standing=previous.stand,
    )


def _known(tests: dict[str, Entry], library: Library) -> dict[str, Entry]:
    return {test: entry for test, entry in tests.items() if test in library.tests}
