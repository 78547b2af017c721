"""The paper: what will be printed, made as a PDF behind the screen, opened or printed on one key."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from assess_tui.handover import OPENERS, PRINTERS, hand_over
from assess_tui.screens.base import VisitScreen
from assess_tui.text import line, literal

if TYPE_CHECKING:
    from reports.content import Options
    from reports.documents import Document

IDENTITY = {"full": "full name", "first": "first name", "code": "code only"}
CHOICES: dict[str, tuple[object, ...]] = {"paper": ("a4", "letter"), "size": (14, 16, 18), "identity": tuple(IDENTITY)}


class PaperScreen(VisitScreen):
    """Shows the text of the document; Enter writes the PDF."""

    places = ("paper", "visit")
    place = "paper"
    help_text = (
        "Enter writes the PDF into the documents folder, named by code and date. o opens it, p prints it. k "
        "changes between the patient's plan and the clinic's report."
    )

    def compose_body(self) -> ComposeResult:
        yield Static(id="paper-title")
        with VerticalScroll(id="paper-text"):
            yield Static(id="paper-body")
        yield Static(id="paper-note")

    def begin(self) -> None:
        from reports.content import Options

        self.options: Options = Options()
        self.report = False
        self.made: Path | None = None
        self._asked = False
        self.query_one("#paper-text").focus()
        self._draw()

    def _document(self) -> Document:
        from assess_tui.paper import document

        return document(self.session, self.instrument.record, self.options, report=self.report)

    def _draw(self, note: str = "", tone: str = "$quiet") -> None:
        self._asked = False
        document = self._document()
        self.query_one("#paper-title", Static).update(
            line(
                (document.title, "$accent bold"),
                (
                    f"   {self.options.paper.upper()} · {self.options.size} pt · {IDENTITY[self.options.identity]}",
                    "$quiet",
                ),
            )
        )
        self.query_one("#paper-body", Static).update(literal(document.text))
        self.query_one("#paper-note", Static).update(literal(note or "Enter makes the PDF.", tone))

    # -- choices -----------------------------------------------------------------------------------------------

    def _choose(self, field: str) -> None:
        import msgspec

        values = CHOICES[field]
        following = values[(values.index(getattr(self.options, field)) + 1) % len(values)]
        self.options = msgspec.structs.replace(self.options, **{field: following})
        self.made = None
        self._draw()

    def action_paper(self) -> None:
        self._choose("paper")

    def action_size(self) -> None:
        self._choose("size")

    def action_identity(self) -> None:
        self._choose("identity")

    def action_kind(self) -> None:
        self.report = not self.report
        self.made = None
        self._draw()

    # -- the file ----------------------------------------------------------------------------------------------

    def action_make(self) -> None:
        plan = self.session.assessment().plan
        if not self.report and not plan.blocked:
            self.session.save_plan(plan)  # the plan on paper is a plan on record
        self._draw("Making the PDF …")
        self._make(self._document())

    @work(thread=True, exclusive=True, exit_on_error=False)
    def _make(self, document: Document) -> None:
        try:
            data = document.pdf()
        except Exception as error:
            self.app.call_from_thread(self._draw, f"The PDF could not be made: {error}", "$error")
            return
        self.app.call_from_thread(self._store, document, data)

    def _store(self, document: Document, data: bytes) -> None:
        from assess_tui.paper import keep
        from assess_tui.storage.errors import StorageError

        try:
            self.made = keep(self.session, self.instrument.record, self.instrument.folder, document, data, self.options)
        except StorageError as error:
            self._draw("No PDF was made.", "$error")
            self.instrument.show_error(error.title, error.message)
            return
        self._draw(f"✓ {self.made}   o opens it, p prints it, f finishes the visit", "$success")

    def action_open(self) -> None:
        self._hand_to(OPENERS, "opened")

    def action_print(self) -> None:
        self._hand_to(PRINTERS, "sent to the printer")

    def _hand_to(self, programs: tuple[str, ...], done: str) -> None:
        if self.made is None:
            self._draw("Make the PDF first: Enter.", "$warning")
            return
        self._draw(f"{self.made.name} …")
        self._give(self.made, programs, done)

    @work(thread=True, exclusive=True, exit_on_error=False)
    def _give(self, path: Path, programs: tuple[str, ...], done: str) -> None:
        """Behind the screen: a printer may take its time."""
        trouble = hand_over(path, programs)
        said = (trouble, "$error") if trouble else (f"✓ {done}: {path.name}", "$success")
        self.app.call_from_thread(self._draw, *said)

    def action_clinic(self) -> None:
        """The clinic's name, as every paper carries it."""
        from assess_tui.screens.ask import AskDialog

        held = self.instrument.record.setting("clinic") or ""
        self.app.push_screen(AskDialog("The clinic", "Its name as it stands on every paper:", held), self._name_clinic)

    def _name_clinic(self, name: str | None) -> None:
        if name:
            self.instrument.record.set_setting("clinic", name)
            self.made = None
            self._draw(f"✓ The papers carry “{name}”.", "$success")

    def action_finish(self) -> None:
        """At once when nothing is open; else only when asked twice, and what is open is recorded as not tested."""
        count = len(self.session.progress().open)
        if count and not self.session.assessment().concern.stop:
            if not self._asked:
                self._draw(
                    f"{count} still open. f again records them as not tested and finishes; F4 goes back.", "$warning"
                )
                self._asked = True
                return
            self.session.leave_open_out()
        self.session.finish()
        self.instrument.open_patient(self.session.patient.id)
