"""What raises a finding, and the cards that answer it."""

from __future__ import annotations

from protocols.model.base import Fact


class Ladder(Fact, frozen=True, kw_only=True):
    """Cards of a finding from easier to harder, each column in order of preference."""

    easier: tuple[str, ...]
    default: tuple[str, ...]
    harder: tuple[str, ...]


class FindingRule(Fact, frozen=True, kw_only=True):
    """What raises a finding and what answers it."""

    code: str
    name: str
    plain: str
    """For the patient: "your hip turns in less than usual{side}."; {side} becomes ", on the left", on paper."""
    rule: str
    """The Python function in plans/raising.py that decides: "classes", "tilt_above", "stage" ..."""
    tests: tuple[str, ...] = ()
    ladder: Ladder | None = None
    companions: tuple[str, ...] = ()
    retest_weeks: int = 4
