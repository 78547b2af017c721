"""From the open visit to a document, and the document into the record's folder."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from assess_tui.outgoing.letterhead import letterhead
from assess_tui.person import for_files
from assess_tui.places import precautions_open
from assess_tui.storage.documents import papers_folder, write
from assess_tui.visit.plans import plan_told
from assess_tui.visit.session import VisitSession
from protocols.devices import used
from protocols.kept import KeptPlanError
from protocols.planning import Plan
from protocols.teaching import CHECK_IN, taught
from protocols.visit import Cell
from reports.content import TICKS, Options, Subject
from reports.documents import (
    Document,
    Kind,
    Progress,
    file_name,
    letter_document,
    letter_due,
    plan_document,
    report_document,
    unheard,
)
from reports.lock import locked

NOT_ASKED = "No plan yet: not all precautions were asked, and the plan goes by them."

if TYPE_CHECKING:
    from assess_tui.storage.record import KeptPaper, Record
    from protocols.model import Library
    from protocols.visit import PatientDetails


def subject(session: VisitSession, record: Record) -> Subject:
    """Who and what the documents are about. The plan is the one kept; made anew where that cannot be read."""
    head = letterhead(record)
    concluded = session.assessment()
    with suppress(KeptPlanError):
        concluded = msgspec.structs.replace(concluded, plan=_plan(session, record))
    return Subject(
        patient=session.patient,
        case=session.case(),
        assessment=concluded,
        clinician=session.visit.clinician,
        clinic=head.name,
        phone=head.phone,
        logo=head.logo,
        started=session.visit.started,
        number=session.visit.number,
        check_in=_agreed_check_in(session),
        practised={card: told.cues for card, told in taught(session.visit.cells).items() if told.showed},
        skipped=session.way.left_out_on_record(),
        read_with=_read_with(session),
        ticks=tuple(tick for tick in TICKS if session.visit.value(Cell("@consent", field=tick)) is True),
    )


def _plan(session: VisitSession, record: Record) -> Plan:
    """The plan every paper tells of; before all precautions were asked none, and why."""
    if not precautions_open(session):
        return plan_told(session, record)
    return Plan(blocked=False, minutes=Decimal(0), stage=session.assessment().plan.stage, messages=(NOT_ASKED,))


def _read_with(session: VisitSession) -> dict[str, tuple[str, ...]]:
    """Test -> the names of the devices its values were read with."""
    known = session.devices.known
    return {
        test: names
        for test, devices in used(session.visit.cells).items()
        if (names := tuple(known[device].name for device in devices if device in known))
    }


def _agreed_check_in(session: VisitSession) -> dt.date | None:
    agreed = session.visit.value(CHECK_IN)
    return dt.date.fromisoformat(agreed) if agreed else None


def kinds(about: Subject, library: Library) -> tuple[Kind, ...]:
    """The papers this visit offers; where no plan is allowed, the letter comes first."""
    if about.assessment.plan.blocked:
        return ("letter", "report")
    return ("handout", "report", "letter") if letter_due(about, library) else ("handout", "report")


def document(kind: Kind, about: Subject, library: Library, options: Options) -> Document:
    """One of the papers of a visit."""
    make = {"handout": plan_document, "letter": letter_document, "report": report_document}[kind]
    return make(about, library, options)


class Printed(NamedTuple):
    """A paper and its bytes: as they stay in the record, and as they are handed over (behind a password, if any)."""

    document: Document
    options: Options
    kept: bytes
    handed: bytes


def printed(made: Document, options: Options, password: str = "", progress: Progress = unheard) -> Printed:
    """Make the PDF. `progress` is told of each page as it is begun, and of how many there are."""
    body = made.pdf(progress)
    return Printed(made, options, body, locked(body, password) if password else body)


def keep(paper: Printed, visit_id: str, path: Path, record: Record) -> None:
    """Write the file (mode 0600) and keep the paper in the record, both or neither. Raises StorageError."""
    noted = msgspec.to_builtins(paper.options) | ({} if paper.handed is paper.kept else {"password": True})
    with record.together():
        record.add_document(visit_id, paper.document.kind, noted, path.name, paper.kept)
        write(path, paper.handed)


def place(kind: str, session: VisitSession, record: Record, folder: Path) -> Path:
    """Where a paper of this visit belongs: in the record's folder, named by code and date. Raises StorageError."""
    return papers_folder(folder) / file_name(kind, for_files(record, session.patient), session.visit.date)


def write_again(kept: KeptPaper, record: Record, patient: PatientDetails, folder: Path, password: str = "") -> Path:
    """The very paper of that moment, beside today's: its name ends with when it was made. Raises StorageError."""
    body = record.paper(kept)
    first = Path(file_name(kept.kind, for_files(record, patient), kept.started.date()))
    path = papers_folder(folder) / f"{first.stem}-made-{kept.made:%Y%m%d-%H%M%S}{first.suffix}"
    write(path, locked(body, password) if password else body)
    record.note("printed again", kept.id)
    return path
