"""Everything wrong with a pose: a joint beyond human range, a contact that hovers, a limb through floor or wall."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import chain
from typing import Final

from protocols.angle_mark import AXES
from protocols.arrows import ALONG, MOVES, SKIN, WAYS, spot, travel
from protocols.furniture import SEAT_DEPTH
from protocols.limbs import flat_hand
from protocols.model import Arrow, Pose, Posture
from protocols.props import PROPS
from protocols.shapes import distance, unit
from protocols.signs import SIGNS
from protocols.skeleton import CHAIR_SEAT, LIMB_THICK, SIDES, SURFACES, Skeleton, contact, keyframes

TOUCH: Final = 0.03
"""A stated contact may miss its surface by this much: 5 cm on a person of 1.7 m."""
AGAINST: Final = 75.0
"""An arrow may stray this many degrees from the motion before it misleads."""

Limits = dict[str, tuple[float, float]]
SIDE: Final[Limits] = {
    "spine": (-45, 70),
    "neck": (-60, 60),
    "shoulder": (-90, 185),
    "elbow": (-5, 155),
    "hip": (-30, 150),
    "knee": (-5, 160),
    "ankle": (-90, 45),
}
"""Passive ranges of a supple adult with room for drawing; an arm drawn behind the trunk (-90) is trunk rotation."""
FRONT: Final[Limits] = {
    "spine": (-45, 45),
    "neck": (-45, 45),
    "shoulder": (-45, 185),
    "elbow": (-160, 160),
    "hip": (-65, 65),
    "knee": (-90, 90),
    "foot": (-70, 70),
}
"""In the picture plane: a knee or elbow turns with the rotation of its limb."""
TOP: Final[Limits] = {"pelvis_yaw": (-60, 60), "shoulder_yaw": (-90, 90), "head_yaw": (-90, 90)}
LIMITS: Final = {"side": SIDE, "front": FRONT, "top": TOP, "face": {}}
PLURAL: Final = {
    "feet": ("near_foot", "far_foot"),
    "knees": ("near_knee", "far_knee"),
    "ankles": ("near_ankle", "far_ankle"),
}
POINTS: Final = frozenset({"pelvis", "upper_back", "near_toe", "far_toe", *PLURAL, *chain(*PLURAL.values())})
SEATS: Final = frozenset({"chair", "chair_back", "bed_seat"})


def faults(pose: Pose) -> tuple[str, ...]:
    """What is wrong, one sentence each; empty for a sound pose."""
    unknown = tuple(_unknown(pose)) or tuple(_nowhere(pose))
    if unknown or pose.view == "face":
        return unknown
    postures = [("start", pose.start)] if pose.finish is None else [("start", pose.start), ("finish", pose.finish)]
    found = [fault for when, posture in postures for fault in _range(when, posture, pose)]
    if pose.view != "top":
        for (when, posture), body in zip(postures, keyframes(pose), strict=True):
            found += [*_contact(when, posture, pose, body), *_solid(when, posture, pose, body)]
    return (*found, *_motion(pose))


def _unknown(pose: Pose) -> Iterator[str]:
    """Names that mean nothing."""
    for name in pose.props:
        if name not in PROPS:
            yield f"no prop is called {name}"
    for arrow in pose.arrows:
        if arrow.kind not in ALONG | SIGNS:
            yield f"no arrow is called {arrow.kind}"
    for posture in filter(None, (pose.start, pose.finish)):
        if posture.anchor is None:
            continue
        point, surface = posture.anchor
        if point not in POINTS or surface not in (*SURFACES, "plan"):
            yield f"no anchor is called {point} on {surface}"


def _nowhere(pose: Pose) -> Iterator[str]:
    """Parts an arrow or an angle names that this view does not have."""
    if pose.view == "face":
        return
    body = keyframes(pose)[0]
    follow = {arrow.at for arrow in pose.arrows if arrow.kind in ALONG and arrow.at != "arch"}
    angle = () if pose.angle is None else (pose.angle.vertex, pose.angle.arm, pose.angle.to)
    for name in (*sorted(follow), *(name for name in angle if name not in AXES)):
        try:
            spot(body, name)
        except KeyError:
            yield f"no part of a {pose.view} view is called {name!r}"


def _range(when: str, posture: Posture, pose: Pose) -> Iterator[str]:
    for name, (low, high) in LIMITS[pose.view].items():
        value = getattr(posture, name)
        for angle in value if isinstance(value, tuple) else (value,):
            if not low <= angle <= high:
                yield f"{when}: {name} {angle:g} is beyond {low:g} to {high:g}"


def _contact(when: str, posture: Posture, pose: Pose, body: Skeleton) -> Iterator[str]:
    """Stated contacts that hover: both of a plural anchor, the seat, palms, hands on a wall."""
    if posture.anchor is None or pose.plan:
        return
    point, surface = posture.anchor
    for name in PLURAL.get(point, (point,)):
        height = contact(body, name, pose.view) - SURFACES[surface]
        if abs(height) > TOUCH:
            yield f"{when}: {name} is {height:+.2f} off the {surface}"
    seat = body.points["pelvis"][1] - SEAT_DEPTH
    if (
        when == "start"
        and not {"chair", "chair_back", "bed_seat"}.isdisjoint(pose.props)
        and abs(seat - CHAIR_SEAT) > 0.04
    ):
        yield f"{when}: the pelvis is {seat - CHAIR_SEAT:+.2f} off the seat"
    if posture.palms_flat and not any(flat_hand(body, posture, side) for side in SIDES):
        yield f"{when}: no palm is on the mat"


def _solid(when: str, posture: Posture, pose: Pose, body: Skeleton) -> Iterator[str]:
    """Limbs through the floor or through the wall in front."""
    if pose.plan:
        return
    wall = _wall(pose)
    resting = {f"{side}_hand" for side in SIDES if flat_hand(body, posture, side)}
    for name, (x, y) in body.points.items():
        if name in resting:
            continue
        if y < -TOUCH:
            yield f"{when}: {name} is {-y:.2f} under the floor"
        if x > wall + TOUCH:
            yield f"{when}: {name} is {x - wall:.2f} inside the wall"
    if wall < math.inf and all(wall - body.points[f"{side}_hand"][0] > TOUCH + LIMB_THICK for side in SIDES):
        yield f"{when}: no hand is on the wall"


def _wall(pose: Pose) -> float:
    if "wall_front" not in pose.props or pose.view != "side":
        return math.inf
    return max(keyframes(pose)[0].points[f"{side}_hand"][0] for side in SIDES)


def _motion(pose: Pose) -> Iterator[str]:
    for arrow in pose.arrows:
        if arrow.kind not in ALONG or arrow.at in SKIN or arrow.at == "arch":
            continue
        names = [arrow.at] if arrow.at else []
        yield from (fault for name in names if (fault := _arrow(arrow, name, pose)))


def _arrow(arrow: Arrow, name: str, pose: Pose) -> str:
    if pose.finish is None or pose.finish == pose.start:
        return f"an arrow {arrow.kind} at {name}, but nothing moves"
    way = travel(pose, name)
    if arrow.kind in WAYS and distance(way[0], way[-1]) >= MOVES:
        along, (x, y) = unit(way[0], way[-1]), WAYS[arrow.kind]
        if math.degrees(math.acos(max(-1.0, min(1.0, along[0] * x + along[1] * y)))) > AGAINST:
            return f"the arrow {arrow.kind} at {name} points against the motion"
    return ""
