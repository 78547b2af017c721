"""One visit as open data tells of it: the cells as typed, and what was concluded from them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from protocols.devices import is_reading
from protocols.grading import SideGrade
from protocols.model import Library
from protocols.planning import Plan
from protocols.visit import SECOND, Cell, Measurement, PatientDetails, Visit
from reports.content import Subject

GROUPS: Final = {
    "@concern": "Level of concern",
    "@consent": "Consent",
    "@devices": "Read with",
    "@finish": "Finish",
    "@flags": "Red flags",
    "@follow": "Follow-up",
    "@intake": "Intake",
    "@plan": "Plan",
    "@previous": "Earlier values",
    "@second": "Second rater",
    "@stand": "Stand test",
    "@teach_back": "Teach-back",
    "@upright": "Before and after standing",
    "@vitals": "Vital signs",
}
"""What the groups of answers beside the tests are called."""


class Tool(NamedTuple):
    """A device of the clinic's register."""

    name: str
    kind: str


class Examined(NamedTuple):
    """One visit with its conclusions."""

    visit: Visit
    subject: Subject
    library: Library
    """The definitions the visit was taken with."""
    tools: Mapping[str, Tool]
    """Device id -> device."""
    plan: Plan | None = None
    """What was taken home: the newest version kept; None where there is none that can be read."""

    def grade(self, cell: Cell) -> SideGrade | None:
        """The grade of the side a cell belongs to, where there is one."""
        test = self.subject.assessment.grades.get(cell.test)
        given = next((side for name, side in test.sides.items() if name == cell.side), None) if test else None
        return given if isinstance(given, SideGrade) else None

    def readings(self, test: str, side: str) -> tuple[Measurement, ...]:
        """The rows of what was read on a side: its value, its trials."""
        return tuple(
            row
            for cell, row in self.visit.cells.items()
            if (cell.test, cell.side) == (test, side) and is_reading(cell) and cell.field != SECOND
        )


class Course(NamedTuple):
    """A patient with the visits that are told of, oldest first."""

    patient: PatientDetails
    visits: tuple[Examined, ...]
