"""What the readings are consistent with, in careful words, and what it means for the plan."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from textual.content import Content

from assess_tui.clock import minutes_seconds
from assess_tui.entry.stand.pages import at
from assess_tui.session import VisitSession
from assess_tui.text import hanging, line, literal
from protocols.case import Stand
from protocols.standing import Stage, Verdict, pattern_of

STAGES: Final[dict[Stage, str]] = {
    1: "Stage 1. The plan stays lying down at first.",
    2: "Stage 2. The plan stays lying and sitting at first.",
    3: "Stage 3. The plan goes up to standing with support.",
    "none": "No stage. Standing sets no limit to the plan.",
    "unknown": "Stage not known. The plan takes the care of stage 3, with strong symptoms that of stage 2.",
}
"""What each stage means for the plan: how far upright its cards may go."""
BLOCKED: Final = "No exercise plan is made after this sign. F8 makes the referral letter."
BLANK: Final = Content("")


def result(session: VisitSession, width: int) -> list[Content]:
    """Pattern, words, what to do next, tags, stage: `width` cells wide."""
    verdict, stand = session.assessment().verdict, session.case().standing
    if verdict is None or stand is None:
        return [literal("There is no result.")]
    return [
        *_pattern(session, verdict, width),
        BLANK,
        *[hanging(literal("  · ", "$quiet"), word, width, "$quiet") for word in _facts(session, verdict)],
        BLANK,
        *_ended(session, stand),
        *_stage(stand, verdict, width),
    ]


def _pattern(session: VisitSession, verdict: Verdict, width: int) -> list[Content]:
    pattern = pattern_of(verdict, session.library.stand)
    rows = [literal(pattern.name, "$accent bold"), literal(pattern.say)]
    return [*rows, BLANK, hanging(literal("Next  ", "$accent bold"), pattern.refer, width)] if pattern.refer else rows


def _facts(session: VisitSession, verdict: Verdict) -> list[str]:
    words = [session.library.stand.tags.get(tag, tag) for tag in verdict.tags]
    if verdict.delta_hr_max is None:
        return words
    change = verdict.delta_hr_max.normalize()
    return [f"largest change of heart rate {change:+f} bpm", *words]


def _ended(session: VisitSession, stand: Stand) -> list[Content]:
    if stand.stopped_min is None:
        return []
    reason = session.visit.value(at("stopped"), {}).get("reason") or "no reason given yet; s gives one"
    when = minutes_seconds(float(round(stand.stopped_min * Decimal(60))))
    return [line((f"Stopped at {when}: ", "$warning bold"), reason)]


def _stage(stand: Stand, verdict: Verdict, width: int) -> list[Content]:
    rows = [hanging(BLANK, STAGES[verdict.stage], width, "bold")]
    if stand.syncope or stand.chest_pain or stand.neuro_sign:
        rows.append(hanging(BLANK, BLOCKED, width, "$error bold"))
    return rows
