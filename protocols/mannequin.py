"""Joints -> the mannequin: a neutral body in side and front view, as shapes in painting order.

Every part is a contour given as half widths along its bone, in body heights, drawn from adult proportions. They only
shape the picture: nothing is measured on them.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Final, NamedTuple

from protocols.model import Posture
from protocols.shapes import Point, Role, Segment, Shape, add, along, left_of, smooth
from protocols.skeleton import HEAD, SIDES, Skeleton

KEYLINE: Final = 0.0075
"""Width of the light line between a limb and what it crosses."""
SEAT_DEPTH: Final = 0.046
"""From the hip joint down to the seat."""

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
    (0.92, 0.107, 0.107),
    (1.01, 0.098, 0.098),
    (1.07, 0.055, 0.055),
    (1.12, 0.026, 0.026),
)
THIGH_SIDE: Final[Profile] = ((0.0, 0.049, 0.050), (0.3, 0.048, 0.043), (0.65, 0.040, 0.036), (1.0, 0.031, 0.030))
SHIN_SIDE: Final[Profile] = ((0.0, 0.031, 0.030), (0.28, 0.027, 0.037), (0.62, 0.022, 0.026), (1.0, 0.019, 0.019))
THIGH_FRONT: Final[Profile] = ((0.0, 0.046, 0.046), (0.3, 0.047, 0.043), (0.65, 0.038, 0.036), (1.0, 0.030, 0.030))
SHIN_FRONT: Final[Profile] = ((0.0, 0.030, 0.030), (0.28, 0.031, 0.032), (0.65, 0.023, 0.023), (1.0, 0.018, 0.018))
UPPER_ARM_WIDTHS: Final[Profile] = ((0.0, 0.034, 0.034), (0.35, 0.029, 0.028), (1.0, 0.021, 0.021))
FOREARM_WIDTHS: Final[Profile] = ((0.0, 0.021, 0.021), (0.28, 0.023, 0.022), (1.0, 0.014, 0.013))

HAND_SHAPE: Final = (
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
FOOT_SIDE: Final = (
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
HEAD_SIDE: Final = (
    (-0.02, 1.0),
    (0.46, 0.90),
    (0.76, 0.58),
    (0.84, 0.26),
    (0.83, 0.12),
    (1.04, -0.16),
    (0.99, -0.27),
    (0.83, -0.30),
    (0.84, -0.50),
    (0.79, -0.62),
    (0.79, -0.84),
    (0.60, -0.98),
    (0.32, -0.88),
    (-0.05, -0.70),
    (-0.50, -0.62),
    (-0.82, -0.26),
    (-0.92, 0.18),
    (-0.78, 0.64),
    (-0.44, 0.92),
)
"""To the front and up, in head radii around its centre."""
HEAD_FRONT: Final = (
    (0.0, 1.0),
    (0.44, 0.91),
    (0.72, 0.56),
    (0.76, 0.10),
    (0.66, -0.42),
    (0.40, -0.84),
    (0.0, -1.0),
    (-0.40, -0.84),
    (-0.66, -0.42),
    (-0.76, 0.10),
    (-0.72, 0.56),
    (-0.44, 0.91),
)


class Body(NamedTuple):
    """Layers from back to front, so that props can go between them."""

    far: tuple[Shape, ...]
    trunk: tuple[Shape, ...]
    legs: tuple[Shape, ...]
    arms: tuple[Shape, ...]


def side_view(body: Skeleton, posture: Posture) -> Body:
    """A person seen from the side: far limbs, trunk and head, near leg, near arm."""
    far = (*draw_arm(body, posture, "far", "far"), *_leg(body, "far", "far"))
    trunk = _group("body", (_trunk_side(body, posture), *_neck(body, 0.026, 0.6), _head_side(body)))
    leg = (*_leg(body, "near", "body"), Shape("body", _trunk_side(body, posture, until=0.2)))
    return Body(far, tuple(trunk), leg, tuple(draw_arm(body, posture, "near", "near")))


def front_view(body: Skeleton, posture: Posture, *, plan: bool) -> Body:
    """A person facing the viewer. Lying on the side, the lower limbs are the far ones."""
    trunk = [*_group("body", (_trunk_front(body, posture), *_neck(body, 0.028, 0.5), _head_front(body))), *_face(body)]
    lying = abs(body.bones["lower"][0][1]) < 0.5
    toward_viewer = posture.trunk_scale < 0.6
    far_role: Role = "far" if lying else "body"
    legs = [
        shape
        for side in reversed(SIDES)
        for shape in _leg_front(body, side, far_role if side == "far" else "body", plan)
    ]
    arms = [shape for side in reversed(SIDES) for shape in draw_arm(body, posture, side, _arm_role(side, lying))]
    if toward_viewer:
        legs = [Shape("far" if s.role == "body" else s.role, s.path, s.stroke) for s in legs]
        return Body(tuple(legs), tuple(trunk), (), tuple(arms))
    legs.append(Shape("body", _trunk_front(body, posture, until=0.12)))
    if lying:
        cut = len(legs) // 2
        half = len(arms) // 2
        return Body((*legs[:cut], *arms[:half]), tuple(trunk), tuple(legs[cut:]), tuple(arms[half:]))
    return Body((), tuple(trunk), tuple(legs), tuple(arms))


def _arm_role(side: str, lying: bool) -> Role:
    return "far" if lying and side == "far" else "near"


def _group(role: Role, paths: Iterable[tuple[Segment, ...]]) -> list[Shape]:
    """Parts that grow together: a light line around all of them, then the fills."""
    parts = list(paths)
    return [*(Shape("keyline", p, 2 * KEYLINE) for p in parts), *(Shape(role, p) for p in parts)]


def _limb(start: Point, end: Point, front: Point, profile: Profile, until: float = 1.0) -> tuple[Segment, ...]:
    """The contour of one bone's flesh, up to a share of its length, with round ends."""
    stations = [row for row in profile if row[0] <= until] if until < 1 else list(profile)
    if until < 1:
        stations.append((until, *_width(profile, until)))
    v = _unit_or(start, end, front)
    front_side = [add(along(start, end, t), front, w) for t, w, _ in stations]
    back_side = [add(along(start, end, t), front, -w) for t, _, w in stations]
    return smooth(
        [
            *_cap(start, front, v, -1, stations[0]),
            *front_side,
            *_cap(end_of(start, end, until), front, v, 1, stations[-1]),
            *reversed(back_side),
        ]
    )


