"""What is said around the stand test: how to lie, how to stand up, what each stage means. No screen."""

from __future__ import annotations

from typing import Final

from assess_tui.visit.session import VisitSession
from protocols.standing import Stage, Verdict

POSTURE: Final = {
    "lean": "Back to the wall, only the shoulder blades touch, heels {cm} cm out.",
    "active_stand": "Free standing, feet a little apart, nothing to hold or lean on.",
}
LIE: Final = (
    "Shoes and socks off. Quiet room, nobody talks to the patient but you.",
    "Cuff on the arm, oximeter on a finger, where there is one.",
    "Bed or plinth by the wall, a chair in reach, the floor clear.",
    "A second adult in earshot. You stay within arm's reach the whole time.",
)
UP: Final = (
    "The arm with the cuff rests at heart level.",
    "You within arm's reach, the second adult in earshot, bed and chair near.",
    "Say: stay still, no talking, weight on both feet. Tell me if you feel faint.",
    "Stand up in one go.",
)
STAGES: Final[dict[Stage, str]] = {
    1: "Stage 1. The plan stays lying down at first.",
    2: "Stage 2. The plan stays lying and sitting at first.",
    3: "Stage 3. The plan goes up to standing with support.",
    "none": "No stage. Standing sets no limit to the plan.",
    "unknown": "Stage not known. The plan takes the care of stage 3, with strong symptoms that of stage 2.",
}
"""What each stage means for the plan: how far upright its cards may go."""
BLOCKED: Final = "No exercise plan is made after this sign. {visit.paper} makes the referral letter."


def facts(session: VisitSession, verdict: Verdict) -> list[str]:
    """The largest change of heart rate, and what the tags say."""
    words = [session.library.stand.tags.get(tag, tag) for tag in verdict.tags]
    if verdict.delta_hr_max is None:
        return words
    change = verdict.delta_hr_max.normalize()
    return [f"largest change of heart rate {change:+f} bpm", *words]
