"""Findings + patient + minutes -> a plan, by the rules or as a therapist changed it.

The steps, as a physiotherapist would take them: is it safe to plan at all; what does the patient's standing tolerance
and safety allow; which findings come first; which cards answer them; in which order, for how long; what is left for
later; and what has to be said.
"""

from __future__ import annotations

from decimal import Decimal

import msgspec

from protocols.case import Case
from protocols.findings import Finding
from protocols.model import Library
from protocols.plans import advice
from protocols.plans.aims import Pick, Task, columns, covers, rank, task_of
from protocols.plans.by_hand import hand_made
from protocols.plans.cautions import cautions
from protocols.plans.choosing import Choice, choose
from protocols.plans.dosing import minutes_of, portions
from protocols.plans.explaining import why_not, why_not_from_articles
from protocols.plans.gates import LEVEL_WORDS, Bounds, barred, bounds_of, limits_of
from protocols.plans.given import MID_RANGE, Given, answered_by, given_by_hand, given_by_rules
from protocols.plans.ordering import in_order, place
from protocols.red_flags import Concern
from protocols.standing import Stage, Verdict

__all__ = [
    "LEVEL_WORDS",
    "MID_RANGE",
    "Bounds",
    "Given",
    "Parked",
    "Plan",
    "barred",
    "bounds_of",
    "columns",
    "limits_of",
    "minutes_of",
    "place",
    "plan",
    "rank",
    "task_of",
    "why_not",
    "why_not_from_articles",
]


class Parked(msgspec.Struct, frozen=True):
    """A finding left for later, with its re-test."""

    code: str
    retest_weeks: int


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What the patient takes home."""

    blocked: bool
    minutes: Decimal
    stage: Stage
    """The standing stage as measured."""
    planned_stage: Stage | None = None
    """The stage it is made for, which may ask for more care; None where it is blocked, and in plans of older makes."""
    exercises: tuple[Given, ...] = ()
    snacks: tuple[str, ...] = ()
    forced_snacks: dict[str, str] = {}
    """Why a snack is given although it is barred, by its id; prints on the clinic's copy."""
    lifestyle: tuple[str, ...] = ()
    parked: tuple[Parked, ...] = ()
    messages: tuple[str, ...] = ()
    by_hand: bool = False
    """Whether a therapist changed it."""
    warnings: tuple[str, ...] = ()
    """What speaks against a plan changed by hand: over its minutes, too many cards, two alike ..."""


def plan(
    case: Case,
    findings: tuple[Finding, ...],
    in_force: frozenset[str],
    concern: Concern,
    verdict: Verdict | None,
    library: Library,
) -> Plan:
    """The plan (rules 6, exercises 7). Same input, same plan, always."""
    stage: Stage = verdict.stage if verdict else "unknown"
    ask_again = advice.ask_again(concern, library)
    stop = advice.reasons_to_stop(case, concern, library)
    if stop:
        return _empty(stage, blocked=True, lifestyle=advice.GET_HELP, messages=stop + ask_again)
    bounds = bounds_of(case, in_force, verdict, library)
    if not findings and case.by_hand is None:
        (lifestyle,) = _lifestyle(case, findings, bounds, library)
        nothing = _empty(stage, lifestyle=lifestyle, messages=(advice.NOTHING_FOUND, *ask_again))
        return msgspec.structs.replace(nothing, planned_stage=bounds.stage)
    ranked = rank(findings, case.main_problem, library)
    made = (_working_plan if case.by_hand is None else _plan_by_hand)(case, ranked, bounds, library)
    about = (*advice.about(stage, bounds), *made.messages, *ask_again)
    return msgspec.structs.replace(made, stage=stage, messages=about)


# -- the plans -----------------------------------------------------------------------------------------------------


def _empty(stage: Stage, *, lifestyle: str, messages: tuple[str, ...], blocked: bool = False) -> Plan:
    return Plan(blocked=blocked, minutes=Decimal(0), stage=stage, lifestyle=(lifestyle,), messages=messages)


def _working_plan(case: Case, ranked: tuple[Finding, ...], bounds: Bounds, library: Library) -> Plan:
    task = task_of(case, ranked, bounds, library)
    choice = choose(task)
    lifestyle = _lifestyle(case, ranked, bounds, library)
    if bounds.pem:
        return _written(task, choice, ranked, bounds, lifestyle)
    said = (
        *advice.in_clinic(ranked, bounds),
        *_left_open(task, choice, bounds),
    )
    return msgspec.structs.replace(_written(task, choice, ranked, bounds, lifestyle), messages=said)


