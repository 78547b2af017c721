"""Trunk, neck and head of the mannequin. The trunk bends in a smooth curve through hips, mid-spine and shoulders."""

from __future__ import annotations

from typing import Final

from protocols.figures.contours import HEAD_FRONT, HEAD_SIDE, NECK_WIDTHS, TRUNK_FRONT, TRUNK_SIDE, Profile, width_at
from protocols.figures.shapes import (
    Point,
    Segment,
    Shape,
    add,
    along,
    distance,
    ellipse,
    left_of,
    smooth,
    unit,
)
from protocols.figures.skeleton import HEAD, Skeleton
from protocols.model import Posture

BROW: Final[tuple[Point, ...]] = ((0.18, 0.16), (0.34, 0.23), (0.50, 0.15))
NOSE: Final[tuple[Point, ...]] = ((0.03, 0.06), (0.10, -0.20), (-0.04, -0.25))
FEATURE: Final = 0.0055
"""A face in head radii, to the left of the patient and up, and how thick it is drawn."""
LUMBAR: Final = 0.36
"""The share of the spine where a tilted pelvis opens or closes the gap under the back."""
WEDGE_LIFT: Final = 0.0016
"""Body heights the low back rises for a degree of pelvic wedge."""


def spine_curve(body: Skeleton, at: float) -> tuple[Point, Point]:
    """A point of the trunk's middle line (0 hips, 1 shoulders) and the direction of the front there."""
    p = body.points
    (low, low_front), (high, high_front) = body.bones["lower"], body.bones["upper"]
    length = distance(p["pelvis"], p["mid"]) + distance(p["mid"], p["shoulders"])
    if at <= 0:
        return add(p["pelvis"], low, at * length), low_front
    if at >= 1:
        return add(p["shoulders"], high, (at - 1) * length), high_front
    middle = along(low, high, 0.5)
    half = (p["pelvis"], p["mid"], low, middle) if at < 0.5 else (p["mid"], p["shoulders"], middle, high)
    return _hermite(*half, at * 2 % 1), unit((0.0, 0.0), along(low_front, high_front, at))


def _hermite(start: Point, end: Point, leave: Point, arrive: Point, t: float) -> Point:
    reach = distance(start, end)
    a, b, c, d = 2 * t**3 - 3 * t**2 + 1, t**3 - 2 * t**2 + t, 3 * t**2 - 2 * t**3, t**3 - t**2
    x, y = (a * start[i] + b * reach * leave[i] + c * end[i] + d * reach * arrive[i] for i in (0, 1))
    return x, y


def surface(body: Skeleton, at: float, *, front: bool) -> Point:
    """The skin of the trunk in a side view at a share of the spine, on its front or its back."""
    centre, ahead = spine_curve(body, at)
    before, behind = width_at(TRUNK_SIDE, at)
    return add(centre, ahead, before if front else -behind)


def trunk_side(body: Skeleton, posture: Posture, until: float = 2.0) -> tuple[Segment, ...]:
    """Rib cage, waist and pelvis from the side, up to a share of the spine."""
    front_side, back_side = [], []
    for at, before, behind in _up_to(TRUNK_SIDE, until):
        centre, ahead = spine_curve(body, at)
        lift = max(0.0, 1 - abs(at - LUMBAR) / 0.3) * posture.pelvis_wedge * WEDGE_LIFT
        front_side.append(add(centre, ahead, before + lift * 0.6))
        back_side.append(add(centre, ahead, lift - behind))
    bottom, _ = spine_curve(body, -0.22)
    return smooth([*front_side, *reversed(back_side), bottom])


def trunk_front(body: Skeleton, posture: Posture, until: float = 2.0) -> tuple[Segment, ...]:
    """The trunk from the front, up to a share of the spine; narrower for someone lying on the side."""
    outer, inner = [], []
    for at, width, _ in _up_to(TRUNK_FRONT, until):
        centre, out = spine_curve(body, at)
        share = min(max(at, 0.0), 1.0)
        scale = (1 - share) * (0.45 + 0.55 * posture.hip_width) + share * (0.35 + 0.65 * posture.shoulder_width)
        outer.append(add(centre, out, width * scale))
        inner.append(add(centre, out, -width * scale))
    bottom, _ = spine_curve(body, -0.21)
    return smooth([*outer, *reversed(inner), bottom])


def _up_to(profile: Profile, until: float) -> Profile:
    """The rows up to a share of the spine; a part ends drawn in, so that it stays inside the whole."""
    rows = tuple(row for row in profile if row[0] <= until)
    if len(rows) == len(profile):
        return rows
    at, before, behind = rows[-1]
    return (*rows[:-1], (at, before * 0.97, behind * 0.97), (at + 0.06, before * 0.5, behind * 0.5))


def trunk_end_on(body: Skeleton) -> tuple[Segment, ...]:
    """The trunk of someone on all fours who faces the viewer: a barrel."""
    p = body.points
    centre = along(p["pelvis"], p["shoulders"], 0.75)
    return ellipse(centre, 0.122, 0.085, -_lean(body))


def trunk_from_feet(body: Skeleton) -> tuple[tuple[Segment, ...], ...]:
    """Head, arms and trunk of someone who lies on the back, seen from the feet: a low mound behind the knees."""
    x, y = body.points["pelvis"]
    arms = (ellipse((x + side * 0.15, y - 0.012), 0.026, 0.03) for side in (-1, 1))
    return (ellipse((x, y + 0.062), 0.046, 0.05), *arms, ellipse((x, y), 0.118, 0.062))


def _lean(body: Skeleton) -> float:
    x, _ = unit(body.points["pelvis"], body.points["shoulders"])
    return x * 45


def neck(body: Skeleton, up: float) -> tuple[Segment, ...]:
    """From between the shoulders into the head."""
    low = add(body.points["shoulders"], body.bones["upper"][0], -0.012)
    high = along(body.points["skull"], body.points["head"], up)
    side = left_of(unit(low, high))
    right = [add(along(low, high, t), side, -w) for t, w, _ in NECK_WIDTHS]
    left = [add(along(low, high, t), side, w) for t, w, _ in NECK_WIDTHS]
    return smooth([*right, *reversed(left)])


def head_side(body: Skeleton) -> tuple[Segment, ...]:
    """A profile: brow, a small nose, chin."""
    return smooth(_on_head(body, HEAD_SIDE), tension=0.85)


def head_front(body: Skeleton) -> tuple[Segment, ...]:
    """A face without features."""
    return smooth(_on_head(body, HEAD_FRONT))


def features(body: Skeleton) -> tuple[Shape, ...]:
    """Brows and a small nose, faint, so that a front view is not a back view."""
    lines = (BROW, tuple((-x, y) for x, y in BROW), NOSE)
    return tuple(Shape("far", smooth(_on_head(body, line), closed=False), FEATURE) for line in lines)


def _on_head(body: Skeleton, points: tuple[Point, ...]) -> list[Point]:
    up, front = body.bones["head"]
    return [add(add(body.points["head"], front, x * HEAD), up, y * HEAD) for x, y in points]
