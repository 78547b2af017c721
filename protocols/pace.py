"""A card as it is done: each repetition, hold, breath and rest one after the other, with its seconds. No clock here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

from protocols.cues import hold_seconds
from protocols.model import Dose, Exercise, Test

Part = Literal["go", "stay", "back", "wait", "in", "pause", "out", "steady", "rest"]
"""A repetition goes, stays, comes back and waits; a breath goes in, pauses, goes out, waits; `steady` has no parts."""
MOVING: Final[tuple[Part, ...]] = ("go", "stay", "back", "wait")
BREATHING: Final[tuple[Part, ...]] = ("in", "pause", "out", "wait")
SIDES: Final = ("left", "right")

Pace = tuple[float, float, float, float]


class Beat(NamedTuple):
    """One part, of so many seconds."""

    part: Part
    seconds: float
    number: int
    """Which repetition or breath it belongs to, from 1; at a rest, those done."""
    round: int
    side: str
    """ "left", "right", or "" where both work at once."""


def beats(card: Exercise, dose: Dose, first: str = "left") -> tuple[Beat, ...]:
    """Every part of a card in order: the rounds of one side, then of the other, with the rests between."""
    sides = (first, SIDES[first == "left"]) if dose.sides > 1 else ("",)
    made: list[Beat] = []
    for side in sides:
        for number in range(1, dose.sets + 1):
            if made and dose.rest_s:
                made.append(Beat("rest", dose.rest_s, dose.reps, number, side))
            made += _round(card, dose, number, side)
    return tuple(made)


def breaths(test: Test) -> tuple[Beat, ...]:
    """The breaths a test paces."""
    parts = list(zip(BREATHING, test.timing.breath, strict=True))
    return tuple(
        Beat(part, seconds, number, 1, "")
        for number in range(1, test.timing.breaths + 1)
        for part, seconds in parts
        if seconds
    )


def _round(card: Exercise, dose: Dose, number: int, side: str) -> Iterator[Beat]:
    parts = _parts(card, dose)
    for repetition in range(1, dose.reps + 1):
        yield from (Beat(part, seconds, repetition, number, side) for part, seconds in parts if seconds > 0)


def _parts(card: Exercise, dose: Dose) -> list[tuple[Part, float]]:
    """The parts of one repetition. Without a pace of its own a movement goes evenly, and a breath is one part."""
    if card.dose_unit == "breaths":
        return (
            list(zip(BREATHING, _stretched(card, dose), strict=True)) if card.pace else [("steady", dose.sec_per_rep)]
        )
    if card.dose_unit == "hold":
        return [("stay" if card.pose.finish is not None else "steady", dose.sec_per_rep)]
    if card.pace:
        return list(zip(MOVING, _stretched(card, dose), strict=True))
    if card.pose.finish is None and not card.hold_s:
        return [("steady", dose.sec_per_rep)]
    held = hold_seconds(card, dose)
    each = (dose.sec_per_rep - held) / 2
    return [("go", each), ("stay", held), ("back", each)]


def _stretched(card: Exercise, dose: Dose) -> Pace:
    """The pace at another dose: a longer repetition is a longer hold where there is one, as in the cues."""
    go, stay, back, wait = card.pace
    longer = dose.sec_per_rep - sum(card.pace)
    if card.dose_unit != "breaths" and stay + longer > 0 and stay:
        return go, stay + longer, back, wait
    share = dose.sec_per_rep / sum(card.pace)
    return go * share, stay * share, back * share, wait * share
