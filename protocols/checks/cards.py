"""Whether an exercise card is sound: words a patient can follow, a dose that fits a day, and ids that exist."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from typing import Final

from protocols.checks.problem import Fault, Faults
from protocols.checks.timing import sound_pace
from protocols.model import Exercise
from protocols.plans.dosing import minutes_of

CUES: Final = 4
CUE_WORDS: Final = 12
LONGEST_MIN: Final = 20
PLACEHOLDERS: Final = frozenset({"hold", "reps"})
BRACES: Final = re.compile(r"\{(.*?)\}|[{}]")


def sound_card(card: Exercise) -> Faults:
    """Every fault of one card by itself."""
    yield from _cues(card)
    yield from _dose(card)
    yield from sound_pace(card)
    if not card.stop_if.strip():
        yield Fault("stop_if", "no_stop_line", "a card says when to stop")
    if not any(source.strip() for source in card.evidence):
        yield Fault("evidence", "no_source", "name at least one source, or say that it is common practice")
    if not 0 <= card.upright <= 3:
        yield Fault("upright", "upright", f"the upright level is 0 to 3, got {card.upright}")


def ladders(cards: Mapping[str, Exercise], named: Container[str] = ()) -> dict[str, list[Fault]]:
    """The faults of easier and harder, by card: an id that is no card, a ladder that comes back to where it began.

    `named` are cards that exist although they cannot be read.
    """
    faults: dict[str, list[Fault]] = {}
    for card in cards.values():
        for name, other in (("easier", card.easier), ("harder", card.harder)):
            if other and other not in cards and other not in named:
                faults.setdefault(card.id, []).append(Fault(name, "unknown_card", f"there is no card {other}"))
    for place in _turning(cards):
        fault = Fault("harder", "ladder_cycle", "going harder from here comes back to this card")
        faults.setdefault(place, []).append(fault)
    return faults


def _cues(card: Exercise) -> Faults:
    if not 1 <= len(card.cues) <= CUES:
        yield Fault("cues", "cues_number", f"{len(card.cues)} lines; a card has 1 to {CUES}")
    for place, cue in enumerate(card.cues):
        words = len(cue.split())
        if words > CUE_WORDS:
            yield Fault(f"cues[{place}]", "cue_long", f"{words} words; a line has at most {CUE_WORDS}")
        for found in BRACES.finditer(cue):
            if found[1] not in PLACEHOLDERS:
                known = " and ".join(f"{{{name}}}" for name in sorted(PLACEHOLDERS))
                yield Fault(
                    f"cues[{place}]", "unknown_placeholder", f"{found[0]} is not known; only {known} are filled in"
                )
            elif found[1] == "hold" and card.hold_s <= 0:
                yield Fault(f"cues[{place}]", "hold_missing", "{hold} needs hold_s, the seconds of the hold")


def _dose(card: Exercise) -> Faults:
    dose = card.dose
    for name in ("sets", "reps", "sec_per_rep", "sides"):
        if getattr(dose, name) < 1:
            yield Fault(f"dose.{name}", "dose", f"{name} must be 1 or more")
    if dose.rest_s < 0:
        yield Fault("dose.rest_s", "dose", "a rest cannot be below 0 s")
    if minutes_of(dose) > LONGEST_MIN:
        yield Fault("dose", "minutes", f"takes {minutes_of(dose)} minutes; at most {LONGEST_MIN} fit a plan")
    if not 1 <= card.days_per_week <= 7:
        yield Fault("days_per_week", "days", f"a week has 1 to 7 days, got {card.days_per_week}")
    if card.per_day < 1:
        yield Fault("per_day", "days", "once a day or more")


def _turning(cards: Mapping[str, Exercise]) -> set[str]:
    """Cards from which going harder comes back: harder as the card says it, and easier read backwards."""
    up: dict[str, set[str]] = {card: set() for card in cards}
    for card in cards.values():
        if card.harder in up:
            up[card.id].add(card.harder)
        if card.easier in up:
            up[card.easier].add(card.id)
    return {card for card in up if card in _reached(up, card)}


def _reached(up: Mapping[str, set[str]], start: str) -> set[str]:
    seen: set[str] = set()
    to_visit = list(up[start])
    while to_visit:
        card = to_visit.pop()
        if card not in seen:
            seen.add(card)
            to_visit += up[card]
    return seen
