"""A list to choose from. The marked line has a sign too: a tint alone is seen by few, and gone without colour."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.strip import Strip
from textual.widgets import OptionList
from textual.widgets.option_list import Option

MARK = "▸"
MARGIN = 3
"""Cells beside a line: the mark with its space, and one at the right (app.tcss)."""
REVERSED = Style(color="default", bgcolor="default", reverse=True)
"""Where there is no tint, and in one colour: reversed, each of several would be a patch of its own.
A component of the stylesheet cannot say so: Textual leaves `reverse` out there."""


class Choices(OptionList):
    """The mark stands in the margin of one cell that app.tcss gives every line.

    Where Enter does more than open a page to look at (`marks`), a tap marks a line and the second one is Enter.
    """

    def __init__(
        self,
        *options: Option,
        marks: bool = False,
        id: str | None = None,  # noqa: A002  Textual's own name
    ) -> None:
        super().__init__(*options, id=id)
        self._marks = marks

    def on_click(self, event: events.Click) -> None:
        """Textual would do what Enter does at once."""
        at: int | None = event.style.meta.get("option")
        if self._marks and at is not None and at != self.highlighted:
            event.prevent_default()
            if not self.get_option_at_index(at).disabled:
                self.highlighted = at

    def on_mount(self) -> None:
        self.app.theme_changed_signal.subscribe(self, lambda _: self._clear_caches())

    def action_page_up(self) -> None:
        """Up by a page; Textual marks nothing where it ends on a heading with no line above."""
        super().action_page_up()  # type: ignore[no-untyped-call]  # Textual leaves it so
        if self.highlighted is None:
            self.action_first()

    def action_page_down(self) -> None:
        super().action_page_down()  # type: ignore[no-untyped-call]
        if self.highlighted is None:
            self.action_last()

    def render_line(self, y: int) -> Strip:
        strip = super().render_line(y)
        place = self.scroll_offset.y + y
        option, number = next(iter(self._lines[place : place + 1]), (None, 0))
        if option is None or option != self.highlighted:
            return strip
        if number == 0:
            style = next((segment.style for segment in strip if segment.text), None)
            strip = Strip([Segment(MARK, style), *strip.crop(1)], strip.cell_length)
        if not (self.app.no_color or self.app.native_ansi_color):
            return strip
        return Strip([Segment(text, (style or Style()) + REVERSED) for text, style, _ in strip], strip.cell_length)