def end_of(start: Point, end: Point, until: float) -> Point:
    """Where a limb drawn only in part ends."""
    return along(start, end, min(until, 1.0))


def _unit_or(start: Point, end: Point, front: Point) -> Point:
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = (dx * dx + dy * dy) ** 0.5
    return (dx / length, dy / length) if length > 1e-6 else (front[1], -front[0])


def _cap(at: Point, front: Point, v: Point, way: int, row: tuple[float, float, float]) -> list[Point]:
    """Three points of a half circle beyond a bone's end, from its back to its front (way -1) or back again."""
    _, ahead, behind = row
    reach = (ahead + behind) / 2
    tips = [(0.72, -0.72 * behind), (1.0, 0.0), (0.72, 0.72 * ahead)]
    order = tips if way < 0 else tips[::-1]
    return [add(add(at, v, way * reach * out), front, aside) for out, aside in order]


def _width(profile: Profile, at: float) -> tuple[float, float]:
    for (t0, a0, b0), (t1, a1, b1) in pairwise(profile):
        if at <= t1:
            share = (at - t0) / (t1 - t0)
            return a0 + share * (a1 - a0), b0 + share * (b1 - b0)
    return profile[-1][1], profile[-1][2]


def _leg(body: Skeleton, side: str, role: Role) -> list[Shape]:
    p, bones = body.points, body.bones
    hip, knee, ankle = p[f"{side}_hip"], p[f"{side}_knee"], p[f"{side}_ankle"]
    thigh_front, shin_front = bones[f"{side}_thigh"][1], bones[f"{side}_shin"][1]
    foot, instep = bones[f"{side}_foot"]
    sole = smooth([add(add(ankle, foot, x), instep, y) for x, y in FOOT_SIDE], tension=0.9)
    lower = _group(role, (_limb(knee, ankle, shin_front, SHIN_SIDE), sole))
    upper = _group(role, (_limb(hip, knee, thigh_front, THIGH_SIDE),))
    return [*lower, *upper, Shape(role, _limb(knee, ankle, shin_front, SHIN_SIDE, 0.22))]


