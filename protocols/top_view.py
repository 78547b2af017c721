"""The mannequin from above: pelvis, shoulders and head turned on one another, legs forward on a chair."""

from __future__ import annotations

from protocols.mannequin import KEYLINE, Body, draw_arm
from protocols.model import Posture
from protocols.shapes import Point, Segment, Shape, add, capsule, circle, ellipse, smooth
from protocols.skeleton import HEAD, SIDES, Skeleton


def top_view(body: Skeleton, posture: Posture) -> Body:
    """Legs (seated figures only), pelvis, shoulders and arms, head with its nose."""
    legs = [s for side in SIDES for s in _leg(body, side)] if max(posture.thigh_scale) > 0.1 else _feet(body)
    pelvis = ellipse(body.points["pelvis"], 0.11, 0.07, -posture.pelvis_yaw)
    legs += [Shape("keyline", pelvis, 2 * KEYLINE), Shape("far", pelvis)]
    chest = smooth([_on(body, "upper", x, y) for x, y in CHEST])
    arms = [s for side in reversed(SIDES) for s in draw_arm(body, posture, side, "near")]
    trunk = [Shape("keyline", chest, 2 * KEYLINE), Shape("body", chest)]
    return Body((*legs, *arms), tuple(trunk), (), tuple(_head(body)))


CHEST = (
    (-0.165, 0.0), (-0.14, 0.042), (-0.06, 0.058), (0.0, 0.06), (0.06, 0.058), (0.14, 0.042), (0.165, 0.0),
    (0.14, -0.042), (0.06, -0.055), (0.0, -0.055), (-0.06, -0.055), (-0.14, -0.042),
)  # fmt: skip
SKULL = (
    (0.0, 1.0), (0.16, 1.22), (0.30, 0.96), (0.62, 0.72), (0.80, 0.1), (0.74, -0.5), (0.42, -0.94), (0.0, -1.05),
    (-0.42, -0.94), (-0.74, -0.5), (-0.80, 0.1), (-0.62, 0.72), (-0.30, 0.96), (-0.16, 1.22),
)  # fmt: skip


def _on(body: Skeleton, bone: str, x: float, y: float) -> Point:
    front, right = body.bones[bone]
    return add(add(body.points["pelvis"], right, x), front, y)


def _leg(body: Skeleton, side: str) -> list[Shape]:
    hip, knee = body.points[f"{side}_hip"], body.points[f"{side}_knee"]
    front = body.bones["lower"][0]
    foot = capsule(add(knee, front, -0.03), add(knee, front, 0.075), 0.026, 0.032)
    thigh = capsule(hip, knee, 0.05, 0.037)
    return [
        Shape("keyline", foot, 2 * KEYLINE),
        Shape("far", foot),
        Shape("keyline", thigh, 2 * KEYLINE),
        Shape("far", thigh),
    ]


def _feet(body: Skeleton) -> list[Shape]:
    """Standing: the toes look out under the body."""
    front = body.bones["lower"][0]
    toes = []
    for side in SIDES:
        hip = body.points[f"{side}_hip"]
        toes.append(capsule(add(hip, front, -0.03), add(hip, front, 0.10), 0.024, 0.032))
    return [shape for path in toes for shape in (Shape("keyline", path, 2 * KEYLINE), Shape("far", path))]


def _head(body: Skeleton) -> list[Shape]:
    front, right = body.bones["head"]
    outline = [add(add(body.points["head"], right, x * HEAD), front, y * HEAD) for x, y in SKULL]
    path: tuple[Segment, ...] = smooth(outline, tension=0.8)
    return [Shape("keyline", path, 2 * KEYLINE), Shape("near", path)]


_ = circle
