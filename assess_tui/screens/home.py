"""Home: type to search, Enter opens; unfinished visits on top."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from assess_tui.keyboard.words import with_keys
from assess_tui.screens.base import BaseScreen
from assess_tui.storage.errors import StorageError
from assess_tui.text import fit, keyed, line, literal, said, short_day
from assess_tui.widgets.field import Field
from assess_tui.widgets.key_line import KeyLine
from assess_tui.widgets.listing import Line, Listing
from assess_tui.widgets.pane import Pane

if TYPE_CHECKING:
    from assess_tui.storage.record import PatientSummary, Record, VisitSummary

MOST = 60
"""Patients shown at once; more letters narrow the list."""
TO_TRY = "   To try it first: assess-tui demo"
SAMPLE = "sample clinic, gone when you leave; {app.tour} begins a tour"
NAME, LONG_NAME, ROOMY = 26, 44, 120
"""Cells of a name, and of one in a window of so many cells."""


class HomeScreen(BaseScreen[None]):
    """The list of patients."""

    places = ("home",)
    help_text = (
        "Type part of a name or a code. {home.open} opens the marked patient or takes up the marked visit. "
        "{home.new_patient} adds a patient. {home.cards} opens the library of exercises. {home.keyring} shows who can "
        "open the record, {home.settings} your settings."
    )

    def compose(self) -> ComposeResult:
        yield Static(line((" assess-tui ", "bold $accent"), ("  whole-body screen", "$quiet")), id="home-title")
        yield Field(
            placeholder=with_keys("type part of a name or a code; {home.open} opens the marked line"), id="home-search"
        )
        yield Listing(id="home-list")
        yield Pane(literal("opening the record …", "$quiet"), id="home-state")
        yield KeyLine()

    def on_mount(self) -> None:
        search = self.query_one(Input)
        search.focus()
        self.watch(search, "value", self._search, init=False)  # as a message, the answer would be a paint of its own
        search.disable_messages(Input.Changed)

    def on_assess_app_ready(self) -> None:
        self._welcome()

    def on_screen_resume(self) -> None:
        search = self.query_one(Input)
        search.action_select_all()  # the next name takes the place of the last one
        self._fill(search.value)
        self.show_state()

    # -- intended use ---------------------------------------------------------------------------------------------

    def _welcome(self) -> None:
        record = self.instrument.record
        if (theme := record.setting("theme")) in self.app.available_themes:
            self.app.theme = theme
        self._fill("")
        self.show_state()
        if record.setting("intended_use") is None:
            from assess_tui.screens.intended_use import IntendedUseDialog

            self.app.push_screen(IntendedUseDialog(), self._agreed)

    def _agreed(self, clinician: str | None) -> None:
        record = self.instrument.record
        if clinician is None:
            self.instrument.exit(0)
            return
        record.set_setting("clinician", clinician)
        record.set_setting("intended_use", self.instrument.clock.now().isoformat())

    # -- the list -------------------------------------------------------------------------------------------------

    def _search(self, text: str) -> None:
        try:
            self._fill(text)
        except StorageError as error:
            self.instrument.show_error(error.title, error.message)

    def _fill(self, text: str) -> None:
        if not self.instrument.ready:
            return
        record = self.instrument.record
        rows = [*_unfinished(record, self.instrument.today(), text), *_patients(record, text, self._name_room)]
        self.query_one(Listing).fill(rows or [_nothing(text)])

    @property
    def _name_room(self) -> int:
        return LONG_NAME if self.app.size.width >= ROOMY else NAME

    def show_state(self) -> None:
        """Show the line of state; behind the screen it may have changed."""
        if self.instrument.ready:
            self.query_one("#home-state", Pane).show(self._state())

    def _state(self) -> Content:
        here = literal(str(self.instrument.folder), "$quiet")
        where = keyed(SAMPLE, "$warning") if self.instrument.demo else here
        from protocols.knowledge import due_words, edition  # the first paint does not wait for it

        due = due_words(edition().next_review, self.instrument.today())
        return line(
            (f"{due}   " if due else "", "$warning"),
            self.instrument.safekeeping.state(),
            self._kept(),
            "   ",
            where,  # last: a long path may be cut
        )

    def _kept(self) -> Content:
        """Whether anyone who has the file can read it: always in sight."""
        if self.instrument.record.key is None:
            return literal("not encrypted", "$warning")
        return keyed("encrypted, {app.lock} locks", "$quiet")

    # -- keys -----------------------------------------------------------------------------------------------------

    def action_down(self) -> None:
        self.query_one(Listing).move(1)

    def action_up(self) -> None:
        self.query_one(Listing).move(-1)

    @on(Input.Submitted)
    def _enter(self) -> None:
        self.action_open()

    @on(Listing.Chosen)
    def _clicked(self) -> None:
        self.action_open()

    def action_open(self) -> None:
        kind, _, identity = self.query_one(Listing).marked.partition(":")
        if kind == "visit":
            self.instrument.open_visit(identity)
        elif kind == "patient":
            self.instrument.open_patient(identity)

    def action_new_patient(self) -> None:
        if self.instrument.ready:
            from assess_tui.screens.new_patient import NewPatientDialog

            self.app.push_screen(NewPatientDialog(), self._added)

    def _added(self, patient_id: str | None) -> None:
        if patient_id is not None:
            self.instrument.open_patient(patient_id)

    def action_cards(self) -> None:
        if self.instrument.ready:
            from assess_tui.screens.cards import CardsScreen

            self.app.push_screen(CardsScreen(self.instrument.library))

    def action_keyring(self) -> None:
        if not self.instrument.ready:
            return
        from assess_tui.screens.encrypt import EncryptScreen
        from assess_tui.screens.keyring import INVENTED, KeyringDialog

        if self.instrument.demo:
            self.instrument.show_error("This record is not encrypted", INVENTED)
        elif self.instrument.key is not None:
            self.app.push_screen(KeyringDialog())
        else:
            self.app.push_screen(EncryptScreen(name=self.instrument.record.setting("clinician", "")))

    def action_settings(self) -> None:
        if self.instrument.ready:
            from assess_tui.screens.settings import SettingsDialog

            self.app.push_screen(SettingsDialog())

    def action_help(self) -> None:
        self.instrument.action_help()

    def action_clear(self) -> None:
        self.query_one(Input).value = ""

    def action_leave(self) -> None:
        self.instrument.exit(0)


def _heading(words: str) -> Line:
    return Line(partial(literal, words, "$quiet"))


def _nothing(text: str) -> Line:
    found = f"No patient matches “{text}”. " if text else "No patients yet. "
    add = "{home.new_patient} adds one." if text else "{home.new_patient} adds the first."
    words = line((found, "$warning"), keyed(add, "$warning"), ("" if text else TO_TRY, "$quiet"))
    return Line(partial(said, words))


def _unfinished(record: Record, today: dt.date, text: str) -> list[Line]:
    visits = [] if text else record.unfinished()
    if not visits:
        return []
    return [
        _heading("unfinished visits"),
        *(Line(partial(_visit_row, visit, today), f"visit:{visit.id}") for visit in visits),
    ]


def _visit_row(visit: VisitSummary, today: dt.date) -> Content:
    when = visit.started.astimezone()
    day = f"{when:%H:%M}" if when.date() == today else short_day(when)
    far = f"{visit.done}/{visit.total}" if visit.total else "just begun"
    return line(
        (f"Resume {far}, {day}  ", "$warning bold"),
        literal(visit.patient.name, "bold").truncate(NAME, ellipsis=True),
        (f"  {visit.patient.code} · visit {visit.number}", "$quiet"),
    )


def _patients(record: Record, text: str, room: int) -> list[Line]:
    rows = [Line(partial(_patient_row, one, room), f"patient:{one.id}") for one in record.patients(text, MOST)]
    return [_heading("patients"), *rows] if rows else []


def _patient_row(patient: PatientSummary, room: int) -> Content:
    seen = f"seen {short_day(patient.last_visit)}, {patient.visits}x" if patient.last_visit else "no visit yet"
    return line(
        fit(patient.name, room) + " ",
        (f"{short_day(patient.birth_date):>11}  {patient.sex}  {patient.code:<8}{seen}", "$quiet"),
    )
