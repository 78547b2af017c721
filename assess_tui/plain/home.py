"""Before a visit: the intended use, the patients, the library of cards, the settings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING, Final

from assess_tui.days import short_day
from assess_tui.intended_use import STATEMENT
from assess_tui.plain.patient import Patient
from assess_tui.plain.talk import LeaveError, row_of

if TYPE_CHECKING:
    from assess_tui.plain.house import House
    from assess_tui.storage.record import PatientSummary, VisitSummary

MOST: Final = 20
"""Patients said at once; more letters name fewer."""
HOME: Final = (
    "Type part of a name or a code to search. A number opens the patient or takes up the visit of that line.",
    "+ or new: a new patient. Enter: the list again. q: leave.",
    "cards: search the library of exercise cards. settings: what you prefer. keys: who can open the record.",
)
KEYS: Final = (
    "Passphrases and the recovery code are looked after by commands, typed unseen: assess-tui keys, with list, add, "
    "passphrase, revoke, recovery or idle behind it."
)
NAMED: Final = "Type your name as it shall stand in the record, then Enter. q leaves and keeps nothing."


class Home:
    """The rooms outside a visit."""

    def __init__(self, house: House) -> None:
        self.house, self.talk, self.record = house, house.talk, house.record

    # -- intended use ------------------------------------------------------------------------------------------------

    def welcome(self) -> None:
        """Once in the life of a record: who may use it, and who works with it. Raises LeaveError."""
        from protocols.knowledge import due_words, words
        from protocols.library import edition_of

        record, library, today = self.record, self.house.library, self.house.clock.now().date()
        if record.setting("intended_use") is None:
            self.talk.say("Before the first use.", *STATEMENT, words(edition_of(library), library.digest, today))
            usual = "Sample Clinician" if self.house.demo else self.house.keeping.who
            asks = f" Enter: {usual}." if usual else ""
            self.talk.say("Going on means: I have read this and am qualified to decide. q leaves.")
            while not (
                name := self.talk.ask(f"Your name? It stands beside every value you enter.{asks}", explains=NAMED)
                or usual
            ):
                self.talk.say("Type your name first.")
            if name.casefold() in ("q", "quit"):
                raise LeaveError
            record.set_setting("clinician", name)
            record.set_setting("intended_use", self.house.clock.now().isoformat())
        self.talk.say(due_words(library.next_review, today) or "")

    # -- the patients ------------------------------------------------------------------------------------------------

    def patients(self) -> tuple[str, str]:
        """Ask for a patient or a visit: ("patient", id) or ("visit", id). Raises LeaveError."""
        search = ""
        while True:
            lines = self._lines(search)
            self.talk.page = partial(_rows, search, lines)
            self.talk.hear()
            typed = self.talk.line("Part of a name, a number, + for a new patient? q leaves.")
            head = typed.casefold()
            if head in ("q", "quit"):
                raise LeaveError
            if head in ("+", "new", "f2"):
                if made := Patient(self.house).details():
                    return "patient", made
            elif line := row_of(typed, lines):
                return line[:2]
            elif not self._beside(head):
                search = typed

    def _beside(self, head: str) -> bool:
        """What is done here besides patients; False where it was none of it."""
        if head in ("?", "help", "hear"):  # the list is said again in any case
            self.talk.say(*(() if head == "hear" else HOME))
        elif head in ("cards", "f6"):
            from assess_tui.plain.catalogue import look_through

            self.house = self.house._replace(library=look_through(self.house))
        elif head in ("settings", "f9"):
            from assess_tui.plain.preferences import change

            self.house = self.house._replace(settings=change(self.house))
            self.talk.heed(self.house.settings.looks)
        elif head in ("keys", "f7"):
            self.talk.say(KEYS)
        else:
            return False
        return True

    def _lines(self, search: str) -> list[tuple[str, str, str]]:
        """What can be opened: its kind, its id, its words. Unfinished visits first, where nothing is searched for."""
        unfinished = [] if search else self.record.unfinished()
        visits = [("visit", visit.id, self._resumed(visit)) for visit in unfinished]
        found = self.record.patients(search, MOST)
        return [*visits, *(("patient", patient.id, _patient(patient)) for patient in found)]

    def _resumed(self, visit: VisitSummary) -> str:
        when = visit.started.astimezone()
        far = f"{visit.done} of {visit.total} tests" if visit.total else "just begun"
        return f"Resume {visit.patient.name}, {visit.patient.code}, visit {visit.number} of {short_day(when)}, {far}."

    def visit(self, visit_id: str) -> tuple[str, str]:
        """Talk about a visit until it is left: ("patient", id) once it is finished, else ("", "")."""
        from assess_tui.company import open_words
        from assess_tui.plain.room import Room
        from assess_tui.storage.open_visits import OpenVisit
        from assess_tui.visit.definitions import OLDER_MAKE

        house, session = self.house, self.house.session(visit_id)
        with ExitStack() as stack:
            if not house.demo:
                opened = OpenVisit(house.folder, visit_id)
                stack.callback(opened.close)
                if opened.elsewhere:
                    self.talk.say(open_words(self.record.last_opened(visit_id), house.keeping.who))
            house.keeping.note("opened", visit_id)
            if session.library.digest != session.visit.digest:
                self.talk.say(OLDER_MAKE[1])
            place = Room(house, session).visit()
        return ("patient", session.patient.id) if place == "patient" else ("", "")


def _rows(search: str, lines: list[tuple[str, str, str]]) -> Iterator[str]:
    if search and not any(kind == "patient" for kind, _, _ in lines):
        yield f"No patient matches “{search[:40]}”. + adds one."
    elif not lines:
        yield "No patients yet. + adds the first."
    yield from (f"{number}. {words}" for number, (_, _, words) in enumerate(lines, 1))


def _patient(patient: PatientSummary) -> str:
    seen = f"seen {short_day(patient.last_visit)}" if patient.last_visit else "no visit yet"
    return f"{patient.name}, born {short_day(patient.birth_date)}, {patient.sex}, {patient.code}, {seen}."
