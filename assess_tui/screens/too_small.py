"""Over everything in a window too small to show a screen whole: the size that is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.geometry import Size
from textual.widgets import Static

from assess_tui.keyboard.words import key_of
from assess_tui.screens.base import BaseScreen
from assess_tui.text import literal
from assess_tui.widgets.key_line import LEAST

if TYPE_CHECKING:
    from assess_tui.door import Door

SAID = (
    "This window has {width} columns and {height} rows. The screens need {columns} and {rows}. Make it larger, or the "
    "letters smaller: all goes on where it was. Nothing typed now is taken. Where it has to stay small: "
    "assess-tui --plain."
)


class TooSmallScreen(BaseScreen[None]):
    """The visit and its clocks go on underneath; keys reach nothing that cannot be seen."""

    places: ClassVar[tuple[str, ...]] = ("too_small",)
    help_text = "Make the window larger; the screen comes back by itself."
    covers = True
    """Asked by the app: nothing below moves to another place meanwhile."""

    def compose(self) -> ComposeResult:
        yield Static(id="too-small")

    def on_resize(self, event: events.Resize) -> None:
        self._fit(event.size)

    def on_screen_resume(self) -> None:
        self._fit(self.app.size)

    def _fit(self, size: Size) -> None:
        if is_too_small(size):
            self._say(size)
        elif self.app.screen is self:
            self.dismiss(None)

    def _say(self, size: Size) -> None:
        columns, rows = LEAST
        words = SAID.format(width=size.width, height=size.height, columns=columns, rows=rows)
        self.query_one("#too-small", Static).update(literal(words))

    def action_leave(self) -> None:
        if why := self.instrument.way_out.leave():
            again = f"{why} {key_of('too_small.leave')} again leaves all the same."
            self.query_one("#too-small", Static).update(literal(again))


def is_too_small(size: Size) -> bool:
    """Whether something of a screen would be cut off."""
    return size.width < LEAST[0] or size.height < LEAST[1]


def show_too_small(app: Door) -> None:
    """Once, however often the window changes. What was left alone too long meanwhile is locked when it comes back."""

    def back(_: None) -> None:
        app.call_later(app.lock_when_idle)

    if not isinstance(app.screen, TooSmallScreen):
        app.push_screen(TooSmallScreen(), back)
