"""How far two raters of this clinic differ: pairs of values of one side, the second read without sight of the first.

The statistics are those of musculoskeletal G7: SEM = SD of the differences / sqrt(2), MDC95 = 2.77 x SEM.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final, NamedTuple

import msgspec

from protocols.case import Taken
from protocols.grades.change import as_decimal
from protocols.grades.cuts import Number
from protocols.grades.trials import number
from protocols.grades.words import with_unit
from protocols.model import Side, Test
from protocols.route import sides
from protocols.visits.cells import SECOND, Cell, Measurement, Value
from protocols.visits.taken import entries

MDC_PER_SEM: Final = Decimal("2.77")
"""1.96 x sqrt(2), to the two places the reference prints (MDC95 = 2.77 x SEM)."""
FEWEST: Final = 2
"""Pairs from which differences can vary at all."""


class Pair(NamedTuple):
    """One side read twice; both numbers are the test's own summary, capped."""

    side: Side
    first: Number
    second: Number

    @property
    def difference(self) -> Decimal:
        """Second minus first, exact where it ends."""
        return as_decimal(Fraction(self.second) - Fraction(self.first))


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """The error between two raters, in the test's own unit. Mean and variance are exact, roots have 28 digits."""

    pairs: int
    mean: Decimal
    """Mean of second minus first: above 0 where the second rater reads more."""
    sd: Decimal
    sem: Decimal
    mdc: Decimal
    """The smallest difference that is more than error in 95 of 100 (MDC95)."""


def agreement(pairs: Sequence[Pair]) -> Agreement | None:
    """The error these pairs show; None under two of them."""
    count = len(pairs)
    if count < FEWEST:
        return None
    differences = [Fraction(pair.second) - Fraction(pair.first) for pair in pairs]
    mean = sum(differences, Fraction(0)) / count
    variance = sum(((one - mean) ** 2 for one in differences), Fraction(0)) / (count - 1)
    sem = _root(variance / 2)
    return Agreement(pairs=count, mean=as_decimal(mean), sd=_root(variance), sem=sem, mdc=MDC_PER_SEM * sem)


def own_error(test: Test, pairs: Sequence[Pair]) -> str:
    """This clinic's error beside the published one, in a line; "" where no pair was measured."""
    if not pairs:
        return ""
    told, count = agreement(pairs), f"{len(pairs)} pair{'' if len(pairs) == 1 else 's'} by two raters"
    if told is None:
        return f"{count}; an error can be told from {FEWEST} pairs on"
    unit = test.measure.unit
    mean = f"{'+' if told.mean > 0 else ''}{with_unit(told.mean, unit)}"
    return (
        f"{count}, error {with_unit(told.mdc, unit)} ({published(test)}); second minus first {mean} on average, "
        f"SD {with_unit(told.sd, unit)}, SEM {with_unit(told.sem, unit)}"
    )


def published(test: Test) -> str:
    """The published error between two raters, in words."""
    change = test.measure.change
    if change is None or change.mdc_different is None:
        return "none published between raters"
    return f"published between raters {with_unit(change.mdc_different, test.measure.unit)}"


def repeatable(test: Test) -> bool:
    """Whether a second rater can measure it: a number that a person reads off the patient."""
    return test.kind == "graded" and test.measure.direction != "category"


def pairs_of(test: Test, visits: Iterable[Mapping[Cell, Measurement]]) -> list[Pair]:
    """Every pair of these visits that counts, in their order."""
    return [pair for cells in visits for pair in pairs(test, cells)]


def pairs(test: Test, cells: Mapping[Cell, Measurement]) -> list[Pair]:
    """The pairs of one visit. A side left out, stopped, outside the hard limits or read with two devices gives none."""
    first = entries(cells).get(test.id, {})
    found = []
    for side in sides(test):
        row = cells.get(Cell(test.id, side, SECOND))
        if row is None or not _one_device(cells, row):
            continue
        one, other = number(test.measure, first.get(side)), number(test.measure, second_taken(row.value))
        if one is not None and other is not None:
            found.append(Pair(side, one, other))
    return found


def second_taken(value: Value) -> Taken:
    """What a second rater took on a side, as a case holds it."""
    if isinstance(value, list):
        return Taken(trials=tuple(trial for trial in value if isinstance(trial, Decimal)))
    return Taken(value=value if isinstance(value, Decimal) else None)


def _one_device(cells: Mapping[Cell, Measurement], second: Measurement) -> bool:
    """Whether no other device was used for the first value; one that nobody named is taken as the same."""
    if second.device is None:
        return True
    held = (row for cell, row in cells.items() if cell[:2] == second.cell[:2] and cell.field != SECOND)
    return all(row.device in (None, second.device) for row in held)


def _root(variance: Fraction) -> Decimal:
    return as_decimal(variance).sqrt()
