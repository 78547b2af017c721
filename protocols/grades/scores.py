"""Questionnaires: the named range a score falls into. Adults only; never a grade."""

from __future__ import annotations

from decimal import Decimal

from protocols.grades.cuts import Number
from protocols.model import Measure

RISK_TOTAL, RISK_PSYCH = "startback_total", "startback_psych"
RISK_LOW, RISK_MEDIUM, RISK_HIGH = "low", "medium", "high"
RISK_FROM = Decimal(4)
"""STarT Back (Keele): a total of 3 or less is low; from 4, items 5-9 of 3 or less are medium, of 4 or more high."""


def level(measure: Measure, score: Number) -> str:
    """The name of the highest level the score reaches, empty below the first or without levels."""
    names = [one.name for one in sorted(measure.levels, key=lambda one: one.at_least) if score >= one.at_least]
    return names[-1] if names else ""


def risk_group(total: Number, psych: Number) -> str:
    """The STarT Back group, which needs both scores."""
    if total < RISK_FROM:
        return RISK_LOW
    return RISK_HIGH if psych >= RISK_FROM else RISK_MEDIUM
