"""What one side of a test counts for: the value as typed, or its trials by the test's own summary, capped."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from protocols.case import Taken
from protocols.grades.cuts import Number, capped, distance, inside, within
from protocols.model import Measure


def counted(measure: Measure, taken: Taken) -> Number | str | None:
    """The value that is graded, exact; None where nothing was taken.

    A trial outside the hard limits stands for the whole side, as a single value outside them would.
    """
    if taken.absent is not None:
        return None
    if not taken.trials:
        return _single(measure, taken.value)
    outside = next((trial for trial in taken.trials if not inside(measure, trial)), None)
    if outside is not None:
        return outside
    return _summary(measure, [capped(measure, trial) for trial in taken.trials])


def number(measure: Measure, taken: Taken | None) -> Number | None:
    """The counted value where it is a number inside the hard limits and the test was not stopped, else None."""
    value = None if taken is None or taken.stopped else counted(measure, taken)
    return None if value is None or isinstance(value, str) or not inside(measure, value) else value


def _single(measure: Measure, value: Decimal | str | None) -> Number | str | None:
    if value is None or isinstance(value, str) or not inside(measure, value):
        return value
    return capped(measure, value)


def _summary(measure: Measure, trials: list[Number]) -> Number:
    match measure.summary:
        case "best":
            return _best(measure, trials)
        case "mean_of_last_two":
            return _mean(trials[-2:])
        case "mean":
            return _mean(trials)
        case "single":
            return trials[-1]


def _mean(trials: list[Number]) -> Number:
    return trials[0] if len(trials) == 1 else sum((Fraction(trial) for trial in trials), Fraction(0)) / len(trials)


def _best(measure: Measure, trials: list[Number]) -> Number:
    if measure.direction == "band" and measure.bands:
        edges = within(measure, measure.bands[0])
        return min(trials, key=lambda trial: distance(edges, Fraction(trial)))
    return min(trials) if measure.direction == "lo" else max(trials)
