"""The documents of a visit: what may leave the room, made on request."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import Literal

import msgspec

from protocols.model import Library
from protocols.visit import PatientDetails
from reports import clinic_report, handout, letter, text
from reports.blocks import Block, Sheet
from reports.content import Options, Subject
from reports.handout_content import handout as handout_content
from reports.letter_content import letter as letter_content
from reports.referral import letter_due
from reports.report_content import report as report_content
from reports.wording import clean, day_words

__all__ = [
    "Document",
    "Kind",
    "Progress",
    "file_name",
    "letter_document",
    "letter_due",
    "plan_document",
    "report_document",
    "unheard",
]

Kind = Literal["handout", "letter", "report"]
Progress = Callable[[int, int], None]
"""Told of each page as it is begun: its number, and how many there are."""


def unheard(page: int, pages: int) -> None:
    """Progress that nobody waits for."""


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A document, ready to read or to print. The same subject, library and options give the same bytes."""

    kind: Kind
    title: str
    blocks: tuple[Block, ...]
    sheet: Sheet
    first: Block | None = None
    """Said first in plain text, wherever it stands on paper: the summary of the report."""

    @property
    def text(self) -> str:
        """The same content as plain text."""
        return text.render(self._read())

    @property
    def aloud(self) -> Iterator[str]:
        """The same content as it is read aloud, a sentence or a row at a time."""
        return text.sentences(self._read())

    def _read(self) -> tuple[Block, ...]:
        """The blocks in the order they are read without a page."""
        if self.first is None:
            return tuple(self.blocks)
        return (self.first, *(block for block in self.blocks if block is not self.first))

    def pdf(self, progress: Progress = unheard) -> bytes:
        """A tagged PDF (PDF/UA-1)."""
        from reports.pdf import render  # reportlab is paid for by those who print

        return render(self.blocks, self.sheet, progress)


def plan_document(subject: Subject, library: Library, options: Options = Options()) -> Document:  # noqa: B008  frozen
    """The take-home plan; the letter to a doctor where red flags or the stand test allow no plan."""
    if subject.assessment.plan.blocked:
        return letter_document(subject, library, options)
    told = handout_content(subject, library, options)
    return _document("handout", told.title, handout.blocks(told), subject, options)


def letter_document(subject: Subject, library: Library, options: Options = Options()) -> Document:  # noqa: B008  frozen
    """The letter to a doctor."""
    written = letter_content(subject, library, options)
    return _document("letter", written.title, letter.blocks(written), subject, options)


def report_document(subject: Subject, library: Library, options: Options = Options()) -> Document:  # noqa: B008  frozen
    """The clinician's report."""
    told = report_content(subject, library, options)
    summary = clinic_report.summary(told)
    made = _document("report", told.title, clinic_report.blocks(told, summary), subject, options)
    return msgspec.structs.replace(made, first=summary)


def file_name(kind: str, patient: PatientDetails, day: dt.date) -> str:
    """ "P0007-2026-11-22-plan.pdf": by code and date, never by name."""
    word = {"handout": "plan", "letter": "letter", "report": "report"}[kind]
    return f"{code_in_name(patient.code)}-{day.isoformat()}-{word}.pdf"


def code_in_name(code: str) -> str:
    """The patient's code as the name of a file may hold it."""
    return re.sub(r"[^A-Za-z0-9_-]+", "_", code).strip("_") or "patient"


class _Setting(msgspec.Struct, frozen=True):
    """Type sizes as shares of the chosen size, and the margin in points."""

    share: float
    smallest: float
    margin: float


LARGEST = 18
"""From this size of the patient's type the margins give way to the words."""
LEAST_MARGIN = 46.0
"""Points: 16 mm."""

_SETTINGS: dict[Kind, _Setting] = {
    "handout": _Setting(1.0, 12.0, 54.0),  # clear print is never below 12 points (UKAAF G003)
    "letter": _Setting(0.8, 9.5, 64.0),
    "report": _Setting(0.68, 8.2, 46.0),
}


def _document(kind: Kind, title: str, blocks: tuple[Block, ...], subject: Subject, options: Options) -> Document:
    setting = _SETTINGS[kind]
    foot = f"{clean(subject.patient.code)} · {day_words(subject.day)}"
    sheet = Sheet(
        title=f"{title} · {foot}",
        paper=options.paper,
        type_size=round(options.size * setting.share, 1),
        smallest=setting.smallest,
        margin=setting.margin if options.size < LARGEST else LEAST_MARGIN,
        foot=foot,
        logo=subject.logo,
    )
    return Document(kind=kind, title=title, blocks=blocks, sheet=sheet)
