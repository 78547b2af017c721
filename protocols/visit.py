"""One visit of one patient: what was measured and agreed so far. Values in, values out; the record keeps them."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

import msgspec

from protocols.case import Case, Entry, LastPlan, Previous
from protocols.devices import is_reading, other_device
from protocols.model import Library
from protocols.visits.cells import CONCERN, ITEM, RATER, SECOND, VITALS, Cell, Measurement, Told, Value, plain
from protocols.visits.follow import CRASH, FOLLOW, TakenHome, follow_cell, last_plan, newest_stands, taken_home
from protocols.visits.intake import answered, concern_set, intake
from protocols.visits.previous import told_previous
from protocols.visits.stand import stand
from protocols.visits.taken import answer, answer_value, entries, upright, vitals
from protocols.visits.telling import from_case
from protocols.visits.visit import PatientDetails, Visit
from protocols.visits.wanted import PLAN_CARDS, by_hand, cards_of, cards_value

__all__ = [
    "CONCERN",
    "CRASH",
    "FOLLOW",
    "ITEM",
    "PLAN_CARDS",
    "RATER",
    "SECOND",
    "VITALS",
    "Cell",
    "Measurement",
    "PatientDetails",
    "Progress",
    "TakenHome",
    "Told",
    "Value",
    "Visit",
    "answer",
    "answer_value",
    "cards_of",
    "cards_value",
    "compared",
    "entries",
    "follow_cell",
    "from_case",
    "newest_stands",
    "plain",
    "record",
    "stand",
    "taken_home",
    "to_case",
    "told_row",
    "unit_of",
    "vitals",
]


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
        red_flags=answered(held, "yes"),
        red_flags_unknown=answered(held, "unknown"),
        concern_set=concern_set(held),
        tests=_known(visit.tests, library),
        standing=visit.stand,
        upright=upright(held),
        vitals=vitals(held),
        by_hand=by_hand(held),
        last_plan=_last_plan(last, visit, library) if last else None,
        previous=told_previous(held) or (compared(previous, visit, library) if previous else None),
        **intake(held),
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
