"""The questions before the stand test, and what may stop it from starting. No screen."""

from __future__ import annotations

from textwrap import wrap
from typing import Final, Literal, NamedTuple

from assess_tui.entry.intake_pages import Choice
from assess_tui.entry.stand.row import VITALS, Row
from assess_tui.visit.session import VisitSession
from protocols.case import Supine
from protocols.model import Library
from protocols.standing import baseline, not_to_start
from protocols.visit import Cell

STAND: Final = "@stand"
A_PAGE: Final = 16
"""Rows of a list: what is left of the 24 of a terminal."""
A_ROW: Final = 64
"""Letters of a row, beside its number and its tick."""
MONTHS: Final = (0, 600)
PAIN: Final = (0, 10)
PROTOCOLS: Final = {
    "lean": "Lean test: back to the wall, only the shoulder blades touch, heels {cm} cm out",
    "active_stand": "Active stand: free standing, still, nothing to hold or lean on",
}
SCREEN: Final = "screen"
SCREENED_AS: Final = "active_stand"
"""How the patient stands in the pressure screen."""
SCREEN_TEXT: Final = "3-minute pressure screen: free standing. Not a stand test; its stage stays unknown"
KNOWN_FROM_INTAKE: Final = {"PEM": "pem_now"}
"""Precautions that are a reason not to start: ticked already when the list is first seen."""


def at(field: str) -> Cell:
    """A cell of the stand test."""
    return Cell(STAND, field=field)


class Page(NamedTuple):
    """Ticks: any of them, by number. One: exactly one, and on. Number: typed into `cell`. Plain: Enter goes on."""

    id: str
    title: str
    kind: Literal["ticks", "one", "number", "plain"]
    choices: tuple[Choice, ...] = ()
    hint: str = ""
    columns: int = 1
    cell: Cell | None = None
    between: tuple[int, int] | None = None
    """The least and the greatest number that can be typed."""

    @property
    def limits(self) -> tuple[int, int] | None:
        return (1, len(self.choices)) if self.kind == "ticks" else self.between

    @property
    def asks_for(self) -> str:
        """What a number typed here is called."""
        return "Line" if self.kind == "ticks" else "Number"


def before(library: Library) -> tuple[Page, ...]:
    """What is asked before lying down, in order."""
    return (_protocol(library), *_contraindications(library), _today(library), *_NUMBERS, _LIE)


def _protocol(library: Library) -> Page:
    cm = library.stand.thresholds["heel_distance_cm"].value
    named = PROTOCOLS | {SCREEN: SCREEN_TEXT}
    lines = tuple(Choice(text.format(cm=cm), at("protocol"), value=name) for name, text in named.items())
    return Page(
        "protocol",
        "Which stand test?",
        "one",
        lines,
        "{stand.next}: the marked one",
    )


def _contraindications(library: Library) -> list[Page]:
    """All that must not be true, then all that needs a reason."""
    asked = [one for one in library.stand.contraindications if not one.measured]
    found: list[Page] = []
    for absolute, title in ((True, "Not to be tested with any of these"), (False, "Only with a reason")):
        lines = [Choice(one.text, at("contraindications"), one.id) for one in asked if one.absolute is absolute]
        for part in _in_view(lines):
            found.append(Page(f"unsafe-{len(found) + 1}", title, "ticks", part, "{stand.next}: none of the rest"))
    return found


def _in_view(lines: list[Choice]) -> list[tuple[Choice, ...]]:
    """A long list in parts of which every row is on screen: none of the rest is no answer to what was not."""
    parts: list[tuple[Choice, ...]] = []
    room = 0
    for one in lines:
        needed = len(wrap(one.text, A_ROW))
        if needed > room:
            parts, room = [*parts, ()], A_PAGE
        parts[-1], room = (*parts[-1], one), room - needed
    return parts


def _today(library: Library) -> Page:
    drugs = [Choice(name, at("medications"), drug) for drug, name in library.stand.medications.items()]
    others = [Choice(name, at("confounders"), cause) for cause, name in library.stand.confounders.items()]
    hint = "{stand.next}: none of the rest"
    return Page("today", "Today: medicines and other causes", "ticks", (*drugs, *others), hint, 2)


