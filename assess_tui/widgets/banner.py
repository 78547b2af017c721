"""The top of every visit screen: who, how long, what is left, whether it is saved; and the places of the visit."""

from __future__ import annotations

import datetime as dt

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content

from assess_tui.clock import minutes_seconds
from assess_tui.text import literal, short_day
from assess_tui.widgets.pane import Pane

BESIDE, NARROW_BESIDE = 40, 32
"""Cells of the first line that are neither name nor facts: margins, clock, state (app.tcss)."""
WIDE = 100
"""Cells from which there is room for whole words."""
NAME = 8
"""The least of a name that is shown."""


def who(name: Content, facts: Content, cells: int) -> Content:
    """Name and facts in so many cells, and in a few more only where the facts leave nearly none to the name."""
    return Content.assemble(name.truncate(max(NAME, cells - facts.cell_length), ellipsis=True), "  ", facts)


class Banner(Vertical):
    """Two lines, and a third in need. The clock is a widget of its own: a second passing repaints a few cells only."""

    def compose(self) -> ComposeResult:
        with Horizontal(id="banner-top"):
            yield Pane(id="banner-patient")
            yield Pane(id="banner-clock")
            yield Pane(id="banner-state")
        yield Pane(id="banner-places")
        yield Pane(id="banner-stop")

    def show_patient(self, name: Content, facts: Content, state: Content) -> None:
        """The name takes what the facts leave; too long a name is cut, never the birth date."""
        beside = BESIDE if self._wide else NARROW_BESIDE
        self.query_one("#banner-patient", Pane).show(who(name, facts, self.app.size.width - beside))
        self.query_one("#banner-state", Pane).show(state)

    @property
    def _wide(self) -> bool:
        return self.app.size.width >= WIDE

    def show_places(self, places: Content) -> None:
        self.query_one("#banner-places", Pane).show(places)

    def show_stop(self, words: Content) -> None:
        """A third line while a vital sign stops the screen."""
        self.set_class(bool(words.plain), "-stop")
        self.query_one("#banner-stop", Pane).show(words)

    def show_day(self, day: dt.date) -> None:
        """In place of the clock: the day of a finished visit."""
        self.query_one("#banner-clock", Pane).show(literal(short_day(day), "$warning bold"))

    def show_clock(self, seconds: float, budget_minutes: int) -> None:
        """`seconds` the visit took so far; quiet until the budget is used up."""
        over = seconds > budget_minutes * 60
        self.query_one("#banner-clock", Pane).show(
            Content.assemble(
                (minutes_seconds(seconds), "$warning bold" if over else "bold"),
                (f" of {budget_minutes} min", "$quiet"),
            )
        )
