"""Heart rate over the minutes of standing, in braille dots, between the lying value and the rise that counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from math import ceil
from typing import Final, NamedTuple

from textual.content import Content

LABEL: Final = 9
"""Columns left of the plot: "+30 102 ┤"."""
DOTS: Final = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The bit of each dot of a braille cell, by row and column."""
EMPTY: Final = 0x2800

BELOW, ABOVE, RISE, LYING = "$accent", "$error bold", "$warning", "$quiet"
RANK: Final = {BELOW: 3, ABOVE: 3, RISE: 2, LYING: 1}
"""Where two layers share a cell, the higher one gives it its colour."""
HIGHEST: Final = 4
"""The rank of a style not named here: what stands out."""


class Reading(NamedTuple):
    """A heart rate, bpm, at a minute of standing; minute 0 is lying."""

    minute: float
    hr: float


class Plot:
    """Dots on a grid of cells, each cell with one colour."""

    def __init__(self, columns: int, rows: int) -> None:
        self.columns, self.rows = columns, rows
        self._bits = [[0] * columns for _ in range(rows)]
        self._styles = [[""] * columns for _ in range(rows)]

    @property
    def width(self) -> int:
        return self.columns * 2

    @property
    def height(self) -> int:
        return self.rows * 4

    def dot(self, x: int, y: int, style: str) -> None:
        """One dot, `y` from the top; dots outside are left out."""
        if not (0 <= x < self.width and 0 <= y < self.height):
            return
        row, column = y // 4, x // 2
        self._bits[row][column] |= DOTS[y % 4][x % 2]
        if _rank(style) >= _rank(self._styles[row][column]):
            self._styles[row][column] = style

    def row(self, row: int) -> Content:
        cells = zip(self._styles[row], self._bits[row], strict=True)
        runs = groupby(cells, key=lambda cell: cell[0])
        return Content.assemble(*((_text(bits for _, bits in run), style) for style, run in runs))


def _rank(style: str) -> int:
    return RANK.get(style, HIGHEST) if style else 0


def _text(bits: Iterable[int]) -> str:
    return "".join(chr(EMPTY + one) if one else " " for one in bits)


class Scale(NamedTuple):
    """Minutes and beats per minute onto dots."""

    plot: Plot
    low: float
    high: float
    last: float

    def x(self, minute: float) -> int:
        return round(minute / self.last * (self.plot.width - 1))

    def y(self, hr: float) -> int:
        return round((self.high - hr) / (self.high - self.low) * (self.plot.height - 1))


def curve(
    readings: Sequence[Reading], lying: float | None, rise: float | None, width: int, height: int, last: int = 10
) -> Content:
    """`width` by `height` cells. `lying` is the mean lying rate, `rise` the rise that counts at this age, both bpm."""
    if width < LABEL + 12 or height < 4:
        return Content("")
    plot = Plot(width - LABEL, height - 1)
    scale = Scale(plot, *_window(readings, lying, rise), last)
    limit = None if lying is None or rise is None else lying + rise
    _level(scale, lying, 4, 1, LYING)
    _level(scale, limit, 6, 3, RISE)
    for before, after in pairwise(readings):
        _stroke(scale, before, after, limit)
    labels = _labels(scale, lying, rise)
    rows = [Content.assemble(labels.get(row, (" " * LABEL, "")), plot.row(row)) for row in range(plot.rows)]
    return Content("\n").join([*rows, Content.styled(_minutes(scale), "$quiet")])


def _window(readings: Sequence[Reading], lying: float | None, rise: float | None) -> tuple[float, float]:
    """What the axis spans: steady while the readings stay near, in tens."""
    middle = lying if lying is not None else 70.0
    rates = [reading.hr for reading in readings]
    low = min([middle - 10, *rates])
    high = max([middle + (rise or 30.0) + 15, *(rate + 5 for rate in rates)])
    return low // 10 * 10, -(-high // 10) * 10


def _level(scale: Scale, hr: float | None, period: int, dash: int, style: str) -> None:
    if hr is not None:
        for x in range(scale.plot.width):
            if x % period < dash:
                scale.plot.dot(x, scale.y(hr), style)


def _stroke(scale: Scale, before: Reading, after: Reading, limit: float | None) -> None:
    """A line two dots thick; one dot where minutes between were not read."""
    thick = 2 if after.minute - before.minute <= 1 else 1
    first, last = scale.x(before.minute), scale.x(after.minute)
    steps = max(last - first, abs(scale.y(after.hr) - scale.y(before.hr)), 1)
    for step in range(steps + 1):
        hr = before.hr + (after.hr - before.hr) * step / steps
        style = ABOVE if limit is not None and hr >= limit else BELOW
        for thickness in range(thick):
            scale.plot.dot(first + round((last - first) * step / steps), scale.y(hr) - thickness, style)


def _labels(scale: Scale, lying: float | None, rise: float | None) -> dict[int, tuple[str, str]]:
    """The rows that carry a number, the lying value and the rise last so that they win a shared row.

    The rise is named by the first whole rate that meets it: 108.5 is met by 109, not by 108.
    """
    rows = {0: (f"{scale.high:.0f} ".rjust(LABEL), "$quiet")}
    if lying is not None and rise is not None:
        rows[scale.y(lying + rise) // 4] = (f"+{rise:.0f} {ceil(lying + rise):3} ".rjust(LABEL), RISE)
    if lying is not None:
        rows[scale.y(lying) // 4] = (f"lying {lying:.0f} ".rjust(LABEL), LYING)
    return rows


def _minutes(scale: Scale) -> str:
    """The minute numbers, each under its place; every other one where they would crowd."""
    line = [" "] * (LABEL + scale.plot.columns + 2)
    step = 1 if scale.plot.columns >= 3 * scale.last else 2
    for minute in range(0, int(scale.last) + 1, step):
        text = str(minute)
        place = LABEL + min(scale.x(minute) // 2, scale.plot.columns - len(text))
        line[place : place + len(text)] = text
    return "".join(line).rstrip()