def _leg_front(body: Skeleton, side: str, role: Role, plan: bool) -> list[Shape]:
    p, bones = body.points, body.bones
    hip, knee, ankle = p[f"{side}_hip"], p[f"{side}_knee"], p[f"{side}_ankle"]
    out = bones[f"{side}_shin"][1]
    upper = _limb(hip, knee, bones[f"{side}_thigh"][1], THIGH_FRONT)
    lower = _limb(knee, ankle, out, SHIN_FRONT)
    return _group(role, (lower, _foot_front(body, side), upper))


def _foot_front(body: Skeleton, side: str) -> tuple[Segment, ...]:
    ankle, toe = body.points[f"{side}_ankle"], body.points[f"{side}_toe"]
    v, out = body.bones[f"{side}_foot"]
    length = ((toe[0] - ankle[0]) ** 2 + (toe[1] - ankle[1]) ** 2) ** 0.5
    outline = ((-0.010, 0.018), (0.4, 0.024), (0.8, 0.034), (0.97, 0.026), (1.0, 0.0), (0.95, -0.022), (0.7, -0.027))
    points = [add(add(ankle, v, x * length), out, y) for x, y in (*outline, (0.35, -0.021), (-0.010, -0.018))]
    return smooth(points)


def draw_arm(body: Skeleton, posture: Posture, side: str, role: Role) -> list[Shape]:
    """Upper arm, forearm and mitten."""
    p, bones = body.points, body.bones
    shoulder, elbow, wrist = p[f"{side}_shoulder"], p[f"{side}_elbow"], p[f"{side}_wrist"]
    upper_front, fore_front = bones[f"{side}_upper_arm"][1], bones[f"{side}_forearm"][1]
    upper = _group(role, (_limb(shoulder, elbow, upper_front, UPPER_ARM_WIDTHS),))
    lower = _group(role, (_limb(elbow, wrist, fore_front, FOREARM_WIDTHS), _hand(body, posture, side)))
    back = _limb(elbow, shoulder, upper_front, tuple((1 - t, a, b) for t, a, b in reversed(UPPER_ARM_WIDTHS)), 0.3)
    return [*upper, *lower, Shape(role, back)]


def _hand(body: Skeleton, posture: Posture, side: str) -> tuple[Segment, ...]:
    wrist = body.points[f"{side}_wrist"]
    v, front = body.bones[f"{side}_forearm"]
    if flat_hand(body, posture, side):
        v, front, wrist = (1.0, 0.0), (0.0, 1.0), (wrist[0] - 0.006, 0.014)
        return smooth([add(add(wrist, v, x * 0.95), front, y * (0.8 if y > 0 else 0.95)) for x, y in HAND_SHAPE])
    length = (
        (body.points[f"{side}_hand"][0] - wrist[0]) ** 2 + (body.points[f"{side}_hand"][1] - wrist[1]) ** 2
    ) ** 0.5
    scale = max(length, 0.035) / 0.07
    return smooth([add(add(wrist, v, x * scale), front, y) for x, y in HAND_SHAPE])


def flat_hand(body: Skeleton, posture: Posture, side: str) -> bool:
    """Whether this palm rests on the mat."""
    return posture.palms_flat and body.points[f"{side}_wrist"][1] < 0.06


