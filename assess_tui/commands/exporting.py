"""`export`: a clinic, a patient or a visit as open data, into a file of its owner's or to standard output."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from assess_tui.commands.asked import Asked
from assess_tui.commands.context import library, record
from assess_tui.commands.errors import BadInputError
from assess_tui.commands.people import named
from assess_tui.outgoing.exporting import NOT_ENCRYPTED, Wanted, in_words, parts
from assess_tui.storage.documents import write_parts
from assess_tui.storage.record import Record


def export(options: Asked) -> int:
    """Write the whole export or nothing; what was written is said on standard error."""
    if options.without_papers and options.format != "json":
        raise BadInputError(f"--without-papers: papers are in JSON alone, not in {options.format}")
    with record(options) as opened:
        wanted = _wanted(options, opened)
        printed = options.out == Path("-")
        if not printed:
            _refuse_own(options.out, opened)
        with opened.together():  # nothing is entered between the first row and the last
            told = parts(wanted, options.format, opened, lambda: library(options))
            held = list(told) if printed else write_parts(options.out, told)
            opened.note("exported", wanted.of or wanted.scope)
        if isinstance(held, list):
            _print(held)
        where = "standard output" if printed else options.out
        sys.stderr.write(f"{in_words(wanted, opened)}: {where}. {NOT_ENCRYPTED}\n")
    return 0


def _refuse_own(out: Path, opened: Record) -> None:
    """The record itself, its keys and what else belongs to it are never written over."""
    record = opened.path.resolve()
    if out.resolve().parent == record.parent and out.name.startswith(f"{record.stem}."):
        raise BadInputError(f"--out: {out} belongs to the record; name another file")


def _print(told: Iterable[bytes]) -> None:
    """Bytes as they are: a table has line ends and a mark of its own."""
    sys.stdout.flush()
    sys.stdout.buffer.writelines(told)
    sys.stdout.buffer.flush()


def _wanted(options: Asked, opened: Record) -> Wanted:
    papers = not options.without_papers
    if options.all:
        return Wanted("clinic", papers=papers)
    if options.visit is not None:
        return Wanted("visit", opened.visit(options.visit).id, papers)
    return Wanted("patient", named(options.patient, opened, "--patient").id, papers)
