"""What the progress screen shows, as Content. Drawing only."""

from __future__ import annotations

from decimal import Decimal
from typing import cast

from textual.content import Content

from assess_tui.days import short_day
from assess_tui.entry.progress import ProgressEntry, change_say
from assess_tui.text import apart, line, lines, literal, on_row, tinted
from assess_tui.views.plan import around
from assess_tui.widgets.scale import scale
from assess_tui.widgets.side import TONE
from assess_tui.widgets.trend_curve import LINE, Value, trend_curve
from protocols.grading import WITHIN, Grade, grade_word, plain_number, reference_words, with_unit
from protocols.trend import FOR_THE_BETTER, FOR_THE_WORSE, Point, Series

LEAD, VALUES, DELTA, ERROR, BAR = 2, 18, 9, 9, 20
WIDE = 112
"""Cells from which a row has room for the reference scale."""
IN_A_ROW = {
    "class changed, difference within measurement error": "within error, new class",
    "changed toward the reference band": "toward the reference",
    "changed away from the reference band": "away from the reference",
}
"""What may be said, in the room a row has for it; the marked measure says it in full."""
SHORT = IN_A_ROW | dict.fromkeys((WITHIN, "class changed, difference within measurement error"), "within error")
"""What may be said, where there is little room."""
ABOUT = 60
"""Cells from which a visit has room for its class and the full words."""
SAID, SAID_SHORT = 44, 29
"""Cells before what is said of the difference, with and without the class."""
SINCE = "since the first:"
"""Over the differences of the later visits, in the row of the first, which has none."""
LINES = 3
"""Rows of the marked measure beside its visits."""
WIDER = 92
"""Cells from which it has room for difference and error."""
NAME = 38
SAY = 24


def say_tone(say: str) -> str:
    return TONE["R"] if say in FOR_THE_WORSE else TONE["W"] if say in FOR_THE_BETTER else "$quiet"


