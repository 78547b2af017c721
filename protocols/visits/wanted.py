"""The cards of a plan changed by hand, as plain values a record holds, and back. A template holds the same."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final, cast

import msgspec

from protocols.case import Wanted
from protocols.model import Dose
from protocols.visits.cells import Cell, Cells, Value, plain

if TYPE_CHECKING:
    from protocols.planning import Plan

PLAN_CARDS: Final = Cell("@plan", "value", "cards")
"""The plan as the therapist wants it; empty leaves it to the rules, an empty list is a plan without a card."""


def by_hand(cells: Cells) -> tuple[Wanted, ...] | None:
    """The plan as the therapist wants it, or None where nothing was changed."""
    row = cells.get(PLAN_CARDS)
    return None if row is None or row.value is None else cards_of(row.value)


def cards_in(plan: Plan) -> tuple[Wanted, ...]:
    """The cards of a plan as they are given in it, those done through the day last."""
    session = tuple(Wanted(card=one.id, dose=one.dose, side=one.side, forced=one.forced) for one in plan.exercises)
    return session + tuple(Wanted(card=snack, forced=plan.forced_snacks.get(snack, "")) for snack in plan.snacks)


def cards_of(value: Value) -> tuple[Wanted, ...]:
    """The cards that a cell or a template holds."""
    return tuple(_wanted(row) for row in cast("list[dict[str, Any]]", value))


def cards_value(cards: Iterable[Wanted]) -> Value:
    """What a cell or a template holds of these cards; what is left to the card itself is left out."""
    return plain([_told(card) for card in cards])


def _wanted(row: dict[str, Any]) -> Wanted:
    dose = row.get("dose")
    counted = None if dose is None else Dose(**{field: int(number) for field, number in dose.items()})
    return Wanted(card=row["card"], dose=counted, side=row.get("side"), forced=row.get("forced", ""))


def _told(card: Wanted) -> dict[str, object]:
    dose = None if card.dose is None else msgspec.structs.asdict(card.dose)
    told = {"card": card.card, "dose": dose, "side": card.side, "forced": card.forced}
    return {field: value for field, value in told.items() if value}
