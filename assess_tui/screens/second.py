"""A second rater measures: the first values and the last visit's are not on this screen until both are read."""

from __future__ import annotations

from itertools import zip_longest

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from assess_tui.entry.second import SecondEntry
from assess_tui.entry.timer import Timer
from assess_tui.entry.typed import Typed
from assess_tui.screens.timed import TimedScreen
from assess_tui.screens.timer_face import TimerFace
from assess_tui.screens.typing import EntryPage
from assess_tui.views.second import SecondView
from assess_tui.widgets.aside import Aside, nothing
from assess_tui.widgets.pane import Pointed
from assess_tui.widgets.rows import Rows
from assess_tui.widgets.side import show
from protocols.model import Test


class SecondScreen(TimedScreen, EntryPage):
    """Over the guided step it belongs to; leaving it keeps what was read."""

    places = ("second",)
    aside = True
    help_text = (
        "The second rater measures as the first did, and types the number. The first values show only when every side "
        "is read. Nothing here is graded; pairs of values give the clinic its own error ({step.evidence} on any "
        "step)."
    )

    def __init__(self, test: Test) -> None:
        super().__init__()
        self._test = test

    def compose_body(self) -> ComposeResult:
        with Horizontal(id="pages"):
            with Vertical(id="questions"):
                yield Static(id="question-title")
                with Horizontal(id="second-show"):
                    yield TimerFace(id="step-clock")
                with Horizontal(id="step-sides"):
                    yield Rows(id="step-left")
                    yield Rows(id="step-right")
                yield Pointed(id="question-note")
                yield Static(id="question-lines")
            yield Aside()

    def begin(self) -> None:
        first = self.instrument.settings.entry.right_first
        self.entry = SecondEntry(self.session, self._test, right_first=first)
        self.take_up(self.entry)
        self.clock_face.open(Timer(self._test) if self._test.timer else None, self.entry)
        self.draw()

    @property
    def typing(self) -> SecondEntry:
        return self.entry

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only the keys that do something here are offered."""
        if not hasattr(self, "entry"):
            return True
        return {"timer": bool(self._test.timer), "other": len(self.entry.sides) > 1}.get(action, True)

    # -- drawing -----------------------------------------------------------------------------------------------

    def draw(self, typed: Typed | None = None) -> None:
        view = SecondView(self.entry)
        self.show_page(view.title(), view.how(self.room), view.note(), typed)
        self._draw_sides(view)
        self.query_one(Aside).show(self._test.pose, nothing)

    def _draw_sides(self, view: SecondView) -> None:
        width = max(24, (self.query_one("#step-sides").content_size.width or 80) // 2 - 4)
        sides = view.sides()
        for part, side in zip_longest(("left", "right"), sides):
            show(self.query_one(f"#step-{part}", Rows), side, width, "second.other")

    # -- keys --------------------------------------------------------------------------------------------------

    def action_next(self) -> None:
        if self.clock_face.times_a_hold:
            self.end_hold()
        else:
            self.keep(self.entry.accept)

    def action_timer(self) -> None:
        """As on the step; both values shown, there is nothing more to time."""
        if not self.entry.done:
            super().action_timer()

    def action_other(self) -> None:
        if not self.refuses():
            self.keep(self.entry.other_side)

    def action_undo(self) -> None:
        """What is only timed goes first; a lap taken back at once was a mistake, and its clock goes on."""
        if self.clock_face.runs:
            self.clock_face.drop()
            self.after(self.entry.clear())
            return
        cell = self.session.to_undo()
        held = self.session.visit.value(cell) if cell is not None else None
        waits, face = self.entry.buffer, self.clock_face
        goes_on = face.pressed_early(waits) if waits else face.mispressed(cell, held)
        typed = self.entry.undo()
        if goes_on:
            face.go_on()
        self.after(typed)
