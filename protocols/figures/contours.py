"""The outlines of the mannequin: half widths along each bone, in body heights, drawn from adult proportions.

They only shape the picture: nothing is measured on them.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from protocols.figures.shapes import Point

Profile = tuple[tuple[float, float, float], ...]
"""(share of the bone, half width to the front or outside, half width to the back or inside)."""

TRUNK_SIDE: Final[Profile] = (
    (-0.17, 0.026, 0.030),
    (-0.07, 0.046, 0.051),
    (0.06, 0.051, 0.055),
    (0.20, 0.049, 0.050),
    (0.38, 0.046, 0.041),
    (0.55, 0.050, 0.044),
    (0.72, 0.058, 0.052),
    (0.88, 0.054, 0.054),
    (0.98, 0.042, 0.046),
    (1.06, 0.027, 0.032),
)
TRUNK_FRONT: Final[Profile] = (
    (-0.16, 0.040, 0.040),
    (-0.06, 0.078, 0.078),
    (0.06, 0.087, 0.087),
    (0.22, 0.079, 0.079),
    (0.42, 0.067, 0.067),
    (0.60, 0.075, 0.075),
    (0.78, 0.091, 0.091),
    (0.92, 0.104, 0.104),
    (1.00, 0.096, 0.096),
    (1.06, 0.060, 0.060),
    (1.12, 0.026, 0.026),
)
THIGH_SIDE: Final[Profile] = ((0.0, 0.049, 0.050), (0.3, 0.048, 0.043), (0.65, 0.040, 0.036), (1.0, 0.031, 0.030))
SHIN_SIDE: Final[Profile] = ((0.0, 0.031, 0.030), (0.28, 0.027, 0.037), (0.62, 0.022, 0.026), (1.0, 0.019, 0.019))
THIGH_FRONT: Final[Profile] = ((0.0, 0.046, 0.046), (0.3, 0.047, 0.043), (0.65, 0.038, 0.036), (1.0, 0.030, 0.030))
SHIN_FRONT: Final[Profile] = ((0.0, 0.030, 0.030), (0.28, 0.031, 0.032), (0.65, 0.023, 0.023), (1.0, 0.018, 0.018))
UPPER_ARM_WIDTHS: Final[Profile] = ((0.0, 0.034, 0.034), (0.35, 0.029, 0.028), (1.0, 0.021, 0.021))
FOREARM_WIDTHS: Final[Profile] = ((0.0, 0.021, 0.021), (0.28, 0.023, 0.022), (1.0, 0.014, 0.013))
NECK_WIDTHS: Final[Profile] = ((0.0, 0.034, 0.034), (0.5, 0.027, 0.027), (1.0, 0.026, 0.026))

HAND: Final[tuple[Point, ...]] = (
    (-0.004, 0.013),
    (0.010, 0.017),
    (0.028, 0.030),
    (0.038, 0.029),
    (0.036, 0.018),
    (0.056, 0.014),
    (0.069, 0.003),
    (0.060, -0.012),
    (0.030, -0.016),
    (-0.004, -0.012),
)
"""A mitten with its thumb to the front: along the forearm from the wrist, and to the front."""
FOOT_SIDE: Final[tuple[Point, ...]] = (
    (-0.020, 0.016),
    (-0.027, -0.008),
    (-0.034, -0.028),
    (-0.024, -0.040),
    (0.030, -0.038),
    (0.090, -0.040),
    (0.122, -0.039),
    (0.130, -0.030),
    (0.118, -0.018),
    (0.080, -0.008),
    (0.040, 0.008),
    (0.019, 0.022),
)
"""Along the sole from the ankle, and away from the sole."""
FOOT_FRONT: Final[tuple[Point, ...]] = (
    (-0.01, 0.018),
    (0.40, 0.023),
    (0.78, 0.033),
    (0.97, 0.028),
    (1.00, 0.0),
    (0.96, -0.022),
    (0.74, -0.027),
    (0.35, -0.021),
    (-0.01, -0.018),
)
"""In shares of its length from the ankle, and outwards in body heights."""
HEAD_SIDE: Final[tuple[Point, ...]] = (
    (-0.02, 1.0),
    (0.44, 0.91),
    (0.74, 0.60),
    (0.84, 0.26),
    (0.84, 0.10),
    (1.03, -0.17),
    (0.98, -0.28),
    (0.84, -0.33),
    (0.86, -0.48),
    (0.82, -0.62),
    (0.80, -0.82),
    (0.60, -0.97),
    (0.30, -0.88),
    (-0.05, -0.70),
    (-0.50, -0.62),
    (-0.82, -0.26),
    (-0.92, 0.18),
    (-0.78, 0.64),
    (-0.44, 0.92),
)
"""To the front and up, in head radii around its centre."""
HEAD_FRONT: Final[tuple[Point, ...]] = (
    (0.0, 1.0),
    (0.46, 0.90),
    (0.74, 0.54),
    (0.78, 0.08),
    (0.70, -0.42),
    (0.44, -0.86),
    (0.0, -1.0),
    (-0.44, -0.86),
    (-0.70, -0.42),
    (-0.78, 0.08),
    (-0.74, 0.54),
    (-0.46, 0.90),
)
HEAD_TOP: Final[tuple[Point, ...]] = (
    (0.0, 1.0),
    (0.10, 1.20),
    (0.24, 0.97),
    (0.62, 0.72),
    (0.80, 0.1),
    (0.74, -0.5),
    (0.42, -0.94),
    (0.0, -1.05),
    (-0.42, -0.94),
    (-0.74, -0.5),
    (-0.80, 0.1),
    (-0.62, 0.72),
    (-0.24, 0.97),
    (-0.10, 1.20),
)
"""To the right and ahead, from above, with the tip of the nose."""
CHEST_TOP: Final[tuple[Point, ...]] = (
    (-0.165, 0.0),
    (-0.14, 0.042),
    (-0.06, 0.058),
    (0.0, 0.060),
    (0.06, 0.058),
    (0.14, 0.042),
    (0.165, 0.0),
    (0.14, -0.042),
    (0.06, -0.055),
    (0.0, -0.055),
    (-0.06, -0.055),
    (-0.14, -0.042),
)
"""To the right and ahead of the middle of the shoulders, from above."""


def width_at(profile: Profile, share: float) -> tuple[float, float]:
    """Half widths to the front and to the back at a share of the bone."""
    for (t0, a0, b0), (t1, a1, b1) in pairwise(profile):
        if share <= t1:
            way = (share - t0) / (t1 - t0)
            return a0 + way * (a1 - a0), b0 + way * (b1 - b0)
    return profile[-1][1], profile[-1][2]
