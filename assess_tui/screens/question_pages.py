"""Pages of questions: one at a time, and beside it, where there is room, which there are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from assess_tui.screens.base import VisitScreen
from assess_tui.text import clicked, hanging, line, lines
from assess_tui.widgets.pane import Pane, Pointed

BESIDE = (100, 32)
"""Cells and rows of a window from which the pages are listed beside the one that is open (app.tcss)."""
LIST, MARGINS = 38, 4
"""Cells of that list, and of its title within."""


class PageState(NamedTuple):
    """One page in the list."""

    title: str
    done: bool
    warns: str = ""
    """What on it has to be seen, in a word."""


class QuestionPages(VisitScreen):
    """The questions of a page under their title, a note below them, and the list of the pages at their left."""

    def compose_body(self) -> ComposeResult:
        with Horizontal(id="pages"):
            yield Pane(id="page-list")
            with Vertical(id="questions"):
                yield Static(id="question-title")
                yield Pointed(id="question-lines")
                yield Pointed(id="question-note")

    @property
    def room(self) -> int:
        width, height = self.size
        beside = LIST if width >= BESIDE[0] and height >= BESIDE[1] else 0
        return min(super().room, width - beside - 2 * MARGINS)

    def show_pages(self, pages: Iterable[PageState], here: int) -> None:
        """List them, the one at `here` marked. A tap opens one before it, or one that is done: none is passed over."""
        rows = (_opens(_row(page, n == here), n, n < here or page.done) for n, page in enumerate(pages))
        self.query_one("#page-list", Pane).show(lines(rows))

    def action_turn_to(self, page: int) -> None:
        """Open this page at its first question."""
        raise NotImplementedError  # each has its own pages


def _opens(row: Content, page: int, able: bool) -> Content:
    return clicked(row, f"screen.turn_to({page})") if able else row


def _row(page: PageState, here: bool) -> Content:
    mark, style = ("▸", "$accent bold") if here else ("✓", "$success") if page.done else ("·", "$quiet")
    words = f"{page.title}: {page.warns}" if page.warns else page.title
    tone = "$error bold" if page.warns else "bold" if here else "" if page.done else "$quiet"
    return hanging(line((f"{mark} ", style)), words, LIST - MARGINS, tone)