_NUMBERS: Final = (
    Page(
        "months",
        "Months with symptoms on standing?",
        "number",
        hint="{stand.next}: none, or unknown",
        cell=at("symptom_months"),
        between=MONTHS,
    ),
    Page(
        "pain_start",
        "Back pain now, 0 to 10?",
        "number",
        hint="{stand.next}: not asked",
        cell=at("pain_start"),
        between=PAIN,
    ),
)
_LIE: Final = Page("lie", "Lie down", "plain")


def proposed(session: VisitSession, last_used: str) -> str:
    """What to offer: what this visit chose or has time for, the protocol to compare with, or the last one used here."""
    asked_already = at("protocol") in session.visit.cells
    if session.visit.value(at(SCREEN)) or (session.way.screens and not asked_already):
        return SCREEN
    previous = session.case().previous
    earlier = previous.protocol if previous is not None else None
    chosen = session.visit.value(at("protocol")) or earlier or last_used
    return str(chosen) if chosen in PROTOCOLS else "lean"


def choose(session: VisitSession, name: str) -> None:
    """The protocol, or the pressure screen in its place."""
    session.put(at("protocol"), SCREENED_AS if name == SCREEN else name)
    if name == SCREEN:
        session.put(at(SCREEN), True)
    else:
        session.withdraw(at(SCREEN), "the stand test after all")


def take_over(session: VisitSession) -> None:
    """Tick what the intake already told, once."""
    if at("contraindications") in session.visit.cells:
        return
    precautions = session.visit.value(Cell("@intake", field="precautions"), [])
    known = [reason for code, reason in KNOWN_FROM_INTAKE.items() if code in precautions]
    if known:
        session.put(at("contraindications"), known)


def answered(session: VisitSession, page: Page) -> None:
    """A page left without a tick is an answer too: the empty list is stored."""
    for cell in dict.fromkeys(choice.cell for choice in page.choices if choice.member is not None):
        if cell not in session.visit.cells:
            session.put(cell, [])


class Against(NamedTuple):
    """Reasons against starting, in words: some forbid it, some need an answer."""

    absolute: tuple[str, ...]
    relative: tuple[str, ...]


def against(session: VisitSession) -> Against:
    """What is ticked, and what age and the lying mean add."""
    visit, protocol = session.visit, session.library.stand
    vitals = visit.value(at("vitals"), {})
    absolute, relative = not_to_start(
        lying_mean(session), vitals.get("spo2"), session.age, tuple(visit.value(at("contraindications"), ())), protocol
    )
    return Against(absolute, relative)


def lying_mean(session: VisitSession) -> Supine | None:
    """The mean of the last two lying readings, where there are two."""
    base = baseline(lying(session))
    return None if base is None else Supine(hr=base.hr, sbp=base.sbp, dbp=base.dbp)


def lying(session: VisitSession) -> tuple[Supine, ...]:
    """The lying readings on record, whether or not the patient has stood yet."""
    rows = (session.visit.value(at(f"supine.{number}")) for number in range(1, count(session, "supine") + 1))
    return tuple(Supine(hr=row.get("hr"), sbp=row.get("sbp"), dbp=row.get("dbp")) for row in rows if row)


def count(session: VisitSession, prefix: str) -> int:
    """The highest number among `prefix.1`, `prefix.2` ...; 0 when there is none."""
    fields = (cell.field.partition(".") for cell in session.visit.cells if cell.test == STAND)
    return max((int(number) for head, _, number in fields if head == prefix and number.isdigit()), default=0)


def next_row(session: VisitSession, prefix: str) -> Row:
    """The vitals still open among `prefix.1`, `prefix.2` ..., or the row after them."""
    number = max(1, count(session, prefix))
    row = Row(session, at(f"{prefix}.{number}"), VITALS)
    return Row(session, at(f"{prefix}.{number + 1}"), VITALS) if row.complete else row
