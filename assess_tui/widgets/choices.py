"""A list to choose from. The marked line has a sign too: a tint alone is seen by few, and gone without colour."""

from __future__ import annotations

from rich.segment import Segment
from textual.strip import Strip
from textual.widgets import OptionList

MARK = "▸"


class Choices(OptionList):
    """The mark stands in the margin of one cell that app.tcss gives every line."""

    def render_line(self, y: int) -> Strip:
        strip = super().render_line(y)
        place = self.scroll_offset.y + y
        if self.highlighted is None or self._lines[place : place + 1] != [(self.highlighted, 0)]:
            return strip
        style = next((segment.style for segment in strip if segment.text), None)
        return Strip([Segment(MARK, style), *strip.crop(1)], strip.cell_length)
