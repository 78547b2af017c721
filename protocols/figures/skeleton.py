"""Joint angles -> places of the joints (forward kinematics in the plane), in body heights, y up.

Segment lengths and the meaning of every angle are those of `model.Posture`: 0 is the anatomical neutral, a side
view faces screen right, a front view faces the viewer. `dir(a) = -cos(a) U + sin(a) A`, where U runs along the
trunk to the head and A is the front of the body (side view) or the outside of that limb (front view).
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any, Final, NamedTuple

import msgspec

from protocols.figures.shapes import Point, add, left_of
from protocols.model import Pose, Posture, View

LOWER_TRUNK: Final = 0.14
UPPER_TRUNK: Final = 0.15
NECK: Final = 0.05
HEAD: Final = 0.062
"""Radius of the head."""
THIGH: Final = 0.245
SHIN: Final = 0.245
UPPER_ARM: Final = 0.17
FOREARM: Final = 0.15
HAND: Final = 0.07
TOE: Final = 0.13
HEEL: Final = 0.035
ANKLE: Final = 0.04
"""Height of the ankle above the sole."""
STUB: Final = 0.045
"""Length of a foot seen from the front."""
HIP_HALF: Final = 0.055
SHOULDER_HALF: Final = 0.10
TRUNK_THICK: Final = 0.055
LIMB_THICK: Final = 0.03
SURFACES: Final = {"mat": 0.0, "floor": 0.0, "seat": 0.20, "bed": 0.30}
CHAIR_SEAT: Final = 0.27

SIDES: Final = ("near", "far")


class Skeleton(NamedTuple):
    """Joints by name, and for each bone its direction and the side its front (or outside) lies on."""

    points: dict[str, Point]
    bones: dict[str, tuple[Point, Point]]

    def moved(self, by: Point) -> Skeleton:
        """The same skeleton elsewhere."""
        return Skeleton({name: add(p, by) for name, p in self.points.items()}, self.bones)


def joints(posture: Posture, view: View, *, plan: bool = False) -> dict[str, Point]:
    """Places of the joints, resting on the posture's anchor."""
    return skeleton(posture, view, plan=plan).points


def skeleton(posture: Posture, view: View, *, plan: bool = False) -> Skeleton:
    """Joints and bone directions of one keyframe, resting on its anchor; x = 0 at the pelvis."""
    if view == "top":
        return _from_above(posture)
    body = _bones(posture, front=view == "front", plan=plan)
    return body.moved((0.0, _lift(body, posture, view)))


@lru_cache(maxsize=64)
def keyframes(pose: Pose) -> tuple[Skeleton, ...]:
    """Start and, where there is one, finish, side by side in one space: what rests on the ground stays where it is."""
    start = skeleton(pose.start, pose.view, plan=pose.plan)
    if pose.finish is None:
        return (start,)
    finish = skeleton(pose.finish, pose.view, plan=pose.plan)
    here, there = _foothold(start, pose), _foothold(finish, pose)
    return start, finish.moved((here - there, 0.0))


def between(pose: Pose, share: float) -> Skeleton:
    """The figure on its way: angles interpolated from start (0) to finish (1), the pelvis carried along."""
    start, *rest = keyframes(pose)
    if not rest or pose.finish is None:
        return start
    posture = _blend(pose.start, _overhead(pose), share)
    middle = _from_above(posture) if pose.view == "top" else _bones(posture, front=pose.view == "front", plan=pose.plan)
    a, b = start.points["pelvis"], rest[0].points["pelvis"]
    return middle.moved((a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])))


def on_the_way(pose: Pose, share: float) -> tuple[Posture, Skeleton]:
    """The figure as it moves: `between`, with what rests on a surface in both keyframes resting there all the way."""
    if pose.finish is None or share <= 0:
        return pose.start, keyframes(pose)[0]
    if share >= 1:
        return pose.finish, keyframes(pose)[-1]
    posture, body = _blend(pose.start, _overhead(pose), share), between(pose, share)
    if pose.view == "top" or pose.plan or pose.start.anchor is None or pose.start.anchor != pose.finish.anchor:
        return posture, body
    start = keyframes(pose)[0]
    return posture, body.moved((_foothold(start, pose) - _foothold(body, pose), _lift(body, posture, pose.view)))


def _overhead(pose: Pose) -> Posture:
    """The finish, reached over the head where an arrow says so: the arm turns past 180, not back past the hip."""
    finish = pose.finish or pose.start
    if all(arrow.kind != "over" for arrow in pose.arrows):
        return finish
    near, far = (angle + 360 if angle < 0 else angle for angle in finish.shoulder)
    return msgspec.structs.replace(finish, shoulder=(near, far))


