"""Every answer a step or a page of questions was given in this visit: what counts, what it replaced, who and when."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from assess_tui.entry.history import Answer, CellHistory, history
from assess_tui.screens.dialog import Dialog
from assess_tui.text import hanging, keyed, line, lines, literal
from assess_tui.visit.session import VisitSession
from assess_tui.widgets.pane import Pointed

NOTHING = "Nothing was answered here yet."
FOOT = "✓ counts; the others stay on record.   Up and Down scroll   {dialog.close} closes"


class HistoryDialog(Dialog[None]):
    """One page, scrolled with the arrows."""

    def __init__(self, session: VisitSession, tests: Collection[str], fields: Collection[str] = ()) -> None:
        super().__init__()
        self._cells = history(session, tests, fields)

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="sheet", id="history"):
            yield Static(literal("Answers of this visit, with what they replaced", "$accent bold"))
            yield Static(lines([*self._rows(), Content("")]))
            yield Pointed(keyed(FOOT, "$quiet"))

    def on_mount(self) -> None:
        self.query_one("#history").focus()

    def _rows(self) -> Iterator[Content]:
        if not self._cells:
            yield literal(f"\n{NOTHING}")
        for cell in self._cells:
            yield Content("")
            yield from _told(cell, self.room)


def _told(cell: CellHistory, room: int) -> Iterator[Content]:
    yield hanging(Content(""), cell.place, room, "bold")
    for answer in cell.answers:
        yield _row(answer, room)


def _row(answer: Answer, room: int) -> Content:
    lead = line(("✓ " if answer.counts else "· ", "$success" if answer.counts else "$quiet"), f"{answer.at}  ")
    words = "   ".join(part for part in (answer.said, answer.by, answer.details) if part)
    return hanging(lead, words, room, "" if answer.counts else "$quiet")
