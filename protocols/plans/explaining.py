"""Why a card is not in the plan, in words: for each likely card, and for each card the source articles name."""

from __future__ import annotations

from typing import Final, NamedTuple

from protocols.case import Case
from protocols.findings import Finding
from protocols.model import Exercise, Library
from protocols.plans.advice import reasons_to_stop
from protocols.plans.aims import Pick, Task, columns, covers, rank, task_of, too_painful
from protocols.plans.by_hand import hand_made
from protocols.plans.choosing import MOST_POSITION_CHANGES, Choice, choose, clash_with, fits, too_restless
from protocols.plans.gates import Bounds, barred, bounds_of
from protocols.red_flags import Concern
from protocols.standing import Verdict

NO_PLAN: Final = "no exercise plan may be made in this visit"
NOT_FOR_THIS: Final = "not for what was found"
PAINFUL: Final = "limited by pain: nothing presses or stretches it"
ANSWERED: Final = "another card answers it"
STANDARD: Final = "standard"
"""The source of a card that no article names."""


class _Grounds(NamedTuple):
    """What the plan was made from, and the cards it holds."""

    task: Task
    choice: Choice
    ranked: tuple[Finding, ...]
    bounds: Bounds


def why_not(
    case: Case,
    findings: tuple[Finding, ...],
    in_force: frozenset[str],
    concern: Concern,
    verdict: Verdict | None,
    library: Library,
) -> dict[str, str]:
    """For each ladder card of the top findings that is not in the plan: card id -> why, in words.

    Takes what `planning.plan` takes. Empty where there is no plan to ask about.
    """
    if not findings or reasons_to_stop(case, concern, library):
        return {}
    grounds = _grounds(case, findings, in_force, verdict, library)
    reasons: dict[str, str] = {}
    for finding in grounds.task.top:
        for card in _ladder(finding, library):
            if not grounds.choice.holds(card):
                reasons.setdefault(card.id, _reason(grounds, card, finding))
    return reasons


def why_not_from_articles(
    case: Case,
    findings: tuple[Finding, ...],
    in_force: frozenset[str],
    concern: Concern,
    verdict: Verdict | None,
    library: Library,
) -> dict[str, str]:
    """For every card a source article names that is not in the plan: card id -> why, in words, likely or not.

    Takes what `planning.plan` takes.
    """
    named = [card for card in library.exercises.values() if card.source != STANDARD]
    if reasons_to_stop(case, concern, library):
        return {card.id: NO_PLAN for card in named}
    grounds = _grounds(case, findings, in_force, verdict, library)
    return {card.id: _any_reason(grounds, card) for card in named if not grounds.choice.holds(card)}


# -- parts -----------------------------------------------------------------------------------------------------------


def _grounds(
    case: Case, findings: tuple[Finding, ...], in_force: frozenset[str], verdict: Verdict | None, library: Library
) -> _Grounds:
    bounds = bounds_of(case, in_force, verdict, library)
    ranked = rank(findings, case.main_problem, library)
    task = task_of(case, ranked, bounds, library)
    if case.by_hand is not None:
        made = hand_made(case.by_hand, bounds, library)
        by_hand = Choice(tuple(Pick(card) for card in made.cards), tuple(card.id for card in made.snack_cards))
        return _Grounds(task, by_hand, ranked, bounds)
    return _Grounds(task, choose(task) if ranked else Choice(), ranked, bounds)


def _ladder(finding: Finding, library: Library) -> list[Exercise]:
    ladder = library.findings[finding.code].ladder
    return [library.exercises[card] for column in columns(ladder, finding.severity) for card in column]


def _any_reason(grounds: _Grounds, card: Exercise) -> str:
    """Why a card is not given, whether it is likely or not."""
    task = grounds.task
    reason = barred(card, grounds.bounds, task.library)
    if reason:
        return reason
    meant = [finding for finding in grounds.ranked if finding.code in card.targets]
    if not meant:
        return NOT_FOR_THIS
    answered = [finding for finding in meant if not too_painful(card, finding)]
    if not answered:
        return PAINFUL
    form = _other_form(grounds, card)
    if form:
        return form
    worked_on = next((finding for finding in task.top if finding in answered), None)
    if worked_on is None:
        return f"{task.library.findings[answered[0].code].name}: left for later"
    return _reason(grounds, card, worked_on)


def _reason(grounds: _Grounds, card: Exercise, finding: Finding) -> str:
    """Why a card of a top finding is not given. The gravest reason: safety, then pain, then the cards beside it, then
    number and time.
    """
    task, choice = grounds.task, grounds.choice
    reason = barred(card, grounds.bounds, task.library)
    if reason:
        return reason
    if too_painful(card, finding):
        return PAINFUL
    if card.snack:
        return f"{ANSWERED}, or the day has its two snacks"
    clash = clash_with(task, choice, card)
    if clash:
        return clash
    if len(choice.picks) >= task.most:
        return f"the plan has its {task.most} cards"
    if too_restless(task, (*choice.cards, card)):
        return f"more than {MOST_POSITION_CHANGES} changes of position"
    if not fits(task, choice, card):
        return f"no time left in {task.budget} minutes"
    return ANSWERED if _is_answered(grounds, finding) else "left out by hand"


def _is_answered(grounds: _Grounds, finding: Finding) -> bool:
    snacks = (grounds.task.library.exercises[snack] for snack in grounds.choice.snacks)
    return any(covers(card, finding) for card in (*grounds.choice.cards, *snacks))


def _other_form(grounds: _Grounds, card: Exercise) -> str:
    """That a card of its family is given, and whether that is the harder or the easier of the two."""
    library = grounds.task.library
    families = [family for family in library.families if card.id in family]
    form = next((one for one in grounds.choice.cards if any(one.id in family for family in families)), None)
    if form is None:
        return ""
    if form.id in _chain(card, library, "harder"):
        return f"its harder form is given: {form.name}"
    if form.id in _chain(card, library, "easier"):
        return f"its easier form is given: {form.name}"
    return f"{form.name} does the same work"


def _chain(card: Exercise, library: Library, way: str) -> list[str]:
    """The cards that follow one another on the way harder or easier."""
    chain: list[str] = []
    following = getattr(card, way)
    while following in library.exercises and following not in chain:
        chain.append(following)
        following = getattr(library.exercises[following], way)
    return chain
