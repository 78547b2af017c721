"""A plan changed by hand: each change takes the cards as they are wanted and gives them as wanted then.

Nothing here decides whether a card may be given: `planning.plan` looks at every card again each time (`Case.by_hand`),
so a card that is barred later leaves the plan by itself unless a reason for it is on record. Until the next change it
stays among the cards as wanted, and is back once nothing bars it.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, cast, get_args

import msgspec

from protocols.assessment import Assessment
from protocols.case import Case, Wanted
from protocols.model import Dose, Exercise, Library
from protocols.planning import Bounds, Plan, barred
from protocols.plans.aims import Task, task_of
from protocols.plans.dosing import no_such_dose
from protocols.plans.nearest import nearest
from protocols.plans.ordering import place
from protocols.plans.pairing import clash
from protocols.visits.wanted import cards_in

Cards = tuple[Wanted, ...]
Chosen = Literal["left", "right", "both"]


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
    """The cards of a plan as it stands: what the first change begins with."""
    return cards_in(plan)


# -- which cards -----------------------------------------------------------------------------------------------------


def add(cards: Cards, card: str, bench: Bench, *, forced: str = "") -> Cards:
    """With this card, at the place the order of a session gives it. Raises BarredError, EditError."""
    exercise = _free(cards, card, bench, forced)
    return _placed(_without(cards, card), Wanted(card=card, forced=forced), exercise, bench)


def remove(cards: Cards, card: str) -> Cards:
    """Without this card. Raises EditError."""
    _at(cards, card)
    return _without(cards, card)


def swap(cards: Cards, card: str, other: str, bench: Bench, *, forced: str = "") -> Cards:
    """Another card in its place. Raises BarredError, EditError."""
    return _swapped(cards, card, other, bench, forced)


def easier(cards: Cards, card: str, bench: Bench, *, forced: str = "") -> Cards:
    """The card one rung easier in its place. Raises EditError where there is none, BarredError where it is barred."""
    exercise = _known(card, bench)
    if not exercise.easier:
        raise EditError(f"{exercise.name} has no easier form: swap it or lower its dose.")
    return _swapped(cards, card, exercise.easier, bench, forced, keep_side=True)


def harder(cards: Cards, card: str, bench: Bench, *, forced: str = "") -> Cards:
    """The card one rung harder in its place. Raises EditError where there is none, BarredError where it is barred."""
    exercise = _known(card, bench)
    if not exercise.harder:
        raise EditError(f"{exercise.name} has no harder form: swap it or raise its dose.")
    return _swapped(cards, card, exercise.harder, bench, forced, keep_side=True)


def instead_of(cards: Cards, card: str, bench: Bench) -> tuple[Exercise, ...]:
    """The cards that may take its place beside the others and answer the same findings, the nearest first.

    Nearest is the rung of a ladder the card stands on, then those of the other findings; of equals the higher-ranked
    finding, the easier card, the order printed.
    For a card that answers nothing found: the ladders of what it is made for.
    """
    exercise, task = _known(card, bench), _task(bench)
    others = [_known(one.card, bench) for one in cards if one.card != card and _stands(one, bench)]
    legal = {one.id: one for one in task.legal.values() if one != exercise and not _clashes(one, others, task)}
    return nearest(exercise, legal, bench.assessment.findings, bench.library)


# -- how they are given ----------------------------------------------------------------------------------------------


def move(cards: Cards, card: str, by: int, bench: Bench) -> Cards:
    """So many places later (or earlier, below 0), among the session's cards. Raises EditError for a snack."""
    at = _at(cards, card)
    session = [index for index, one in enumerate(cards) if _stands(one, bench) and not _known(one.card, bench).snack]
    if at not in session:
        raise EditError(f"{_known(card, bench).name} has no place in the session: it is done through the day.")
    here = session.index(at)
    order = [cards[index] for index in session]
    order.insert(min(max(here + by, 0), len(order) - 1), order.pop(here))
    moved = dict(zip(session, order, strict=True))
    return tuple(moved.get(index, one) for index, one in enumerate(cards))


def dosed(cards: Cards, card: str, dose: Dose, bench: Bench) -> Cards:
    """With another dose. Raises EditError for a dose no session holds: sets and repetitions from 1 to 99, seconds from
    1, as many sides as the card has, a breath as long as its steps count it, and no card longer than the longest
    session, 20 minutes.
    """
    exercise = _in_session(card, bench)
    refused = no_such_dose(dose, exercise)
    if refused:
        raise EditError(f"{exercise.name}: {refused}.")
    return _changed(cards, card, dose=None if dose == exercise.dose else dose)


