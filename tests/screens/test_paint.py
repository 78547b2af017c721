"""A change draws the rows that changed, and what the terminal has then is the whole screen as it is."""

from __future__ import annotations

from typing import Any

import pyte
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from rich.console import Console
from textual._compositor import CompositorUpdate
from textual.app import App, ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from assess_tui.screens.base import Sparing
from assess_tui.widgets.rows import Rows

WIDTH, HEIGHT = 30, 10
PLACES = ("back", "left", "right", "front")
changes = st.lists(st.tuples(st.sampled_from(PLACES), st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=5)


class Page(Sparing[None]):
    def compose(self) -> ComposeResult:
        yield Static(id="back")
        yield Rows(id="left")
        yield Static(id="right")
        yield Rows(id="front")

    def change(self, place: str, first: int, second: int) -> None:
        """Put two rows in a place, each of its own number."""
        rows = [f"{place} {first}", "", f"{second} {place}"]
        widget = self.query_one(f"#{place}")
        if isinstance(widget, Rows):
            widget.show([Content(row) for row in rows])
        else:
            self.query_one(f"#{place}", Static).update("\n".join(rows), layout=False)


class Painted(App[None]):
    """Its paints go to a terminal of its own."""

    CSS = """
    Page { layers: below above; }
    #back { layer: below; width: 100%; height: 100%; border: solid green; }
    #left { layer: below; offset: 2 -7; width: 12; height: 5; padding: 0 1; }
    #right { layer: below; offset: 16 -12; width: 12; height: 5; border: round red; }
    #front { layer: above; offset: 8 4; width: 13; height: 4; padding: 1 2; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.terminal = pyte.Screen(WIDTH, HEIGHT)
        self.page = Page()

    def get_default_screen(self) -> Screen[Any]:
        return self.page

    def _display(self, screen: Screen[Any], renderable: object) -> None:
        if isinstance(renderable, CompositorUpdate):
            pyte.Stream(self.terminal).feed(renderable.render_segments(Console()).replace("\n", ""))


@given(changes=changes)
@settings(
    max_examples=15,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.differing_executors],
    deadline=None,
)
async def test_what_changed_is_painted_wherever_it_stands(changes: list[tuple[str, int, int]]) -> None:
    app = Painted()
    async with app.run_test(size=(WIDTH, HEIGHT)) as pilot:
        await pilot.pause()
        for place, first, second in changes:
            app.page.change(place, first, second)
            await pilot.pause()
            assert app.terminal.display == [strip.text for strip in app.page._compositor.render_strips()]