def spine_curve(body: Skeleton, at: float) -> tuple[Point, Point]:
    """A point of the trunk's middle line (0 hips, 1 shoulders) and the direction of the front there."""
    p = body.points
    (low, low_front), (high, high_front) = body.bones["lower"], body.bones["upper"]
    length = 0.5 * (_gap(p["pelvis"], p["mid"]) + _gap(p["mid"], p["shoulders"]))
    if at <= 0:
        return add(p["pelvis"], low, at * 2 * length), low_front
    if at >= 1:
        return add(p["shoulders"], high, (at - 1) * 2 * length), high_front
    middle = along(low, high, 0.5)
    start, end, v, w = (p["pelvis"], p["mid"], low, middle) if at < 0.5 else (p["mid"], p["shoulders"], middle, high)
    t = at * 2 if at < 0.5 else at * 2 - 1
    h = (2 * t**3 - 3 * t**2 + 1, t**3 - 2 * t**2 + t, -2 * t**3 + 3 * t**2, t**3 - t**2)
    reach = _gap(start, end)
    x, y = (h[0] * start[i] + h[1] * reach * v[i] + h[2] * end[i] + h[3] * reach * w[i] for i in (0, 1))
    bend = at if 0 <= at <= 1 else float(at > 1)
    front = along(low_front, high_front, bend)
    size = max((front[0] ** 2 + front[1] ** 2) ** 0.5, 1e-6)
    return (x, y), (front[0] / size, front[1] / size)


def _gap(a: Point, b: Point) -> float:
    return float(((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5)


def surface(body: Skeleton, at: float, *, front: bool) -> Point:
    """The skin of the trunk in a side view at a share of the spine, on its front or its back."""
    centre, ahead = spine_curve(body, at)
    before, behind = _width(TRUNK_SIDE, at)
    return add(centre, ahead, before if front else -behind)


def _trunk_side(body: Skeleton, posture: Posture, until: float = 2.0) -> tuple[Segment, ...]:
    front_side, back_side = [], []
    for at, ahead, behind in TRUNK_SIDE:
        if at > until:
            break
        centre, front = spine_curve(body, at)
        lumbar = max(0.0, 1 - abs(at - 0.36) / 0.3) * posture.pelvis_wedge * 0.0016
        front_side.append(add(centre, front, ahead + lumbar * 0.6))
        back_side.append(add(centre, front, -behind + lumbar))
    bottom, _ = spine_curve(body, -0.22)
    return smooth([*front_side, *reversed(back_side), bottom])


def _trunk_front(body: Skeleton, posture: Posture, until: float = 2.0) -> tuple[Segment, ...]:
    right, left = [], []
    for at, width, _ in TRUNK_FRONT:
        if at > until:
            break
        centre, out = spine_curve(body, at)
        share = min(max(at, 0.0), 1.0)
        scale = (1 - share) * (0.45 + 0.55 * posture.hip_width) + share * (0.35 + 0.65 * posture.shoulder_width)
        right.append(add(centre, out, width * scale))
        left.append(add(centre, out, -width * scale))
    bottom, _ = spine_curve(body, -0.21)
    return smooth([*right, *reversed(left), bottom])


def _neck(body: Skeleton, width: float, up: float) -> list[tuple[Segment, ...]]:
    p = body.points
    low = add(p["shoulders"], body.bones["upper"][0], -0.012)
    high = along(p["skull"], p["head"], up)
    front = left_of(_unit_or(low, high, (1.0, 0.0)))
    return [
        _limb(
            low,
            high,
            (-front[0], -front[1]),
            ((0.0, width * 1.25, width * 1.25), (0.5, width, width), (1.0, width, width)),
        )
    ]


def _head_side(body: Skeleton) -> tuple[Segment, ...]:
    up, front = body.bones["head"]
    return smooth([add(add(body.points["head"], front, x * HEAD), up, y * HEAD) for x, y in HEAD_SIDE], tension=0.85)


def _head_front(body: Skeleton) -> tuple[Segment, ...]:
    up, out = body.bones["head"]
    return smooth([add(add(body.points["head"], out, x * HEAD), up, y * HEAD) for x, y in HEAD_FRONT])


def _face(body: Skeleton) -> list[Shape]:
    """A small nose, so that a front view is not a back view."""
    up, out = body.bones["head"]
    head = body.points["head"]
    nose = [add(add(head, out, x * HEAD), up, y * HEAD) for x, y in ((0.0, 0.12), (0.14, -0.22), (-0.10, -0.24))]
    path = (Segment("M", (nose[0],)), Segment("L", (nose[1],)), Segment("L", (nose[2],)))
    return [Shape("keyline", path, 0.006)]
