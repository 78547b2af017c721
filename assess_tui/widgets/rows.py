"""Rows of text in a place of fixed size: of a new text only the rows that differ are drawn and sent to the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple, Self

from rich.segment import Segment
from textual import events
from textual.color import Color
from textual.content import Content
from textual.filter import LineFilter
from textual.geometry import Region, Spacing
from textual.reactive import Reactive
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions
from textual.widget import Widget

KEPT = 200
"""Rows kept as they were drawn; twice those of the library."""
EMPTY = Content("")


class Looks(NamedTuple):
    """What every row is drawn with."""

    width: int
    padding: Spacing
    style: Style
    paper: Color
    filters: tuple[LineFilter, ...]


class Rows(Widget):
    """Shows as many rows as fit, each cut where the place ends; with padding where it is wanted, but no border.

    Rows that may be tapped look as others do.
    """

    auto_links = Reactive(False)
    does = ""
    """What a tap anywhere on the place does; `{row}` stands for the row that is tapped."""
    first = 0
    """Which of all the rows stands on top."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  Textual's own name
        super().__init__(id=id)
        self.rows: list[Content] = []
        self._drawn: dict[tuple[Any, ...], Strip] = {}
        """By text and styles: of a list that is searched, each letter shows much that was drawn before."""
        self._drawn_with: Looks | None = None

    def on_click(self, event: events.Click) -> None:
        row = event.y - self.styles.padding.top
        if self.does and row < len(self.rows):
            self.call_next(self.app.run_action, self.does.format(row=self.first + row), self)

    @property
    def room(self) -> tuple[int, int]:
        """Cells across and rows down."""
        size, padding = self.outer_size, self.styles.padding
        return max(0, size.width - padding.width), max(0, size.height - padding.height)

    def show(self, rows: Sequence[Content]) -> None:
        """Show these rows; styles count, not only letters."""
        old, self.rows = self.rows, list(rows)
        changed = [y for y in range(max(len(old), len(self.rows))) if not _same(old, self.rows, y)]
        if changed:
            left, width = self.styles.padding.left, self.outer_size.width
            self.refresh(*(Region(-left, first, width, count) for first, count in _runs(changed)))

    def refresh(self, *regions: Region, **how: Any) -> Self:
        if not regions:
            self._drawn.clear()
        return super().refresh(*regions, **how)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows alone: what Textual asks of each line (borders, tints, hatches) takes longer than the line."""
        looks = self._looks()
        if looks != self._drawn_with:
            self._drawn.clear()
            self._drawn_with = looks
        above = looks.padding.top
        strips = [self._strip(y, looks) for y in range(crop.y - above, crop.bottom - above)]
        return [strip.crop(crop.x, crop.right) for strip in strips]

    def _looks(self) -> Looks:
        filters = tuple(self.get_line_filters())
        return Looks(self.outer_size.width, self.styles.padding, self.visual_style, self.background_colors[1], filters)

    def _strip(self, y: int, looks: Looks) -> Strip:
        """The row, drawn now or before; above the first and below the last they are empty."""
        row = self.rows[y] if 0 <= y < len(self.rows) else EMPTY
        said = (row.plain, *row.spans)
        if said not in self._drawn:
            if len(self._drawn) >= KEPT:
                self._drawn.clear()
            self._drawn[said] = self.row(row, looks)
        return self._drawn[said]

    def row(self, row: Content, looks: Looks) -> Strip:
        """Draw a row, with the padding beside it."""
        paper = looks.style.rich_style
        segments = self._segments(row, looks)
        rest = looks.width - looks.padding.left - sum(segment.cell_length for segment in segments)
        left = Segment(" " * looks.padding.left, paper)
        segments = [one for one in (left, *segments, Segment(" " * rest, paper)) if one.text]
        for one in looks.filters:
            segments = one.apply(segments, looks.paper)
        return Strip(segments, looks.width)

    def _segments(self, row: Content, looks: Looks) -> list[Segment]:
        width = max(0, looks.width - looks.padding.width)
        shown = row if row.cell_length <= width else row.truncate(width)
        if shown.plain.isprintable():  # nothing to break or expand: what wraps text would take most of the time
            return [Segment(text, style.rich_style) for text, style in shown.render(looks.style, "", self._get_style)]
        return list(shown.render_strips(width, 1, looks.style, RenderOptions(self._get_style, {}))[0])


def _runs(changed: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Rows below each other as one piece: the first, and how many."""
    for _, run in groupby(enumerate(changed), lambda one: one[1] - one[0]):
        rows = [y for _, y in run]
        yield rows[0], len(rows)


def _same(old: list[Content], new: list[Content], y: int) -> bool:
    return y < len(old) and y < len(new) and old[y].is_same(new[y])
