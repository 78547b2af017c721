"""The pages of the intake, made from the library: their lines, each with the cell it answers."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Literal, NamedTuple

from protocols.model import Library
from protocols.route import USUAL_LENGTH
from protocols.visit import Cell, Value, Visit

CONSENT, INTAKE = "@consent", "@intake"
A_PAGE = 9
"""Precautions on one page: each has a digit."""
LINE_KEYS = "123456789abcdefghijklm"
"""The key of each line; a longer page goes on with letters, none of which is a command of the intake."""
MINUTES = (5, 10, 15, 20)
LENGTHS = {
    30: "core tests, and a 3-minute pressure screen, which is not a stand test",
    45: "core tests and the 10-minute stand test",
    60: "as 45, and the extended tests of each region where something is found",
}
"""What each length of a visit holds."""
PROBLEMS = {
    "LBT": "Low back",
    "HIR": "Hip",
    "TEX": "Upper back",
    "FHP": "Neck or head posture",
    "SHO": "Shoulder",
    "ANK": "Ankle or balance",
    "DIZ": "Dizziness",
    "JAW": "Jaw",
    "STR": "Stress or tension",
}
"""Finding codes in the words a patient brings them."""
REPORTED = ("SIT", "STR", "HYD", "SLP")
CONSENT_CELL = Cell(CONSENT, field="consent")
CLEARANCE_CELL = Cell(INTAKE, field="clearance")
MINUTES_CELL = Cell(INTAKE, field="minutes")
KIT_CELL = Cell(INTAKE, field="kit")
PRECAUTIONS_CELL = Cell(INTAKE, field="precautions")
ASKED_CELL = Cell(INTAKE, field="precautions_asked")
"""The codes of the precautions that were asked, for no tick is an answer only where the question was put."""


class Choice(NamedTuple):
    """One line of a page: its cell, and the member of the cell's list or dict, or the value it sets."""

    text: str
    cell: Cell
    member: str | None = None
    value: Any = True


class Page(NamedTuple):
    """Ticks: any of them. One: exactly one, and on. Scale: each 0 to 3."""

    id: str
    title: str
    kind: Literal["ticks", "one", "scale"]
    choices: tuple[Choice, ...]
    hint: str = ""
    lasting: bool = False
    """What was said at the last visit is likely to hold still, and can be taken over on one key."""
    usual: Value = None
    """Of a page of one answer: what Enter alone takes."""

    def asks(self, cell: Cell) -> bool:
        return any(choice.cell == cell for choice in self.choices)


def unasked(library: Library, visit: Visit) -> list[str]:
    """The codes of the precautions not asked yet in this visit."""
    asked = visit.value(ASKED_CELL, [])
    return [item.code for item in library.precautions.values() if item.ask and item.code not in asked]


def pages(library: Library) -> tuple[Page, ...]:
    """The intake in the order it is asked."""
    return (
        _consent(),
        _problem(library),
        _reported(library),
        *_precautions(library),
        _agreed(),
        _kit(library),
        _length(),
        _minutes(),
    )


def _consent() -> Page:
    return Page(
        "consent",
        "Before starting",
        "ticks",
        (
            Choice("The patient agrees to the assessment and to keeping this record", CONSENT_CELL),
            Choice("A chaperone was offered", Cell(CONSENT, field="chaperone")),
            Choice("A copy may go to the patient's doctor", Cell(CONSENT, field="copy_to")),
        ),
        "The first is needed to go on.",
    )


def _problem(library: Library) -> Page:
    cell = Cell(INTAKE, field="main_problem")
    named = [Choice(words, cell, value=code) for code, words in PROBLEMS.items() if code in library.findings]
    return Page(
        "problem",
        "What brings the patient?",
        "one",
        tuple(named),
        "The main one: its digit. {intake.next}: something else, or nothing in particular.",
    )


def _reported(library: Library) -> Page:
    cell = Cell(INTAKE, field="reported")
    lines = tuple(Choice(library.findings[code].name, cell, code) for code in REPORTED if code in library.findings)
    return Page(
        "reported",
        "How much does each trouble the patient?",
        "scale",
        lines,
        "0 not at all, 1 a little, 2 clearly, 3 a lot.",
    )


def _precautions(library: Library) -> list[Page]:
    asked = [Choice(item.ask, PRECAUTIONS_CELL, item.code) for item in library.precautions.values() if item.ask]
    parts = [asked[start : start + A_PAGE] for start in range(0, len(asked), A_PAGE)]
    return [
        Page(
            f"precautions-{number}",
            f"Precautions, {number} of {len(parts)}",
            "ticks",
            tuple(part),
            "Tick what applies; {intake.next}: none of the rest.",
            lasting=True,
        )
        for number, part in enumerate(parts, 1)
    ]


def _agreed() -> Page:
    return Page(
        "agreed",
        "Cleared, taught, agreed",
        "ticks",
        (
            Choice(
                "Dizziness: heart, nerve and ear causes have been considered", Cell(INTAKE, field="dizziness_cleared")
            ),
            Choice("A doctor has cleared a standing and exercise programme", CLEARANCE_CELL),
            Choice("The psoas tool was taught in clinic", Cell(INTAKE, field="taught"), "R01b"),
            Choice("Extra salt is agreed with the doctor", Cell(INTAKE, field="agreed"), "salt"),
            Choice("Extra potassium is agreed with the doctor", Cell(INTAKE, field="agreed"), "potassium"),
            Choice("Compression wear is agreed with the doctor", Cell(INTAKE, field="agreed"), "compression"),
        ),
        "Tick only what is known.",
        lasting=True,
    )


def _kit(library: Library) -> Page:
    lines = tuple(Choice(kit.name, KIT_CELL, kit.id) for kit in library.kit.values() if not kit.always)
    hint = (
        "Bed, chair, wall and pillow are taken for granted. 0: nothing else. {intake.next} without a tick: not asked."
    )
    return Page("kit", "At home there is", "ticks", lines, hint, lasting=True)


def _length() -> Page:
    cell = Cell(INTAKE, field="visit_minutes")
    lines = tuple(Choice(f"{minutes} minutes: {LENGTHS[minutes]}", cell, value=Decimal(minutes)) for minutes in LENGTHS)
    hint = f"Press the digit of a line; {{intake.next}}: {USUAL_LENGTH} minutes."
    return Page("length", "Time for this visit", "one", lines, hint, usual=Decimal(USUAL_LENGTH))


def _minutes() -> Page:
    lines = tuple(Choice(f"{minutes} minutes", MINUTES_CELL, value=Decimal(minutes)) for minutes in MINUTES)
    return Page("minutes", "Minutes a day for exercises", "one", lines, "Press the digit of a line.", lasting=True)
