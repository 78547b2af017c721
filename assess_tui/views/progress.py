"""What the progress screen shows, as Content. Drawing only."""

from __future__ import annotations

from decimal import Decimal
from typing import cast

from textual.content import Content

from assess_tui.days import short_day
from assess_tui.entry.progress import ProgressEntry, change_say
from assess_tui.text import line, lines, literal
from assess_tui.views.follow import fit
from assess_tui.views.plan import around
from assess_tui.widgets.scale import scale
from assess_tui.widgets.side import TONE
from assess_tui.widgets.trend_curve import Value, trend_curve
from protocols.grades.words import grade_word, plain_number, reference_words, with_unit
from protocols.grading import Grade
from protocols.plans.outcome import FOR_THE_BETTER, FOR_THE_WORSE
from protocols.trend import Point, Series

LEAD, VALUES, DELTA, ERROR, BAR = 2, 20, 9, 9, 24
WIDE = 112
"""Cells from which a row has room for the reference scale."""
WIDER = 92
"""Cells from which it has room for difference and error."""
NAME = 34
SAY = 26


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
            (f"   {len(entry.visits)} visits, {short_day(first.date)} to {short_day(last.date)}", "$quiet"),
        )
        counts = line(
            (f"{better} better", TONE["W"] if better else "$quiet"),
            ", ",
            (f"{worse} worse", TONE["R"] if worse else "$quiet"),
            (f" beyond error, of {len(says)} measures{once}. ○ first  • between  ● latest", "$quiet"),
        )
        return lines([head, counts.truncate(self.width, ellipsis=True)])

    def listing(self, height: int) -> Content:
        rows = [self._row(one, number == self.entry.row) for number, one in enumerate(self.entry.series)]
        return lines(around(rows, self.entry.row, height)) if rows else Content("")

    def _row(self, series: Series, here: bool) -> Content:
        say = change_say(series)
        numbers = line(*self._difference(series)) if self._numbers else Content("")
        return line(
            ("▸ " if here else "  ", "$accent bold"),
            (fit(self.entry.name(series), self._name), "bold" if here else ""),
            (self._scale(series) + "  ") if self._bar else "",
            (fit(self._first_and_latest(series), VALUES), "bold"),
            numbers,
            (say, say_tone(say)),
        ).truncate(self.width, ellipsis=True)

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
        values = [Value(one.date, float(one.value)) for one in series.points if isinstance(one.value, Decimal)]
        error = float(series.error) if series.error is not None else None
        return trend_curve(values, error, width, height) if len(values) > 1 else Content("")

    def visits(self, width: int) -> Content:
        """The marked measure visit by visit, and its reference."""
        series = self.entry.marked
        if series is None:
            return Content("")
        head = line((self.entry.name(series), "$accent bold"))
        points = [self._point(series, point) for point in series.points]
        rows = [head, *points, self._error(series), self._reference(series)]
        return lines(row.truncate(width, ellipsis=True) for row in rows)

    def _point(self, series: Series, point: Point) -> Content:
        shown = with_unit(point.value, self.entry.test(series).measure.unit)
        change = point.since_first
        since = f"{_signed(change.delta)} since the first: {change.say}" if change is not None else ""
        return line(
            (f"{short_day(point.date)}".ljust(13), "$quiet"),
            (shown.rjust(8) + "  ", "bold"),
            (grade_word(point.grade).ljust(15), TONE.get(point.grade, "$quiet")),
            (since, say_tone(change.say) if change is not None else ""),
        )

    def _error(self, series: Series) -> Content:
        if series.error is None:
            return literal("No error figure for this comparison: a change is only described.", "$quiet")
        unit = self.entry.test(series).measure.unit
        said = f"Smallest real change {with_unit(series.error, unit)}: the band around the first value."
        return literal(said, "$warning")

    def _reference(self, series: Series) -> Content:
        latest = self.entry.visits[-1]
        age = latest.patient.graded.age_on(latest.date)
        return literal(f"Reference {reference_words(self.entry.test(series), latest.patient.sex, age)}", "$quiet")


def _signed(delta: Decimal) -> str:
    return f"+{plain_number(delta)}" if delta > 0 else plain_number(delta)
