"""A figure in the terminal: half blocks in colour, a braille outline without; start and finish taking turns."""

from __future__ import annotations

from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from assess_tui.widgets import raster
from protocols.figure import frames
from protocols.model import Pose

TURN_S = 1.4
"""Seconds each keyframe is shown when the figure moves."""


class Figure(Widget):
    """Shows one pose.

    It rests on the finish, which carries the arrow, or on the keyframe asked for; `moving` lets both alternate.
    """

    DEFAULT_CSS = "Figure { width: 38; height: 9; }"

    def __init__(
        self,
        pose: Pose | None = None,
        *,
        mirrored: bool = False,
        rests_on: int = -1,
        id: str | None = None,  # noqa: A002  Textual's own name
    ) -> None:
        super().__init__(id=id)
        self._pose = pose
        self._mirrored = mirrored
        self._rest = rests_on
        self._index = rests_on
        self._timer: Timer | None = None

    def show(self, pose: Pose | None, mirrored: bool = False) -> None:
        """Draw another pose, or nothing; mirrored for the other side of the body."""
        if (pose, mirrored) == (self._pose, self._mirrored):
            return
        self._pose, self._mirrored, self._index = pose, mirrored, self._rest
        self.refresh()

    def moving(self, on: bool) -> None:
        """Let start and finish take turns, for the patient to watch; off rests on the finish."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if on:
            self._timer = self.set_interval(TURN_S, self.turn)
        else:
            self._index = self._rest
            self.refresh()

    def turn(self) -> None:
        """Change between start and finish."""
        self._index = 0 if self._index else -1
        self.refresh()

    def prepare(self, pose: Pose) -> None:
        """Draw a pose that is likely to be shown next, so that showing it is quick."""
        if self._pose is not None and self._has_room:
            self._drawn(pose, mirrored=False, index=self._rest)

    @property
    def _has_room(self) -> bool:
        return self.size.width >= 2 and self.size.height >= 1

    def render_line(self, y: int) -> Strip:
        width, height = self.size
        if self._pose is None or not self._has_room or y >= height:
            return Strip.blank(width, self.rich_style)
        return self._drawn(self._pose, self._mirrored, self._index)[y]

    def _drawn(self, pose: Pose, mirrored: bool, index: int) -> tuple[Strip, ...]:
        """The rows of the whole picture, remembered: an outline where there is no colour, or no half block."""
        size = (self.size.width, self.size.height)
        if self.app.no_color or getattr(self.app, "in_ascii", False):
            return _outline(pose, mirrored, index, size, self.rich_style)
        return _picture(pose, mirrored, index, size, self.background_colors[1].rgb)


Size = tuple[int, int]
"""Cells across and down."""


@lru_cache(maxsize=32)
def _outline(pose: Pose, mirrored: bool, index: int, size: Size, style: Style) -> tuple[Strip, ...]:
    rows = raster.braille(frames(pose, mirrored=mirrored)[index], *size)
    return tuple(Strip([Segment(row, style)], size[0]) for row in rows)


@lru_cache(maxsize=32)
def _picture(pose: Pose, mirrored: bool, index: int, size: Size, paper: raster.Colour) -> tuple[Strip, ...]:
    rows = raster.half_blocks(frames(pose, mirrored=mirrored)[index], *size, raster.palette_on(paper))
    return tuple(Strip(_segments(row), size[0]) for row in rows)


def _segments(row: tuple[raster.Cell, ...]) -> list[Segment]:
    """Equal neighbours share a segment, so that few bytes go to the terminal."""
    segments: list[Segment] = []
    start = 0
    for x in range(1, len(row) + 1):
        if x == len(row) or row[x] != row[start]:
            segments.append(_block(row[start], x - start))
            start = x
    return segments


def _block(cell: raster.Cell, count: int) -> Segment:
    upper, lower = (f"#{r:02x}{g:02x}{b:02x}" for r, g, b in cell)
    if upper == lower:
        return Segment(" " * count, Style(bgcolor=lower))
    return Segment("▀" * count, Style(color=upper, bgcolor=lower))
