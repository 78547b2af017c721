"""Rows of text in a place of fixed size: of a new text only the rows that differ are drawn and sent to the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from textual.content import Content
from textual.geometry import Region
from textual.reactive import Reactive
from textual.strip import Strip
from textual.visual import RenderOptions
from textual.widget import Widget


class Rows(Widget):
    """Shows as many rows as fit, each cut where the place ends. Rows that may be tapped look as others do."""

    auto_links = Reactive(False)

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  Textual's own name
        super().__init__(id=id)
        self.rows: list[Content] = []

    @property
    def room(self) -> tuple[int, int]:
        """Cells across and rows down."""
        return self.content_size.width, self.content_size.height

    def show(self, rows: Sequence[Content]) -> None:
        """Show these rows; styles count, not only letters."""
        old, self.rows = self.rows, list(rows)
        changed = (y for y in range(max(len(old), len(self.rows))) if not _same(old, self.rows, y))
        if regions := [Region(0, y, self.content_size.width, 1) for y in changed]:
            self.refresh(*regions)

    def render_line(self, y: int) -> Strip:
        width, style = self.content_size.width, self.visual_style
        if y >= len(self.rows) or not self.rows[y]:
            return Strip.blank(width, style.rich_style)
        row = self.rows[y] if self.rows[y].cell_length <= width else self.rows[y].truncate(width)
        if row.plain.isprintable():  # nothing to break or expand: what wraps text would take most of the time
            parts = row.render(style, "", self._get_style)
            strip = Strip([Segment(text, (style + part).rich_style) for text, part in parts], row.cell_length)
        else:
            strip = row.render_strips(width, 1, style, RenderOptions(self._get_style, {}))[0]
        return strip.adjust_cell_length(width, style.rich_style)


def _same(old: list[Content], new: list[Content], y: int) -> bool:
    return y < len(old) and y < len(new) and old[y].is_same(new[y])
