"""A plan changed by hand, every card looked at again: what stays and how it is dosed, what is left out and why."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from protocols.case import Wanted
from protocols.findings import FindingSide
from protocols.model import Dose, Exercise, Library
from protocols.plans.dosing import Portion, minutes_of, no_such_dose, short_dose
from protocols.plans.gates import Bounds, barred


class Kept(NamedTuple):
    """One card as it is given."""

    card: Exercise
    portion: Portion
    side: FindingSide | None
    """As the therapist chose it; None leaves it to the findings."""
    forced: str
    """Why it is given although it is barred; "" where nothing bars it."""


class HandMade(NamedTuple):
    """The cards in the order given, those of the session and those done through the day."""

    session: tuple[Kept, ...]
    snacks: tuple[Kept, ...]
    said: tuple[str, ...]
    """A sentence for each card that was left out or is given otherwise than wanted."""

    @property
    def cards(self) -> tuple[Exercise, ...]:
        """Those of the session."""
        return tuple(kept.card for kept in self.session)

    @property
    def snack_cards(self) -> tuple[Exercise, ...]:
        return tuple(kept.card for kept in self.snacks)

    @property
    def minutes(self) -> Decimal:
        return sum((kept.portion.minutes for kept in self.session), Decimal(0))


def hand_made(wanted: Sequence[Wanted], bounds: Bounds, library: Library) -> HandMade:
    """What may stay of the cards as wanted; each card once. A card barred today is left out, unless a reason for it is
    on record.
    """
    once = {one.card: one for one in reversed(wanted)}
    looked = [_looked_at(one, bounds, library) for one in wanted if one is once[one.card]]
    kept = [one for one, _ in looked if one is not None]
    return HandMade(
        session=tuple(one for one in kept if not one.card.snack),
        snacks=tuple(one for one in kept if one.card.snack),
        said=tuple(sentence for _, sentence in looked if sentence),
    )


def _looked_at(wanted: Wanted, bounds: Bounds, library: Library) -> tuple[Kept | None, str]:
    """The card as it is given, or None; and what has to be said of it."""
    card = library.exercises.get(wanted.card)
    if card is None:
        return None, f"{wanted.card} left out: the library has no such card."
    reason = barred(card, bounds, library)
    forced = wanted.forced.strip() if reason else ""
    if reason and not forced:
        return None, f"{card.name} left out: {reason}."
    refused = no_such_dose(wanted.dose, card) if wanted.dose else ""
    kept = Kept(card, _portion(card, None if refused else wanted.dose), wanted.side, forced)
    return kept, f"{card.name} has its own dose: {refused}." if refused else ""


def _portion(card: Exercise, wanted: Dose | None) -> Portion:
    dose = wanted or card.dose
    return Portion(dose, minutes_of(dose), short=dose == short_dose(card) != card.dose)
