"""The papers made for a patient so far: last year's sheet prints the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from assess_tui.screens.dialog import Dialog
from assess_tui.storage.errors import StorageError
from assess_tui.text import keyed, literal, said
from assess_tui.views.paper import kept_line
from assess_tui.widgets.choices import Choices
from assess_tui.widgets.pane import Pointed

if TYPE_CHECKING:
    from assess_tui.storage.record import KeptPaper
    from protocols.visit import PatientDetails

FIRST = "{dialog.accept} writes the marked paper into the documents folder again, byte for byte. {dialog.close} closes."
NONE = "No paper was made yet. {dialog.close} closes."


class PapersDialog(Dialog[None]):
    """Newest first. Enter writes one again, behind this password where there is one."""

    AUTO_FOCUS = "#papers"

    def __init__(self, patient: PatientDetails, password: str = "") -> None:
        super().__init__()
        self._patient, self._password = patient, password
        self._kept: list[KeptPaper] = []

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            yield Static(literal("Papers made so far", "$accent bold"))
            yield Choices(marks=True, id="papers")
            yield Pointed(id="papers-note")

    def on_mount(self) -> None:
        self._kept = self.instrument.record.papers_of(self._patient.id)[::-1]
        options = self.query_one(OptionList)
        options.add_options([_row(kept) for kept in self._kept])
        options.highlighted = 0 if self._kept else None
        self._say(keyed(FIRST if self._kept else NONE, "$quiet"))

    @on(OptionList.OptionSelected)
    def _again(self, event: OptionList.OptionSelected) -> None:
        from assess_tui.outgoing.paper import write_again

        record, folder = self.instrument.record, self.instrument.folder
        kept = self._kept[event.option_index]
        try:
            path = write_again(kept, record, self._patient, folder, self._password)
        except StorageError as error:
            self._say(f"{error.title}: {error.message}.", "$error")
            return
        given = kept.options.get("password") and not self._password
        self._say(f"✓ {path}" + ("   without the password it had" if given else ""), "$success")

    def _say(self, words: str | Content, tone: str = "") -> None:
        self.query_one("#papers-note", Static).update(said(words, tone))


def _row(kept: KeptPaper) -> Option:
    password = bool(kept.options.get("password"))
    return Option(kept_line(kept.kind, kept.started, kept.made, kept.size, password=password))