class ProgressView:
    """One drawing of the measures and of the marked one."""

    def __init__(self, entry: ProgressEntry, width: int) -> None:
        self.entry = entry
        self.width = width
        self._bar = BAR if width >= WIDE else 0
        self._numbers = DELTA + ERROR if width >= WIDER else 0
        self._name = min(NAME, width - LEAD - VALUES - self._numbers - SAY - (self._bar + 2 if self._bar else 0))

    def summary(self) -> Content:
        entry = self.entry
        if not entry.series:
            return literal("Nothing was measured in two visits yet.", "$quiet")
        first, last = entry.visits[0], entry.visits[-1]
        says = [change_say(one) for one in entry.series]
        better, worse = (sum(say in words for say in says) for words in (FOR_THE_BETTER, FOR_THE_WORSE))
        once = f", {entry.once} measured once" if entry.once else ""
        head = line(
            ("Progress", "$accent bold"),
            (f"   {len(entry.visits)} visits, {short_day(first.date)} to {short_day(last.date)}{once}", "$quiet"),
        )
        counts = line(
            (f"{better} better", TONE["W"] if better else "$quiet"),
            ", ",
            (f"{worse} worse", TONE["R"] if worse else "$quiet"),
            (f" beyond error, of {len(says)} measures. ○ first  • between  ● latest", "$quiet"),
        )
        return lines([head, counts.truncate(self.width, ellipsis=True)])

    def listing(self, height: int) -> Content:
        rows = [on_row(self._row(one, n == self.entry.row), n) for n, one in enumerate(self.entry.series)]
        return lines(around(rows, self.entry.row, height)) if rows else Content("")

    def _row(self, series: Series, here: bool) -> Content:
        say = change_say(series)
        numbers = line(*self._difference(series)) if self._numbers else Content("")
        row = line(
            ("▸ " if here else "  ", "$accent bold"),
            (apart(self.entry.name(series), self._name), "bold" if here else ""),
            (self._scale(series) + "  ") if self._bar else "",
            (apart(self._first_and_latest(series), VALUES), "bold"),
            numbers,
            (IN_A_ROW.get(say, say), say_tone(say)),
        ).truncate(self.width, ellipsis=True)
        return tinted(row, self.width) if here else row

    def _first_and_latest(self, series: Series) -> str:
        unit = self.entry.test(series).measure.unit
        first, now = series.points[0].value, series.points[-1].value
        start = plain_number(first) if isinstance(first, Decimal) else first
        return f"{start} → {with_unit(now, unit)}"

    def _difference(self, series: Series) -> tuple[tuple[str, str], tuple[str, str]]:
        change = series.points[-1].since_first
        delta = _signed(change.delta) if change is not None else ""
        error = f"±{plain_number(series.error)}" if series.error is not None else "no error"
        return (delta.rjust(DELTA - 2) + "  ", "bold"), (error.ljust(ERROR), "$quiet")

    def _scale(self, series: Series) -> Content:
        numbers = [point.value for point in series.points if isinstance(point.value, Decimal)]
        if len(numbers) < 2:
            return Content(" " * BAR)
        test = self.entry.test(series)

        def grade_at(number: Decimal) -> Grade:
            return cast(Grade, self.entry.grade_at(series, number))

        drawn = scale(test, grade_at, BAR, numbers[-1], numbers[0], numbers[1:-1])
        return drawn + " " * (BAR - drawn.cell_length)

    # -- the marked measure ------------------------------------------------------------------------------------------

    def curve(self, width: int, height: int) -> Content:
        """Empty for categories."""
        series = self.entry.marked
        if series is None:
            return Content("")
        values = [
            Value(one.date, float(one.value), _point_tone(one))
            for one in series.points
            if isinstance(one.value, Decimal)
        ]
        error = float(series.error) if series.error is not None else None
        return trend_curve(values, error, width, height) if len(values) > 1 else Content("")

    def visits(self, width: int, height: int) -> Content:
        """The marked measure visit by visit, the first and the latest in any case, and its reference."""
        series = self.entry.marked
        if series is None:
            return Content("")
        room = max(2, height - LINES)
        points = series.points if len(series.points) <= room else (series.points[0], *series.points[1 - room :])
        rows = [
            line((self.entry.name(series), "$accent bold")),
            *(self._point(series, point, width) for point in points),
            self._error(series, width),
            self._reference(series),
        ]
        return lines(row.truncate(width, ellipsis=True) for row in rows)

    def _point(self, series: Series, point: Point, width: int) -> Content:
        shown = with_unit(point.value, self.entry.test(series).measure.unit)
        tone, about = TONE.get(point.grade, "$quiet"), width >= ABOUT
        return line(
            (short_day(point.date).ljust(12), "$quiet"),
            (shown.rjust(8) + "  ", f"{tone} bold"),
            (grade_word(point.grade).ljust(15) if about else "", tone),
            self._compared(series, point, width - (SAID if about else SAID_SHORT)),
        )

    def _compared(self, series: Series, point: Point, room: int) -> Content:
        """The difference from the first visit and what may be said of it."""
        change = point.since_first
        if change is None:
            heads = point is series.points[0] and series.points[-1].since_first is not None
            return literal(SINCE if heads else "", "$quiet")
        say = change.say if len(change.say) <= room else SHORT.get(change.say, change.say)
        return line((_signed(change.delta).ljust(7), ""), (say, say_tone(change.say)))

    def _error(self, series: Series, width: int) -> Content:
        if series.error is None:
            return literal("No error figure: a change is only described.", "$quiet")
        unit = self.entry.test(series).measure.unit
        band = ", the band around the first value" if width >= ABOUT else ""
        return literal(f"Smallest real change {with_unit(series.error, unit)}{band}.", "$warning")

    def _reference(self, series: Series) -> Content:
        latest = self.entry.visits[-1]
        age = latest.patient.graded.age_on(latest.date)
        return literal(f"Reference {reference_words(self.entry.test(series), latest.patient.sex, age)}", "$quiet")


def _point_tone(point: Point) -> str:
    """Quiet within error, coloured and bold beyond it."""
    say = point.since_first.say if point.since_first is not None else ""
    return f"{say_tone(say)} bold" if say in (*FOR_THE_BETTER, *FOR_THE_WORSE) else LINE


def _signed(delta: Decimal) -> str:
    return f"+{plain_number(delta)}" if delta > 0 else plain_number(delta)
