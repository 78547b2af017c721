"""The reference bar: where a value lies among limited, borderline and within. Shape and colour both tell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import groupby

from textual.content import Content

from protocols.grading import Grade
from protocols.model import Test

LOOK: dict[Grade, tuple[str, str]] = {
    "W": ("━", "$success"),
    "B": ("╍", "$warning"),
    "R": ("─", "$error"),
    "H": ("╍", "$warning"),
}
NO_REFERENCE = ("·", "$quiet")


def window(test: Test, *values: Decimal | None) -> tuple[Decimal, Decimal] | None:
    """The part of the scale worth showing: the cuts with room on both sides, and every value given."""
    cuts = [cut for band in test.measure.bands for cut in band.cuts]
    if not cuts or test.measure.hard is None:
        return None
    low, high = min(cuts), max(cuts)
    room = max(high - low, abs(high) / 4, Decimal(2))
    shown = [value for value in values if value is not None]
    low, high = min([low - room, *shown]), max([high + room, *shown])
    return max(low, test.measure.hard[0]), min(high, test.measure.hard[1])


def scale(
    test: Test,
    grade_at: Callable[[Decimal], Grade],
    width: int,
    value: Decimal | None,
    last: Decimal | None,
    between: Sequence[Decimal] = (),
) -> Content:
    """One line: the graded scale, `●` the value, `○` the last visit's value, `•` values of visits between."""
    shown = window(test, value, last, *between)
    if shown is None or width < 8:
        return Content("")
    low, high = shown
    step = (high - low) / (width - 1)
    cells = [LOOK.get(grade_at(low + step * index), NO_REFERENCE) for index in range(width)]

    def place(number: Decimal) -> int:
        return min(width - 1, max(0, int((number - low) / step + Decimal("0.5")))) if step else 0

    for number in between:
        cells[place(number)] = ("•", "$quiet")
    if last is not None:
        cells[place(last)] = ("○", "$quiet")
    if value is not None:
        cells[place(value)] = ("●", "$foreground bold")
    runs = ((len(list(run)), *look) for look, run in groupby(cells))  # few pieces: each is drawn and sent by itself
    return Content.assemble(*((mark * count, style) for count, mark, style in runs))
