"""A card a step lighter or a step heavier: one change at a time, in the order of exercises 7.8."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

import msgspec

from protocols.cues import hold_seconds
from protocols.model import Dose, Exercise
from protocols.plans.choosing import ACTIVE_PHASES
from protocols.plans.dosing import no_such_dose
from protocols.plans.ordering import BALANCE_CARDS

COUNTED_PHASES: Final = ("activate", "strengthen")
"""Phases whose repetitions have a range."""
MOST_REPS: Final = 12
"""The top of that range (exercises 7.6)."""
SPARE_REPS: Final = 2
"""So many more at a time: as many as were to spare (2-for-2 rule, ACSM and NSCA, from memory, to be verified)."""
LONGEST_BALANCE_S: Final = 30
"""The top of the range of a balance hold (exercises 7.6)."""
SECOND_SET: Final = 2
MINUTES_MORE_S: Final = {"P03": (60, 600), "P04": (120, 1200)}
"""Timed cards of a standing stage, minutes before intensity: so many seconds more, up to so many. As on their cards:
standing a minute more each week, at most 10; easy endurance the least of 2 to 5 minutes more, to the longest session.
"""
LOADED: Final = ("band", "weight", "kettlebell")
"""What can be had heavier or stronger."""


class Raised(NamedTuple):
    """A heavier dose, and what changes, in words."""

    dose: Dose
    what: str


def halved(dose: Dose, card: Exercise) -> Dose:
    """Half the sets, or of a single set half the repetitions, or of a single repetition half the time; rounded down.

    A single breath stays as it is: its steps count its seconds.
    """
    if dose.sets > 1:
        return msgspec.structs.replace(dose, sets=dose.sets // 2)
    if dose.reps > 1:
        return msgspec.structs.replace(dose, reps=dose.reps // 2)
    if card.dose_unit == "breaths":
        return dose
    return msgspec.structs.replace(dose, sec_per_rep=max(1, dose.sec_per_rep // 2))


def raised(card: Exercise, dose: Dose) -> Raised | None:
    """The dose one step up, or None where it has reached the top of its range. A snack has the dose of its card."""
    steps = () if card.snack else _steps(card, dose)
    return next((step for step in steps if not no_such_dose(step.dose, card)), None)


def more_load(card: Exercise, in_force: frozenset[str]) -> str:
    """What is left when neither the dose nor the card goes up, in words; "" where nothing is."""
    if card.id in BALANCE_CARDS and "BAL" not in in_force:
        return "less support"
    if any(kit in LOADED for kit in card.kit):
        return "a little more load (0.5 to 1 kg, or the next band)"
    return ""


def _steps(card: Exercise, dose: Dose) -> Iterator[Raised]:
    """Longer or more of them to the top of the range, then a second set."""
    more_s, most_s = MINUTES_MORE_S.get(card.id, (0, 0))
    if dose.sec_per_rep < most_s:
        longer = min(dose.sec_per_rep + more_s, most_s)
        yield Raised(msgspec.structs.replace(dose, sec_per_rep=longer), f"{longer // 60} minutes")
    if 0 < hold_seconds(card, dose) < LONGEST_BALANCE_S and card.id in BALANCE_CARDS:
        longer = dose.sec_per_rep + LONGEST_BALANCE_S - hold_seconds(card, dose)
        yield Raised(msgspec.structs.replace(dose, sec_per_rep=longer), f"hold {LONGEST_BALANCE_S} seconds")
    if card.phase in COUNTED_PHASES and card.dose_unit == "times" and not card.hold_s and dose.reps < MOST_REPS:
        reps = min(dose.reps + SPARE_REPS, MOST_REPS)
        yield Raised(msgspec.structs.replace(dose, reps=reps), f"{reps} repetitions")
    if dose.sets < SECOND_SET and card.dose_unit == "times" and _takes_sets(card):
        yield Raised(msgspec.structs.replace(dose, sets=SECOND_SET), "a second set")


def _takes_sets(card: Exercise) -> bool:
    """A stretch has its minute a day in one set, unless the card says otherwise."""
    return card.phase in ACTIVE_PHASES or card.dose.sets >= SECOND_SET
