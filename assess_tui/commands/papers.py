"""The papers of stored visits: made, listed, and written again as they were handed over."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from assess_tui.commands.asked import Asked
from assess_tui.commands.context import record
from assess_tui.commands.errors import BadInputError
from assess_tui.commands.passphrase import first_line
from assess_tui.storage.documents import write
from reports.lock import locked, refusal

if TYPE_CHECKING:
    from assess_tui.storage.record import KeptPaper, Record
    from assess_tui.visit.session import VisitSession
    from reports.content import Options
    from reports.documents import Document

WORDS = {"handout": "take-home plan", "report": "report", "letter": "letter"}


class To(NamedTuple):
    """Where a document goes: into a PDF, behind a password or not; without a file, as text."""

    pdf: Path | None
    password: str = ""


def give(document: Document, chosen: Options, to: To, session: VisitSession, into: Record) -> None:
    """Print the document, or write its PDF and keep it in the record."""
    if to.pdf is None:
        sys.stdout.write(document.text.rstrip("\n") + "\n")
        return
    from assess_tui.outgoing.letterhead import letterhead
    from assess_tui.outgoing.paper import keep, printed

    if trouble := letterhead(into).trouble:
        sys.stderr.write(f"assess-tui: {trouble}\n")
    keep(printed(document, chosen, to.password), session.visit.id, to.pdf, into)
    sys.stderr.write(f"{document.title}: {to.pdf}\n")


def password_of(options: Asked) -> str:
    """The password a PDF is to have: the first line of --password-file, "" without one. Raises BadInputError."""
    if options.password_file is None:
        return ""
    if options.pdf is None:
        raise BadInputError("--password-file: only a PDF has one; name the file to write, too")
    password = first_line(options.password_file, "--password-file")
    if why := refusal(password):
        raise BadInputError(f"--password-file: {options.password_file}: line 1: {why}")
    return password


def papers(options: Asked) -> int:
    """The papers made in a visit, one a line; with --out, one of them again, byte for byte."""
    password = password_of(options)
    if options.number is not None and options.pdf is None:
        raise BadInputError("NUMBER: name the file to write, too, with --out FILE")
    with record(options) as opened:
        kept = opened.papers(opened.visit(options.visit).id)
        if options.pdf is None:
            sys.stdout.writelines(f"{_line(number, paper)}\n" for number, paper in enumerate(kept, 1))
            return 0
        paper = _chosen(kept, options.number)
        body = opened.paper(paper)
        write(options.pdf, locked(body, password) if password else body)
        opened.note("printed again", paper.id)
        sys.stderr.write(f"{WORDS.get(paper.kind, paper.kind)} of {paper.made:%Y-%m-%d %H:%M}: {options.pdf}\n")
    return 0


def _line(number: int, paper: KeptPaper) -> str:
    size = "not kept" if paper.size is None else f"{paper.size} bytes"
    given = "with a password" if paper.options.get("password") else "no password"
    told = (f"{paper.made:%Y-%m-%d %H:%M}", WORDS.get(paper.kind, paper.kind), size, given, paper.sha256)
    return "\t".join((str(number), *told))


def _chosen(kept: list[KeptPaper], number: int | None) -> KeptPaper:
    """The paper of this number in the list, the newest where none is named."""
    at = len(kept) if number is None else number
    if not kept:
        raise BadInputError("no paper was made in this visit yet; plan or report with --pdf makes one")
    if not 1 <= at <= len(kept):
        raise BadInputError(f"NUMBER: expected 1 to {len(kept)}, got {at}")
    return kept[at - 1]
