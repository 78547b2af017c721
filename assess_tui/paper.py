"""From the open visit to a document, and the document into the record's folder."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from assess_tui.session import VisitSession
from assess_tui.storage.documents import store
from assess_tui.storage.folder import DOCUMENTS
from protocols.visit import Cell
from reports.content import TICKS, Options, Subject
from reports.documents import Document, file_name, plan_document, report_document

if TYPE_CHECKING:
    from assess_tui.storage.record import Record


def subject(session: VisitSession, record: Record) -> Subject:
    """Who and what the documents are about."""
    return Subject(
        patient=session.patient,
        case=session.case(),
        assessment=session.assessment(),
        clinician=session.visit.clinician,
        clinic=record.setting("clinic", ""),
        started=session.visit.started,
        number=session.visit.number,
        skipped=session.skipped_on_record(),
        ticks=tuple(tick for tick in TICKS if session.visit.value(Cell("@consent", field=tick)) is True),
    )


def document(session: VisitSession, record: Record, options: Options, *, report: bool) -> Document:
    """The clinic's report, or the take-home plan (the referral letter where the plan is blocked)."""
    make = report_document if report else plan_document
    return make(subject(session, record), session.library, options)


def keep(session: VisitSession, record: Record, folder: Path, made: Document, data: bytes, options: Options) -> Path:
    """Write the PDF (mode 0600, named by code and date) and note it in the record. Raises StorageError."""
    name = file_name(made, session.patient, session.visit.date)
    path = store(folder / DOCUMENTS, name, data)
    digest = hashlib.sha256(data).hexdigest()
    record.add_document(session.visit.id, made.kind, msgspec.to_builtins(options), digest, name)
    return path
