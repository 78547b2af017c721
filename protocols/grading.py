"""value + patient -> class, pain suffix, asymmetry, change since the last visit."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import msgspec

from protocols.case import Absent, Case, Taken
from protocols.model import Library, Sex, Side, Test

Grade = Literal["W", "B", "R", "H", "N", "INVALID", "POS", "NEG", "NT", "WORSE"]


class SideChange(msgspec.Struct, frozen=True):
    """The difference to the last visit on one side, and what may be said of it."""

    delta: Decimal
    mdc: Decimal | None
    beyond_error: bool | None
    say: str


class SideGrade(msgspec.Struct, frozen=True, kw_only=True):
    """One side graded. `value` is what was graded: the trials' summary, capped."""

    grade: Grade
    value: Decimal | str | None = None
    pain_limited: bool = False
    compensated: bool = False
    familiar: bool = False
    change: SideChange | None = None


class TestGrade(msgspec.Struct, frozen=True, kw_only=True):
    """One test graded. `sides` holds a grade or the reason there is none."""

    __test__ = False

    sides: dict[Side, SideGrade | Absent]
    asymmetry: bool | None = None
    difference: Decimal | None = None
    """|left - right| when both sides hold a number inside the hard limits."""
    basis: str
    permissive: bool = False
    band: str = ""


def summarise(test: Test, taken: Taken) -> Decimal | str | None:
    """The value that is graded: the typed value, or the capped trials by the test's own summary."""
    raise NotImplementedError


def grade_value(test: Test, value: Decimal | str, sex: Sex, age: int, *, compensated: bool = False) -> tuple[Grade, bool]:
    """Grade one value (rules 1.1-1.4). The flag is true where sex X met the permissive row."""
    raise NotImplementedError


def grade_case(case: Case, library: Library) -> dict[str, TestGrade]:
    """Every test of the visit graded, computed tests included, in the order sent."""
    raise NotImplementedError
