"""One patient: who it is, the visits, a new one; trend, papers, a file for others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from assess_tui.days import birth_day, short_day
from assess_tui.person import behind, entered_as
from assess_tui.plain.talk import LeaveError, row_of
from assess_tui.storage.errors import StorageError

if TYPE_CHECKING:
    import datetime as dt

    from assess_tui.plain.house import House
    from assess_tui.storage.record import Record, VisitSummary
    from protocols.model import Sex

EXPLAINS: Final = (
    "v: a new visit. A number: open that visit, an unfinished one where it was left.",
    "f: finish the visit left open; what is open is recorded as not tested.",
    "t: the trend, each measure over the visits. p: the papers made so far, one of them again as it was.",
    "c: correct name, birth date, sex or code. x: all of this patient as an open file; asks first.",
    ".: this page again. b, or home: back to the patients. q: leave.",
)
SEXES: Final[dict[str, Sex]] = {"f": "F", "female": "F", "m": "M", "male": "M", "x": "X"}


class Patient:
    """One patient's page, or the details of a new one."""

    def __init__(self, house: House, patient_id: str = "") -> None:
        self.house, self.talk, self.record = house, house.talk, house.record
        self.id = patient_id

    # -- the page ----------------------------------------------------------------------------------------------------

    def choose(self) -> str:
        """Ask for a visit; its id, "" for back to the patients. Raises LeaveError."""
        self.house.keeping.note("opened", self.id)
        self.talk.page = self._rows
        self.talk.hear()
        while True:
            typed = self.talk.line("v for a new visit, a number opens one, b goes back?").casefold()
            visits = self.record.visits(self.id)
            if typed in ("q", "quit"):
                raise LeaveError
            if typed in ("b", "back", "home"):
                return ""
            if (held := row_of(typed, visits)) is not None:
                return held.id
            if typed == "v" and (visit := self._begin(visits)):
                return visit
            self._do(typed)

    def _do(self, typed: str) -> None:
        does: dict[str, Callable[[], object]] = {
            "?": lambda: self.talk.say(*EXPLAINS),
            "hear": self.talk.hear,
            "f": self._close,
            "t": self._trend,
            "p": self._papers,
            "c": self._revise,
            "x": self._export,
        }
        if typed in does:
            does[typed]()
        elif typed not in ("v", ""):
            self.talk.say(f"“{typed[:30]}” means nothing here. ? says what can be typed.")

    def _rows(self) -> Iterator[str]:
        patient = self.record.patient(self.id)
        years, born = patient.graded.age_on(self.house.clock.now().date()), short_day(patient.birth_date)
        yield f"{patient.name}, {years}, {patient.sex}, born {born}, code {patient.code}."
        yield from (f"{said[:1].upper()}{said[1:]}." for said in behind(self.record, self.id))
        visits = self.record.visits(self.id)
        yield from (_visit(self.record, number, visit) for number, visit in enumerate(visits, 1))
        yield "" if visits else "No visit yet. v begins the first."

    def _begin(self, visits: list[VisitSummary]) -> str:
        waiting = next((visit for visit in visits if not visit.finished), None)
        if waiting is not None:
            self.talk.say(f"Visit {waiting.number} is still open: its number takes it up, f finishes it as it is.")
            return ""
        clinician = self.house.keeping.who or self.record.setting("clinician") or "clinician"
        return self.record.open_visit(self.id, clinician, self.house.library).id

    def _close(self) -> None:
        """For a visit begun by mistake or broken off; what is open is then not tested."""
        waiting = next((visit for visit in self.record.visits(self.id) if not visit.finished), None)
        if waiting is None:
            self.talk.say("No visit is open.")
        elif self.talk.yes(f"Finish visit {waiting.number} as it is? What is open is recorded as not tested."):
            session = self.house.session(waiting.id)
            if session.visit.cells:
                session.leave_open_out()
            session.finish()
            self.house.keeping.back_up()
            self.talk.say("The visit is finished.")

    def _trend(self) -> None:
        from assess_tui.plain.trend import talk_about

        talk_about(self.talk, self.record, self.house.library, self.id)

    def _papers(self) -> None:
        from assess_tui.plain.papers import made_so_far

        made_so_far(self.house, self.id)

    def _export(self) -> None:
        from assess_tui.outgoing.exporting import ASK, NOT_ENCRYPTED, export_patient

        if not self.talk.yes(ASK):
            self.talk.say("Nothing was exported.")
            return
        try:
            path = export_patient(self.record.patient(self.id), self.record, self.house.folder)
        except StorageError as error:
            self.talk.say(f"{error.title}: {error.message}")
        else:
            self.talk.say(f"Exported to {path}", NOT_ENCRYPTED)

    def _revise(self) -> None:
        self.details()
        self.talk.hear()

    # -- who it is ---------------------------------------------------------------------------------------------------

    def details(self) -> str:
        """Ask name, birth date, sex, code; returns the id of what was kept, "" where nothing was."""
        import msgspec

        now = self.record.patient(self.id) if self.id else None
        self.talk.say("Correct the details; Enter leaves one as it is." if now else "A new patient.")
        given = self._name("Given name", now.given_name if now else "")
        family = self._name("Family name", now.family_name if now else "")
        if not (given or family):
            self.talk.say("A name is needed: a given name, a family name or both. Nothing was kept.")
            return ""
        birth = self._birth(now.birth_date.isoformat() if now else "")
        sex = self._sex(now.sex if now else "") if birth is not None else None
        if birth is None or sex is None:
            self.talk.say("Nothing was kept.")
            return ""
        code = self.talk.ask(f"The clinic's code? Enter: {now.code if now else 'one is made'}.")
        own = self.record.records_of(self.id) if self.id else []
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

    def _birth(self, held: str) -> dt.date | None:
        """Asked until it is a day; None where b goes back."""
        now = f", now {held}" if held else ""
        while (typed := self.talk.ask(f"Birth date, day month year, as 3 4 1992{now}, b goes back?")) != "b":
            birth = birth_day(typed or held, self.house.clock.now().date())
            if not isinstance(birth, str):
                return birth
            self.talk.say(birth)
        return None

    def _sex(self, held: str) -> Sex | None:
        """Asked until it is one of three; None where b goes back."""
        now = f", now {held}" if held else ""
        while (typed := self.talk.ask(f"Sex for the reference row: f, m or x{now}, b goes back?")) != "b":
            if (typed or held).casefold() in SEXES:
                return SEXES[(typed or held).casefold()]
            self.talk.say("Sex is f, m or x: unknown or other, the wider reference row is used.")
        return None


def _visit(record: Record, number: int, visit: VisitSummary) -> str:
    done = f"open, {visit.done} of {visit.total} tests" if visit.total else "open"
    when, state = visit.started.astimezone(), "finished" if visit.finished else done
    other = f", as {code}" if (code := entered_as(record, visit)) else ""
    return f"{number}. Visit {visit.number}, {short_day(when)}, {when:%H:%M}, {state}{other}."
