"""Makes docs/gallery.md and its pictures: papers of the sample clinic page by page, and every exercise as it prints.

    .venv/bin/python docs/make_gallery.py

Needs poppler's pdftoppm. The day is fixed, so that a picture changes only when a paper does.
"""

from __future__ import annotations

import datetime as dt
import io
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import msgspec
import pypdf
from PIL import Image

from assess_tui.outgoing.paper import document, subject
from assess_tui.sample.build import build
from assess_tui.storage.ids import uuid7
from assess_tui.storage.record import Record, open_record
from assess_tui.visit.session import VisitSession
from protocols import library
from protocols.model import Library
from protocols.planning import Given, minutes_of
from reports.blocks import Block, Heading, TickGrid, Together
from reports.content import Options, Size, Subject
from reports.documents import Document, Kind, plan_document

HERE = Path(__file__).parent
PICTURES = HERE / "gallery"
DAY = dt.datetime(2026, 11, 22, 9, 30, tzinfo=dt.UTC)
DPI = 72
COLOURS = 128
"""Of a picture; a page of text and drawings needs no more."""


class Shown(NamedTuple):
    """A paper of the gallery: whose newest visit, which paper, in which size of type, and what is said above it."""

    code: str
    kind: Kind
    size: Size
    title: str


PAPERS = (
    Shown("P0001", "handout", 14, "A take-home plan, 14 pt"),
    Shown("P0003", "handout", 18, "A take-home plan, 18 pt"),
    Shown("P0007", "handout", 16, "A take-home plan, 16 pt, for a name in Arabic letters"),
    Shown("P0001", "report", 14, "The clinic's report of a third visit"),
    Shown("P0001", "letter", 14, "A letter after a stand test"),
    Shown("P0008", "letter", 14, "A letter for red flags: no plan is given"),
)
CARDS = "cards"
HEAD = """# Gallery

What leaves the room, as it prints: papers of invented patients of the sample clinic, then every exercise card of the
library. Made by `python docs/make_gallery.py`. Why the figures are drawn as they are: [figures](figures.md).
"""


def main() -> None:
    known = library.load()
    shutil.rmtree(PICTURES, ignore_errors=True)
    PICTURES.mkdir()
    with tempfile.TemporaryDirectory() as name:
        record = open_record(Path(name), lambda: DAY, uuid7)
        build(record, known, DAY.date())
        parts = [HEAD, *(_paper(one, record, known) for one in PAPERS)]
        parts.append(_cards(every_card(_about("P0002", record, known), known), known))
        record.close()
    (HERE / "gallery.md").write_text("\n".join(parts), encoding="utf-8")
    size = sum(picture.stat().st_size for picture in PICTURES.iterdir())
    print(f"{len(list(PICTURES.iterdir()))} pictures, {size / 1e6:.1f} MB")


def _about(code: str, record: Record, known: Library) -> Subject:
    """The newest visit of a patient of the sample clinic."""
    patient = next(one for one in record.patients("") if one.code == code)
    visit = record.visit(record.visits(patient.id)[0].id)
    return subject(VisitSession(record, visit, known, record.now, uuid7, visit.clinician), record)


def every_card(about: Subject, known: Library) -> Document:
    """The session part of a plan that holds every card of the library in its own dose."""
    given = tuple(
        Given(id=card.id, minutes=minutes_of(card.dose), dose=card.dose, side=None, because=())
        for card in sorted(known.exercises.values(), key=lambda card: card.id)
    )
    plan = msgspec.structs.replace(about.assessment.plan, exercises=given, minutes=Decimal(0), snacks=())
    whole = msgspec.structs.replace(about, assessment=msgspec.structs.replace(about.assessment, plan=plan))
    whole = msgspec.structs.replace(whole, practised=dict.fromkeys(known.exercises, 0))
    made = plan_document(whole, known)
    return msgspec.structs.replace(made, blocks=(Heading("Every exercise", 1), *filter(_is_card, made.blocks)))


def _is_card(block: Block) -> bool:
    return isinstance(block, Together) and isinstance(block.blocks[-1], TickGrid)


def _paper(one: Shown, record: Record, known: Library) -> str:
    made = document(one.kind, _about(one.code, record, known), known, Options(size=one.size))
    name = f"{one.code}_{one.kind}_{one.size}"
    pictures = [f"![{one.title}: page {page}](gallery/{file.name})" for page, file in _pages(made.pdf(), name)]
    return f"## {one.title}\n\n{' '.join(pictures)}\n"


def _cards(made: Document, known: Library) -> str:
    body = made.pdf()
    words = [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(body)).pages]
    numbered = enumerate(sorted(known.exercises), 1)
    names = [
        (f"{number}. {known.exercises[card].name}", f"{known.exercises[card].name} ({card})")
        for number, card in numbered
    ]
    rows = []
    for page, file in _pages(body, CARDS):
        here = ", ".join(told for printed, told in names if printed in words[page - 1])
        rows.append(f"![{here}](gallery/{file.name})")
    return f"## Every exercise\n\n{' '.join(rows)}\n"


def _pages(body: bytes, name: str) -> Iterator[tuple[int, Path]]:
    """Each page as a picture of few colours: its number and its file."""
    poppler = shutil.which("pdftoppm")
    if poppler is None:
        raise SystemExit("pdftoppm is needed: it comes with poppler (poppler-utils)")
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "paper.pdf").write_bytes(body)
        subprocess.run([poppler, "-r", str(DPI), "-png", "paper.pdf", "page"], cwd=folder, check=True)
        for number, drawn in enumerate(sorted(Path(folder).glob("page*.png")), 1):
            target = PICTURES / f"{name}_{number:02}.png"
            with Image.open(drawn) as page:
                page.convert("RGB").quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(
                    target, optimize=True
                )
            yield number, target


if __name__ == "__main__":
    main()
