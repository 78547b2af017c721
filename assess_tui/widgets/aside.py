"""What stands beside a page where the window is wide enough: a figure, and words below it."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from assess_tui.widgets.figure import Figure
from assess_tui.widgets.pane import Pane
from protocols.model import Pose

Words = Callable[[int], Content]


def nothing(_: int) -> Content:
    """Beside a figure that needs no words."""
    return Content("")


class Aside(Vertical):
    """Seen only in a very wide window (app.tcss)."""

    _words: Words | None = None

    def compose(self) -> ComposeResult:
        yield Figure()
        yield Pane()

    def show(self, pose: Pose | None, words: Words) -> None:
        """A figure, or none, and what is told in so many cells across."""
        self._words = words
        figure = self.query_one(Figure)
        figure.set_class(pose is None, "-none")
        figure.show(pose)
        self.on_resize()

    def on_resize(self) -> None:
        """The words are worked out where they are seen."""
        pane = self.query_one(Pane)
        if self._words is not None and (width := pane.content_size.width):
            pane.show(self._words(width))
