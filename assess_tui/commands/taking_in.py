"""`import` of an export: into the record as a union of rows, or not at all."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from assess_tui.commands.asked import Asked
from assess_tui.commands.context import library, record
from assess_tui.commands.errors import BadInputError
from assess_tui.outgoing.paper import subject
from assess_tui.storage import export_file
from assess_tui.storage.errors import StorageError
from assess_tui.storage.exchange import NotTakenError, Taken
from assess_tui.storage.ids import uuid7
from assess_tui.storage.patients import shared_code
from assess_tui.visit.definitions import definitions
from assess_tui.visit.session import VisitSession

if TYPE_CHECKING:
    from pathlib import Path

    from assess_tui.storage.record import Record
    from assess_tui.storage.rows import Export
    from protocols.model import Library


def is_export(text: str) -> bool:
    """Whether this is, or was, the file of an export."""
    return export_file.is_export(_bytes(text))


def take_in(text: str, options: Asked) -> int:
    """Check the whole file, then take in what is new; print how many rows were new and how many were known."""
    try:
        export = export_file.read(_bytes(text))
        with record(options, make=True) as opened:
            before = _backed_up(opened)
            taken = store_export(opened, export, lambda: library(options))
            _say(opened, taken, before)
    except NotTakenError as error:
        raise BadInputError(f"{'standard input' if options.file == '-' else options.file}: {error}") from error
    told = {"new": taken.new, "known": taken.known, "visits": len(taken.visits), "erased": taken.left_out}
    sys.stdout.write(msgspec.json.encode(told).decode() + "\n")
    return 0


def _backed_up(opened: Record) -> Path | None:
    """A copy of the record as it was, looked through, before anything is taken in. Raises StorageError without one."""
    from assess_tui.storage.backup import keep_copy

    return keep_copy(opened.path.parent, opened.key, opened.now()) if opened.patients(limit=1) else None


def _say(opened: Record, taken: Taken, before: Path | None) -> None:
    """What a union leaves for somebody to settle, on standard error."""
    said = [] if before is None else [f"backup before the import: {before}"]
    said += [shared_code(code, patients) for code, patients in opened.shared_codes().items()]
    if taken.left_out:
        said.append(f"{taken.left_out} rows were left out: they are of patients who were erased from this record")
    said += [
        f"{opened.as_recorded(one).code} was erased from the record this file comes from and is still here;"
        " assess-tui erase does it here, too"
        for one in taken.to_erase
    ]
    sys.stderr.writelines(f"assess-tui: {sentence}\n" for sentence in said)


def _bytes(text: str) -> bytes:
    return text.encode(errors="surrogateescape")


def store_export(opened: Record, export: Export, today: Callable[[], Library]) -> Taken:
    """Take in what is new, in one transaction; every visit that has something new must be readable after it.

    Raises NotTakenError, and then the record is as it was.
    """
    with opened.together():
        taken = opened.take_in(export)
        known: dict[str, Library] = {}
        for visit in taken.visits:
            _refuse_unreadable(opened, visit, known, today)
        if taken.new:
            opened.note("imported", export.of or export.scope)
    return taken


def _refuse_unreadable(opened: Record, visit_id: str, known: dict[str, Library], today: Callable[[], Library]) -> None:
    """The visit is opened and concluded from, as the screens and the papers do it."""
    try:
        visit = opened.visit(visit_id)
        if visit.digest not in known:
            known[visit.digest] = definitions(opened, visit, today)
        library = known[visit.digest]
        subject(VisitSession(opened, visit, library, opened.now, uuid7, visit.clinician), opened)
        opened.visits(visit.patient.id)
    except StorageError:
        raise
    except Exception as error:  # whatever it is that a made-up value stumbles over
        raise NotTakenError(f"visit {visit_id}: what it holds cannot be read ({type(error).__name__})") from error
