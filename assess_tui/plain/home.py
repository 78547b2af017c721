"""Before a visit: the intended use, the patients, a new one, a patient's visits."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Final

from assess_tui.days import birth_day, short_day
from assess_tui.intended_use import STATEMENT
from assess_tui.person import behind, entered_as
from assess_tui.plain.talk import LeaveError

if TYPE_CHECKING:
    import datetime as dt

    from assess_tui.plain.house import House
    from assess_tui.storage.record import PatientSummary, VisitSummary
    from protocols.model import Sex

MOST: Final = 20
"""Patients said at once; more letters name fewer."""
HOME: Final = (
    "Type part of a name or a code to search. A number opens the patient or takes up the visit of that line.",
    "new: a new patient. Enter: hear the list again. q: leave.",
)
PATIENT: Final = (
    "v: a new visit. A number: open that visit, an unfinished one where it was left.",
    "f: finish the visit left open; what is open is recorded as not tested.",
    "c: correct name, birth date, sex or code. b, or home: back to the patients. q: leave.",
)
NAMED: Final = "Type your name as it shall stand in the record, then Enter. q leaves and keeps nothing."
SEXES: Final[dict[str, Sex]] = {"f": "F", "m": "M", "x": "X"}


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
            if search and not any(kind == "patient" for kind, _, _ in lines):
                self.talk.say(f"No patient matches “{search[:40]}”. new adds one.")
            elif not lines:
                self.talk.say("No patients yet. new adds the first.")
            self.talk.say(*(f"{number}. {words}" for number, (_, _, words) in enumerate(lines, 1)))
            typed = self.talk.line("Part of a name, a number, or new? q leaves.")
            head = typed.casefold()
            if head in ("q", "quit"):
                raise LeaveError
            if head in ("?", "help"):
                self.talk.say(*HOME)
            elif head in ("new", "f2"):
                if made := self.details():
                    return "patient", made
            elif typed.isdecimal() and 1 <= int(typed) <= len(lines):
                return lines[int(typed) - 1][:2]
            else:
                search = typed

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

    # -- a new patient, or correcting one ------------------------------------------------------------------------------

    def details(self, patient_id: str = "") -> str:
        """Ask name, birth date, sex, code; returns the id of what was kept, "" where nothing was."""
        import msgspec

        now = self.record.patient(patient_id) if patient_id else None
        self.talk.say("Correct the details; Enter leaves one as it is." if now else "A new patient.")
        given = self._name("Given name", now.given_name if now else "")
        family = self._name("Family name", now.family_name if now else "")
        if not (given or family):
            self.talk.say("A name is needed: a given name, a family name or both. Nothing was kept.")
            return ""
        birth = self._birth(now.birth_date.isoformat() if now else "")
        sex = self._sex(now.sex if now else "")
        code = self.talk.ask(f"The clinic's code? Enter: {now.code if now else 'one is made'}.")
        own = self.record.records_of(patient_id) if patient_id else []
        like = [one for one in self.record.similar(family, given, birth) if one.id not in own]
        if like:
            told = f"{like[0].name}, born {short_day(like[0].birth_date)}, {like[0].code}"
            if not self.talk.yes(f"Looks like {told}, who is already here. Keep this one all the same?"):
                self.talk.say("Nothing was kept.")
                return ""
        if now is None:
            return self.record.add_patient(
                family_name=family, given_name=given, birth_date=birth, sex=sex, code=code
            ).id
        revised = msgspec.structs.replace(
            now, family_name=family, given_name=given, birth_date=birth, sex=sex, code=code or now.code
        )
        return self.record.revise_patient(revised).id

    def _name(self, what: str, held: str) -> str:
        return self.talk.ask(f"{what}{f', now {held}' if held else ', or Enter for none'}?") or held

    def _birth(self, held: str) -> dt.date:
        while True:
            typed = self.talk.ask(f"Birth date, day month year, as 3 4 1992{f', now {held}' if held else ''}?") or held
            birth = birth_day(typed, self.house.clock.now().date())
            if not isinstance(birth, str):
                return birth
            self.talk.say(birth)

    def _sex(self, held: str) -> Sex:
        while True:
            typed = self.talk.ask(f"Sex for the reference row: f, m or x{f', now {held}' if held else ''}?") or held
            if typed.casefold() in SEXES:
                return SEXES[typed.casefold()]
            self.talk.say("Sex is f, m or x: unknown or other, the wider reference row is used.")

    # -- one patient -------------------------------------------------------------------------------------------------

    def patient(self, patient_id: str) -> str:
        """Ask for a visit of this patient; its id, "" for back to the patients. Raises LeaveError."""
        self.house.keeping.note("opened", patient_id)
        while True:
            visits = self._say_patient(patient_id)
            typed = self.talk.line("v for a new visit, a number opens one, b goes back?").casefold()
            if typed in ("q", "quit"):
                raise LeaveError
            if typed in ("b", "back", "home"):
                return ""
            if typed == "?":
                self.talk.say(*PATIENT)
            elif typed.isdecimal() and 1 <= int(typed) <= len(visits):
                return visits[int(typed) - 1].id
            elif typed == "v":
                if visit := self._begin(patient_id, visits):
                    return visit
            elif typed == "f":
                self._close(visits)
            elif typed == "c":
                self.details(patient_id)
            else:
                self.talk.say(f"“{typed[:30]}” means nothing here. ? says what can be typed." if typed else "")

    def visit(self, visit_id: str) -> tuple[str, str]:
        """Talk about a visit until it is left: ("patient", id) once it is finished, else ("", "")."""
        from assess_tui.company import open_words
        from assess_tui.plain.room import Room
        from assess_tui.session import OLDER_MAKE
        from assess_tui.storage.open_visits import OpenVisit

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

    def _say_patient(self, patient_id: str) -> list[VisitSummary]:
        patient = self.record.patient(patient_id)
        years = patient.graded.age_on(self.house.clock.now().date())
        self.talk.say(
            f"{patient.name}, {years}, {patient.sex}, born {short_day(patient.birth_date)}, code {patient.code}."
        )
        for said in behind(self.record, patient_id):
            self.talk.say(f"{said[:1].upper()}{said[1:]}.")
        visits = self.record.visits(patient_id)
        for number, visit in enumerate(visits, 1):
            state = (
                "finished"
                if visit.finished
                else f"open, {visit.done} of {visit.total} tests"
                if visit.total
                else "open"
            )
            when = visit.started.astimezone()
            other = f", as {code}" if (code := entered_as(self.record, visit)) else ""
            self.talk.say(f"{number}. Visit {visit.number}, {short_day(when)}, {when:%H:%M}, {state}{other}.")
        self.talk.say("" if visits else "No visit yet. v begins the first.")
        return visits

    def _begin(self, patient_id: str, visits: list[VisitSummary]) -> str:
        waiting = next((visit for visit in visits if not visit.finished), None)
        if waiting is not None:
            self.talk.say(f"Visit {waiting.number} is still open: its number takes it up, f finishes it as it is.")
            return ""
        clinician = self.house.keeping.who or self.record.setting("clinician") or "clinician"
        return self.record.open_visit(patient_id, clinician, self.house.library).id

    def _close(self, visits: list[VisitSummary]) -> None:
        """For a visit begun by mistake or broken off; what is open is then not tested."""
        waiting = next((visit for visit in visits if not visit.finished), None)
        if waiting is None:
            self.talk.say("No visit is open.")
        elif self.talk.yes(f"Finish visit {waiting.number} as it is? What is open is recorded as not tested."):
            session = self.house.session(waiting.id)
            if session.visit.cells:
                session.leave_open_out()
            session.finish()
            self.house.keeping.back_up()


def _patient(patient: PatientSummary) -> str:
    seen = f"seen {short_day(patient.last_visit)}" if patient.last_visit else "no visit yet"
    return f"{patient.name}, born {short_day(patient.birth_date)}, {patient.sex}, {patient.code}, {seen}."
