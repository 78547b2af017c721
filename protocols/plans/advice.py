"""Lifestyle cards of a plan, and what the plan says in words. Careful words: no diagnosis, no promise, no alarm."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from protocols.case import Case, Stand
from protocols.findings import Finding
from protocols.model import Library, Lifestyle
from protocols.plans.gates import Bounds
from protocols.red_flags import Concern
from protocols.standing import Stage, stage_words

GET_HELP: Final = "L18"
START_SMALL: Final = "L13"
PACING: Final = "L09"
MOST_LIFESTYLE: Final = 3
STANDING_ADVICE: Final = ("L15", "L07", "L16")
LIFESTYLE_FOR: Final[dict[str, tuple[str, ...]]] = {
    "OI1": STANDING_ADVICE,
    "OI2": STANDING_ADVICE,
    "OI3": STANDING_ADVICE,
    "FHP": ("L04", "L11"),
    "DIZ": ("L04", "L11"),
    "STR": ("L09",),
    "PSO": ("L09",),
    "HYD": ("L07",),
    "SLP": ("L11",),
}
"""Cards by finding; sitting has a choice of its own below."""
SITTING: Final = "SIT"
MOVE_BREAKS: Final = "L01"
WORK_PLACE: Final = ("L02", "L03", "L04")

STARTER_SET: Final = "Starter set, pending medical review"
NOTHING_FOUND: Final = "Nothing measured outside reference that a home card answers: keep moving as you do."
PACING_TEXT: Final = (
    "Effort is followed by a crash: pacing only. Stay within the day's energy, rest before tiring, and do not increase "
    "by plan."
)
NOT_KNOWN: Final = "Standing tolerance is not known: planned with the upright limits of stage 3."
NOT_TESTED: Final = "Standing was not tested today: planned as at the last visit"
LIE_DOWN: Final = "End each session lying down for 2 minutes."
IN_CLINIC: Final = {
    ("HIR", "HIP_R"): (
        "Hip rotation: no home drill with hip precautions. Treat in clinic; "
        "after an operation ask for the surgeon's limits."
    ),
    ("JAW", "NECK"): "Jaw: no home exercise with neck precautions. Treat in clinic.",
}
"""What is said of a finding under a block that leaves it to the clinic."""


# -- lifestyle -----------------------------------------------------------------------------------------------------


def lifestyle_cards(case: Case, ranked: tuple[Finding, ...], stage: Stage, library: Library) -> tuple[str, ...]:
    """At most three cards, those of the highest-ranked finding first; "start small" where none applies."""
    at_stage = STANDING_ADVICE if isinstance(stage, int) else ()
    wanted = [*at_stage, *(card for finding in ranked for card in _cards_for(finding.code, ranked, library))]
    codes = {finding.code for finding in ranked}
    given = [card for card in dict.fromkeys(wanted) if _may_be_given(library.lifestyle[card], case, codes)]
    return tuple(given[:MOST_LIFESTYLE]) or (START_SMALL,)


def _may_be_given(card: Lifestyle, case: Case, codes: set[str]) -> bool:
    return set(card.needs_agreed) <= set(case.agreed) or not codes.isdisjoint(card.free_for)


def _cards_for(code: str, ranked: tuple[Finding, ...], library: Library) -> tuple[str, ...]:
    """Sitting gets move breaks, and the work-place card that also serves most other findings."""
    if code != SITTING:
        return LIFESTYLE_FOR.get(code, ())
    served = {card: sum(one.code in library.lifestyle[card].targets for one in ranked) for card in WORK_PLACE}
    return (MOVE_BREAKS, max(WORK_PLACE, key=lambda card: served[card]))


# -- words ---------------------------------------------------------------------------------------------------------


def reasons_to_stop(case: Case, concern: Concern, library: Library) -> tuple[str, ...]:
    """Why there is no plan at all; empty where there may be one."""
    stand = case.standing or Stand()
    events = {
        "Fainting during the stand test": stand.syncope,
        "Chest pain during the stand test": stand.chest_pain,
        "A new neurological sign during the stand test": stand.neuro_sign,
    }
    actions = [one for one in library.red_flags.actions if one.level == concern.level and concern.plan_blocked]
    flagged = tuple(f"Red flags, {action.name}: {action.do}" for action in actions)
    return flagged + tuple(f"{event}: no exercise plan. Refer." for event, happened in events.items() if happened)


def ask_again(concern: Concern, library: Library) -> tuple[str, ...]:
    """Red-flag questions nobody could answer."""
    questions = {flag.id: flag.ask for flag in library.red_flags.flags}
    return tuple(f"Ask again, not known today: {questions.get(one, one)}" for one in concern.unknown)


def about(measured: Stage, bounds: Bounds) -> tuple[str, ...]:
    """What a crash after effort and the standing stage ask for."""
    told = [PACING_TEXT] if bounds.pem else []
    if bounds.stage == measured == "unknown":
        told.append(NOT_KNOWN)
    elif bounds.untested:
        told.append(f"{NOT_TESTED}, {stage_words(bounds.stage)}.")
    elif bounds.stage != measured:
        why = f", {bounds.why_stage}" if bounds.why_stage else ""
        told.append(f"Planned as for standing stage {bounds.stage}{why}.")
    if isinstance(bounds.stage, int):
        told += [] if bounds.cleared else [STARTER_SET]
        told.append(LIE_DOWN)
    return tuple(told)


def in_clinic(ranked: Iterable[Finding], bounds: Bounds) -> tuple[str, ...]:
    """A sentence for each finding that is left to the clinic under the precautions in force."""
    codes = {finding.code for finding in ranked}
    return tuple(text for (code, block), text in IN_CLINIC.items() if code in codes and block in bounds.in_force)


def without_a_card(finding: Finding, *, any_legal: bool, library: Library) -> str:
    """Why no card of the plan answers a finding it works on. `any_legal`: a card of its ladder may be given."""
    name = library.findings[finding.code].name
    if not any_legal:
        return f"{name}: no home card within the limits in force. Treat in clinic."
    if finding.pain_limited:
        return f"{name}: limited by pain, so nothing presses or stretches it at home. Review in clinic."
    return f"{name}: no room for a card of its own in this plan."
