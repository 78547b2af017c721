"""Where the clock of a test runs, on the step and on the second rater's page. It ticks only while something counts."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, cast

from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message

from assess_tui.bell import bell_on, switch_bell
from assess_tui.entry.timer import Follows, Rang, Timer
from assess_tui.views.timer import Timed, timer_face
from assess_tui.widgets.pane import Pane
from protocols.entry import read

if TYPE_CHECKING:
    from assess_tui.app import AssessApp
    from protocols.visit import Cell, Value

TICK_S = 0.1
"""A tick asks what has come due; what is drawn changes only when a figure does."""


class TimerFace(Pane):
    """Draws a timer in place; the timer itself is the app's and outlives this screen."""

    class Came(Message):
        """Something came due."""

        def __init__(self, rang: Rang, timer: Timer) -> None:
            super().__init__()
            self.rang, self.timer = rang, timer

    def on_mount(self) -> None:
        self._timer: Timer | None = None
        self._entry: Timed | None = None
        self._bell = True
        self._ticks = self.set_interval(TICK_S, self._tick, pause=True)

    @property
    def timer(self) -> Timer | None:
        """The clock of the open step, where it has one."""
        return self._timer

    @property
    def runs(self) -> bool:
        """Whether something is timed that must not be left by accident."""
        return self._timer is not None and self._timer.running

    @property
    def times_a_hold(self) -> bool:
        """Whether Enter ends it, as Space does."""
        return self.runs and self._timer is not None and self._timer.kind == "up"

    def open(self, timer: Timer | None, entry: Timed | None) -> None:
        """The clock of the step that opens; one that runs already is shown at once."""
        self._timer, self._entry = timer, entry
        if timer is not None and timer.phase == "kept":
            timer.drop()  # the step is opened to be looked at
        self.refresh_face()

    def switch_bell(self) -> str:
        """On or off, and what to say about it."""
        said = switch_bell(self._app)
        self.refresh_face()
        return said

    def press(self) -> Rang:
        """Space."""
        rang = self._ring(self._timer.press(self._now)) if self._timer is not None else Rang()
        self.refresh_face()
        return rang

    def drop(self) -> bool:
        """Throw the run away; says whether there was one."""
        if self._timer is None or self._timer.phase == "ready":
            return False
        self._timer.drop()
        self.refresh_face()
        return True

    def rest(self) -> None:
        """One side is done."""
        if self._timer is not None:
            self._timer.rest(self._now)
            self.refresh_face()

    def landed(self, cell: Cell, value: Value, follows: Follows) -> None:
        """The time is on record there; what follows waits for the key."""
        if self._timer is not None:
            self._timer.landed(cell, value, self._now, follows)
            self.refresh_face()

    def put_away(self) -> None:
        """Show the step again where nothing is timed."""
        if self._timer is not None and self._timer.phase == "kept":
            self.drop()

    def mispressed(self, cell: Cell | None, value: Value) -> bool:
        """Whether taking this answer back takes back a lap that was pressed by mistake."""
        return self._timer is not None and self._timer.mispressed(cell, value, self._now)

    def pressed_early(self, waits: str) -> bool:
        """Whether what waits for Enter is the time of a lap pressed by mistake."""
        value = read(self._timer.test, waits) if self._timer is not None and waits else None
        return isinstance(value, Decimal) and self.mispressed(None, value)

    def go_on(self) -> None:
        """The lap is taken back: its clock counts on."""
        if self._timer is not None:
            self._timer.go_on()
            self.refresh_face()

    def refresh_face(self) -> None:
        """Show the clock while it counts, and tick only then."""
        counts, around = self._timer is not None and self._timer.phase != "ready", self.query_ancestor(Horizontal)
        if around.has_class("-timed") != counts:
            around.set_class(counts, "-timed")  # the figure and the steps give way
            self.screen.call_after_refresh(self.refresh_face)  # only then is the size known
        if counts:
            self._bell = bell_on(self._app)
            self._ticks.resume()
            self._draw()
        else:
            self._ticks.pause()

    @property
    def _app(self) -> AssessApp:
        return cast("AssessApp", self.app)

    @property
    def _now(self) -> float:
        return self._app.clock.seconds()

    def _tick(self) -> None:
        if self._timer is None:
            return
        phase = self._timer.phase
        rang = self._ring(self._timer.look(self._now))
        if self._timer.phase != phase:
            self.refresh_face()
        elif not getattr(self.app.screen, "hides", False):
            self._draw()
        if rang.value is not None or rang.say:
            self.post_message(self.Came(rang, self._timer))

    def _ring(self, rang: Rang) -> Rang:
        if rang.bell and self._bell:
            self.app.bell()
        return rang

    def _draw(self) -> None:
        if self._timer is None or self._entry is None or self._timer.phase == "ready":
            self.show(Content(""))
            return
        width, height = self.content_size
        self.show(timer_face(self._timer, self._entry, self._now, width or 60, height or 9, bell=self._bell))
