"""A patient's measures over the visits, one of them marked. No screen."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from assess_tui.visit.said import SIDE_WORDS
from protocols.grading import grade_value
from protocols.model import Library, Test
from protocols.trend import Point, Series, by_change, trend
from protocols.visit import PatientDetails, Visit

PROTOCOLS = {"lean": "leaning", "active_stand": "standing free", "": ""}
"""The ways of standing are never mixed: each has a row of its own, named by the way."""


class ProgressEntry:
    """The measures of two visits or more, what changed most on top."""

    def __init__(self, visits: Sequence[Visit], library: Library) -> None:
        self.visits = sorted(visits, key=lambda visit: visit.number)
        self.library = library
        every = by_change(trend(self.visits, library))
        self.series = tuple(one for one in every if len(one.points) > 1)
        self.once = len(every) - len(self.series)
        """So many measures were taken in one visit only."""
        self.row = 0

    @property
    def patient(self) -> PatientDetails:
        return self.visits[-1].patient

    @property
    def marked(self) -> Series | None:
        return self.series[self.row] if self.series else None

    def move(self, by: int) -> None:
        self.row = max(0, min(self.row + by, len(self.series) - 1))

    def test(self, series: Series) -> Test:
        return self.library.tests[series.test]

    def name(self, series: Series) -> str:
        """ "Hip turn-in, right", "Heart rate rise, leaning"."""
        said = (self.test(series).name, PROTOCOLS[series.protocol], SIDE_WORDS[series.side])
        return ", ".join(part for part in said if part)

    def grade_at(self, series: Series, number: Decimal) -> str:
        """The class of a number by the patient's age today."""
        latest = self.visits[-1]
        age = latest.patient.graded.age_on(latest.date)
        return grade_value(self.test(series), number, latest.patient.sex, age)[0]

    def number(self, point: Point) -> int:
        """The number of the visit."""
        return next(visit.number for visit in self.visits if visit.id == point.visit)


def change_say(series: Series) -> str:
    """What may be said from the first visit to the latest."""
    first, now = series.points[0], series.points[-1]
    if now.since_first is not None:
        return now.since_first.say
    return "as at first" if first.value == now.value else "describe only"
