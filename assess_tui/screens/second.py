"""A second rater measures: the first values and the last visit's are not on this screen until both are read."""

from __future__ import annotations

from decimal import Decimal

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widgets import Static

from assess_tui.clock import minutes_seconds
from assess_tui.entry.second import SecondEntry
from assess_tui.entry.step import Typed
from assess_tui.screens.base import VisitScreen
from assess_tui.text import literal
from assess_tui.views.second import SecondView
from assess_tui.widgets.pane import Pane
from assess_tui.widgets.side import draw
from protocols.model import Test

TYPED = set("0123456789.,-h")
TONES = {"refused": "$error", "ask": "$warning"}


class SecondScreen(VisitScreen):
    """Over the guided step it belongs to; leaving it keeps what was read."""

    places = ("second",)
    place = "tests"
    help_text = (
        "The second rater measures as the first did, and types the number. The first values show only when every side "
        "is read. Nothing here is graded; pairs of values give the clinic its own error (e on any step)."
    )

    def __init__(self, test: Test) -> None:
        super().__init__()
        self._test = test

    def compose_body(self) -> ComposeResult:
        with Vertical(id="questions"):
            yield Static(id="question-title")
            with Horizontal(id="step-sides"):
                yield Pane(id="step-left")
                yield Pane(id="step-right")
            yield Static(id="question-note")
            yield Static(id="question-lines")

    def begin(self) -> None:
        self.entry = SecondEntry(self.session, self._test)
        self._stopwatch: Timer | None = None
        self._started = 0.0
        self._draw()

    def redraw(self) -> None:
        self._draw()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only the keys that do something here are offered."""
        if not hasattr(self, "entry"):
            return True
        return {"timer": bool(self._test.timer), "other": len(self.entry.sides) > 1}.get(action, True)

    # -- drawing -----------------------------------------------------------------------------------------------

    def _draw(self, typed: Typed | None = None) -> None:
        view = SecondView(self.entry)
        self.query_one("#question-title", Static).update(view.title())
        self.query_one("#question-lines", Static).update(view.how(self.room))
        self._draw_sides(view)
        said = typed.say if typed is not None else ""
        tone = TONES.get(typed.tone, "$accent") if typed is not None else ""
        self.query_one("#question-note", Static).update(literal(said, tone) if said else view.note())

    def _draw_sides(self, view: SecondView) -> None:
        width = max(24, (self.query_one("#step-sides").content_size.width or 80) // 2 - 4)
        sides = view.sides()
        self.query_one("#step-left", Pane).show(draw(sides[0], width))
        self.query_one("#step-right", Pane).show(draw(sides[1], width) if len(sides) > 1 else "")

    # -- keys --------------------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        character = event.character or ""
        if event.key == "backspace":
            self._after(self.entry.backspace())
        elif character and character in TYPED:
            self._after(self.entry.type(character))
        else:
            return
        event.stop()
        event.prevent_default()

    def _after(self, typed: Typed) -> None:
        if typed.finished:
            self.dismiss(None)
        else:
            self._draw(typed)

    def action_next(self) -> None:
        self._after(self.entry.accept())

    def action_other(self) -> None:
        self._after(self.entry.other_side())

    def action_undo(self) -> None:
        self._after(self.entry.undo())

    def action_back(self) -> None:
        self.dismiss(None)

    # -- the stopwatch -----------------------------------------------------------------------------------------

    def action_timer(self) -> None:
        """Start, or stop and keep the time. The count is the clock's, never the ticks'."""
        if not self._test.timer or self.entry.done:
            return
        if self._stopwatch is None:
            self._started = self.instrument.clock.seconds()
            self._stopwatch = self.set_interval(0.2, self._show_time)
            return
        self._stopwatch.stop()
        self._stopwatch = None
        self._after(self.entry.put(Decimal(str(round(self.instrument.clock.seconds() - self._started, 1)))))

    def _show_time(self) -> None:
        self.entry.running = minutes_seconds(self.instrument.clock.seconds() - self._started)
        self._draw_sides(SecondView(self.entry))
        self.entry.running = ""
