"""The order of a session: by phase, low before high, and with as few changes of position as that allows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, groupby, pairwise, permutations, product
from typing import Final, get_args

from protocols.model import Exercise, Phase

PHASES: Final[tuple[Phase, ...]] = get_args(Phase)
BALANCE_CARDS: Final = ("S07e", "S07", "S04")
"""Done before the muscles tire where the ankle is worked on and standing is no problem."""


def in_order(cards: Iterable[Exercise], *, balance_first: bool = False) -> tuple[Exercise, ...]:
    """The cards in the order they are done. `balance_first` puts balance cards right after mobilise."""

    def own_place(card: Exercise) -> tuple[float, int]:
        return place(card, balance_first=balance_first)

    runs = [tuple(run) for _, run in groupby(sorted(cards, key=own_place), key=own_place)]
    orders = product(*(permutations(run) for run in runs))
    return min((tuple(chain.from_iterable(order)) for order in orders), key=position_changes, default=())


def place(card: Exercise, *, balance_first: bool = False) -> tuple[float, int]:
    """Where a card stands in a session: its phase, then low before high."""
    return (_phase_place(card, balance_first), card.upright)


def position_changes(cards: Sequence[Exercise]) -> int:
    """How often the patient has to change position."""
    return sum(before.position != after.position for before, after in pairwise(cards))


def _phase_place(card: Exercise, balance_first: bool) -> float:
    """The phase as a number; balance work goes between mobilise and activate."""
    if balance_first and card.id in BALANCE_CARDS:
        return PHASES.index("mobilise") + 0.5
    return PHASES.index(card.phase)
