"""Findings: worst first, each with its because and the reference bars of the tests behind it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical

from assess_tui.screens.base import VisitScreen
from assess_tui.screens.marked import MarkedRows
from assess_tui.views.findings import FindingsView
from assess_tui.widgets.pane import Pointed


class FindingsScreen(MarkedRows, VisitScreen):
    """Up and Down move, Enter goes on to the plan."""

    places = ("findings", "visit")
    place = "findings"
    again = ("findings.evidence",)
    help_text = (
        "Worst first. Under each finding stand the tests that raised it. {findings.next} goes on to the plan; "
        "{visit.tests} back to the tests."
    )

    def compose_body(self) -> ComposeResult:
        with Vertical(id="findings"):
            yield Pointed(id="findings-summary")
            yield Pointed(id="findings-list")

    def begin(self) -> None:
        self.row = 0
        self._draw()

    def on_screen_resume(self) -> None:
        if self.here:
            self._draw()

    def redraw(self) -> None:
        self._draw()

    def _draw(self) -> None:
        listing = self.query_one("#findings-list", Pointed)
        view = FindingsView(self.session)
        self.query_one("#findings-summary", Pointed).update(view.summary())
        self.row = min(self.row, max(0, view.count - 1))
        listing.update(view.listing(self.row, listing.size.width or 76, listing.size.height or 16))

    @property
    def marked_row(self) -> int:
        return self.row

    def move(self, by: int) -> None:
        self.row = max(0, self.row + by)
        self._draw()

    def action_next(self) -> None:
        self.instrument.go("plan")

    def action_progress(self) -> None:
        from assess_tui.screens.progress import ProgressScreen

        self.app.push_screen(ProgressScreen(self.session.patient.id))

    def action_evidence(self) -> None:
        from assess_tui.screens.evidence import EvidenceDialog

        known = self.session.library.tests
        tests = [known[test] for test in FindingsView(self.session).behind(self.row) if test in known]
        if tests:
            self.app.push_screen(EvidenceDialog(self.session, *tests))
