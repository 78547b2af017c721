"""Vital signs typed between the tests: each is on record as it is typed; what they ask for. No screen."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from assess_tui.entry.typed import Typed
from assess_tui.keyboard.words import with_keys
from assess_tui.visit.session import VisitSession
from protocols.entry import Refusal
from protocols.model import RedFlag, Vital
from protocols.visit import VITALS, Cell, Measurement, vitals
from protocols.vitals import Sign, asked_of, read, signs, stop_words

MEASURED_AGAIN = "measured again"
WAYS_ON = "   {step.vitals} again   {visit.flags} {flags.raise_level} raises the level"
LONGEST = 3
"""Digits of the highest sign."""


def stop_line(session: VisitSession) -> str:
    """What the banner says while a vital sign on record stops the screen; "" while none does."""
    said = stop_words(vitals(session.visit.cells), session.library.red_flags)
    return said + with_keys(WAYS_ON) if said else ""


class Speaks(NamedTuple):
    """A pressure on record that is a yes to one of some questions, while none of them says so."""

    words: str
    """ "Measured: systolic 142 mmHg. That is a yes to question 1." """
    flags: tuple[str, ...]
    """Ids of these questions."""


def speaks_to(session: VisitSession, flags: Sequence[RedFlag]) -> Speaks | None:
    """What was measured that one of these questions, as they are numbered on their page, asks about."""
    entry = VitalsEntry(session)
    here = [(number, flag) for number, flag in enumerate(flags, 1) if flag in entry.questions()]
    if not here or any(entry.said_yes(flag) for _, flag in here):
        return None
    ids = tuple(flag.id for _, flag in here)
    measured = (sign.words for sign in entry.signs() if set(ids) & set(sign.answers))
    words = ", ".join(words[0].lower() + words[1:] for words in measured)
    return Speaks(f"Measured: {words}. That is a yes to question {' or '.join(str(at) for at, _ in here)}.", ids)


class VitalsEntry:
    """The signs in rows, one of them open."""

    def __init__(self, session: VisitSession) -> None:
        self.session = session
        self.vitals: tuple[Vital, ...] = session.library.red_flags.vitals
        self.row = 0
        self.buffer = ""

    @property
    def vital(self) -> Vital:
        return self.vitals[self.row]

    def held(self, vital: Vital) -> Measurement | None:
        """The last reading on record."""
        return self.session.visit.cells.get(self._cell(vital.id))

    @property
    def values(self) -> dict[str, Decimal]:
        return vitals(self.session.visit.cells)

    def _cell(self, sign: str) -> Cell:
        return Cell(VITALS, field=sign)

    @property
    def waits(self) -> tuple[Cell, str]:
        """What is typed and not entered, and the sign it is meant for."""
        return self._cell(self.vital.id if self.vitals else ""), self.buffer

    def take_up(self, cell: Cell, text: str) -> None:
        """Go on where this was typed and not entered."""
        names = [self._cell(one.id) for one in self.vitals]
        if text and cell in names:
            self.row, self.buffer = names.index(cell), text

    # -- keys ----------------------------------------------------------------------------------------------------

    def type(self, digit: str) -> Typed:
        self.buffer = (self.buffer + digit)[:LONGEST]
        return Typed()

    def backspace(self) -> Typed:
        self.buffer = self.buffer[:-1]
        return Typed()

    def accept(self) -> Typed:
        """Keep what was typed, or pass over a sign not measured; finished after the last."""
        if self.buffer and self.vitals:
            return self._keep()
        last = self.row + 1 >= len(self.vitals)
        return Typed(finished=True) if last else self.move(1)

    def move(self, by: int) -> Typed:
        """To another sign; digits that wait are kept first, and stay where they are refused."""
        here, typed = self.row, self.keep_typed()
        if self.vitals and not typed.tone:
            self.row = (here + by) % len(self.vitals)
        return typed

    def keep_typed(self) -> Typed:
        """Keep what waits for Enter; what is refused stays typed."""
        text = self.buffer
        if not text or not self.vitals:
            return Typed()
        typed = self._keep()
        self.buffer = text if typed.tone else ""
        return typed

    def _keep(self) -> Typed:
        text, self.buffer = self.buffer, ""
        value = read(self.vital, text, self.values)
        if isinstance(value, Refusal):
            return Typed(value.reason, "refused")
        again = MEASURED_AGAIN if self.held(self.vital) is not None else ""
        self.session.put(self._cell(self.vital.id), value, why=again)
        if self.row + 1 < len(self.vitals):
            self.move(1)
        return Typed(stored=True)

    # -- what they ask for -----------------------------------------------------------------------------------------

    def signs(self) -> tuple[Sign, ...]:
        return signs(self.values, self.session.library.red_flags)

    def questions(self) -> tuple[RedFlag, ...]:
        """The red-flag questions these values speak to."""
        return asked_of(self.values, self.session.library.red_flags)

    def answer_to(self, flag: RedFlag) -> str:
        """yes, no, unknown; "" where it was not asked yet."""
        return str(self.session.visit.value(Cell("@flags", field=flag.id), ""))

    def said_yes(self, flag: RedFlag) -> bool:
        return self.answer_to(flag) == "yes"

    def answer(self, place: int) -> Typed:
        """Yes to one of the red-flag questions; nothing is answered unless the therapist says so."""
        questions = self.questions()
        if place >= len(questions):
            return Typed()
        self.session.put(Cell("@flags", field=questions[place].id), "yes")
        return Typed(f"On record: yes. Level {self.session.assessment().concern.level}.", stored=True)
