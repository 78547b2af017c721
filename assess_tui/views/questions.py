"""Which of many questions a window shows: a page of them, scrolled from its top."""

from __future__ import annotations

from typing import NamedTuple

LOOK = {"yes": ("yes", "$error bold"), "no": ("no", "$success"), "unknown": ("not sure", "$warning bold")}
"""The word and style of each answer to a red-flag question."""


class QuestionPage(NamedTuple):
    """Questions under a title, in a window that may be lower than they are. All in lines."""

    title: int
    heights: tuple[int, ...]
    """Of each question."""
    room: int
    """Of the window."""

    def start(self, row: int) -> int:
        """Where a question begins; the first brings the title with it."""
        return self.title + sum(self.heights[:row]) if row else 0

    def end(self, row: int) -> int:
        return self.title + sum(self.heights[: row + 1])

    def scrolled(self, top: int, first: int, last: int) -> int:
        """The line to begin at so that these are in view: as near to `top` as can be; `first` where both do not fit."""
        return min(self.start(first), max(top, self.end(last) - self.room))

    def in_view(self, top: int) -> tuple[int, ...]:
        """The questions that are wholly in view from this line on."""
        rows = range(len(self.heights))
        return tuple(row for row in rows if self.start(row) >= top and self.end(row) <= top + self.room)

    def as_far_as(self, first: int) -> int:
        """The last question that fits into the window together with `first`."""
        bottom = self.start(first) + self.room
        return max((row for row in range(first, len(self.heights)) if self.end(row) <= bottom), default=first)
