"""A list to choose from. The marked line has a sign too: a tint alone is seen by few, and gone without colour."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widgets import OptionList

MARK = "▸"
REVERSED = Style(reverse=True)
"""Where there is no tint. A component of the stylesheet cannot say so: Textual leaves `reverse` out there."""


class Choices(OptionList):
    """The mark stands in the margin of one cell that app.tcss gives every line."""

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
        return strip.apply_style(REVERSED) if self.app.no_color or self.app.native_ansi_color else strip
