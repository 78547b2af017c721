"""Stored visits: what was found, the plan, the report."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import msgspec

from assess_tui.commands.asked import Asked
from assess_tui.commands.context import library, now, record
from assess_tui.commands.errors import BadInputError
from assess_tui.commands.papers import To, give, password_of
from assess_tui.storage.errors import StorageError
from assess_tui.visit.definitions import definitions
from assess_tui.visit.plans import plan_told
from assess_tui.visit.session import VisitSession
from protocols.assessment import Assessment, assess
from protocols.interchange import ENCODER, LONGEST_PLAN, answer
from protocols.kept import KeptPlanError

if TYPE_CHECKING:
    from assess_tui.storage.record import Record
    from protocols.model import Library
    from reports.documents import Kind

NOT_ASKED = "not all precautions were asked, and the plan goes by them; ask them in its intake first"


@contextmanager
def _visit(options: Asked) -> Iterator[tuple[VisitSession, Record]]:
    """The stored visit, read with the definitions it was taken with."""
    from assess_tui.storage.ids import uuid7

    with record(options) as opened:
        visit = opened.visit(options.visit)
        with suppress(StorageError):  # a full disk keeps nobody from reading
            opened.note("opened", visit.id)
        known = definitions(opened, visit, lambda: _instead(options))
        yield VisitSession(opened, visit, known, now, uuid7, visit.clinician), opened


def _instead(options: Asked) -> Library:
    sys.stderr.write("assess-tui: this visit's definitions are of an older make; today's are used\n")
    return library(options)


def findings(options: Asked) -> int:
    """What the visit found, for reading or as JSON."""
    from assess_tui.commands.telling import told_findings

    with _visit(options) as (session, _):
        if options.json:
            _print_json(answer(session.assessment(), session.visit.id), without="plan")
        else:
            sys.stdout.write(told_findings(session))
    return 0


def plan(options: Asked) -> int:
    """The plan as it was last saved, or made now; for reading, as JSON or as PDF."""
    if options.minutes is not None and not 1 <= options.minutes <= LONGEST_PLAN:
        raise BadInputError(f"--minutes: expected a whole number from 1 to {LONGEST_PLAN}, got {options.minutes}")
    password = password_of(options)
    with _visit(options) as (session, opened):
        concluded = _planned(session, opened, options.minutes)
        if options.json:
            _print_json(answer(concluded, session.visit.id))
            return 0
        from assess_tui.places import precautions_open

        if precautions_open(session):
            raise BadInputError(f"visit {session.visit.id}: {NOT_ASKED}")
        from assess_tui.outgoing.paper import subject
        from reports.content import Options
        from reports.documents import plan_document

        chosen = Options(paper=options.paper, size=options.size, identity=options.name)
        about = msgspec.structs.replace(subject(session, opened), assessment=concluded)
        give(plan_document(about, session.library, chosen), chosen, To(options.pdf, password), session, opened)
    return 0


def report(options: Asked) -> int:
    """The clinician's report, as text or PDF."""
    return _paper("report", options)


def letter(options: Asked) -> int:
    """The letter to a doctor, as text or PDF, where one is called for."""
    return _paper("letter", options)


def _paper(kind: Kind, options: Asked) -> int:
    password = password_of(options)
    with _visit(options) as (session, opened):
        from assess_tui.outgoing.paper import document, kinds, subject
        from reports.content import Options

        _planned(session, opened)  # said where it cannot be read
        about, chosen = subject(session, opened), Options(identity=options.name)
        if kind not in kinds(about, session.library):
            raise BadInputError(f"visit {session.visit.id}: no {kind} is called for by what was answered and measured")
        give(document(kind, about, session.library, chosen), chosen, To(options.pdf, password), session, opened)
    return 0


def _planned(session: VisitSession, record: Record, minutes: int | None = None) -> Assessment:
    """The assessment with the plan made for these minutes, else with the one every paper tells of."""
    if minutes is not None:
        return assess(msgspec.structs.replace(session.case(), minutes=minutes), session.library)
    try:
        return msgspec.structs.replace(session.assessment(), plan=plan_told(session, record))
    except KeptPlanError as error:
        raise BadInputError(f"visit {session.visit.id}: {error}") from None


def _print_json(told: dict[str, Any], without: str = "") -> None:
    kept = {key: value for key, value in told.items() if key != without}
    sys.stdout.write(ENCODER.encode(kept).decode() + "\n")