def _blend(start: Posture, finish: Posture, share: float) -> Posture:
    """A posture `share` of the way; anchor and flags stay those of the start."""

    def mix(a: Any, b: Any) -> Any:
        if isinstance(a, tuple):
            return tuple(mix(x, y) for x, y in zip(a, b, strict=True))
        return a + share * (b - a)

    angles = [name for name in Posture.__struct_fields__ if name not in ("anchor", "palms_flat")]
    moved = {name: mix(getattr(start, name), getattr(finish, name)) for name in angles}
    return msgspec.structs.replace(start, **moved)


def _axes(lean: float) -> tuple[Point, Point]:
    """U and A of a trunk leaning `lean` degrees."""
    r = math.radians(lean)
    return (math.sin(r), math.cos(r)), (math.cos(r), -math.sin(r))


def _dir(axes: tuple[Point, Point], angle: float, side: int = 1) -> Point:
    (ux, uy), (ax, ay) = axes
    r = math.radians(angle)
    c, s = math.cos(r), math.sin(r) * side
    return -c * ux + s * ax, -c * uy + s * ay


def _bones(posture: Posture, *, front: bool, plan: bool) -> Skeleton:
    lower, upper = _axes(posture.trunk), _axes(posture.trunk + posture.spine)
    head = _axes(posture.trunk + posture.spine + posture.neck)
    pelvis = (0.0, 0.0)
    mid = add(pelvis, lower[0], LOWER_TRUNK * posture.trunk_scale)
    shoulders = add(mid, upper[0], UPPER_TRUNK * posture.trunk_scale)
    short = min(1.0, posture.trunk_scale * 2)
    skull = add(add(shoulders, upper[0], NECK * short), upper[1], posture.head_shift)
    points = {
        "pelvis": pelvis,
        "mid": mid,
        "shoulders": shoulders,
        "skull": skull,
        "head": add(skull, head[0], HEAD * short),
    }
    bones = {"lower": lower, "upper": upper, "head": head}
    for i, name in enumerate(SIDES):
        side = -1 if front and i else 1
        _arm(points, bones, posture, i, side if front else 0)
        _leg(points, bones, posture, i, side if front else 0, plan=plan)
        for bone in ("upper_arm", "forearm", "thigh", "shin", "foot"):
            v = bones[f"{name}_{bone}"][0]
            n = left_of(v)
            bones[f"{name}_{bone}"] = (v, (n[0] * side, n[1] * side))
    return Skeleton(points, bones)


def _arm(points: dict[str, Point], bones: dict[str, tuple[Point, Point]], posture: Posture, i: int, side: int) -> None:
    name, axes, turn = SIDES[i], bones["upper"], side or 1
    upper = _dir(axes, posture.shoulder[i], turn)
    lower = _dir(axes, posture.shoulder[i] + posture.elbow[i], turn)
    shoulder = add(points["shoulders"], axes[1], side * SHOULDER_HALF * posture.shoulder_width)
    elbow = add(shoulder, upper, UPPER_ARM * posture.upper_arm_scale[i])
    scale = posture.forearm_scale[i]
    points[f"{name}_shoulder"], points[f"{name}_elbow"] = shoulder, elbow
    points[f"{name}_wrist"] = add(elbow, lower, FOREARM * scale)
    points[f"{name}_hand"] = add(elbow, lower, (FOREARM + HAND) * scale)
    bones[f"{name}_upper_arm"], bones[f"{name}_forearm"] = (upper, upper), (lower, lower)


def _leg(
    points: dict[str, Point],
    bones: dict[str, tuple[Point, Point]],
    posture: Posture,
    i: int,
    side: int,
    *,
    plan: bool,
) -> None:
    name, axes = SIDES[i], bones["lower"]
    bend = posture.hip[i] + (posture.knee[i] if side else -posture.knee[i])
    thigh, shin = _dir(axes, posture.hip[i], side or 1), _dir(axes, bend, side or 1)
    foot = _dir(axes, bend + posture.foot[i], side) if side else _dir(axes, bend + 90 + posture.ankle[i])
    hip = add(points["pelvis"], axes[1], side * HIP_HALF * posture.hip_width)
    knee = add(hip, thigh, THIGH * posture.thigh_scale[i])
    ankle = add(knee, shin, SHIN * posture.shin_scale[i])
    points[f"{name}_hip"], points[f"{name}_knee"], points[f"{name}_ankle"] = hip, knee, ankle
    if side:
        points[f"{name}_toe"] = points[f"{name}_heel"] = add(ankle, foot, TOE if plan else STUB)
    else:
        sole = add(ankle, left_of(foot), -ANKLE)
        points[f"{name}_toe"], points[f"{name}_heel"] = add(sole, foot, TOE), add(sole, foot, -HEEL)
    bones[f"{name}_thigh"], bones[f"{name}_shin"], bones[f"{name}_foot"] = (thigh, thigh), (shin, shin), (foot, foot)


