"""How long a card takes, its short dose, and how full doses share the minutes of a day."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

import msgspec

from protocols.model import Dose, Exercise
from protocols.standing import Stage

SET_UP_S: Final = 30
"""Seconds to get into place, counted once a card."""
CARDS_FOR_MINUTES: Final = ((20, 5), (15, 4), (10, 3), (0, 2))
"""(from these minutes, so many cards). Few cards are kept up better (Henry 1999)."""
FINDINGS_FOR_MINUTES: Final = ((15, 3), (0, 2))
LONG_SESSION_MIN: Final = 15
"""From here on an older patient, or one at stage 1-2, gets one card fewer."""
OLDER_FROM_AGE: Final = 65

MOST_CARDS: Final = 6
"""No plan holds more: beyond six, home exercise is kept up less (Medina-Mirapeix)."""
MOST_COUNTED: Final = 99
"""Sets, or repetitions in a set: what a diary column holds, two digits. Clinic rule."""
LONGEST_SESSION_MIN: Final = 20
"""The longest session there is; no single card takes more."""


class Portion(NamedTuple):
    """The dose given of one card."""

    dose: Dose
    minutes: Decimal
    short: bool


def minutes_of(dose: Dose) -> Decimal:
    """Minutes of a dose, set-up included, rounded up to the half: 30 s + bouts x reps x seconds + the rests between."""
    bouts = dose.sides * dose.sets
    seconds = SET_UP_S + bouts * dose.reps * dose.sec_per_rep + dose.rest_s * (bouts - 1)
    return Decimal(-(-seconds // 30)) / 2


def short_dose(card: Exercise) -> Dose:
    """Half the breaths of a breathing card (rounded down) or half its rest; one set of any other card."""
    dose = card.dose
    if card.phase != "breathe":
        return msgspec.structs.replace(dose, sets=1)
    if dose.reps == 1 and card.dose_unit != "breaths":
        return msgspec.structs.replace(dose, sec_per_rep=dose.sec_per_rep // 2)
    return msgspec.structs.replace(dose, reps=max(1, dose.reps // 2))


def no_such_dose(dose: Dose, card: Exercise) -> str:
    """Why no session holds this dose of the card, in words; "" where one may."""
    longest_s = LONGEST_SESSION_MIN * 60
    if not (1 <= dose.sets <= MOST_COUNTED and 1 <= dose.reps <= MOST_COUNTED):
        return f"sets and repetitions go from 1 to {MOST_COUNTED}"
    if not (1 <= dose.sec_per_rep <= longest_s and 0 <= dose.rest_s <= longest_s):
        return f"a repetition lasts from 1 to {longest_s} seconds, a rest from 0 to {longest_s}"
    if card.dose_unit == "breaths" and dose.sec_per_rep != card.dose.sec_per_rep:
        return f"a breath lasts {card.dose.sec_per_rep} seconds, as its steps count it; change how many breaths"
    if dose.sides != card.dose.sides:
        return "it is done on both sides" if card.dose.sides == 2 else "it has no sides"
    if minutes_of(dose) > LONGEST_SESSION_MIN:
        taken = plain_minutes(minutes_of(dose))
        return f"this dose takes {taken} minutes, and a session has at most {LONGEST_SESSION_MIN}"
    return ""


def plain_minutes(minutes: Decimal) -> str:
    """Without a decimal that says nothing: 25, not 25.0."""
    return f"{minutes.normalize():f}"


def full_minutes(card: Exercise) -> Decimal:
    return minutes_of(card.dose)


def short_minutes(card: Exercise) -> Decimal:
    return minutes_of(short_dose(card))


def portions(cards: Sequence[Exercise], budget: Decimal) -> dict[str, Portion]:
    """A dose for each card, by id: short for all, then full for each in the order given as far as the minutes go.

    The cards are known to fit with short doses.
    """
    given = {card.id: _short(card) for card in cards}
    spare = budget - sum((portion.minutes for portion in given.values()), Decimal(0))
    for card in cards:
        extra = full_minutes(card) - given[card.id].minutes
        if extra <= spare:
            spare -= extra
            given[card.id] = Portion(card.dose, full_minutes(card), short=False)
    return given


def most_cards(minutes: int, stage: Stage, age: int) -> int:
    """How many session cards a plan holds at most, for `age` in completed years."""
    most = _step(CARDS_FOR_MINUTES, minutes)
    fewer = minutes >= LONG_SESSION_MIN and (stage in (1, 2) or age >= OLDER_FROM_AGE)
    return most - 1 if fewer else most


def most_findings(minutes: int) -> int:
    """How many findings a plan works on; the rest are parked."""
    return _step(FINDINGS_FOR_MINUTES, minutes)


def _short(card: Exercise) -> Portion:
    dose = short_dose(card)
    return Portion(dose, minutes_of(dose), short=dose != card.dose)


def _step(table: tuple[tuple[int, int], ...], minutes: int) -> int:
    return next((most for least, most in table if minutes >= least), table[-1][1])
