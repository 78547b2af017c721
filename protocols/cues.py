"""Numbers in the cues of a card, from the dose given: an edited dose never contradicts the words."""

from __future__ import annotations

from protocols.model import Dose, Exercise

SHORTEST_HOLD_S = 1
"""What is left of a hold where a repetition is made shorter than its own movement."""


def hold_seconds(card: Exercise, dose: Dose) -> int:
    """Seconds of the hold the cues name; 0 for a card without one.

    A longer repetition is a longer hold: the movement takes as long as on the card. Where the whole repetition is
    holding, in one part or in equal parts, the hold keeps its share.
    """
    if not card.hold_s:
        return 0
    if card.dose_unit == "hold":
        return max(SHORTEST_HOLD_S, card.hold_s * dose.sec_per_rep // card.dose.sec_per_rep)
    return max(SHORTEST_HOLD_S, card.hold_s + dose.sec_per_rep - card.dose.sec_per_rep)


def cue_words(cue: str, card: Exercise, dose: Dose) -> str:
    """A cue line with its seconds and repetitions filled in."""
    return cue.replace("{hold}", str(hold_seconds(card, dose))).replace("{reps}", str(dose.reps))
