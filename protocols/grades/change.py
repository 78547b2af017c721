"""What may be said of the difference between two visits (rules 2; musculoskeletal G7). Exact, never rounded."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import msgspec

from protocols.grades.cuts import ROWS, Number, band, distance, within
from protocols.model import Change, Measure, Sex, Test

DESCRIBE = "describe only"
WITHIN = "within measurement error"


class SideChange(msgspec.Struct, frozen=True):
    """The difference to the last visit on one side, and what may be said of it."""

    delta: Decimal
    mdc: Decimal | None
    beyond_error: bool | None
    say: str


class Footing(msgspec.Struct, frozen=True, kw_only=True):
    """On what footing two visits are compared. `same_protocol` matters to the values of the stand test only."""

    sex: Sex
    age: int
    """Completed years today: the reference band a value moved toward or away from is today's."""
    same_rater: bool
    same_device: bool
    same_position: bool
    same_protocol: bool
    other_device: frozenset[str] = frozenset()
    """Tests read with another device then, whatever holds for the visit as a whole."""


class Then(msgspec.Struct, frozen=True):
    """A value and the class it met on its own day."""

    number: Number
    grade: str


def since(test: Test, new: Then, old: Then, footing: Footing) -> SideChange:
    """The difference new - old, and the first rule that fits."""
    delta = Fraction(new.number) - Fraction(old.number)
    mdc = mdc_for(test, footing)
    if mdc is None:
        return SideChange(as_decimal(delta), None, None, DESCRIBE)
    if not _real(test.measure.change, delta, Fraction(old.number), mdc):
        return SideChange(as_decimal(delta), mdc, False, _small(delta, changed=new.grade != old.grade))
    return _large(test.measure, delta, mdc, Fraction(old.number), footing)


def mdc_for(test: Test, footing: Footing) -> Decimal | None:
    """The smallest real difference on this footing, or None where there is no error figure for it.

    A questionnaire is rated by the patient, who is the same rater whoever asks.
    """
    change = test.measure.change
    if change is None or change.kind == "C" or not (_same_device(test, footing) and footing.same_position):
        return None
    if test.region == "standing" and not footing.same_protocol:
        return None
    if not footing.same_rater and test.kind != "score":
        return change.mdc_different
    rows = (change.mdc.get(row, change.mdc.get("*")) for row in ROWS[footing.sex])
    return max((mdc for mdc in rows if mdc is not None), default=None)


def _same_device(test: Test, footing: Footing) -> bool:
    return footing.same_device and test.id not in footing.other_device


def as_decimal(number: Number) -> Decimal:
    """A fraction as a decimal, exact where it ends, else to 28 digits."""
    return number if isinstance(number, Decimal) else Decimal(number.numerator) / Decimal(number.denominator)


def _real(change: Change | None, delta: Fraction, old: Fraction, mdc: Decimal) -> bool:
    size = abs(delta)
    if size >= mdc:
        return True
    if change is None or change.percent is None or change.percent_floor is None:
        return False
    return size >= change.percent_floor and size >= abs(old) * Fraction(change.percent) / 100


def _small(delta: Fraction, *, changed: bool) -> str:
    if not changed:
        return WITHIN
    return "age row changed" if delta == 0 else "class changed, difference within measurement error"


def _large(measure: Measure, delta: Fraction, mdc: Decimal, old: Fraction, footing: Footing) -> SideChange:
    shown = as_decimal(delta)
    if measure.direction != "band":
        better = (delta > 0) == (measure.direction == "hi")
        return SideChange(shown, mdc, True, "improved" if better else "worsened")
    before, after = _off(measure, old, footing), _off(measure, old + delta, footing)
    if before is None or after is None:
        return SideChange(shown, None, None, DESCRIBE)
    if before == after:
        return SideChange(shown, mdc, False, WITHIN)
    return SideChange(shown, mdc, True, f"changed {'toward' if after < before else 'away from'} the reference band")


def _off(measure: Measure, number: Fraction, footing: Footing) -> Fraction | None:
    """The distance to the reference band, in the nearer of the rows the person is read in."""
    rows = (band(measure, row, footing.age) for row in ROWS[footing.sex])
    return min((distance(within(measure, row), number) for row in rows if row is not None), default=None)