def _plan_by_hand(case: Case, ranked: tuple[Finding, ...], bounds: Bounds, library: Library) -> Plan:
    """The cards as a therapist wants them, each looked at again, in the order given."""
    task = task_of(case, ranked, bounds, library)
    made = hand_made(case.by_hand or (), bounds, library)
    rules = {pick.card.id: pick.taken_for for pick in choose(task).picks} if ranked else {}
    picks = {card.id: Pick(card, rules.get(card.id, "")) for card in (*made.cards, *made.snack_cards)}
    answered = {finding.code for pick in picks.values() for finding in answered_by(pick, ranked)}
    lifestyle = _lifestyle(case, ranked, bounds, library)
    return Plan(
        blocked=False,
        minutes=made.minutes,
        stage=bounds.stage,
        planned_stage=bounds.stage,
        exercises=tuple(given_by_hand(one, picks[one.card.id], task.top, ranked, bounds) for one in made.session),
        snacks=tuple(card.id for card in made.snack_cards),
        forced_snacks={kept.card.id: kept.forced for kept in made.snacks if kept.forced},
        lifestyle=lifestyle,
        parked=_parked(answered, ranked, lifestyle, library),
        messages=(*made.said, *_for_the_clinic(task, ranked, answered, bounds)),
        by_hand=True,
        warnings=cautions(made, ranked, task),
    )


def _lifestyle(case: Case, ranked: tuple[Finding, ...], bounds: Bounds, library: Library) -> tuple[str, ...]:
    if bounds.pem:
        return (advice.PACING,)
    return advice.lifestyle_cards(case, ranked, bounds.stage, library) if ranked else (advice.START_SMALL,)


def _written(
    task: Task, choice: Choice, ranked: tuple[Finding, ...], bounds: Bounds, lifestyle: tuple[str, ...]
) -> Plan:
    """The chosen cards dosed, in order, with their reasons and limits; what is not worked on is parked."""
    doses = portions(choice.cards, task.budget)
    picks = {pick.card.id: pick for pick in choice.picks}
    ordered = in_order(choice.cards, balance_first=task.balance_first)
    exercises = tuple(given_by_rules(picks[card.id], doses[card.id], task.top, ranked, bounds) for card in ordered)
    return Plan(
        blocked=False,
        minutes=sum((given.minutes for given in exercises), Decimal(0)),
        stage=bounds.stage,
        planned_stage=bounds.stage,
        exercises=exercises,
        snacks=choice.snacks,
        lifestyle=lifestyle,
        parked=_parked({finding.code for finding in task.top}, ranked, lifestyle, task.library),
    )


def _parked(
    worked_on: set[str], ranked: tuple[Finding, ...], lifestyle: tuple[str, ...], library: Library
) -> tuple[Parked, ...]:
    """Findings not worked on in this plan, with their re-test; what a lifestyle card alone serves is not parked."""
    served = {code for card in lifestyle for code in library.lifestyle[card].targets}
    rules = [library.findings[finding.code] for finding in ranked if finding.code not in worked_on]
    return tuple(Parked(rule.code, rule.retest_weeks) for rule in rules if rule.ladder or rule.code not in served)


def _for_the_clinic(task: Task, ranked: tuple[Finding, ...], answered: set[str], bounds: Bounds) -> tuple[str, ...]:
    """A sentence for each top finding that no card may answer at home; what was left out by hand needs none."""
    if not ranked:
        return (advice.NOTHING_FOUND,)
    if bounds.pem:
        return ()
    barred_for = [one for one in task.top if one.code not in answered and not _any_legal(task, one)]
    open_ones = [one for one in barred_for if not advice.in_clinic([one], bounds)]
    said = (advice.without_a_card(one, any_legal=False, library=task.library) for one in open_ones)
    return (*advice.in_clinic(ranked, bounds), *said)


def _left_open(task: Task, choice: Choice, bounds: Bounds) -> tuple[str, ...]:
    """A sentence for each top finding that no card of the plan answers."""
    given = [*choice.cards, *(task.library.exercises[snack] for snack in choice.snacks)]
    return tuple(
        advice.without_a_card(finding, any_legal=_any_legal(task, finding), library=task.library)
        for finding in task.top
        if not any(covers(card, finding) for card in given) and not advice.in_clinic([finding], bounds)
    )


def _any_legal(task: Task, finding: Finding) -> bool:
    ladder = task.library.findings[finding.code].ladder
    return any(card in task.legal for column in columns(ladder, finding.severity) for card in column)
