"""The paper: what will be printed, made as a PDF behind the screen, opened or printed on one key."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual import work
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from assess_tui.keyboard.words import with_keys
from assess_tui.outgoing.handover import OPENERS, PRINTERS, hand_over
from assess_tui.screens.letterhead import LetterheadScreen
from assess_tui.text import keyed, line, lines, said
from assess_tui.views.paper import IDENTITY, as_read, how_line, papers_line
from assess_tui.widgets.pane import Pointed

if TYPE_CHECKING:
    from assess_tui.outgoing.letterhead import Letterhead
    from assess_tui.outgoing.paper import Printed
    from assess_tui.visit.session import VisitSession
    from reports.content import Options
    from reports.documents import Document, Kind

CHOICES: dict[str, tuple[object, ...]] = {"paper": ("a4", "letter"), "size": (14, 16, 18), "identity": tuple(IDENTITY)}
WAIT = frozenset({"make", "kind", "turn_to", "paper", "size", "identity", "clinic", "logo", "password", "finish"})
"""What would change a paper while it is made."""
READY = "{paper.make} makes the PDF."
THEN = "{paper.open} opens it, {paper.print} prints it, {paper.finish} finishes the visit"
STILL_OPEN = "{paper.finish} again records them as not tested and finishes; {visit.tests} goes back."
MAKING = "Making the PDF …"
OUTDATED = "Something came in while the PDF was made: look at the paper again, then {paper.make} makes it anew."
FIRST = "Make the PDF first: {paper.make}."
LOCKED = "A printer cannot open a paper with a password: {paper.open} opens it, and its viewer prints it."


class PaperScreen(LetterheadScreen):
    """Shows the text of the document; Enter writes the PDF."""

    places = ("paper", "visit")
    place = "paper"
    help_text = (
        "{paper.make} writes the PDF into the documents folder, named by code and date. {paper.open} opens it, "
        "{paper.print} prints it. {paper.kind} changes between the patient's plan, the clinic's report and, where one "
        "is called for, the letter to the doctor. {paper.password} puts a password on the papers made here; it is "
        "kept nowhere. {paper.history} lists the papers made so far, also in earlier visits, and writes one again as "
        "it was."
    )

    def compose_body(self) -> ComposeResult:
        yield Pointed(id="paper-title")
        with VerticalScroll(id="paper-text"):
            yield Static(id="paper-body")
        yield Pointed(id="paper-note")

    def begin(self) -> None:
        from reports.content import Options

        self.options: Options = Options()
        self.kind: Kind | None = None
        self.password = ""
        self.made: Path | None = None
        self.making = False
        self._outdated = False
        """Another window answered while the PDF was made."""
        self._asked = False
        self.query_one("#paper-text").focus()
        self._show()

    # -- what is shown -----------------------------------------------------------------------------------------

    def _show(self, note: str | Content = "", tone: str = "$quiet") -> None:
        """Read the visit anew and draw all of it."""
        if not self.is_attached:  # left while something was under way
            return
        from assess_tui.outgoing.letterhead import letterhead
        from assess_tui.outgoing.paper import document, kinds, subject

        record, library = self.instrument.record, self.session.library
        about = self.about = subject(self.session, record)
        self.kinds = kinds(about, library)
        self.kind = self.kind if self.kind in self.kinds else self.kinds[0]
        self.document: Document = document(self.kind, about, library, self.options)
        self.head: Letterhead = letterhead(record)
        self.query_one("#paper-body", Static).update(as_read(self.document.text))
        usual, usual_tone = (self.head.trouble, "$warning") if self.head.trouble else (keyed(READY, "$quiet"), "")
        self.say(note or usual, tone if note else usual_tone)

    def say(self, note: str | Content, tone: str = "$quiet") -> None:
        self._asked = False
        if not self.is_attached:
            return
        kept = {paper.kind: paper for paper in self.instrument.record.papers(self.session.visit.id)}
        made = {kind: paper.made for kind, paper in kept.items()}
        outdated = {kind for kind, paper in kept.items() if paper.answered_since}
        chosen, logo, password = self.options, self.head.logo is not None, bool(self.password)
        how = how_line(chosen.paper, chosen.size, chosen.identity, logo=logo, password=password)
        title = lines([papers_line(self.kinds, self.document.kind, made, outdated, self.session.visit.date), how])
        self.query_one("#paper-title", Static).update(title)
        self.query_one("#paper-note", Static).update(said(note, tone))

    # -- choices -----------------------------------------------------------------------------------------------

    def _choose(self, field: str) -> None:
        import msgspec

        values = CHOICES[field]
        following = values[(values.index(getattr(self.options, field)) + 1) % len(values)]
        self.options = msgspec.structs.replace(self.options, **{field: following})
        self.changed()

    def changed(self, note: str = "", tone: str = "$success") -> None:
        """What is on the screen is no longer what was made."""
        self.made = None
        self._show(note, tone)

    def come_in(self) -> None:
        if self.begun and self.making:
            self._outdated = True
        elif self.begun:
            self.changed()

    def action_paper(self) -> None:
        self._choose("paper")

    def action_size(self) -> None:
        self._choose("size")

    def action_identity(self) -> None:
        self._choose("identity")

    def action_kind(self) -> None:
        self.action_turn_to(self.kinds[(self.kinds.index(self.document.kind) + 1) % len(self.kinds)])

    def action_turn_to(self, kind: Kind) -> None:
        """To this paper; a tap on its name asks for it."""
        if kind != self.document.kind:
            self.kind = kind
            self.changed()

    def action_password(self) -> None:
        from assess_tui.screens.password import PasswordDialog

        self.app.push_screen(PasswordDialog(), self._set_password)

    def _set_password(self, password: str | None) -> None:
        if password is not None:
            self.password = password
            said = "✓ Papers made from now on open with the password." if password else "The papers have no password."
            self.changed(said)

    def action_history(self) -> None:
        """The papers made so far, in this visit and before."""
        from assess_tui.screens.papers import PapersDialog

        self.app.push_screen(PapersDialog(self.session.patient, self.password))

    # -- the file ----------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While a PDF is made, nothing of it changes."""
        return not (getattr(self, "making", False) and action in WAIT)

    def action_make(self) -> None:
        plan = self.about.assessment.plan
        if self.kind == "handout" and plan is self.session.assessment().plan and not plan.blocked:
            self.session.save_plan(plan)  # the plan on paper is a plan on record
        self._show()
        self.making, self._outdated = True, False
        self.say(MAKING)
        self._make(self.session, self.document, self.options, self.password)

    @work(thread=True, exclusive=True, group="make", exit_on_error=False)
    def _make(self, session: VisitSession, document: Document, options: Options, password: str) -> None:
        from assess_tui.outgoing.paper import printed

        call = self.app.call_from_thread  # a screen that was left knows no app

        def progress(page: int, pages: int) -> None:
            call(self.say, f"{MAKING} page {page} of {pages}")

        try:
            paper = printed(document, options, password, progress)
        except Exception as error:
            call(self._not_made, f"The PDF could not be made: {error}")
        else:
            call(self._store, session, paper)

    def _not_made(self, why: str) -> None:
        self.making = False
        self.say(why, "$error")

    def _store(self, session: VisitSession, paper: Printed) -> None:
        """Also when the screen was left meanwhile: the paper was asked for."""
        from assess_tui.outgoing.paper import keep, place
        from assess_tui.storage.errors import StorageError

        self.making = False
        try:
            path = place(paper.document.kind, session, self.instrument.record, self.instrument.folder)
            keep(paper, session.visit.id, path, self.instrument.record)
        except StorageError as error:
            self.say("No PDF was made.", "$error")
            self.instrument.show_error(error.title, error.message)
            return
        if self._outdated:
            self.changed(with_keys(OUTDATED), "$warning")
            return
        self.made = path
        self.say(line((f"✓ {path}   ", "$success"), keyed(THEN, "$success")))

    def action_open(self) -> None:
        self._hand_to(OPENERS, "opened")

    def action_print(self) -> None:
        if self.made is not None and self.password:
            self.say(keyed(LOCKED, "$warning"))
        else:
            self._hand_to(PRINTERS, "sent to the printer")

    def _hand_to(self, programs: tuple[str, ...], done: str) -> None:
        if self.made is None:
            self.say(keyed(FIRST, "$warning"))
            return
        self.say(f"{self.made.name} …")
        self._give(self.made, programs, done)

    @work(thread=True, exclusive=True, group="give", exit_on_error=False)
    def _give(self, path: Path, programs: tuple[str, ...], done: str) -> None:
        """Behind the screen: a printer may take its time."""
        call = self.app.call_from_thread
        trouble = hand_over(path, programs)
        said = (trouble, "$error") if trouble else (f"✓ {done}: {path.name}", "$success")
        call(self.say, *said)

    def action_finish(self) -> None:
        """At once when nothing is open; else only when asked twice, and what is open is recorded as not tested."""
        count = len(self.session.way.progress().open)
        if count and not self.session.assessment().concern.stop:
            if not self._asked:
                self.say(line((f"{count} still open. ", "$warning"), keyed(STILL_OPEN, "$warning")))
                self._asked = True
                return
            self.session.leave_open_out()
        self.session.finish()
        self.instrument.safekeeping.back_up()
        self.instrument.open_patient(self.session.patient.id)
