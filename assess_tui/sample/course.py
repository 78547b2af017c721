"""How an invented person's plan went at home, and how the cards were taught."""

from __future__ import annotations

import random
from collections.abc import Iterator
from decimal import Decimal

from assess_tui.sample.people import AtHome
from protocols.case import LastPlan
from protocols.follow_up import PLANNED
from protocols.planning import Plan
from protocols.teaching import TeachBack, teach_cell, teach_value
from protocols.visit import CRASH, Told, follow_cell

MOST_PAIN = 10
SPARED = 0.5
"""Share of the cards done without trouble that leave repetitions to spare."""
EASY_PAIN = 1


def asked(last: LastPlan, at_home: AtHome, chance: random.Random) -> Iterator[Told]:
    """The follow-up of each card: around what is usual for the person."""
    yield Told(CRASH, at_home.crash)
    for wanted in last.cards:
        done = _near(at_home.done, PLANNED, chance)
        pain = _near(at_home.pain, MOST_PAIN, chance)
        yield Told(follow_cell("done", wanted.card), Decimal(done))
        yield Told(follow_cell("pain", wanted.card), Decimal(pain))
        if done >= at_home.done and pain <= EASY_PAIN and chance.random() < SPARED:
            yield Told(follow_cell("spare", wanted.card), True)


def taught(plan: Plan, chance: random.Random) -> Iterator[Told]:
    """Each card was shown, with a cue or two."""
    for card in (*(given.id for given in plan.exercises), *plan.snacks):
        yield Told(teach_cell(card), teach_value(TeachBack(showed=True, cues=chance.randrange(3))))


def _near(usual: int, most: int, chance: random.Random) -> int:
    return max(0, min(most, usual + chance.choice((-1, 0, 0, 1))))
