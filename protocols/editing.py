"""A plan changed by hand: each change takes the cards as they are wanted and gives them as wanted then.

Nothing here decides whether a card may be given: `planning.plan` looks at every card again each time (`Case.by_hand`),
so a card that is barred later leaves the plan by itself unless a reason for it is on record.
"""

from __future__ import annotations

from typing import NamedTuple

from protocols.assessment import Assessment
from protocols.case import Case, Wanted
from protocols.model import Dose, Exercise, Library
from protocols.planning import Plan

Cards = tuple[Wanted, ...]


class EditError(ValueError):
    """A change that cannot be made; the message says why and what to do, in one sentence."""


class BarredError(EditError):
    """A card that is barred; it may be given with a typed reason. The message is why it is barred."""


class Bench(NamedTuple):
    """What a change is made with: the visit, what was concluded from it, and the cards there are."""

    case: Case
    assessment: Assessment
    library: Library


def wanted(plan: Plan) -> Cards:
    """The cards of a plan as it stands, snacks last: what the first change begins with."""
    raise NotImplementedError


def add(cards: Cards, card: str, bench: Bench, *, forced: str = "") -> Cards:
    """With this card, at the place the order of a session gives it. Raises BarredError, EditError."""
    raise NotImplementedError


def remove(cards: Cards, card: str) -> Cards:
    """Without this card."""
    raise NotImplementedError


def swap(cards: Cards, card: str, other: str, bench: Bench, *, forced: str = "") -> Cards:
    """Another card in its place. Raises BarredError, EditError."""
    raise NotImplementedError


def easier(cards: Cards, card: str, bench: Bench, *, forced: str = "") -> Cards:
    """The card one rung easier in its place. Raises EditError where there is none, BarredError where it is barred."""
    raise NotImplementedError


def harder(cards: Cards, card: str, bench: Bench, *, forced: str = "") -> Cards:
    """The card one rung harder in its place. Raises EditError where there is none, BarredError where it is barred."""
    raise NotImplementedError


def move(cards: Cards, card: str, by: int) -> Cards:
    """So many places later (or earlier, below 0), among the session's cards."""
    raise NotImplementedError


def dosed(cards: Cards, card: str, dose: Dose, bench: Bench) -> Cards:
    """With another dose. Raises EditError for a dose no session holds."""
    raise NotImplementedError


def sided(cards: Cards, card: str, side: str | None, bench: Bench) -> Cards:
    """For "left", "right" or "both" sides. Raises EditError for a card without sides."""
    raise NotImplementedError


def instead_of(cards: Cards, card: str, bench: Bench) -> tuple[Exercise, ...]:
    """The cards that may take its place and answer the same findings, the nearest first."""
    raise NotImplementedError
