"""One patient: details, earlier visits, a new visit."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from assess_tui.keyboard.words import key_of
from assess_tui.person import behind, entered_as
from assess_tui.screens.base import BaseScreen
from assess_tui.storage.errors import StorageError
from assess_tui.text import keyed, line, literal, said, short_day
from assess_tui.widgets.aside import Aside
from assess_tui.widgets.choices import Choices
from assess_tui.widgets.key_line import KeyLine
from assess_tui.widgets.pane import Pointed

if TYPE_CHECKING:
    from assess_tui.storage.record import VisitSummary


class PatientScreen(BaseScreen[None]):
    """Enter on a visit opens it; v begins a new one."""

    places = ("patient",)
    AUTO_FOCUS: ClassVar[str | None] = "#visits"
    help_text = (
        "{patient.begin} begins a new visit. {patient.open} opens the marked visit: an unfinished one where it was "
        "left, a finished one at its findings."
    )

    _left_open = False

    def compose(self) -> ComposeResult:
        yield Static(id="patient-name")
        yield Static(id="patient-facts")
        with Horizontal(id="patient-visits"):
            yield Choices(id="visits")
            yield Aside()
        yield Pointed(id="patient-note")
        yield KeyLine()

    def on_mount(self) -> None:
        self._asked = False
        self._show()

    def on_screen_resume(self) -> None:
        self._show()

    def _show(self) -> None:
        record, patient_id = self.instrument.record, self.instrument.patient_id
        patient = record.patient(patient_id)
        years = patient.graded.age_on(self.instrument.today())
        self.query_one("#patient-name", Static).update(literal(patient.name, "bold $accent"))
        facts = f"{years} {patient.sex} · born {short_day(patient.birth_date)} · {patient.code}"
        self.query_one("#patient-facts", Static).update(
            literal("\n".join((facts, *behind(record, patient_id))), "$quiet")
        )
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(
            [Option(_row(visit, entered_as(record, visit)), id=visit.id) for visit in record.visits(patient_id)]
        )
        if options.option_count:
            options.highlighted = 0
        words = (
            keyed("{patient.open} opens the marked visit.", "$quiet")
            if options.option_count
            else keyed("No visit yet. {patient.begin} begins the first.", "$quiet")
        )
        self._say(words)
        self._left_open = self._waiting() is not None
        self.refresh_bindings()

    def _say(self, words: str | Content, tone: str = "$warning") -> None:
        self.query_one("#patient-note", Static).update(said(words, tone))
        self._asked = False

    def _waiting(self) -> VisitSummary | None:
        """The visit that was not finished."""
        visits = self.instrument.record.visits(self.instrument.patient_id)
        return next((visit for visit in visits if not visit.finished), None)

    @on(OptionList.OptionHighlighted)
    def _look(self, event: OptionList.OptionHighlighted) -> None:
        self.query_one(Aside).show(None, partial(self._plan, event.option.id))

    def _plan(self, marked: str | None, width: int) -> Content:
        """The plan kept last in the marked visit, for beside the list."""
        from assess_tui.views.templates import plan_words  # knowledge, which the page itself does not wait for
        from assess_tui.visit.plans import newest_plan

        record = self.instrument.record
        visit = next(one for one in record.visits(self.instrument.patient_id) if one.id == marked)
        return plan_words(newest_plan(record, visit), self.instrument.library, width)

    @on(OptionList.OptionSelected)
    def _open(self, event: OptionList.OptionSelected) -> None:
        self.instrument.open_visit(event.option.id or "")

    def action_open(self) -> None:
        self.query_one(OptionList).action_select()

    def action_down(self) -> None:
        self.query_one(OptionList).action_cursor_down()

    def action_up(self) -> None:
        self.query_one(OptionList).action_cursor_up()

    def action_begin(self) -> None:
        record, library, patient_id = self.instrument.record, self.instrument.library, self.instrument.patient_id
        if waiting := self._waiting():
            finish = f"{key_of('patient.close_visit')} finishes it as it is"
            self._say(f"Visit {waiting.number} is still open: {key_of('patient.open')} takes it up, {finish}.")
            return
        clinician = self.instrument.who or record.setting("clinician") or "clinician"
        visit = record.open_visit(patient_id, clinician, library)
        self.instrument.open_visit(visit.id)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what can be done here is offered."""
        return action != "close_visit" or self._left_open

    def action_close_visit(self) -> None:
        """For a visit begun by mistake or broken off: asked twice, for what is open is then not tested."""
        waiting = self._waiting()
        if waiting is None:
            self._say("No visit is open.")
        elif not self._asked:
            key, left = key_of("patient.close_visit"), "what is open is recorded as not tested"
            self._say(f"{key} again finishes visit {waiting.number} as it is; {left}.")
            self._asked = True
        else:
            session = self.instrument.session_of(waiting.id)
            if session.visit.cells:
                session.leave_open_out()
            session.finish()
            self.instrument.safekeeping.back_up()
            self._show()

    def action_progress(self) -> None:
        from assess_tui.screens.progress import ProgressScreen

        self.app.push_screen(ProgressScreen(self.instrument.patient_id))

    def action_papers(self) -> None:
        from assess_tui.screens.papers import PapersDialog

        self.app.push_screen(PapersDialog(self.instrument.record.patient(self.instrument.patient_id)))

    def action_export(self) -> None:
        from assess_tui.outgoing.exporting import ASK
        from assess_tui.screens.message import MessageDialog

        patient = self.instrument.record.patient(self.instrument.patient_id)
        what = f"All of {patient.code}, with every answer and every paper, for another record or another program."
        self.app.push_screen(MessageDialog(ASK, what, "{dialog.accept} exports   {dialog.close} closes"), self._agreed)

    def _agreed(self, agreed: bool | None) -> None:
        if agreed:  # the page is shown anew when it comes back; only then it says what was written
            self.call_after_refresh(self._export)

    def _export(self) -> None:
        from assess_tui.outgoing.exporting import NOT_ENCRYPTED, export_patient

        record = self.instrument.record
        try:
            path = export_patient(record.patient(self.instrument.patient_id), record, self.instrument.folder)
        except StorageError as error:
            self._say(f"{error.title}: {error.message}")
        else:
            self._say(f"Exported to {path}. {NOT_ENCRYPTED}", "$success")

    def action_revise(self) -> None:
        from assess_tui.screens.new_patient import NewPatientDialog

        self.app.push_screen(NewPatientDialog(self.instrument.patient_id), lambda _: self._show())

    def action_back(self) -> None:
        self.instrument.go("home")


def _row(visit: VisitSummary, entered_as: str) -> Content:
    state = (
        ("✓ finished", "$success")
        if visit.finished
        else (f"· open {visit.done}/{visit.total}" if visit.total else "· open, just begun", "$warning")
    )
    when = visit.started.astimezone()
    return line(
        (f"visit {visit.number}".ljust(10), "bold"),
        f"{short_day(when)}, {when:%H:%M}".ljust(22),
        state,
        (f"  as {entered_as}" if entered_as else "", "$quiet"),
    )
