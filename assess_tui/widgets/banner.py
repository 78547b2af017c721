"""The top of every visit screen: who, how long, what is left, whether it is saved; and the places of the visit."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from assess_tui.clock import minutes_seconds


class Banner(Vertical):
    """Two lines. The clock is a widget of its own, so that a second passing repaints a few cells only."""

    def compose(self) -> ComposeResult:
        with Horizontal(id="banner-top"):
            yield Static(id="banner-patient")
            yield Static(id="banner-clock")
            yield Static(id="banner-state")
        yield Static(id="banner-places")

    def show_patient(self, patient: Content, places: Content, state: Content) -> None:
        self.query_one("#banner-patient", Static).update(patient)
        self.query_one("#banner-places", Static).update(places)
        self.query_one("#banner-state", Static).update(state)

    def show_clock(self, seconds: float, budget_minutes: int) -> None:
        """`seconds` since the visit was opened; quiet until the budget is used up."""
        over = seconds > budget_minutes * 60
        self.query_one("#banner-clock", Static).update(
            Content.assemble(
                (minutes_seconds(seconds), "$warning bold" if over else "bold"), (f" of {budget_minutes} min", "$quiet")
            )
        )
