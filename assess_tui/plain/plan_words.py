"""What is read aloud of a plan: its minutes, its cards, the marked card."""

from __future__ import annotations

from collections.abc import Iterator

from assess_tui.days import short_day
from assess_tui.entry.plan import NO_PLAN, PlanEntry
from assess_tui.keyboard.words import with_keys
from assess_tui.plain.talk import sentence
from assess_tui.visit.said import taught_words
from protocols.cards import PHASES, dose_words
from protocols.cues import cue_words
from protocols.grading import plain_number


def whole(entry: PlanEntry) -> Iterator[str]:
    """Everything: minutes, a line a card, what else the plan says."""
    library, plan = entry.session.library, entry.plan
    yield summary(entry)
    yield from (f"Warning: {one}" for one in plan.warnings)
    yield from (_row(entry, number, card) for number, card in enumerate(entry.cards, 1))
    if entry.cards:
        yield f"Check-in: {short_day(entry.check_in)}."
    if plan.lifestyle:
        yield f"Every day: {', '.join(library.lifestyle[card].name for card in plan.lifestyle)}."
    yield from map(sentence, plan.messages)


def summary(entry: PlanEntry) -> str:
    """ "Plan: 9 of 10 minutes, 5 cards." """
    plan = entry.plan
    if plan.blocked:
        return with_keys(NO_PLAN)
    planned = plan.planned_stage or plan.stage
    stage = f", standing stage {planned}" if planned != "none" else ""
    lead = "Plan by hand" if entry.by_hand else "Plan"
    return f"{lead}: {plain_number(plan.minutes)} of {entry.minutes} minutes, {len(entry.cards)} cards{stage}."


def _row(entry: PlanEntry, number: int, card_id: str) -> str:
    """A card in one line: phase, dose, minutes, teach-back, and why it is given although barred."""
    card = entry.session.library.exercises[card_id]
    given = next((one for one in entry.plan.exercises if one.id == card_id), None)
    forced = given.forced if given is not None else entry.plan.forced_snacks.get(card_id, "")
    told = (
        card.name,
        "through the day" if given is None else PHASES[card.phase],
        dose_words(card, given.dose if given is not None else card.dose).partition(",")[0],
        f"{plain_number(given.minutes)} min" if given is not None else "",
        f"{given.side} first" if given is not None and given.side in ("left", "right") else "",
        taught_words(entry.taught(card_id)),
        f"given although barred: {forced}" if forced else "",
    )
    return f"{number}. {', '.join(part for part in told if part)}."


def card(entry: PlanEntry) -> Iterator[str]:
    """The marked card: dose, because, limits, cues, when to stop."""
    marked, given, library = entry.card, entry.given, entry.session.library
    if marked is None:
        return
    dose = given.dose if given is not None else marked.dose
    yield f"{marked.name}, {marked.id}."
    yield f"Dose: {dose_words(marked, dose)}; {marked.frequency}."
    if given is not None:
        names = ", ".join(library.findings[code].name for code in given.because) or "the therapist's choice"
        yield f"Because: {names}."
        yield from (f"Limit: {one}." for one in given.limits)
    yield from (f"Step {number}: {cue_words(cue, marked, dose)}" for number, cue in enumerate(marked.cues, 1))
    yield marked.stop_if
