"""Why a card of a finding's ladder is not in the plan, in words."""

from __future__ import annotations

from protocols.case import Case
from protocols.findings import Finding
from protocols.model import Exercise, Library
from protocols.plans.advice import reasons_to_stop
from protocols.plans.aims import Task, columns, rank, task_of, too_painful
from protocols.plans.choosing import MOST_POSITION_CHANGES, Choice, choose, clash_with, fits, too_restless
from protocols.plans.gates import Bounds, barred, bounds_of
from protocols.red_flags import Concern
from protocols.standing import Verdict


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
    bounds = bounds_of(case, in_force, verdict, library)
    task = task_of(case, rank(findings, case.main_problem, library), bounds, library)
    choice = choose(task)
    reasons: dict[str, str] = {}
    for finding in task.top:
        for card in _ladder(finding, library):
            if not choice.holds(card):
                reasons.setdefault(card.id, _reason(task, choice, card, finding, bounds))
    return reasons


def _ladder(finding: Finding, library: Library) -> list[Exercise]:
    ladder = library.findings[finding.code].ladder
    return [library.exercises[card] for column in columns(ladder, finding.severity) for card in column]


def _reason(task: Task, choice: Choice, card: Exercise, finding: Finding, bounds: Bounds) -> str:
    """The gravest reason: safety, then pain, then the cards beside it, then number and time."""
    reason = barred(card, bounds, task.library)
    if reason:
        return reason
    if too_painful(card, finding):
        return "limited by pain: nothing presses or stretches it"
    if card.snack:
        return "another card answers it, or the day has its two snacks"
    clash = clash_with(task, choice, card)
    if clash:
        return clash
    if len(choice.picks) >= task.most:
        return f"the plan has its {task.most} cards"
    if too_restless(task, (*choice.cards, card)):
        return f"more than {MOST_POSITION_CHANGES} changes of position"
    return "another card answers it" if fits(task, choice, card) else f"no time left in {task.budget} minutes"
