"""Which cards a plan holds: breathing first, a card for each top finding, one active card, then what fills the time.

A card is taken only where an active card still fits beside it, so that no plan ends with resting and stretching alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

import msgspec

from protocols.findings import Finding
from protocols.model import Exercise
from protocols.plans.aims import Pick, Task, columns, covers, too_painful
from protocols.plans.dosing import full_minutes, portions, short_minutes
from protocols.plans.ordering import in_order, position_changes
from protocols.plans.pairing import clash
from protocols.standing import Stage

ACTIVE_PHASES: Final = ("activate", "strengthen", "integrate")
BREATHING_STARTERS: Final = ("B05", "B01", "B02")
BREATHING_FINDINGS: Final = ("BRE", "STR")
STARTER_STAGES: Final[tuple[Stage, ...]] = (1, 2)
RISING: Final = "P02"
COUNTER_PRESSURE: Final = "P01"
MOST_SNACKS: Final = 2
MOST_POSITION_CHANGES: Final = 3
"""In one session, in its best order. Clinic rule."""
REST_CARDS: Final = ("B05", "B06")
REST_SNACKS: Final = ("A11", "P02")
MARKED: Final = 3
"""The highest severity."""
ONE_LEG: Final = 3
"""The upright level of standing on one leg or moving."""


class Choice(msgspec.Struct, frozen=True):
    """Cards in order of importance, and the ids of snacks done through the day."""

    picks: tuple[Pick, ...] = ()
    snacks: tuple[str, ...] = ()

    @property
    def cards(self) -> tuple[Exercise, ...]:
        return tuple(pick.card for pick in self.picks)

    def holds(self, card: Exercise) -> bool:
        return card.id in self.snacks or any(pick.card.id == card.id for pick in self.picks)

    def with_card(self, card: Exercise, taken_for: str = "") -> Choice:
        return Choice((*self.picks, Pick(card, taken_for)), self.snacks)

    def with_snack(self, card: Exercise) -> Choice:
        return Choice(self.picks, (*self.snacks, card.id))


def choose(task: Task) -> Choice:
    """The cards of the plan, the most important first."""
    if task.pem:
        return _rest(task)
    choice = _rising(task, Choice())
    choice = _breathing_first(task, choice)
    for finding in task.top:
        choice = _answer(task, choice, finding)
    choice = _active_card(task, choice)
    choice = _more_snacks(task, choice)
    return _fill(task, choice)


# -- a card and a finding ------------------------------------------------------------------------------------------


def ladder_cards(task: Task, finding: Finding) -> tuple[Exercise, ...]:
    """The legal cards of a finding's ladder, the preferred first."""
    ladder = task.library.findings[finding.code].ladder
    ranked = [card for column in columns(ladder, finding.severity) for card in _column(task, column)]
    return tuple(card for card in ranked if not too_painful(card, finding))


def _column(task: Task, column: Sequence[str]) -> list[Exercise]:
    """The card that covers most top findings first, then the order printed."""
    legal = [task.legal[card] for card in column if card in task.legal]
    return sorted(legal, key=lambda card: -sum(covers(card, finding) for finding in task.top))


# -- what fits -----------------------------------------------------------------------------------------------------


def clash_with(task: Task, choice: Choice, card: Exercise) -> str | None:
    """Why a card does not go with those chosen, or None."""
    reasons = (
        clash(card, other, stage=task.stage, tilt_measured=task.tilt_measured, library=task.library)
        for other in choice.cards
    )
    return next((reason for reason in reasons if reason), None)


def fits(task: Task, choice: Choice, card: Exercise) -> bool:
    """Whether a card goes with those chosen, in number and time, and leaves room for an active card."""
    if not _has_room(task, choice, card):
        return False
    after = choice.with_card(card)
    return is_active(after) or not task.fallback or any(_has_room(task, after, pick.card) for pick in task.fallback)


def is_active(choice: Choice) -> bool:
    return any(card.phase in ACTIVE_PHASES for card in choice.cards)


def _has_room(task: Task, choice: Choice, card: Exercise) -> bool:
    if choice.holds(card) or len(choice.picks) >= task.most:
        return False
    cards = (*choice.cards, card)
    if _short_total(cards) > task.budget or clash_with(task, choice, card) is not None:
        return False
    return not too_restless(task, cards)


def too_restless(task: Task, cards: Sequence[Exercise]) -> bool:
    """Whether the patient would have to get up and down too often."""
    if len(cards) <= MOST_POSITION_CHANGES + 1:
        return False
    return position_changes(in_order(cards, balance_first=task.balance_first)) > MOST_POSITION_CHANGES


def _short_total(cards: Sequence[Exercise]) -> Decimal:
    return sum(map(short_minutes, cards), Decimal(0))


