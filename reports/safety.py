"""The rules printed on every plan, and what a letter asks for. Each says where it comes from."""

from __future__ import annotations

from typing import Final

from reports.blocks import Light

PAIN_LIGHTS: Final[tuple[tuple[Light, str, str], ...]] = (
    ("green", "Green: pain 0, 1 or 2 out of 10.", "Good. Go on."),
    ("amber", "Amber: pain 3, 4 or 5 out of 10.", "Do half as many, or move half as far."),
    (
        "red",
        "Red: pain over 5, or pain that has not settled by next morning.",
        "Stop. Skip a day. Then do half, or ask us for an easier exercise.",
    ),
)
"""Clinic rule, after the pain-monitoring models of rehabilitation trials (Thomee), to be verified. 0 is no pain."""

STANDING_STOP: Final = (
    "You feel 6 out of 10 unwell, or more.",
    "Your sight goes dim, or you feel you may faint.",
    "You have chest pain.",
    "Your pulse is still more than 20 above your lying pulse after 5 minutes of rest.",
)
"""When a session ends at standing stages 1 to 3. Clinic rule: no trial gives these numbers."""
STANDING_NEXT_DAY: Final = "Worse for more than a day? Rest. Then do half, and tell us."
"""A crash beyond a day halves the dose. Clinic rule."""

SAME_DAY: Final = (
    "These events happened during a standing test. They are not a diagnosis. The test was stopped and no exercises "
    "were given. We ask for a medical review on the same day."
)
"""Fainting, chest pain or a new neurological sign while standing (Brignole 2018, ESC: high-risk features of
syncope)."""

STAND_REVIEW: Final = (
    "Heart rate and pressure were read lying and while standing; the readings are enclosed. They are a screening "
    "finding, not a diagnosis. We ask for a review:"
)
CLEARANCE: Final = (
    "Until a doctor agrees, only starter exercises are given, lying down. May exercise be built up step by step?"
)
CLEARANCE_ANSWER: Final = f"Yes {'_' * 4}   No {'_' * 4}   Name {'_' * 22}   Date {'_' * 12}"
"""A stage plan waits for medical clearance (clinic rule)."""

TO_EMERGENCY: Final = "To: the emergency department"
TO_DOCTOR: Final = f"To: the family doctor, {'_' * 26}"
GO_NOW: Final = "Please go to the emergency department now. Do not drive yourself, and do not go alone."
"""For the patient at the highest level of concern; the action of that level in red_flags.toml."""
WRITTEN_WITH: Final = "Written with a screening instrument; the clinician decides. It makes no diagnosis."
