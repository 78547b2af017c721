"""A figure in the terminal: half blocks in colour, a braille outline without."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from assess_tui.widgets import raster
from protocols.figure import Frame, frame_at, frames
from protocols.model import Pose

STEPS = 8
"""Pictures of the way from start to finish."""
REMEMBERED = 48
"""Pictures kept: the way of one card, there and back, and the cards beside it."""
ON_DARK: Final = {
    "near": "bright_white",
    "body": "white",
    "far": "bright_black",
    "prop": "yellow",
    "prop_line": "yellow",
    "soft": "blue",
    "ground": "bright_black",
    "arrow": "bright_red",
    "angle": "bright_yellow",
}
ON_LIGHT: Final = {**ON_DARK, "near": "black", "body": "blue", "soft": "cyan", "angle": "magenta"}
"""What each role is called in the terminal's own colours. The keyline is the paper showing through."""


class Figure(Widget):
    """Shows one pose.

    It rests on the finish, which carries the arrow, or on the keyframe asked for; `move_to` draws it on the way.
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
        self._step: int | None = None
        self._ahead = 0
        self._ready_for: tuple[Pose, bool, tuple[int, int]] | None = None

    def show(self, pose: Pose | None, mirrored: bool = False) -> None:
        """Draw another pose, or nothing; mirrored for the other side of the body."""
        if (pose, mirrored) == (self._pose, self._mirrored):
            return
        self._pose, self._mirrored, self._step = pose, mirrored, None
        self._ahead = 0
        self.refresh()

    def move_to(self, share: float | None) -> None:
        """Draw the pose this share of the way from start to finish; None rests again. Only what changed is painted."""
        step = None if share is None else round(share * STEPS)
        if step == self._step:
            return
        before = self._drawn_now() if self._has_room else ()
        self._step = step
        self.refresh(*_changed(before, self._drawn_now() if self._has_room else ()))

    def prepare_way(self) -> bool:
        """Draw one picture of the way ahead of time; False once all are drawn."""
        if self._pose is None or not self._has_room or self._ready_for == (self._pose, self._mirrored, self.size):
            return False
        self._drawn(self._pose, self._mirrored, self._rest, self._ahead)
        self._ahead += 1
        if self._ahead > STEPS:
            self._ahead, self._ready_for = 0, (self._pose, self._mirrored, self.size)
        return True

    def prepare(self, pose: Pose) -> None:
        """Draw a pose that is likely to be shown next, so that showing it is quick."""
        if self._has_room:
            self._drawn(pose, mirrored=False, index=self._rest)

    @property
    def _has_room(self) -> bool:
        return self.size.width >= 2 and self.size.height >= 1

    def render_line(self, y: int) -> Strip:
        width, height = self.size
        if self._pose is None or not self._has_room or y >= height:
            return Strip.blank(width, self.rich_style)
        return self._drawn_now()[y]

    def _drawn_now(self) -> tuple[Strip, ...]:
        return self._drawn(self._pose, self._mirrored, self._rest, self._step) if self._pose is not None else ()

    def _drawn(self, pose: Pose, mirrored: bool, index: int, step: int | None = None) -> tuple[Strip, ...]:
        """The rows of the whole picture, remembered: an outline where there is no colour, or no half block."""
        drawn = Drawn(pose, mirrored, index, step, (self.size.width, self.size.height))
        if self.app.no_color or getattr(self.app, "in_ascii", False):
            return _outline(drawn, self.rich_style)
        if self.app.native_ansi_color:
            return _plain(drawn, not self.app.current_theme.dark)
        return _picture(drawn, self.background_colors[1].rgb)


class Drawn(NamedTuple):
    """What a picture is of: a keyframe, or a step of the way between both."""

    pose: Pose
    mirrored: bool
    keyframe: int
    step: int | None
    size: tuple[int, int]
    """Cells across and down."""

    @property
    def frame(self) -> Frame:
        if self.step is None:
            return frames(self.pose, mirrored=self.mirrored)[self.keyframe]
        return frame_at(self.pose, self.step / STEPS, mirrored=self.mirrored)


@lru_cache(maxsize=REMEMBERED)
def _outline(drawn: Drawn, style: Style) -> tuple[Strip, ...]:
    rows = raster.braille(drawn.frame, *drawn.size)
    return tuple(Strip([Segment(row, style)], drawn.size[0]) for row in rows)


@lru_cache(maxsize=REMEMBERED)
def _picture(drawn: Drawn, paper: raster.Colour) -> tuple[Strip, ...]:
    rows = raster.half_blocks(drawn.frame, *drawn.size, raster.palette_on(paper))
    return tuple(Strip(_segments(row), drawn.size[0]) for row in rows)


@lru_cache(maxsize=REMEMBERED)
def _plain(drawn: Drawn, light: bool) -> tuple[Strip, ...]:
    """In the terminal's own colours, on the terminal's own background."""
    rows = raster.role_blocks(drawn.frame, *drawn.size)
    names = ON_LIGHT if light else ON_DARK
    return tuple(Strip([_named(cell, names) for cell in row], drawn.size[0]).simplify() for row in rows)


def _named(cell: raster.RoleCell, names: Mapping[str, str]) -> Segment:
    """Half a cell without anything on it is the background, whatever colour that has."""
    upper, lower = (names.get(role or "") for role in cell)
    if upper == lower:
        return Segment("█" if upper else " ", Style(color=upper))
    if upper is None:
        return Segment("▄", Style(color=lower))
    return Segment("▀", Style(color=upper, bgcolor=lower))


def _changed(before: tuple[Strip, ...], after: tuple[Strip, ...]) -> list[Region]:
    """Where two pictures differ: for each row of cells the piece from the first difference to the last."""
    pieces = []
    for y, (old, new) in enumerate(zip(before, after, strict=False)):
        cells = zip(_cells(old), _cells(new), strict=False) if old != new else ()
        differ = [x for x, (one, other) in enumerate(cells) if one != other]
        if differ:
            pieces.append(Region(differ[0], y, differ[-1] - differ[0] + 1, 1))
    return pieces


def _cells(strip: Strip) -> list[tuple[str, Style | None]]:
    return [(letter, segment.style) for segment in strip for letter in segment.text]


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
