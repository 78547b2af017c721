"""The face of the guided screen: the steps, and the open one with its figure, words and sides. Draws; keeps nothing."""

from __future__ import annotations

from itertools import zip_longest
from textwrap import wrap

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content

from assess_tui.entry.step import StepEntry
from assess_tui.screens.timer_face import TimerFace
from assess_tui.text import lines, literal
from assess_tui.views.step import STAND_TITLES, StepView, before_it, stand_card
from assess_tui.views.step_list import step_list
from assess_tui.visit.session import VisitSession
from assess_tui.widgets.figure import Figure
from assess_tui.widgets.pane import Pane
from assess_tui.widgets.rows import Rows
from assess_tui.widgets.side import SideView, show
from protocols.model import Pose, Test
from protocols.route import Step

LATER_S = 0.05
"""A step is painted by then. What was asked for after the refresh would often be done before it."""
LOW_NOTE, HIGH_NOTE = 2, 3
"""Rows of words below the sides, in a low window and in a high one (app.tcss)."""


class StepText(Pane):
    """The words of a test; broken anew where their place gets another size."""

    def on_resize(self) -> None:
        self.query_ancestor(StepFace).draw_text()


class StepFace(Horizontal):
    """The list of steps, and beside it the open one; each part is redrawn in place."""

    def __init__(self, session: VisitSession) -> None:
        super().__init__(id="step")
        self._session = session
        self._entry: StepEntry | None = None

    def compose(self) -> ComposeResult:
        yield Rows(id="step-list")
        with Vertical(id="step-work"):
            yield Pane(id="step-title")
            with Horizontal(id="step-show"):
                yield Figure(id="step-figure")
                yield StepText(id="step-text")
                yield TimerFace(id="step-clock")
            with Horizontal(id="step-sides"):
                yield Rows(id="step-left")
                yield Rows(id="step-right")
            yield Pane(id="step-note")

    def open(self, test: Test | None, entry: StepEntry | None) -> None:
        """Take this step; the stand test where there is no entry."""
        self._entry = entry
        figure, pose = self.query_one(Figure), _pose(test)
        figure.show(pose)
        figure.set_class(pose is None, "-none")
        self.query_one("#step-show").set_class(pose is None, "-bare")

    def prepare(self, test: Test | None) -> None:
        """Draw the figure that comes next, out of sight."""
        if (pose := _pose(test)) is not None:
            self.query_one(Figure).prepare(pose)

    def draw(self, steps: tuple[Step, ...], step: Step, note: Content | str) -> None:
        if self._entry is None:
            screens = self._session.way.screens
            self._show("title", literal(STAND_TITLES[screens], "$accent bold"))
            self._show("text", stand_card(screens, self._session.devices.cuff))
        else:
            self._show("title", StepView(self._session, self._entry).title())
            self.draw_text()
        self.draw_typed(step, note)
        listing = self.query_one("#step-list", Rows)
        if listing.display:
            room = listing.content_size
            listing.show(step_list(self._session, steps, step.test, room.height or 30, room.width or 28))

    def draw_typed(self, step: Step, note: Content | str) -> None:
        """What typing changes: the sides, always in halves, so that a test with one side costs no layout; the note."""
        width = max(24, (self.query_one("#step-sides").content_size.width or 80) // 2 - 4)
        sides: tuple[SideView, ...] = ()
        if self._entry is not None:
            view = StepView(self._session, self._entry)
            sides = view.sides(width)
            note = note or lines([*before_it(step), view.note()])
        self._make_room(note)
        self._show("note", note)
        for part, side in zip_longest(("left", "right"), sides):
            show(self.query_one(f"#step-{part}", Rows), side, width, "step.other")

    def draw_text(self) -> None:
        if self._entry is not None:
            room = self.query_one("#step-text").content_size
            self._show("text", StepView(self._session, self._entry).text(room.width or 40, room.height or 9))

    def _show(self, part: str, content: Content | str) -> None:
        self.query_one(f"#step-{part}", Pane).show(content)

    def _make_room(self, note: Content | str) -> None:
        """The words below take the rows they need; the figure and the steps above give way."""
        pane = self.query_one("#step-note", Pane)
        width = pane.content_size.width or 76
        said = note.plain if isinstance(note, Content) else note
        rows = sum(len(wrap(row, width)) or 1 for row in said.splitlines())
        much = rows > (LOW_NOTE if self.screen.has_class("-short") else HIGH_NOTE)
        self.query_one("#step-work").set_class(much, "-much")


def _pose(test: Test | None) -> Pose | None:
    return test.pose if test is not None else None
