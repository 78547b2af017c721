"""A second rater measures: the first values and the last visit's are not on this screen until both are read."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from assess_tui.entry.second import SecondEntry
from assess_tui.entry.step import Typed
from assess_tui.entry.timer import Rang, Timer
from assess_tui.screens.base import VisitScreen
from assess_tui.screens.timer_face import TimerFace
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
            with Horizontal(id="second-show"):
                yield TimerFace(id="step-clock")
            with Horizontal(id="step-sides"):
                yield Pane(id="step-left")
                yield Pane(id="step-right")
            yield Static(id="question-note")
            yield Static(id="question-lines")

    def begin(self) -> None:
        self.entry = SecondEntry(self.session, self._test)
        self.clock_face.open(Timer(self._test) if self._test.timer else None, self.entry)
        self._draw()

    def redraw(self) -> None:
        self._draw()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only the keys that do something here are offered."""
        if not hasattr(self, "entry"):
            return True
        return {"timer": bool(self._test.timer), "other": len(self.entry.sides) > 1}.get(action, True)

    @property
    def clock_face(self) -> TimerFace:
        return self.query_one(TimerFace)

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
            self._after(self.entry.clear() if self.clock_face.drop() else self.entry.backspace())
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
        if self.clock_face.times_a_hold:
            self.action_timer()
        else:
            self._keep(self.entry.accept)

    def action_other(self) -> None:
        self._after(self.entry.other_side())

    def action_undo(self) -> None:
        self._after(self.entry.undo())

    def action_back(self) -> None:
        self.dismiss(None)

    # -- the clock ---------------------------------------------------------------------------------------------

    def action_timer(self) -> None:
        """As on the step: start, end, count."""
        if self.clock_face.timer is not None and not self.entry.done:
            self._rang(self.clock_face.press())

    def on_timer_face_came(self, message: TimerFace.Came) -> None:
        self._rang(message.rang)

    def _rang(self, rang: Rang) -> None:
        if rang.counted:
            self._after(self.entry.count())
        elif rang.value is None:
            self._after(Typed(rang.say))
        elif rang.ask:
            self._after(self.entry.propose(rang.value, rang.say))
        else:
            self._keep(partial(self.entry.put, rang.value), say=rang.say)

    def _keep(self, key: Callable[[], Typed], say: str = "") -> None:
        typed = key()
        if typed.stored:
            self.clock_face.drop()
        self._after(typed._replace(say=typed.say or say))
