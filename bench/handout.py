"""How long a handout takes: four pages with twelve figures, warm, against the same marks on a bare canvas.

python bench/handout.py
"""

from __future__ import annotations

import datetime as dt
import io
import time
from collections.abc import Callable
from decimal import Decimal
from statistics import median
from typing import Final

import msgspec
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from protocols import library
from protocols.assessment import assess
from protocols.case import Case, Patient
from protocols.figure import Frame, frames
from protocols.model import Exercise, Library
from protocols.planning import Given, minutes_of
from protocols.visit import PatientDetails
from reports import drawing
from reports.content import Options, Subject
from reports.documents import plan_document

BUDGET_MS: Final = 150.0
ROUNDS: Final = 15
CARDS: Final = ("A03", "M01", "S01", "M03", "P02", "S05")
"""Six cards of two drawings each."""
DAY: Final = dt.datetime(2026, 11, 1, 9, 0, tzinfo=dt.UTC)
LINES_A_PAGE: Final = 30
STEPS: Final = {"M": "moveTo", "L": "lineTo", "C": "curveTo", "Z": "close"}


def main() -> None:
    known = library.load()
    about = _subject(known)
    cards = [known.exercises[card] for card in CARDS]
    ours, bare = _medians(lambda: plan_document(about, known, Options()).pdf(), lambda: _bare(cards))
    told = f"{ours:.0f} ms, {ours / BUDGET_MS:.2f} x the budget of {BUDGET_MS:.0f} ms"
    print(f"handout: {told}, {ours / bare:.2f} x a bare canvas with the same figures ({bare:.0f} ms)")


def _subject(known: Library) -> Subject:
    """A visit whose plan holds the six cards."""
    case = Case(patient=Patient(sex="F", birth_date=dt.date(1990, 1, 1)), date=DAY.date())
    assessment = assess(case, known)
    given = tuple(_given(known.exercises[card]) for card in CARDS)
    minutes = sum((one.minutes for one in given), Decimal(0))
    plan = msgspec.structs.replace(assessment.plan, exercises=given, minutes=minutes)
    return Subject(
        patient=PatientDetails(
            id="1", code="P0001", family_name="Ruiz", given_name="Ana", birth_date=dt.date(1990, 1, 1), sex="F"
        ),
        case=case,
        assessment=msgspec.structs.replace(assessment, plan=plan),
        clinician="Sam Lee",
        clinic="Riverside",
        started=DAY,
    )


def _given(card: Exercise) -> Given:
    return Given(id=card.id, minutes=minutes_of(card.dose), dose=card.dose, side=None, because=())


def _bare(cards: list[Exercise]) -> bytes:
    """The same figures and as many lines of text on four pages: no layout, no tags, no embedded letters."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, pageCompression=1)
    pictures = [frame for card in cards for frame in frames(card.pose)]
    for page in range(4):
        for line in range(LINES_A_PAGE):
            canvas.drawString(54, 780 - 16 * line, "Squeeze your bottom and lift your hips, then lower.")
        for place, frame in enumerate(pictures[3 * page : 3 * page + 3]):
            _body(canvas, frame, 54 + 140 * place)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _body(canvas: Canvas, frame: Frame, left: float) -> None:
    """One figure by reportlab's own paths."""
    scale, (x, y) = drawing.placed(frame, 134, 128)
    for shape in frame.shapes:
        path = canvas.beginPath()
        for op, values in drawing.outline(shape, scale, (left + x, 100 + y)):
            getattr(path, STEPS[op])(*values)
        canvas.setLineWidth(shape.stroke * scale)
        canvas.drawPath(path, stroke=shape.stroke > 0, fill=not shape.stroke)


def _medians(*works: Callable[[], bytes]) -> list[float]:
    """Milliseconds of each, warm and in turn, so that a busy moment touches all."""
    spent: list[list[float]] = [[] for _ in works]
    for _ in range(ROUNDS + 1):
        for work, times in zip(works, spent, strict=True):
            before = time.perf_counter()
            work()
            times.append((time.perf_counter() - before) * 1000)
    return [median(times[1:]) for times in spent]


if __name__ == "__main__":
    main()
