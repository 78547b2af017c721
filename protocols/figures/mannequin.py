"""Joints -> the mannequin: a neutral body in side, front and top view, as shapes in painting order."""

from __future__ import annotations

from typing import Final, NamedTuple

from protocols.figures import torso
from protocols.figures.contours import CHEST_TOP, HEAD_TOP
from protocols.figures.limbs import KEYLINE, arm, group, leg, leg_front, thigh_front
from protocols.figures.shapes import Role, Shape, add, capsule, ellipse, smooth
from protocols.figures.skeleton import HEAD, SIDES, Skeleton
from protocols.model import Pose, Posture

END_ON: Final = 0.6
"""A trunk foreshortened more than this points at the viewer: all fours, seen from the head."""
NARROW: Final = 0.8
"""Shoulders narrower than this lie on top of each other: on the side."""


class Body(NamedTuple):
    """Layers from back to front, so that props can go between them."""

    far: tuple[Shape, ...]
    trunk: tuple[Shape, ...]
    legs: tuple[Shape, ...]
    arms: tuple[Shape, ...]


def mannequin(body: Skeleton, posture: Posture, pose: Pose) -> Body:
    """The person of one keyframe, without props."""
    if pose.view == "top":
        return _top_view(body, posture)
    return _front_view(body, posture) if pose.view == "front" else _side_view(body, posture)


def _side_view(body: Skeleton, posture: Posture) -> Body:
    """Far limbs, trunk and head, near leg grown into the pelvis, near arm."""
    far = (*arm(body, posture, "far", "far"), *leg(body, "far", "far"))
    parts = (torso.trunk_side(body, posture), torso.neck(body, 0.6), torso.head_side(body))
    near_leg = (*leg(body, "near", "body"), Shape("body", torso.trunk_side(body, posture, until=0.2)))
    return Body(far, tuple(group("body", parts)), near_leg, tuple(arm(body, posture, "near", "near")))


def _front_view(body: Skeleton, posture: Posture) -> Body:
    """Facing the viewer. Lying on the side, the lower limbs are the far ones; on all fours, the legs are."""
    if posture.trunk_scale < END_ON:
        return _end_on(body, posture)
    head = (torso.neck(body, 0.5), torso.head_front(body))
    trunk = (*group("body", (torso.trunk_front(body, posture), *head)), *torso.features(body))
    pelvis = Shape("body", torso.trunk_front(body, posture, until=0.3))
    if posture.shoulder_width < NARROW and abs(body.bones["lower"][0][1]) < 0.5:
        far = (*leg_front(body, "far", "far"), *arm(body, posture, "far", "far"))
        return Body(far, trunk, (*leg_front(body, "near", "body"), pelvis), tuple(arm(body, posture, "near", "near")))
    crossed = SIDES if posture.hip[1] < min(posture.hip[0], 0) else reversed(SIDES)
    legs = [shape for side in crossed for shape in leg_front(body, side, "body")]
    arms = [shape for side in reversed(SIDES) for shape in arm(body, posture, side, "near")]
    return Body((), trunk, (*legs, pelvis), tuple(arms))


def _end_on(body: Skeleton, posture: Posture) -> Body:
    """All fours seen from the head; or on the back seen from the feet."""
    if posture.anchor is not None and posture.anchor[0] == "pelvis":
        shins = [shape for side in reversed(SIDES) for shape in leg_front(body, side, "body")]
        behind = [shape for part in torso.trunk_from_feet(body) for shape in group("far", (part,))]
        return Body((), tuple(behind), tuple(shins), ())
    trunk = group("body", (torso.trunk_end_on(body),))
    head = group("body", (torso.head_front(body),))
    legs = [shape for side in reversed(SIDES) for shape in thigh_front(body, side, "far")]
    arms = [shape for side in reversed(SIDES) for shape in arm(body, posture, side, "near")]
    return Body(tuple(legs), tuple(trunk), (), (*arms, *head, *torso.features(body)))


def _top_view(body: Skeleton, posture: Posture) -> Body:
    """Pelvis and legs below, then shoulders, arms, and the head with its nose."""
    seated = max(posture.thigh_scale) > 0.1
    legs = [shape for side in SIDES for shape in (_thigh_top(body, side) if seated else _foot_top(body, side))]
    pelvis = group("far", (ellipse(body.points["pelvis"], 0.11, 0.07, -posture.pelvis_yaw),))
    front, right = body.bones["upper"]
    chest = smooth([add(add(body.points["shoulders"], right, x), front, y) for x, y in CHEST_TOP])
    arms = [shape for side in reversed(SIDES) for shape in arm(body, posture, side, "near")]
    return Body((*legs, *pelvis), tuple(group("body", (chest,))), (), (*arms, *_head_top(body)))


def _thigh_top(body: Skeleton, side: str) -> list[Shape]:
    hip, knee = body.points[f"{side}_hip"], body.points[f"{side}_knee"]
    front = body.bones["lower"][0]
    foot = capsule(add(knee, front, -0.02), add(knee, front, 0.07), 0.026, 0.033)
    return [*group("far", (foot,)), *group("far", (capsule(hip, knee, 0.05, 0.038),))]


def _foot_top(body: Skeleton, side: str) -> list[Shape]:
    """Standing: the toes look out under the body."""
    hip, front = body.points[f"{side}_hip"], body.bones["lower"][0]
    return group("far", (capsule(add(hip, front, -0.03), add(hip, front, 0.10), 0.024, 0.032),))


def _head_top(body: Skeleton) -> list[Shape]:
    front, right = body.bones["head"]
    role: Role = "body"
    outline = [add(add(body.points["head"], right, x * HEAD), front, y * HEAD) for x, y in HEAD_TOP]
    path = smooth(outline, tension=0.8)
    return [Shape("keyline", path, 2.4 * KEYLINE), Shape(role, path)]