def sided(cards: Cards, card: str, side: str | None, bench: Bench) -> Cards:
    """For "left", "right" or "both" sides; None leaves it to the findings. Raises EditError: a card without sides."""
    exercise = _in_session(card, bench)
    if exercise.dose.sides == 1:
        raise EditError(f"{exercise.name} has no side to choose.")
    if side not in (None, *get_args(Chosen)):
        raise EditError(f"{exercise.name} is given for left, right or both, not for {side}.")
    return _changed(cards, card, side=cast("Chosen | None", side))


# -- parts -----------------------------------------------------------------------------------------------------------


def _clashes(card: Exercise, others: list[Exercise], task: Task) -> bool:
    """Whether a card is there already or does not go with one that is."""
    session = [other for other in others if not (card.snack or other.snack)]
    told = (clash(card, one, stage="none", tilt_measured=task.tilt_measured, library=task.library) for one in session)
    return card in others or any(told)


def _swapped(cards: Cards, card: str, other: str, bench: Bench, forced: str, *, keep_side: bool = False) -> Cards:
    """In the same place, unless one belongs to the session and the other to the day."""
    old, was = cards[_at(cards, card)], _known(card, bench)
    exercise = _free(cards, other, bench, forced)
    new = Wanted(card=other, side=old.side if keep_side else None, forced=forced)
    rest = _without(cards, other)
    if exercise.snack != was.snack:
        return _placed(_without(rest, card), new, exercise, bench)
    return tuple(new if one.card == card else one for one in rest)


def _placed(cards: Cards, new: Wanted, exercise: Exercise, bench: Bench) -> Cards:
    """Before the first card that comes later in a session; snacks last."""
    if exercise.snack:
        return (*cards, new)
    balance_first = _task(bench).balance_first

    def comes_later(one: Wanted) -> bool:
        other = bench.library.exercises.get(one.card)
        if other is None:
            return False
        return other.snack or place(other, balance_first=balance_first) > place(exercise, balance_first=balance_first)

    at = next((index for index, one in enumerate(cards) if comes_later(one)), len(cards))
    return (*cards[:at], new, *cards[at:])


def _changed(cards: Cards, card: str, **how: object) -> Cards:
    at = _at(cards, card)
    return (*cards[:at], msgspec.structs.replace(cards[at], **how), *cards[at + 1 :])


def _without(cards: Cards, card: str) -> Cards:
    return tuple(one for one in cards if one.card != card)


def _at(cards: Cards, card: str) -> int:
    at = next((index for index, one in enumerate(cards) if one.card == card), None)
    if at is None:
        raise EditError(f"{card} is not in the plan: nothing was changed.")
    return at


def _free(cards: Cards, card: str, bench: Bench, forced: str) -> Exercise:
    """A card that may come into the plan. Raises EditError, BarredError."""
    exercise = _known(card, bench)
    if bench.assessment.plan.blocked:
        raise EditError("No exercise plan may be made in this visit: no card was added.")
    if any(one.card == card and _stands(one, bench) for one in cards):
        raise EditError(f"{exercise.name} is in the plan already.")
    reason = _barred(exercise, bench)
    if reason and not forced.strip():
        raise BarredError(f"{exercise.name}: {reason}.")
    return exercise


def _stands(one: Wanted, bench: Bench) -> bool:
    """Whether a card wanted is in the plan today: a barred one is only with its reason."""
    exercise = bench.library.exercises.get(one.card)
    return exercise is not None and (bool(one.forced.strip()) or not _barred(exercise, bench))


def _in_session(card: str, bench: Bench) -> Exercise:
    exercise = _known(card, bench)
    if exercise.snack:
        raise EditError(f"{exercise.name} is done through the day: its dose is that of its card.")
    return exercise


def _known(card: str, bench: Bench) -> Exercise:
    exercise = bench.library.exercises.get(card)
    if exercise is None:
        raise EditError(f"There is no card {card} in the library.")
    return exercise


def _barred(exercise: Exercise, bench: Bench) -> str | None:
    return barred(exercise, _bounds(bench), bench.library)


def _bounds(bench: Bench) -> Bounds:
    return bench.assessment.bounds(bench.case, bench.library)


def _task(bench: Bench) -> Task:
    return task_of(bench.case, bench.assessment.findings, _bounds(bench), bench.library)
