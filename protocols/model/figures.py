"""What is drawn: a pose as joint angles and lengths, its arrows, and the angle a test measures.

Angles and lengths are `float`: they are drawn, never graded.
"""

from __future__ import annotations

from typing import Literal

from protocols.model.base import Fact

View = Literal["side", "front", "top", "face"]
Pair = tuple[float, float]
"""Near and far limb in a side view; screen-right (the patient's left) and screen-left in a front view."""


class Posture(Fact, frozen=True, kw_only=True):
    """One keyframe: joint angles in degrees, 0 = anatomical neutral; lengths in body heights."""

    trunk: float = 0.0
    spine: float = 0.0
    neck: float = 0.0
    head_shift: float = 0.0
    shoulder: Pair = (0.0, 0.0)
    elbow: Pair = (0.0, 0.0)
    hip: Pair = (0.0, 0.0)
    knee: Pair = (0.0, 0.0)
    ankle: Pair = (0.0, 0.0)
    foot: Pair = (0.0, 0.0)
    trunk_scale: float = 1.0
    thigh_scale: Pair = (1.0, 1.0)
    shin_scale: Pair = (1.0, 1.0)
    upper_arm_scale: Pair = (1.0, 1.0)
    forearm_scale: Pair = (1.0, 1.0)
    hip_width: float = 1.0
    shoulder_width: float = 1.0
    pelvis_wedge: float = 0.0
    pelvis_yaw: float = 0.0
    shoulder_yaw: float = 0.0
    head_yaw: float = 0.0
    palms_flat: bool = False
    anchor: tuple[str, str] | None = None
    """The point that rests on a surface: ("pelvis", "mat"), ("near_foot", "floor") ..."""


class Arrow(Fact, frozen=True, kw_only=True):
    """How the body moves from start to finish."""

    kind: str
    at: str = ""
    label: str = ""


class Angle(Fact, frozen=True, kw_only=True):
    """The angle a test measures, marked on its figure at `vertex`, from the joint `arm` to `to`.

    `to` is a joint, "vertical", "down" or "horizontal", or "start": where the arm was in the first picture.
    """

    vertex: str
    arm: str
    to: str


class Distance(Fact, frozen=True, kw_only=True):
    """The distance a test measures, marked on its figure: from the place `of` to `to`, as the tape lies.

    `to` is a place of the body, "floor", or "wall" for the wall in front.
    """

    of: str
    to: str
    along: Literal["horizontal", "vertical"]


class Pose(Fact, frozen=True, kw_only=True):
    """What is drawn: a start and, where the body moves, a finish."""

    view: View
    plan: bool = False
    """A side or front figure as seen from above, on a mat, without a floor line."""
    start: Posture = Posture()
    finish: Posture | None = None
    props: tuple[str, ...] = ()
    arrows: tuple[Arrow, ...] = ()
    angle: Angle | None = None
    distance: Distance | None = None
    place: str = ""
    """Where a test asks for pain: a ring."""
