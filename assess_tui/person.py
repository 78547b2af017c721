"""What a patient's page says of the records behind it: which others are of the same person, and a code given twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from assess_tui.days import short_day

if TYPE_CHECKING:
    from assess_tui.storage.record import Record, VisitSummary
    from protocols.visit import PatientDetails

OF_ID = 6
"""Letters of an id that tell two patients of one code apart in the name of a file."""


def behind(record: Record, patient_id: str) -> list[str]:
    """Sentences to stand beside the patient's name; none for most."""
    patient, *others = (record.as_recorded(one) for one in record.records_of(patient_id))
    said = [f"also on record as {one.code}, {one.name}, born {short_day(one.birth_date)}" for one in others]
    if len(record.coded(patient.code)) > 1:
        said.append(f"another patient has the code {patient.code}, too: give one of them another")
    return said


def entered_as(record: Record, visit: VisitSummary) -> str:
    """The code of the other record a visit was entered on; "" for one on the record the person goes by."""
    return "" if visit.recorded_as == visit.patient.id else record.as_recorded(visit.recorded_as).code


def for_files(record: Record, patient: PatientDetails) -> PatientDetails:
    """The patient as files are named by: where another has the same code, with the end of the id behind it."""
    if len(record.coded(patient.code)) < 2:
        return patient
    return msgspec.structs.replace(patient, code=told_apart(patient.code, patient.id))


def told_apart(code: str, patient_id: str) -> str:
    """A code with the end of the id."""
    return f"{code}-{patient_id[-OF_ID:]}"
