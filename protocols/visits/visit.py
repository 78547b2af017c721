"""A visit as kept: who the patient is, and the cells that hold what was measured and agreed."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import Any

import msgspec

from protocols.case import Entry, Patient, Stand
from protocols.model import Sex
from protocols.visits.cells import Cell, Measurement
from protocols.visits.stand import stand
from protocols.visits.taken import entries


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
        return entries(self.cells)

    @cached_property
    def stand(self) -> Stand | None:
        """The stand test as taken."""
        return stand(self.cells)

    def value(self, at: Cell, default: Any = None) -> Any:
        """What the cell holds, or the default where it is empty or holds a reason instead."""
        row = self.cells.get(at)
        return default if row is None or row.value is None else row.value
