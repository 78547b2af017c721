"""Which two cards do not go into one plan, and why."""

from __future__ import annotations

from typing import Final

from protocols.model import Exercise, Library
from protocols.plans.ordering import PHASES
from protocols.standing import Stage

HAMSTRING_STRETCHES: Final = ("M01", "M26")
HIP_FLEXOR_STRETCHES: Final = ("M04", "M05")
STANDING: Final = 2
"""The upright level from which a card is done standing."""


def clash(card: Exercise, other: Exercise, *, stage: Stage, tilt_measured: bool, library: Library) -> str | None:
    """Why the two are not given together, or None where they may be."""
    if any(card.id in family and other.id in family for family in library.families):
        return f"does the same work as {other.name}"
    if card.phase == other.phase == "breathe":
        return "one breathing card is enough"
    if not tilt_measured and _pulls_both_ways(card, other):
        return "hamstring and hip-flexor stretches go together only with a measured pelvic tilt"
    if isinstance(stage, int) and (_stands_too_early(card, other) or _stands_too_early(other, card)):
        return "standing comes last at this standing stage"
    return None


def _pulls_both_ways(card: Exercise, other: Exercise) -> bool:
    pair = (card.id, other.id)
    return any(one in HAMSTRING_STRETCHES for one in pair) and any(one in HIP_FLEXOR_STRETCHES for one in pair)


def _stands_too_early(first: Exercise, second: Exercise) -> bool:
    """Standing in an earlier phase than a card done lying or sitting."""
    return PHASES.index(first.phase) < PHASES.index(second.phase) and first.upright >= STANDING > second.upright
