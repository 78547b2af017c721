"""Small charts as neutral marks: a value against its reference band, heart rate and pressure while standing."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final, Literal, NamedTuple

from protocols.case import Patient, Stand
from protocols.grading import ADULT, ROWS, SideGrade, TestGrade, band, plain_number, reference_words, with_unit, within
from protocols.model import StandProtocol, Test
from protocols.standing import baseline, rise_criterion
from reports.blocks import Area, Chart, Dot, Line, Words

BAR: Final = (96.0, 20.0)
"""Width and height of a reference bar, points."""
BAR_MIDDLE: Final = 6.0
CURVE: Final = (440.0, 132.0)
LETTERS: Final = {"left": "L", "right": "R", "value": "", "pre": "1", "post": "2"}
SMALL: Final = 7.5
LETTER_ROOM: Final = 8.0
LINE_ROOM: Final = 9.0
"""Between two lines of small words."""


class Scale(NamedTuple):
    """A stretch of numbers laid on a stretch of paper."""

    low: float
    high: float
    start: float
    end: float

    def at(self, number: float) -> float:
        share = (number - self.low) / (self.high - self.low)
        return self.start + min(1.0, max(0.0, share)) * (self.end - self.start)


# -- reference bars ------------------------------------------------------------------------------------------------


def reference_bar(test: Test, grade: TestGrade, patient: Patient, age: int) -> Chart | None:
    """Each side as a mark on a line, the reference band shaded; None where there is no band or no number."""
    edges = _reference(test, patient, age)
    numbers = {
        side: given.value
        for side, given in grade.sides.items()
        if isinstance(given, SideGrade) and isinstance(given.value, Decimal) and given.grade != "INVALID"
    }
    if edges is None or not numbers:
        return None
    values = {side: float(number) for side, number in numbers.items()}
    scale = _span(edges, list(values.values()))
    low = scale.start if edges[0] is None else scale.at(edges[0])
    high = scale.end if edges[1] is None else scale.at(edges[1])
    marks: list[Area | Line | Dot | Words] = [
        Area((low, BAR_MIDDLE - 4, high, BAR_MIDDLE + 4)),
        Line(((scale.start, BAR_MIDDLE), (scale.end, BAR_MIDDLE)), "quiet", 0.6),
    ]
    marks += _ticks({LETTERS[side]: scale.at(value) for side, value in values.items()})
    told = ", ".join(f"{side} {with_unit(number, test.measure.unit)}" for side, number in numbers.items())
    alt = f"{test.name}: {told.replace('value ', '')}; reference {reference_words(test, patient.sex, age)}."
    return Chart(*BAR, tuple(marks), alt)


def _ticks(at: dict[str, float]) -> list[Area | Line | Dot | Words]:
    """A tick across the line for each side, its letter above; letters that would touch stand away from each other."""
    order = sorted(at.items(), key=lambda one: one[1])
    crowded = len(order) == 2 and order[1][1] - order[0][1] < LETTER_ROOM
    aligned: list[Literal["left", "middle", "right"]] = ["right", "left"] if crowded else ["middle", "middle"]
    marks: list[Area | Line | Dot | Words] = []
    for (letter, x), align in zip(order, aligned, strict=False):
        marks.append(Line(((x, BAR_MIDDLE - 5), (x, BAR_MIDDLE + 5)), "ink", 2.0))
        marks.append(Words((x, BAR_MIDDLE + 6), letter, align, SMALL, bold=True))
    return [mark for mark in marks if not (isinstance(mark, Words) and not mark.text)]


def _reference(test: Test, patient: Patient, age: int) -> tuple[float | None, float | None] | None:
    """The edges of the reference band, the wider of two rows; None without one."""
    rows = [found for row in ROWS[patient.sex] if (found := band(test.measure, row, age)) is not None]
    if not rows or test.measure.direction == "category" or age < ADULT:
        return None
    lows, highs = zip(*(within(test.measure, row) for row in rows), strict=True)
    low = None if None in lows else float(min(lows))
    high = None if None in highs else float(max(highs))
    return low, high


def _span(edges: tuple[float | None, float | None], values: Sequence[float]) -> Scale:
    """A scale that shows the band, the values and some room at both ends."""
    shown = [edge for edge in edges if edge is not None] + list(values)
    room = max(max(shown) - min(shown), abs(max(shown)) * 0.25, 1.0) * 0.35
    return Scale(min(shown) - room, max(shown) + room, 4.0, BAR[0] - 4.0)


# -- the stand test ------------------------------------------------------------------------------------------------


def stand_curve(stand: Stand, age: int, protocol: StandProtocol) -> Chart | None:
    """Heart rate (filled dots) and systolic pressure (hollow dots) over the minutes; None without a reading."""
    rates = [(row.minute, float(row.hr)) for row in stand.standing if row.hr is not None]
    pressures = [(row.minute, float(row.sbp)) for row in stand.standing if row.sbp is not None]
    if not rates and not pressures:
        return None
    base = baseline(stand.supine)
    rise = rise_criterion(age, protocol)
    levels: list[tuple[float, str]] = []
    if base is not None:
        levels.append((float(base.hr), "lying heart rate"))
        if rise is not None:
            levels.append((float(base.hr + rise), f"+{plain_number(rise)}"))
    numbers = [value for _, value in (*rates, *pressures)] + [level for level, _ in levels]
    wide, tall = CURVE
    y = Scale(10 * (min(numbers) // 10), 10 * (max(numbers) // 10 + 1), 18.0, tall - 14.0)
    x = Scale(0.0, 10.0, 34.0, wide - 104.0)
    marks = [*_axes(x, y), *_levels(levels, x, y)]
    marks += _series(pressures, x, y, hollow=True)
    marks += _series(rates, x, y, hollow=False)
    marks += _names({"systolic pressure, mmHg": pressures, "heart rate, bpm": rates}, x, y)
    return Chart(wide, tall, tuple(marks), _curve_alt(rates, pressures, levels))


def _axes(x: Scale, y: Scale) -> list[Area | Line | Dot | Words]:
    marks: list[Area | Line | Dot | Words] = []
    step = 20 if y.high - y.low > 60 else 10
    for level in range(int(y.low), int(y.high) + 1, step):
        marks.append(Line(((x.start, y.at(level)), (x.end, y.at(level))), "band", 0.5))
        marks.append(Words((x.start - 5, y.at(level) - 3.5), str(level), "right", SMALL))
    marks += [Words((x.at(minute), 4.0), str(minute), "middle", SMALL) for minute in range(1, 11)]
    return [*marks, Words((x.end + 8, 4.0), "minutes of standing", "left", SMALL)]


def _levels(levels: list[tuple[float, str]], x: Scale, y: Scale) -> list[Area | Line | Dot | Words]:
    marks: list[Area | Line | Dot | Words] = []
    for level, name in levels:
        marks.append(Line(((x.start, y.at(level)), (x.end, y.at(level))), "quiet", 0.9, dashed=True))
        marks.append(Words((x.start + 3, y.at(level) + 2), name, "left", SMALL))
    return marks


def _names(series: dict[str, list[tuple[int, float]]], x: Scale, y: Scale) -> list[Area | Line | Dot | Words]:
    """The name of each line behind its end; two that end close together stand apart."""
    ends = sorted((y.at(max(points)[1]) - 3, name) for name, points in series.items() if points)
    placed: list[tuple[float, str]] = []
    for height, name in ends:
        lowest = placed[-1][0] + LINE_ROOM if placed else height
        placed.append((max(height, lowest), name))
    return [Words((x.end + 8, height), name, "left", SMALL) for height, name in placed]


def _series(points: list[tuple[int, float]], x: Scale, y: Scale, *, hollow: bool) -> list[Area | Line | Dot | Words]:
    if not points:
        return []
    placed = [(x.at(minute), y.at(value)) for minute, value in sorted(points)]
    line = [Line(tuple(placed), "quiet" if hollow else "ink", 1.0 if hollow else 1.6)] if len(placed) > 1 else []
    return [*line, *(Dot(at, 2.3, hollow) for at in placed)]


def _curve_alt(
    rates: list[tuple[int, float]], pressures: list[tuple[int, float]], levels: list[tuple[float, str]]
) -> str:
    parts = [f"{name} {level:g}" for level, name in levels]
    if rates:
        parts.append("standing heart rate " + ", ".join(f"{value:g} at minute {minute}" for minute, value in rates))
    if pressures:
        parts.append("systolic pressure " + ", ".join(f"{value:g} at minute {minute}" for minute, value in pressures))
    return "Curve of the stand test: " + "; ".join(parts) + "."
