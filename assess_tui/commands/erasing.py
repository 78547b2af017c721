"""`erase`: one patient leaves the record for good, and on request the copies of it."""

from __future__ import annotations

import re
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from assess_tui.commands.asked import Asked
from assess_tui.commands.context import data_folder, now
from assess_tui.commands.errors import BadInputError
from assess_tui.commands.passphrase import at_terminal, key_for
from assess_tui.commands.people import in_words, line_of, meant, named, reason, who
from assess_tui.person import told_apart
from assess_tui.storage.errors import StorageError
from assess_tui.storage.folder import DOCUMENTS, state
from assess_tui.storage.ids import uuid7
from assess_tui.storage.record import Record, open_record

if TYPE_CHECKING:
    from assess_tui.storage.copies import Copy
    from assess_tui.storage.erasing import Reason

ELSEWHERE = (
    "Not reached from here: printed papers, files sent or saved elsewhere, backups made by hand to other places, copies"
    " the computer makes of itself. Other laptops of the clinic erase for themselves."
)


class _Wanted(NamedTuple):
    """Who is erased, why, and the papers of theirs in the folder."""

    patient: str
    reason: Reason
    papers: list[Path]


def erase(options: Asked) -> int:
    """Show what goes, have the code typed again, erase; then the copies, where that is wanted."""
    if options.patient is None and not options.backups:
        raise BadInputError("erase: name the patient by code or id, or --backups to delete copies alone")
    folder = data_folder(options)
    if state(folder) == "none":
        raise BadInputError(f"{folder} holds no record yet; name another folder with --data")
    key = key_for(options, folder, now)
    if options.patient is not None:
        with _record(folder, key) as opened:
            wanted = _wanted(options, opened, folder)
        _erase(wanted, folder, key)
    with _record(folder, key) as opened:
        _copies(options, opened, folder)
    return 0


def _record(folder: Path, key: bytes | None) -> closing[Record]:
    return closing(open_record(folder, now, uuid7, key))


def _wanted(options: Asked, opened: Record, folder: Path) -> _Wanted:
    from assess_tui.storage.erasing import Reason, held_by, names_in

    if options.why is None:
        raise BadInputError("--why: say in a few words why the patient is erased; it stays on record, so name nobody")
    why = reason(options)
    patient, by = named(options.patient, opened, "PATIENT"), who(options, opened)
    if names_in(why, opened, patient.id):
        raise BadInputError("--why: it stays on record and must not name the patient; say it without name and code")
    papers, unsure = _papers(patient.id, opened, folder)
    held = {table: len(keys) for table, keys in held_by(opened, patient.id).items()}
    for one in opened.records_of(patient.id):
        sys.stderr.write(f"{line_of(opened.as_recorded(one))}\n")
    in_words(f"goes for good: {_counted(held)}; {_counted({'file': len(papers)})} in {DOCUMENTS}/", sys.stderr)
    sys.stderr.writelines(f"stays, another patient has this code: {path}\n" for path in unsure)
    sys.stderr.write("Close the instrument on every screen before.\n")
    meant(patient.code, f"Type {patient.code} to erase this patient: ", yes=options.yes)
    return _Wanted(patient.id, Reason(why, by), papers)


def _erase(wanted: _Wanted, folder: Path, key: bytes | None) -> None:
    from assess_tui.storage.erasing import erase as erase_from
    from assess_tui.storage.wiping import HONEST, wipe_away

    gone = erase_from(folder, key, wanted.patient, wanted.reason, now, uuid7)
    for path in wanted.papers:
        wipe_away(path)
    in_words(
        f"erased: {_counted(gone)}; {_counted({'file': len(wanted.papers)})} in {DOCUMENTS}/; {HONEST}", sys.stdout
    )
    in_words(ELSEWHERE, sys.stderr)


def _counted(counts: dict[str, int]) -> str:
    return ", ".join(f"{count} {table.replace('_', ' ')}{'' if count == 1 else 's'}" for table, count in counts.items())


def _papers(patient_id: str, opened: Record, folder: Path) -> tuple[list[Path], list[Path]]:
    """The files of this patient in the folder of papers, and those that may as well be another's of the same code."""
    from reports.documents import code_in_name

    ids = opened.records_of(patient_id)
    told = (row for one in ids for row in opened.told("patient_detail", "patient", one))
    codes = {str(row["code"]) for row in told}
    shared = {code for code in codes if len(opened.coded(code)) > 1}
    found: tuple[list[Path], list[Path]] = ([], [])
    codes |= {told_apart(code, one) for code in codes for one in ids}
    for code in sorted(codes):
        # a draft has a dot before its name
        begins = re.compile(rf"\.?{re.escape(code_in_name(code))}-\d{{4}}-\d\d-\d\d-.*")
        papers = sorted(path for path in folder.glob(f"{DOCUMENTS}/*") if begins.fullmatch(path.name))
        found[code in shared].extend(papers)
    return found


# -- copies ------------------------------------------------------------------------------------------------------------


def _copies(options: Asked, opened: Record, folder: Path) -> None:
    """Name the copies that hold somebody who was erased; delete them after a new backup, where that is wanted."""
    from assess_tui.storage.backup import second_folder
    from assess_tui.storage.copies import copies, still_holding

    second = second_folder(opened.path, opened.key)
    if second is not None and not second.is_dir():
        sys.stderr.write(f"the second folder is not there now: {second}; erase --backups looks again later\n")
    holding = still_holding(opened.path, opened.key, copies(folder, second))
    for copy in holding:
        sys.stderr.write(f"still holds the patient: {copy.path}{f' ({copy.why_kept})' if copy.why_kept else ''}\n")
    if not holding:
        sys.stderr.write("no copy known here holds a patient who was erased\n")
    elif options.backups or _asked(options):
        _made_anew(opened, folder)
        _take_away(holding)
        opened.note("deleted copies")
    else:
        sys.stderr.write("assess-tui erase --backups makes a new backup and deletes them\n")


def _made_anew(opened: Record, folder: Path) -> None:
    """A backup of what is left, before an older one goes; a second folder that is away holds nobody up."""
    from assess_tui.storage.backup import NO_SECOND, back_up

    try:
        sys.stdout.write(f"new backup, looked through: {back_up(folder, opened.key, now())}\n")
    except StorageError as error:
        if error.title != NO_SECOND:
            raise
        sys.stderr.write(f"assess-tui: {error}\n")


def _take_away(holding: list[Copy]) -> None:
    from assess_tui.storage.copies import take_away

    for copy in holding:
        if copy.why_kept:
            sys.stderr.write(f"kept: {copy.path}: {copy.why_kept}; look at it and delete it by hand\n")
        else:
            take_away(copy.path)
            sys.stdout.write(f"deleted: {copy.path}\n")


def _asked(options: Asked) -> bool:
    if options.yes or not at_terminal():
        return False
    sys.stderr.write("Make a new backup and delete these copies? Type yes: ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().casefold() == "yes"
