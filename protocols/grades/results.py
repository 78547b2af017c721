"""What grading says of a test: a class or a reason for each side, and how the sides compare."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, NamedTuple

import msgspec

from protocols.case import Absent, Stop
from protocols.grades.change import SideChange
from protocols.model import Sex, Side

Grade = Literal["W", "B", "R", "H", "N", "INVALID", "POS", "NEG", "NT", "WORSE"]
Kind = Literal["graded", "computed", "response", "score"]


class Person(NamedTuple):
    """Who is graded: the sex row and the completed years."""

    sex: Sex
    age: int


class SideGrade(msgspec.Struct, frozen=True, kw_only=True):
    """One side graded. `value` is what was graded: the trials' summary, capped."""

    grade: Grade
    value: Decimal | str | None = None
    pain_limited: bool = False
    compensated: bool = False
    familiar: bool = False
    stopped: Stop | None = None
    """Stopped on the way: INVALID, with what was read until then."""
    change: SideChange | None = None


class TestGrade(msgspec.Struct, frozen=True, kw_only=True):
    """One test graded. `sides` holds a grade or the reason there is none."""

    __test__ = False

    sides: dict[Side, SideGrade | Absent]
    kind: Kind = "graded"
    asymmetry: bool | None = None
    difference: Decimal | None = None
    """|left - right| when both sides hold a number inside the hard limits."""
    basis: str
    permissive: bool = False
    band: str = ""
