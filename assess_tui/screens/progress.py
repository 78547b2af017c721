"""Each measure over a patient's visits against its error band, and the plans kept."""

from __future__ import annotations

from functools import partial

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content

from assess_tui.days import short_day
from assess_tui.entry.progress import ProgressEntry
from assess_tui.screens.base import BaseScreen
from assess_tui.screens.marked import MarkedRows
from assess_tui.text import literal
from assess_tui.views.progress import ProgressView
from assess_tui.widgets.banner import who
from assess_tui.widgets.key_line import KeyLine
from assess_tui.widgets.pane import Pane

PAGE = 8
"""Rows of a page."""


class ProgressScreen(MarkedRows, BaseScreen[None]):
    """Over the patient's page or the findings; Esc goes back there."""

    places = ("progress",)
    again = ("progress.evidence",)
    help_text = (
        "One row for each side of each test that was measured in two visits or more: the first value and the latest, "
        "their difference, the smallest real change, and what may be said. What got worse beyond its error stands "
        "first, then what got better. Leaning and standing free are never compared."
    )

    def __init__(self, patient: str) -> None:
        super().__init__()
        self._patient = patient

    def compose(self) -> ComposeResult:
        yield Pane(id="progress-head")
        with Vertical(id="progress"):
            yield Pane(id="progress-summary")
            yield Pane(id="progress-list")
            with Horizontal(id="progress-detail"):
                yield Pane(id="progress-curve")
                yield Pane(id="progress-visits")
        yield KeyLine()

    def on_mount(self) -> None:
        record = self.instrument.record
        patient = record.patient(self._patient)
        visits = [record.visit(one.id) for one in record.visits(self._patient)]
        self._entry = ProgressEntry(visits, self.instrument.library) if visits else None
        facts = f"{patient.sex} · born {short_day(patient.birth_date)}"
        self._who = partial(who, literal(patient.name, "bold"), literal(facts, "$quiet"))
        self.call_after_refresh(self._draw)

    def on_resize(self) -> None:
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        self._show("head", self._who(self._room("head")[0]))
        if self._entry is None:
            self._show("summary", Content("No visit yet."))
            return
        width, height = self._room("list")
        view = ProgressView(self._entry, width)
        self._show("summary", view.summary())
        self._show("list", view.listing(height))
        self._show("curve", view.curve(*self._room("curve")))
        self._show("visits", view.visits(*self._room("visits")))

    def _show(self, part: str, content: Content) -> None:
        self.query_one(f"#progress-{part}", Pane).show(content)

    def _room(self, part: str) -> tuple[int, int]:
        size = self.query_one(f"#progress-{part}").content_size
        return size.width or 40, size.height or 8

    @property
    def marked_row(self) -> int:
        return self._entry.row if self._entry is not None else 0

    def move(self, by: int) -> None:
        if self._entry is not None:
            self._entry.move(by)
            self._draw()

    def action_page_down(self) -> None:
        self.move(PAGE)

    def action_page_up(self) -> None:
        self.move(-PAGE)

    def action_evidence(self) -> None:
        from assess_tui.screens.evidence import EvidenceDialog

        series = self._entry.marked if self._entry is not None else None
        if series is not None and self._entry is not None and self.instrument.session is not None:
            self.app.push_screen(EvidenceDialog(self.instrument.session, self._entry.test(series)))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Evidence is told for the patient of an open visit."""
        return action != "evidence" or self.instrument.session is not None

    def action_plans(self) -> None:
        from assess_tui.screens.plans import PlansDialog
        from assess_tui.visit.plans import kept_plans

        if self._entry is not None:
            kept = kept_plans(self.instrument.record, self._entry.visits[-1])
            self.app.push_screen(PlansDialog(kept, self.instrument.library, only_look=True))

    def action_back(self) -> None:
        self.dismiss(None)
