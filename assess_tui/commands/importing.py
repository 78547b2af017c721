"""A visit that comes as a document: into the record as one, or not at all."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from protocols.visit import PatientDetails, Visit, from_case, told_row

if TYPE_CHECKING:
    from assess_tui.storage.record import Record
    from protocols.interchange import NamedVisit
    from protocols.model import Library

UNNAMED = "not named"
"""The clinician of a visit that does not say who measured."""


class MismatchError(ValueError):
    """The record knows this patient otherwise; the text names the field, what stood there and what was expected."""


def store_visit(record: Record, named: NamedVisit, library: Library, now: dt.datetime) -> Visit:
    """Store a finished visit in one transaction, under its patient, known or new.

    Raises MismatchError when the code belongs to someone else, StorageError when it could not be stored.
    """
    clinician = named.clinician or record.setting("clinician") or UNNAMED
    with record.together():
        patient = _known(record, named) or _new(record, named)
        visit = record.open_visit(patient.id, clinician, library, _started(named.case.date, now))
        for told in from_case(named.case):
            record.append(told_row(record.new_id(), visit, told, library, now, why="imported"))
        record.event(visit.id, "finished", "imported")
    return record.visit(visit.id)


def _started(day: dt.date, now: dt.datetime) -> dt.datetime:
    """The moment the visit began: noon, where only its day is known."""
    return now if day == now.date() else dt.datetime.combine(day, dt.time(12), now.tzinfo)


def _known(record: Record, named: NamedVisit) -> PatientDetails | None:
    """The patient with this code, else with this name and birth date."""
    patient = record.with_code(named.code) if named.code else None
    if patient is None:
        same = record.similar(named.family_name, named.given_name, named.birth_date)
        match = next((one for one in same if _is(one, named)), None)
        patient = None if match is None else record.patient(match.id)
    if patient is not None:
        _refuse_other(patient, named)
    return patient


def _is(patient: PatientDetails, named: NamedVisit) -> bool:
    told = (named.family_name.strip(), named.given_name.strip(), named.birth_date)
    return (patient.family_name, patient.given_name, patient.birth_date) == told


def _refuse_other(patient: PatientDetails, named: NamedVisit) -> None:
    if patient.birth_date != named.birth_date:
        raise MismatchError(
            f"line 1: patient.birth_date: {patient.code} was born on {patient.birth_date} in this record,"
            f" got {named.birth_date}; correct the code or the date"
        )
    sex = named.case.patient.sex
    if sex not in (patient.sex, "X"):
        raise MismatchError(f'line 1: patient.sex: {patient.code} is "{patient.sex}" in this record, got "{sex}"')


def _new(record: Record, named: NamedVisit) -> PatientDetails:
    return record.add_patient(
        family_name=named.family_name,
        given_name=named.given_name,
        birth_date=named.birth_date,
        sex=named.case.patient.sex,
        code=named.code,
    )
