"""The line of the guided tour, over the second line of a screen."""

from __future__ import annotations

from assess_tui.text import keyed, line
from assess_tui.widgets.pane import Pane


class TourLine(Pane):
    """How far, what to try, and the key that goes on without it."""

    def show_stop(self, words: str) -> None:
        """`words` begins with its number: "3/15  Press n."."""
        number, _, what = words.partition("  ")
        self.show(line((f" {number} ", "bold"), keyed(what)))
