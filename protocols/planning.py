"""Findings + patient + minutes -> a plan."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

import msgspec

from protocols.case import Case
from protocols.findings import Finding
from protocols.model import Dose, Library
from protocols.red_flags import Concern
from protocols.standing import Stage, Verdict


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """One card of the plan, as dosed."""

    id: str
    minutes: Decimal
    dose: Dose
    side: Literal["left", "right", "both"] | None
    because: tuple[str, ...]
    """Codes of the findings it answers."""
    limits: tuple[str, ...] = ()
    short: bool = False


class Parked(msgspec.Struct, frozen=True):
    """A finding left for later, with its re-test."""

    code: str
    retest_weeks: int


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What the patient takes home."""

    blocked: bool
    minutes: Decimal
    stage: Stage
    exercises: tuple[Given, ...] = ()
    snacks: tuple[str, ...] = ()
    lifestyle: tuple[str, ...] = ()
    parked: tuple[Parked, ...] = ()
    messages: tuple[str, ...] = ()


def minutes_of(dose: Dose) -> Decimal:
    """ceil to half of (30 + sides*sets*reps*sec_per_rep + rest*(sides*sets - 1)) / 60."""
    raise NotImplementedError


def plan(
    case: Case,
    findings: tuple[Finding, ...],
    in_force: frozenset[str],
    concern: Concern,
    verdict: Verdict | None,
    library: Library,
) -> Plan:
    """The plan (rules 6, exercises 7). Same input, same plan, always."""
    raise NotImplementedError
