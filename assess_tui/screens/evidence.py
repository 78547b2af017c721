"""What stands behind a test: norm, cut, error, basis, sources."""

from __future__ import annotations

from collections.abc import Iterable

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from assess_tui.entry.evidence import facts
from assess_tui.screens.dialog import Dialog
from assess_tui.text import hanging, keyed, lines, literal
from assess_tui.visit.session import VisitSession
from assess_tui.widgets.pane import Pointed
from protocols.model import Test

LABEL = 14
"""Cells of a label and the gap after it."""


class EvidenceDialog(Dialog[None]):
    """One page for one or more tests, scrolled with the arrows."""

    def __init__(self, session: VisitSession, *tests: Test) -> None:
        super().__init__()
        self._pages = [(test.title, facts(session, test)) for test in tests]

    def compose(self) -> ComposeResult:
        with VerticalScroll(classes="sheet", id="evidence"):
            for title, said in self._pages:
                yield Static(literal(title, "$accent bold"))
                yield Static(lines([Content(""), *rows(said, self.room), Content("")]))
            yield Pointed(keyed("Up and Down scroll   {dialog.close} closes this", "$quiet"))

    def on_mount(self) -> None:
        self.query_one("#evidence").focus()


def rows(said: Iterable[tuple[str, str]], width: int) -> list[Content]:
    """Labels in a column, each with its text beside it."""
    return [hanging(literal(label.ljust(LABEL), "$accent"), text, width) for label, text in said]
