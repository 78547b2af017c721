"""One measure over the visits, in braille dots, with the band of its measurement error around the first value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from textual.content import Content

from assess_tui.widgets.curve import BELOW, LYING, RISE, Plot

LABEL: Final = 8
"""Columns left of the plot."""
LINE, FIRST, EDGE = BELOW, LYING, RISE
"""The line from value to value, the level of the first value, and the edges of its error."""


class Value(NamedTuple):
    """A value, its day, and the colour of its point."""

    day: dt.date
    number: float
    style: str = LINE


class _Axes(NamedTuple):
    plot: Plot
    first: dt.date
    days: int
    low: float
    high: float

    def x(self, day: dt.date) -> int:
        """A point keeps its width inside the plot."""
        return 1 + round((day - self.first).days / self.days * (self.plot.width - 4))

    def y(self, number: float) -> int:
        return round((self.high - number) / (self.high - self.low) * (self.plot.height - 1))


def trend_curve(values: Sequence[Value], error: float | None, width: int, height: int) -> Content:
    """`width` by `height` cells; without an `error` no band is drawn. Empty where there is no room."""
    if width < LABEL + 10 or height < 4 or not values:
        return Content("")
    plot = Plot(width - LABEL, height - 1)
    axes = _Axes(plot, values[0].day, max(1, (values[-1].day - values[0].day).days), *_window(values, error))
    first = values[0].number
    _level(axes, first, 6, 2, FIRST)
    edges = (first - error, first + error) if error else ()
    for edge in edges:
        _level(axes, edge, 4, 2, EDGE)
    for before, after in pairwise(values):
        _line(axes, before, after)
    for value in values:
        _point(axes, value)
    labels = {axes.y(edge) // 4: (_short(edge), EDGE) for edge in edges} | {axes.y(first) // 4: (_short(first), FIRST)}
    rows = [Content.assemble(labels.get(row, (" " * LABEL, "")), plot.row(row)) for row in range(plot.rows)]
    return Content("\n").join([*rows, Content.styled(_days(axes, values), "$quiet")])


def _window(values: Sequence[Value], error: float | None) -> tuple[float, float]:
    """All values and the band, with a little air."""
    first = values[0].number
    shown = [*(value.number for value in values), *((first - error, first + error) if error else ())]
    air = (max(shown) - min(shown)) * 0.08 or 1.0
    return min(shown) - air, max(shown) + air


def _level(axes: _Axes, number: float, period: int, dash: int, style: str) -> None:
    for x in range(axes.plot.width):
        if x % period < dash:
            axes.plot.dot(x, axes.y(number), style)


def _line(axes: _Axes, before: Value, after: Value) -> None:
    start, end = axes.x(before.day), axes.x(after.day)
    top, bottom = axes.y(before.number), axes.y(after.number)
    steps = max(end - start, abs(bottom - top), 1)
    for step in range(0, steps + 1, 2):
        axes.plot.dot(start + round((end - start) * step / steps), top + round((bottom - top) * step / steps), LINE)


def _point(axes: _Axes, value: Value) -> None:
    """Three dots by three."""
    x, y = axes.x(value.day), axes.y(value.number)
    for across in (-1, 0, 1):
        for down in (-1, 0, 1):
            axes.plot.dot(x + across, y + down, value.style)


def _short(number: float) -> str:
    return f"{number:.1f} ".replace(".0 ", " ").rjust(LABEL)


def _days(axes: _Axes, values: Sequence[Value]) -> str:
    """The first day and the last."""
    first, last = (f"{value.day.day} {value.day:%b}" for value in (values[0], values[-1]))
    return " " * LABEL + first + last.rjust(axes.plot.columns - len(first))
