"""Values, references and grades in words, for screens and paper."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from protocols.case import Stop
from protocols.grades.cuts import ADULT, ROWS, Edges, band, excess, within
from protocols.model import Measure, Sex, SexRow, Test

GRADE_WORDS: Final[dict[str, str]] = {
    "W": "within",
    "B": "borderline",
    "R": "limited",
    "H": "more than usual",
    "N": "no reference",
    "INVALID": "outside limits",
    "POS": "eased",
    "NEG": "no response",
    "NT": "not testable",
    "WORSE": "worse",
}
UNIT_SIGNS: Final[dict[str, str]] = {
    "deg": "°",
    "cm": " cm",
    "mm": " mm",
    "mmHg": " mmHg",
    "s": " s",
    "bpm": " bpm",
    "%": " %",
    "reps": " reps",
    "NPRS": "/10",
    "NRS": "/10",
}
"""Written behind the number; scores, counts and categories have none. A clinic's own unit follows a space."""
BARE_UNITS: Final = frozenset({"score", "count", "cat", ""})
PLACES: Final = 2
"""A mean of trials is shown to two places at most; it is graded exact."""
WRITABLE: Final = 20
"""Digits before the point up to which a number is written out; a longer one keeps its exponent."""


STOPS: Final[dict[Stop, str]] = {
    "pain": "pain up 3 or at 8",
    "limb": "new leg or arm symptoms",
    "dizzy": "dizziness 5 or up 2",
    "faint": "near-faint",
    "asked": "the patient asked",
}
"""When a test is stopped on the way (musculoskeletal G5; clinic rule), pain and dizziness 0-10."""


def side_word(grade: str, stopped: Stop | None) -> str:
    """The class in a word; of a stopped side why it was stopped."""
    return grade_word(grade) if stopped is None else f"stopped: {STOPS[stopped]}, pain-limited"


def grade_word(grade: str) -> str:
    """A grade as one or two words; a colour or a sign never stands alone."""
    return GRADE_WORDS[grade]


def plain_number(value: Decimal) -> str:
    """A number as a person writes it: no exponent, no trailing zeros, two places at most."""
    if value.adjusted() >= WRITABLE:
        return str(value)
    text = format(round(value, PLACES), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def with_unit(value: Decimal | str, unit: str) -> str:
    """A value with its unit: "22°", "10 cm", "4/10"; a category stands alone."""
    if isinstance(value, str):
        return value
    return plain_number(value) + (UNIT_SIGNS.get(unit) or ("" if unit in BARE_UNITS else f" {unit}"))


def reference_words(test: Test, sex: Sex, age: int) -> str:
    """The reference band for this person: "22° and up", "0 to 13°", "up to 10 cm", "neutral"."""
    measure = test.measure
    if test.kind in ("score", "response"):
        return "not graded"
    if age < ADULT:
        return f"no reference under {ADULT}"
    if measure.direction == "category":
        return " or ".join(name for name, grade in measure.categories.items() if grade == "W")
    edges = [found for row in ROWS[sex] if (found := _row(measure, row, age)) is not None]
    return _range(measure, _widest(edges)) if edges else "no reference"


def _row(measure: Measure, row: SexRow, age: int) -> Edges | None:
    found = band(measure, row, age)
    if found is None:
        return None
    low, high = within(measure, found)
    return low, excess(measure, row) if high is None else high


def _widest(rows: Iterable[Edges]) -> Edges:
    """Sex X meets the more permissive row at either end."""
    lows, highs = zip(*rows, strict=True)
    return (None if None in lows else min(lows)), (None if None in highs else max(highs))


def _range(measure: Measure, edges: Edges) -> str:
    low, high = edges
    first, last = measure.hard or (None, None)
    unit = measure.unit
    if low is None and high is not None:
        return with_unit(high, unit) if high == first else f"up to {with_unit(high, unit)}"
    if high is None and low is not None:
        return with_unit(low, unit) if low == last else f"{with_unit(low, unit)} and up"
    if low is None or high is None:
        return "no reference"
    return f"{plain_number(low)} to {with_unit(high, unit)}"
