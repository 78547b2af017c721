"""How much of the last plan was done, as a share of the planned times, and what that share allows (exercises 7.9)."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from protocols.case import LastPlan, Practice

PLANNED: Final = 10
"""A card's ticks are asked for as so many of ten planned times."""
AS_PLANNED: Final = Fraction(7, 10)
"""From this share of the ticks a plan counts as done, so that what it brought can be judged. Clinic rule."""
TOO_LITTLE: Final = Fraction(1, 2)
"""Below this share there are too many cards: fewer cards before other ones. Clinic rule."""


def done_of_asked(last: LastPlan) -> Fraction | None:
    """The share done of the cards that were asked about; None where none was."""
    asked = [done for done in _ticks(last) if done is not None]
    return Fraction(sum(asked), PLANNED * len(asked)) if asked else None


def done_of_all(last: LastPlan) -> Fraction:
    """The share known to be done of all cards: one nobody asked about counts as not done. 0 of no card."""
    done = [ticks or 0 for ticks in _ticks(last)]
    return Fraction(sum(done), PLANNED * len(done)) if done else Fraction(0)


def percent(share: Fraction) -> str:
    return f"{int(share * 100)} %"


def _ticks(last: LastPlan) -> list[int | None]:
    return [last.practice.get(card.card, Practice()).done for card in last.cards]
