"""What the readings are consistent with, in careful words, and what it means for the plan."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from textual.content import Content

from assess_tui.clock import minutes_seconds
from assess_tui.entry.stand.pages import at
from assess_tui.entry.stand.texts import BLOCKED, STAGES, facts
from assess_tui.keyboard.words import key_of, with_keys
from assess_tui.text import hanging, line, literal
from assess_tui.visit.session import VisitSession
from protocols.case import Stand
from protocols.standing import Verdict, pattern_of

BLANK: Final = Content("")


def result(session: VisitSession, width: int) -> list[Content]:
    """Pattern, words, what to do next, tags, stage: `width` cells wide."""
    verdict, stand = session.assessment().verdict, session.case().standing
    if verdict is None or stand is None:
        return [literal("There is no result.")]
    return [
        *_pattern(session, verdict, width),
        BLANK,
        *[hanging(literal("  · ", "$quiet"), word, width, "$quiet") for word in facts(session, verdict)],
        BLANK,
        *_ended(session, stand),
        *_stage(stand, verdict, width),
    ]


def _pattern(session: VisitSession, verdict: Verdict, width: int) -> list[Content]:
    pattern = pattern_of(verdict, session.library.stand)
    rows = [literal(pattern.name, "$accent bold"), literal(pattern.say)]
    return [*rows, BLANK, hanging(literal("Next  ", "$accent bold"), pattern.refer, width)] if pattern.refer else rows


def _ended(session: VisitSession, stand: Stand) -> list[Content]:
    if stand.stopped_min is None:
        return []
    reason = (
        session.visit.value(at("stopped"), {}).get("reason") or f"no reason given yet; {key_of('stand.stop')} gives one"
    )
    when = minutes_seconds(float(round(stand.stopped_min * Decimal(60))))
    return [line((f"Stopped at {when}: ", "$warning bold"), reason)]


def _stage(stand: Stand, verdict: Verdict, width: int) -> list[Content]:
    rows = [hanging(BLANK, STAGES[verdict.stage], width, "bold")]
    if stand.syncope or stand.chest_pain or stand.neuro_sign:
        rows.append(hanging(BLANK, with_keys(BLOCKED), width, "$error bold"))
    return rows