def _lift(body: Skeleton, posture: Posture, view: View) -> float:
    """How far up the figure moves so that its anchor rests on the surface."""
    if posture.anchor is None or posture.anchor[1] == "plan":
        return 0.0
    point, surface = posture.anchor
    return SURFACES[surface] - contact(body, point, view)


def contact(body: Skeleton, point: str, view: View) -> float:
    """Height of the skin at an anchor point."""
    p = body.points
    if point == "pelvis":
        across = abs(body.bones["lower"][1][1]) if view == "front" else 0.0
        thick = TRUNK_THICK + across * (abs(p["near_hip"][1] - p["far_hip"][1]) / 2 + 0.045 - TRUNK_THICK)
        return p["pelvis"][1] - thick
    if point == "upper_back":
        return p["shoulders"][1] - TRUNK_THICK
    side, _, part = point.rpartition("_")
    names = [side] if side else list(SIDES)
    heights = {"foot": ("toe", "heel"), "feet": ("toe", "heel"), "toe": ("toe",)}
    if part in heights:
        return min(p[f"{n}_{end}"][1] for n in names for end in heights[part])
    joint, thick = ("knee", LIMB_THICK) if part.startswith("knee") else ("ankle", ANKLE)
    return min(p[f"{n}_{joint}"][1] for n in names) - thick


def _foothold(body: Skeleton, pose: Pose) -> float:
    """The x that start and finish share: the finger tips on a wall, or what the finish rests on."""
    p = body.points
    if pose.plan or pose.view == "top" or pose.finish is None or pose.finish.anchor is None:
        return p["pelvis"][0]
    if "wall_front" in pose.props and pose.finish.anchor[0].endswith("foot"):
        return max(p["near_hand"][0], p["far_hand"][0])
    point = pose.finish.anchor[0]
    if point in ("pelvis", "upper_back"):
        return p["pelvis" if point == "pelvis" else "shoulders"][0]
    side, _, part = point.rpartition("_")
    joint = "toe" if part == "toe" else "knee" if part.startswith("knee") else "ankle"
    names = [side] if side else list(SIDES)
    return sum(p[f"{n}_{joint}"][0] for n in names) / len(names)


def _from_above(posture: Posture) -> Skeleton:
    """Top view: yaw clockwise, the patient faces up the page.

    An arm lies in the picture: `shoulder` turns it from straight out to the side (0) to straight ahead (90), `elbow`
    further the same way; its scales shorten what hangs down. `thigh_scale` 0 is a standing leg.
    """
    pelvis, chest, head = (_axes(yaw) for yaw in (posture.pelvis_yaw, posture.shoulder_yaw, posture.head_yaw))
    points: dict[str, Point] = {"pelvis": (0.0, 0.0), "shoulders": (0.0, 0.0), "head": (0.0, 0.0)}
    bones = {"lower": pelvis, "upper": chest, "head": head}
    points["nose"] = add((0.0, 0.0), head[0], HEAD)
    for i, (name, side) in enumerate(zip(SIDES, (1, -1), strict=True)):
        upper = _dir(chest, 180 - (90 - posture.shoulder[i]), side)
        lower = _dir(chest, 180 - (90 - posture.shoulder[i] - posture.elbow[i]), side)
        points[f"{name}_shoulder"] = add((0.0, 0.0), chest[1], side * 0.135)
        points[f"{name}_elbow"] = add(points[f"{name}_shoulder"], upper, UPPER_ARM * posture.upper_arm_scale[i])
        points[f"{name}_wrist"] = add(points[f"{name}_elbow"], lower, FOREARM * posture.forearm_scale[i])
        points[f"{name}_hand"] = add(points[f"{name}_wrist"], lower, HAND * posture.forearm_scale[i])
        points[f"{name}_hip"] = add((0.0, 0.0), pelvis[1], side * HIP_HALF)
        points[f"{name}_knee"] = add(points[f"{name}_hip"], pelvis[0], THIGH * posture.thigh_scale[i])
        for bone, v in (("upper_arm", upper), ("forearm", lower)):
            n = left_of(v)
            bones[f"{name}_{bone}"] = (v, (n[0] * side, n[1] * side))
    return Skeleton(points, bones)
