"""A clinic, a patient or a visit as a file for others: which rows, in which form, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple

from assess_tui.outgoing.paper import subject
from assess_tui.person import for_files
from assess_tui.storage.documents import papers_folder, write_parts
from assess_tui.storage.ids import uuid7
from assess_tui.visit.definitions import definitions
from assess_tui.visit.session import VisitSession
from protocols.kept import KeptPlanError, kept_plan
from protocols.planning import Plan
from reports.documents import code_in_name
from reports.examined import Course, Examined, Tool

if TYPE_CHECKING:
    from pathlib import Path

    from assess_tui.storage.record import Record
    from assess_tui.storage.rows import Scope
    from protocols.model import Library
    from protocols.visit import PatientDetails

Form = Literal["json", "csv", "fhir"]
ASK = "This file is not encrypted. Export?"
NOT_ENCRYPTED = "It holds health data and is not encrypted: keep it where only those who may read it can."


class Wanted(NamedTuple):
    """What is exported: everything, one patient or one visit, by its whole id."""

    scope: Scope
    of: str = ""
    papers: bool = True
    """Whether the bytes of the papers are in it (JSON alone has them)."""


def parts(wanted: Wanted, form: Form, record: Record, today: Callable[[], Library]) -> Iterator[bytes]:
    """The file, piece by piece. `today` gives the definitions for visits whose own cannot be read any more."""
    if form == "json":
        from assess_tui.storage.export_file import parts

        return parts(record, wanted.scope, wanted.of, papers=wanted.papers)
    courses = _courses(wanted, record, today)
    if form == "csv":
        from reports.table import table

        return table(courses)
    from reports.fhir import bundle

    return bundle(courses)


def in_words(wanted: Wanted, record: Record) -> str:
    """What an export holds: "3 visits, 412 answers"; nobody is named."""
    counts = {
        words: sum(1 for _ in record.told(table, wanted.scope, wanted.of))
        for table, words in (("patient", "patient"), ("visit", "visit"), ("measurement", "answer"))
    }
    return ", ".join(f"{count} {words}{'' if count == 1 else 's'}" for words, count in counts.items())


def export_patient(patient: PatientDetails, record: Record, folder: Path) -> Path:
    """One patient as JSON into the folder of papers, named by code and day. Raises StorageError."""
    from assess_tui.storage.export_file import parts

    path = (
        papers_folder(folder)
        / f"{code_in_name(for_files(record, patient).code)}-{record.now().date().isoformat()}-export.json"
    )
    with record.together():
        write_parts(path, parts(record, "patient", patient.id))
        record.note("exported", patient.id)
    return path


# -- visits with what was concluded ------------------------------------------------------------------------------------


def _courses(wanted: Wanted, record: Record, today: Callable[[], Library]) -> Iterator[Course]:
    """Patient by patient, visits oldest first."""
    tools = {device.id: Tool(device.name, device.kind) for device in record.devices()}
    known: dict[str, Library] = {}
    told = list(record.told("patient", wanted.scope, wanted.of))
    for head in dict.fromkeys(record.head(str(row["id"])) for row in told):
        patient = record.patient(head)
        visits = [one.id for one in reversed(record.visits(patient.id))]
        chosen = [one for one in visits if wanted.scope != "visit" or one == wanted.of]
        yield Course(patient, tuple(_examined(one, record, tools, known, today) for one in chosen))


def _examined(
    visit_id: str,
    record: Record,
    tools: dict[str, Tool],
    known: dict[str, Library],
    today: Callable[[], Library],
) -> Examined:
    visit = record.visit(visit_id)
    if visit.digest not in known:
        known[visit.digest] = definitions(record, visit, today)
    library = known[visit.digest]
    session = VisitSession(record, visit, library, record.now, uuid7, visit.clinician)
    return Examined(visit, subject(session, record), library, tools, _plan(record, visit_id))


def _plan(record: Record, visit_id: str) -> Plan | None:
    """The newest plan of the visit that can be read."""
    for stored in reversed(record.plans(visit_id)):
        try:
            return kept_plan(stored.body)
        except KeptPlanError:
            continue
    return None