# -- the steps -----------------------------------------------------------------------------------------------------


def _rest(task: Task) -> Choice:
    """After effort comes a crash: rest, slow breathing and ankle pumps only, nothing to progress."""
    choice = Choice(snacks=tuple(card for card in REST_SNACKS if card in task.legal))
    for card in (task.legal[card] for card in REST_CARDS if card in task.legal):
        if len(choice.picks) < task.most and _short_total((*choice.cards, card)) <= task.budget:
            choice = choice.with_card(card)
    return choice


def _rising(task: Task, choice: Choice) -> Choice:
    """Rising in stages belongs to every plan of a standing stage."""
    card = task.legal.get(RISING)
    return choice.with_snack(card) if card and isinstance(task.stage, int) else choice


def _breathing_first(task: Task, choice: Choice) -> Choice:
    """At stage 1-2, without holds, the calmest card; for a breathing finding the card of its severity."""
    finding = next((one for one in task.top if one.code in BREATHING_FINDINGS), None)
    if finding is None and task.stage not in STARTER_STAGES:
        return choice
    starters = [task.legal[card] for card in BREATHING_STARTERS if card in task.legal]
    if finding and not task.no_holds:
        starters = [card for card in ladder_cards(task, finding) if card.id in BREATHING_STARTERS]
    card = next((card for card in starters if fits(task, choice, card)), None)
    return choice.with_card(card, finding.code if finding else "") if card else choice


def _answer(task: Task, choice: Choice, finding: Finding) -> Choice:
    """A card of its column that is already there, else the first of its ladder that fits; a snack goes into the day."""
    own_column = columns(task.library.findings[finding.code].ladder, finding.severity)[0]
    if any(choice.holds(card) and covers(card, finding) for card in _column(task, own_column)):
        return choice
    for card in ladder_cards(task, finding):
        if choice.holds(card):
            return choice
        if card.snack:
            if len(choice.snacks) < MOST_SNACKS:
                return choice.with_snack(card)
        elif fits(task, choice, card):
            return choice.with_card(card, finding.code)
    return choice


def _active_card(task: Task, choice: Choice) -> Choice:
    if is_active(choice):
        return choice
    pick = next((pick for pick in task.fallback if _has_room(task, choice, pick.card)), None)
    return choice.with_card(pick.card, pick.taken_for) if pick else choice


def _more_snacks(task: Task, choice: Choice) -> Choice:
    """The counter-pressure squeeze at a standing stage, then snacks in the column of a top finding's severity."""
    wanted = [COUNTER_PRESSURE] if isinstance(task.stage, int) else []
    for finding in task.top:
        first = columns(task.library.findings[finding.code].ladder, finding.severity)[:1]
        wanted += [card for column in first for card in column if not _painful(task, card, finding)]
    for card in wanted:
        legal = task.legal.get(card)
        if legal and legal.snack and not choice.holds(legal) and len(choice.snacks) < MOST_SNACKS:
            choice = choice.with_snack(legal)
    return choice


def _painful(task: Task, card: str, finding: Finding) -> bool:
    return too_painful(task.library.exercises[card], finding)


def _fill(task: Task, choice: Choice) -> Choice:
    """While time and number allow, the card that gives most severity x findings a minute; of equals the lowest."""
    while (best := _best_filler(task, choice)) is not None:
        choice = choice.with_card(best, next(one.code for one in task.top if covers(best, one)))
    return choice


def _best_filler(task: Task, choice: Choice) -> Exercise | None:
    given = portions(choice.cards, task.budget)
    spare = task.budget - sum((portion.minutes for portion in given.values()), Decimal(0))
    worth = {card.id: _worth(task, card, spare) for card in task.legal.values() if not card.snack}
    useful = sorted((card for card in worth if worth[card]), key=lambda card: (-worth[card], task.legal[card].upright))
    return next((task.legal[card] for card in useful if fits(task, choice, task.legal[card])), None)


def _worth(task: Task, card: Exercise, spare: Decimal) -> Decimal:
    """Severity of the top findings covered, a minute of the full dose; 0 where no dose fits or it is too hard."""
    covered = [finding for finding in task.top if covers(card, finding)]
    if short_minutes(card) > spare or any(_too_hard(task, card, finding) for finding in covered):
        return Decimal(0)
    return Decimal(sum(finding.severity for finding in covered)) / full_minutes(card)


def _too_hard(task: Task, card: Exercise, finding: Finding) -> bool:
    """A marked finding is filled up neither from the harder column nor on one leg, unless its own rungs ask for it."""
    ladder = task.library.findings[finding.code].ladder
    if finding.severity < MARKED or ladder is None or card.id in (*ladder.easier, *ladder.default):
        return False
    return card.id in ladder.harder or card.upright >= ONE_LEG
