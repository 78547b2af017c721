"""One card of a plan as it is given: its dose, what it is for, on which side, within which limits."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, Literal

import msgspec

from protocols.findings import Finding, FindingSide
from protocols.model import Dose, Exercise
from protocols.plans.aims import Pick, covers
from protocols.plans.by_hand import Kept
from protocols.plans.choosing import ACTIVE_PHASES
from protocols.plans.dosing import Portion
from protocols.plans.gates import Bounds, limits_of

MID_RANGE: Final = "mid-range"


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """One card of the plan, as dosed."""

    id: str
    minutes: Decimal
    dose: Dose
    side: Literal["left", "right", "both"] | None
    """The side that needs it, to begin with; None for a card without sides."""
    because: tuple[str, ...]
    """Codes of the findings it answers."""
    limits: tuple[str, ...] = ()
    short: bool = False
    forced: str = ""
    """Why it is given although it is barred; prints on the clinic's copy."""


def given_by_rules(
    pick: Pick, portion: Portion, top: tuple[Finding, ...], ranked: tuple[Finding, ...], bounds: Bounds
) -> Given:
    """A card as the rules give it: for the top findings it answers, else for any."""
    card = pick.card
    answered = answered_by(pick, top) or answered_by(pick, ranked)
    sore = card.phase in ACTIVE_PHASES and any(finding.pain_limited for finding in answered)
    return Given(
        id=card.id,
        minutes=portion.minutes,
        dose=portion.dose,
        side=_side(card, answered),
        because=tuple(finding.code for finding in answered),
        limits=limits_of(card, bounds.in_force) + ((MID_RANGE,) if sore else ()),
        short=portion.short,
    )


def given_by_hand(
    kept: Kept, pick: Pick, top: tuple[Finding, ...], ranked: tuple[Finding, ...], bounds: Bounds
) -> Given:
    """Given with the side the therapist chose and the reason it is forced for, where there is one."""
    by_rules = given_by_rules(pick, kept.portion, top, ranked, bounds)
    chosen = kept.side if by_rules.side else None
    return msgspec.structs.replace(by_rules, side=chosen or by_rules.side, forced=kept.forced)


def answered_by(pick: Pick, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """What the card is for: the findings it covers, and the one it was taken for."""
    return tuple(finding for finding in findings if finding.code == pick.taken_for or covers(pick.card, finding))


def _side(card: Exercise, answered: tuple[Finding, ...]) -> FindingSide | None:
    if card.dose.sides == 1:
        return None
    sides = {finding.side for finding in answered if finding.side}
    return sides.pop() if len(sides) == 1 else "both"
