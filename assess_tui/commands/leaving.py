"""`leave`: everything as open files, verified, and only then the record and its copies deleted, where that is typed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from assess_tui.commands.asked import Asked
from assess_tui.commands.context import data_folder, library, record
from assess_tui.commands.errors import BadInputError
from assess_tui.commands.passphrase import at_terminal

WORD: Final = "delete"
KEPT: Final = "nothing was deleted; the record is as it was"


def leave(options: Asked) -> int:
    """Export, read it back, then delete what the word is typed for."""
    from assess_tui.outgoing.leaving import write_all
    from assess_tui.storage.backup import backups, copies_of, second_folder
    from assess_tui.storage.leaving import delete, ours

    folder, out = data_folder(options), options.out
    _refuse_place(out, folder)
    with record(options) as opened, opened.together():  # nobody enters anything between the export and the deletion
        opened.note("exported to leave")
        rows = write_all(out, opened, lambda: library(options))
        sys.stdout.write(f"written and read back, {rows} rows, each as in the record: {out / 'index.html'}\n")
        second, encrypted = second_folder(opened.path, opened.key), opened.key is not None
        elsewhere = copies_of(opened.path, second, opened.key) if second is not None else []
        files = ours(folder, elsewhere)
        agreed = _agreed(options, files, folder, second)
    if not agreed:
        sys.stderr.write(f"{KEPT}\n")
        return 0
    left = delete(ours(folder, elsewhere), folder)
    sys.stdout.write(f"deleted: {len(files)} files. {_honest(encrypted=encrypted)}\n")
    if second is not None and (others := backups(second)):
        sys.stdout.write(f"left in {second}: {len(others)} copies that are not of this record as it was here\n")
    sys.stdout.writelines(f"left, for it is not the product's: {path}\n" for path in left)
    return 0


def _refuse_place(out: Path, folder: Path) -> None:
    if out.resolve().is_relative_to(folder.resolve()):
        raise BadInputError(f"DIR: {out} is in the data folder, which would be deleted; name another")
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise BadInputError(f"DIR: {out} is there already; name a folder that is new or empty")


def _agreed(options: Asked, files: list[Path], folder: Path, second: Path | None) -> bool:
    if options.delete:
        return True
    if not at_terminal():
        return False
    sys.stderr.write(f"{len(files)} files would be overwritten and deleted: {folder}")
    sys.stderr.write(f" and the copies of this record in {second}\n" if second is not None else "\n")
    sys.stderr.write(f"Open {options.out / 'index.html'} first. Type {WORD} to delete the record, keys and copies: ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().casefold() == WORD


def _honest(*, encrypted: bool) -> str:
    from assess_tui.storage.wiping import HONEST

    first = "The keys went first: without them no trace of the encrypted record can be read. " if encrypted else ""
    return f"{first}{HONEST[:1].upper()}{HONEST[1:]}. Copies made by hand elsewhere are not reached"
