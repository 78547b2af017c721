"""What speaks against a plan changed by hand, one plain sentence each. The rules advise here; only `barred` forbids."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, combinations, pairwise
from typing import Final

from protocols.findings import Finding
from protocols.model import Exercise, Library
from protocols.plans.aims import Task, covers, too_painful
from protocols.plans.by_hand import HandMade
from protocols.plans.choosing import ACTIVE_PHASES, MOST_POSITION_CHANGES, MOST_SNACKS, STARTER_STAGES
from protocols.plans.dosing import MOST_CARDS, plain_minutes
from protocols.plans.ordering import BALANCE_CARDS, place, position_changes
from protocols.plans.pairing import STANDING, clash

NO_CARD: Final = "The plan holds no card."
NO_ACTIVE_CARD: Final = "No card of this plan activates or strengthens: resting and stretching alone change little."


def cautions(made: HandMade, ranked: tuple[Finding, ...], task: Task) -> tuple[str, ...]:
    """What a therapist should know before the plan goes home, in the order it is looked at."""
    cards = made.cards
    if not cards:
        return (NO_CARD, *_snacks(made)) if task.fallback else tuple(_snacks(made))
    return tuple(
        chain(
            _time(made, task),
            _number(cards, task),
            _snacks(made),
            _company(cards, task),
            _order(cards, task),
            _activity(cards, task),
            _pain(cards, ranked, task.library),
        )
    )


def _time(made: HandMade, task: Task) -> Iterator[str]:
    over = made.minutes - task.budget
    if over > 0:
        taken = plain_minutes(made.minutes)
        yield f"The plan takes {taken} minutes, {plain_minutes(over)} more than the {task.budget} at hand."


def _number(cards: tuple[Exercise, ...], task: Task) -> Iterator[str]:
    if len(cards) > MOST_CARDS:
        yield f"{len(cards)} cards: no plan should hold more than {MOST_CARDS}."
    elif len(cards) > task.most:
        yield f"{len(cards)} cards: {task.most} are enough for {task.budget} minutes, and fewer are kept up better."


def _snacks(made: HandMade) -> Iterator[str]:
    if len(made.snacks) > MOST_SNACKS:
        yield f"{len(made.snacks)} cards through the day: {MOST_SNACKS} are enough."


def _company(cards: tuple[Exercise, ...], task: Task) -> Iterator[str]:
    """Two cards that do not go together. Standing too early is a matter of the order by hand, told below."""
    for one, other in combinations(cards, 2):
        if any(one.id in family and other.id in family for family in task.library.families):
            yield f"{one.name} and {other.name} do the same work: one of them is enough."
        elif reason := clash(one, other, stage="none", tilt_measured=task.tilt_measured, library=task.library):
            yield f"{one.name} and {other.name}: {reason}."


def _order(cards: tuple[Exercise, ...], task: Task) -> Iterator[str]:
    if task.stage in STARTER_STAGES and cards[0].phase != "breathe":
        yield f"At standing stage {task.stage} a session begins with breathing."
    yield from _too_early(cards, task)
    changes = position_changes(cards)
    if changes > MOST_POSITION_CHANGES:
        yield f"{changes} changes of position: more than {MOST_POSITION_CHANGES} are tiring."


def _too_early(cards: tuple[Exercise, ...], task: Task) -> Iterator[str]:
    """For each two neighbours in the wrong order, why the second comes first."""
    for one, other in pairwise(cards):
        early = place(one, balance_first=task.balance_first)
        late = place(other, balance_first=task.balance_first)
        if isinstance(task.stage, int) and one.upright >= STANDING > other.upright:
            yield f"{other.name} belongs before {one.name}: at standing stage {task.stage} standing comes last."
        elif early > late and task.balance_first and other.id in BALANCE_CARDS:
            yield f"{other.name} belongs before {one.name}: balance is trained before the muscles tire."
        elif early[0] > late[0]:
            yield f"{other.name} belongs before {one.name}: in a session {other.phase} comes before {one.phase}."
        elif early > late:
            yield f"{other.name} belongs before {one.name}: low positions come before high ones."


def _activity(cards: tuple[Exercise, ...], task: Task) -> Iterator[str]:
    if task.fallback and not any(card.phase in ACTIVE_PHASES for card in cards):
        yield NO_ACTIVE_CARD


def _pain(cards: tuple[Exercise, ...], ranked: tuple[Finding, ...], library: Library) -> Iterator[str]:
    """Cards that press or stretch what is painful and answer nothing else that was found."""
    for card in cards:
        sore = [one for one in ranked if one.code in card.targets and too_painful(card, one)]
        if sore and not any(covers(card, one) for one in ranked):
            names = ", ".join(library.findings[one.code].name for one in sore)
            yield f"{card.name} presses or stretches where pain limits: {names}."
