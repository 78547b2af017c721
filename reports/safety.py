"""The rules printed on every plan, and what a letter asks for. Each says where it comes from."""

from __future__ import annotations

from typing import Final

from protocols.model import Lifestyle
from reports.blocks import Light

PAIN_LIGHTS: Final[tuple[tuple[Light, str, str], ...]] = (
    ("green", "Green: pain 0, 1 or 2 out of 10.", "Good. Go on."),
    ("amber", "Amber: pain 3, 4 or 5 out of 10.", "Do the “Too hard?” amount, or move half as far."),
    (
        "red",
        "Red: pain over 5, or pain that has not settled by next morning.",
        "Stop. Skip a day. Then do the “Too hard?” amount.",
    ),
)
"""Clinic rule, after the pain-monitoring models of rehabilitation trials (Thomee), to be verified."""
PAIN_SCALE: Final = "0 is no pain. 10 is the worst pain you can think of."

STANDING_STOP: Final = (
    "You feel 6 out of 10 unwell, or more.",
    "Your sight goes dim, or you feel you may faint.",
    "You have chest pain.",
    "Your pulse is still above {pulse} after 5 minutes of rest.",
)
"""When a session ends at standing stages 1 to 3. Clinic rule: no trial gives these numbers."""
PULSE_ABOVE_LYING: Final = 20
"""Beats a minute above the lying pulse. Clinic rule."""
STANDING_NEXT_DAY: Final = "Worse for more than a day? Rest. Then do the “Too hard?” amounts, and tell us."
"""A crash beyond a day halves the dose. Clinic rule."""

SAME_DAY: Final = (
    "These events happened during a standing test. They are not a diagnosis. The test was stopped and no exercises "
    "were given. We ask for a medical review on the same day."
)
"""Fainting, chest pain or a new neurological sign while standing (Brignole 2018, ESC: high-risk features of
syncope)."""

STAND_REVIEW: Final = (
    "Heart rate and pressure were read lying and while standing; the readings are enclosed. They are a screening "
    "finding, not a diagnosis."
)
CLEARANCE: Final = (
    "Until a doctor agrees, only starter exercises are given, lying down. May exercise be built up step by step?"
)
CLEARANCE_ANSWER: Final = f"Yes {'_' * 4}   No {'_' * 4}   Name {'_' * 22}   Date {'_' * 12}"
"""A stage plan waits for medical clearance (clinic rule)."""

TO_EMERGENCY: Final = "To: the emergency department"
TO_DOCTOR: Final = f"To: the family doctor, {'_' * 26}"
MAY_HELP: Final = "These exercises may help. How much they help you is not known yet. That is why we test again."
ONE_MAY_HELP: Final = "This exercise may help. How much it helps you is not known yet. That is why we test again."
GO_NOW: Final = "Please go to the emergency department now. Do not drive yourself, and do not go alone."
"""For the patient at the highest level of concern; the action of that level in red_flags.toml."""
WRITTEN_WITH: Final = "Written with a screening instrument; the clinician decides. It makes no diagnosis."


def warning_signs(card: Lifestyle) -> tuple[str, tuple[str, ...]]:
    """When to get help, and the signs as a list: the card is one sentence with a colon and semicolons."""
    when, _, signs = card.say.partition(":")
    items = [sign.strip().removeprefix("or ").rstrip(".") for sign in signs.split(";")]
    return f"{when.strip()}:" if signs else card.say, tuple(f"{item[:1].upper()}{item[1:]}." for item in items if item)
