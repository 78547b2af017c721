"""A list that is searched while one types: drawn in place, a letter lays nothing out, and paints what differs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, NamedTuple

from textual import events
from textual.content import Content
from textual.message import Message
from textual.theme import Theme

from assess_tui.text import line, literal
from assess_tui.widgets.rows import KEPT, Rows

MARK = "▸"
WHEEL = 3
"""Rows of one notch of the wheel."""
AFTER = 1
"""Empty cells at the end of a row."""


class Line(NamedTuple):
    """A row of the list; without an id it is a heading, which is passed over."""

    words: partial[Content]
    """Asked for when the row first comes into sight: a function of values that tell it from any other row."""
    id: str = ""


class Listing(Rows):
    """Its keys are the screen's. The marked row has a sign too: a tint alone is seen by few, gone without colour."""

    class Chosen(Message):
        """A row was clicked, and is marked."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  Textual's own name
        super().__init__(id=id)
        self._lines: Sequence[Line] = ()
        self._told: dict[tuple[Any, ...], Content] = {}
        self._at = -1
        self._first = 0

    def fill(self, lines: Sequence[Line]) -> None:
        """Show these, the first that can be chosen marked."""
        self._lines = lines
        self._first = 0
        self._at = next((at for at, one in enumerate(lines) if one.id), -1)
        self.draw()

    @property
    def marked(self) -> str:
        """The id of the marked row; "" where none can be chosen."""
        return self._lines[self._at].id if self._at >= 0 else ""

    def move(self, by: int) -> None:
        """Mark the next row that can be chosen; after the last comes the first."""
        able = [at for at, one in enumerate(self._lines) if one.id]
        if able:
            self._at = able[(able.index(self._at) + by) % len(able)]
            top = 0 if self._at == able[0] else self._at  # its heading comes into sight with it
            self._first = min(max(self._first, self._at - self.room[1] + 1), top)
            self.draw()

    def draw(self) -> None:
        """Draw the rows in sight."""
        width, height = self.room
        hidden = max(0, len(self._lines) - height)
        self._first = max(0, min(self._first, hidden))
        inner = width - 1 if hidden else width
        shown = enumerate(self._lines[self._first : self._first + height], self._first)
        rows = [self._row(one, at == self._at, inner) for at, one in shown]
        self.show([row + bar for row, bar in zip(rows, self._bar(hidden, height), strict=False)] if hidden else rows)

    def _row(self, one: Line, marked: bool, width: int) -> Content:
        """Each letter finds much that was told before."""
        told = (one.words.func, one.words.args, marked, width)
        if told not in self._told:
            if len(self._told) >= KEPT:
                self._told.clear()
            self._told[told] = self._new_row(one, marked, width)
        return self._told[told]

    def _new_row(self, one: Line, marked: bool, width: int) -> Content:
        words = one.words().truncate(max(0, width - len(MARK) - 1 - AFTER), ellipsis=True)
        row = line(f"{MARK if marked else ' '} ", words)
        row = row.pad_right(max(0, width - row.cell_length))
        if not marked:
            return row
        untinted = self.app.no_color or self.app.native_ansi_color
        return literal(row.plain, "reverse") if untinted else row.stylize_before("on $marked")

    def _bar(self, hidden: int, height: int) -> list[Content]:
        """Beside the rows: where they stand among all."""
        size = max(1, height * height // (height + hidden))
        top = round(self._first * (height - size) / hidden)
        seen = range(top, top + size)
        return [line(("┃" if y in seen else " ", "$rule on $panel")) for y in range(height)]

    def on_mount(self) -> None:
        self.app.theme_changed_signal.subscribe(self, self._in_other_colours)

    def _in_other_colours(self, _: Theme) -> None:
        self._told.clear()
        self.draw()

    def on_resize(self) -> None:
        self.draw()

    def on_click(self, event: events.Click) -> None:
        at = self._first + event.y
        if at < len(self._lines) and self._lines[at].id:
            self._at = at
            self.draw()
            self.post_message(self.Chosen())

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        self._wheel(event, WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        self._wheel(event, -WHEEL)

    def _wheel(self, event: events.MouseEvent, by: int) -> None:
        event.stop()
        self._first += by
        self.draw()
