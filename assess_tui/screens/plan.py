"""The plan: cards in order with dose, because and figure; minutes recompute at once."""

from __future__ import annotations

from decimal import Decimal

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from assess_tui.entry.intake import MINUTES
from assess_tui.screens.base import VisitScreen
from assess_tui.views.plan import PlanView
from assess_tui.widgets.figure import Figure
from protocols.visit import Cell

TALL = 32
"""Rows from which a screen is tall (app.tcss)."""
SHORT_ROWS = 9
"""Rows of the list on a screen that is not (app.tcss)."""


class PlanScreen(VisitScreen):
    """Enter keeps this version of the plan and goes on to the paper."""

    places = ("plan", "visit")
    place = "plan"
    help_text = (
        "Up and Down look at each card. + and - change the minutes; the plan is made anew at once. Enter keeps it "
        "and goes on to the paper."
    )

    def compose_body(self) -> ComposeResult:
        with Vertical(id="plan"):
            yield Static(id="plan-summary")
            yield Static(id="plan-list")
            with Horizontal(id="plan-card"):
                yield Figure(id="plan-start", rests_on=0)
                yield Figure(id="plan-finish")
                yield Static(id="plan-detail")

    def begin(self) -> None:
        self.row = 0
        self._draw()

    def redraw(self) -> None:
        self._draw()

    @property
    def minutes(self) -> int:
        return int(self.session.visit.value(Cell("@intake", field="minutes"), 10))

    @property
    def view(self) -> PlanView:
        return PlanView(self.session, self.session.assessment().plan, self.minutes)

    def _draw(self) -> None:
        view = self.view
        self.row = min(self.row, max(0, len(view.cards) - 1))
        self.query_one("#plan-summary", Static).update(view.summary())
        self.query_one("#plan-list", Static).update(
            view.listing(
                self.row, self.size.width - 6, room=SHORT_ROWS if self.size.height < TALL else self.size.height // 2
            )
        )
        detail = self.query_one("#plan-detail", Static)
        detail.update(view.detail(self.row, detail.content_size.width or 44))
        pose = view.library.exercises[view.cards[self.row]].pose if view.cards else None
        for figure in self.query(Figure):
            figure.show(pose, mirrored=self._mirrored(view))
        self.query_one("#plan-finish").display = pose is not None
        self.query_one("#plan-start").display = pose is not None and pose.finish is not None and self.size.width >= 110

    def _mirrored(self, view: PlanView) -> bool:
        """The figures are drawn for the near side; a card for the other side is mirrored."""
        return self.row < len(view.plan.exercises) and view.plan.exercises[self.row].side == "right"

    def action_down(self) -> None:
        self.row += 1
        self._draw()

    def action_up(self) -> None:
        self.row = max(0, self.row - 1)
        self._draw()

    def _change_minutes(self, by: int) -> None:
        place = MINUTES.index(self.minutes) if self.minutes in MINUTES else 1
        chosen = MINUTES[max(0, min(len(MINUTES) - 1, place + by))]
        if chosen != self.minutes:
            self.session.put(Cell("@intake", field="minutes"), Decimal(chosen), why="changed on the plan")
        self._draw()

    def action_longer(self) -> None:
        self._change_minutes(1)

    def action_shorter(self) -> None:
        self._change_minutes(-1)

    def action_why_not(self) -> None:
        from assess_tui.screens.why_not import WhyNotDialog

        self.app.push_screen(WhyNotDialog(self.session))

    def action_next(self) -> None:
        plan = self.session.assessment().plan
        if not plan.blocked:
            self.session.save_plan(plan)
        self.instrument.go("paper")
