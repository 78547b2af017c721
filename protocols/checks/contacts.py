"""Whether a pose touches what it says: contacts that hover, limbs through floor or wall, arrows against the motion."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import chain
from typing import Final

from protocols.checks.problem import Fault, Faults
from protocols.figures.arrows import ALONG, MOVES, SKIN, WAYS, travel
from protocols.figures.furniture import SEAT_DEPTH
from protocols.figures.limbs import flat_hand
from protocols.figures.shapes import distance, unit
from protocols.figures.skeleton import CHAIR_SEAT, LIMB_THICK, SIDES, SURFACES, Skeleton, contact, keyframes
from protocols.model import Arrow, Pose, Posture

TOUCH: Final = 0.03
"""A stated contact may miss its surface by this much: 5 cm on a person of 1.7 m."""
SEATED: Final = 0.04
"""A seat is soft: it gives a little more."""
AGAINST: Final = 75.0
"""An arrow may stray this many degrees from the motion before it misleads."""
PLURAL: Final = {
    "feet": ("near_foot", "far_foot"),
    "knees": ("near_knee", "far_knee"),
    "ankles": ("near_ankle", "far_ankle"),
}
POINTS: Final = frozenset({"pelvis", "upper_back", "near_toe", "far_toe", *PLURAL, *chain(*PLURAL.values())})
SEATS: Final = frozenset({"chair", "chair_back", "bed_seat"})


def touching(pose: Pose) -> Faults:
    """Every contact a sound pose misses, and every arrow that misleads; the places are keys of the pose."""
    if pose.view in ("side", "front"):
        for when, posture, body in _moments(pose):
            yield from _contact(when, posture, pose, body)
            yield from _solid(when, posture, pose, body)
    if pose.view != "face":
        yield from _motion(pose)


def _moments(pose: Pose) -> Iterator[tuple[str, Posture, Skeleton]]:
    postures = [pose.start] if pose.finish is None else [pose.start, pose.finish]
    yield from zip(("start", "finish"), postures, keyframes(pose), strict=False)


def _contact(when: str, posture: Posture, pose: Pose, body: Skeleton) -> Faults:
    """Stated contacts that hover: both of a plural anchor, the seat, the palms."""
    if posture.anchor is None or pose.plan:
        return
    point, surface = posture.anchor
    for name in PLURAL.get(point, (point,)):
        if told := _apart(contact(body, name, pose.view) - SURFACES[surface], TOUCH):
            yield Fault(f"{when}.anchor", "no_contact", f"{name} is {told} the {surface}")
    above_seat = body.points["pelvis"][1] - SEAT_DEPTH - CHAIR_SEAT
    if when == "start" and not SEATS.isdisjoint(pose.props) and (told := _apart(above_seat, SEATED)):
        yield Fault(when, "no_contact", f"the pelvis is {told} the seat")
    if posture.palms_flat and not any(flat_hand(body, posture, side) for side in SIDES):
        yield Fault(f"{when}.palms_flat", "no_contact", "no palm is on the mat")


def _apart(gap: float, allowed: float) -> str:
    """How far above or below, in words; empty where it touches."""
    if abs(gap) <= allowed:
        return ""
    return f"{abs(gap):.2f} body heights {'above' if gap > 0 else 'below'}"


def _solid(when: str, posture: Posture, pose: Pose, body: Skeleton) -> Faults:
    """Limbs through the floor or through the wall in front."""
    if pose.plan:
        return
    wall = _wall(pose)
    resting = {f"{side}_hand" for side in SIDES if flat_hand(body, posture, side)}
    for name, (x, y) in body.points.items():
        if name not in resting and y < -TOUCH:
            yield Fault(when, "through_floor", f"{name} is {-y:.2f} body heights under the floor")
        if name not in resting and x > wall + TOUCH:
            yield Fault(when, "through_wall", f"{name} is {x - wall:.2f} body heights inside the wall")
    if wall < math.inf and all(wall - body.points[f"{side}_hand"][0] > TOUCH + LIMB_THICK for side in SIDES):
        yield Fault(when, "no_contact", "no hand is on the wall")
    if "worktop" in pose.props and all(abs(_above_worktop(side, body, pose)) > TOUCH for side in SIDES):
        yield Fault(when, "no_contact", "no hand is on the worktop")


def _above_worktop(side: str, body: Skeleton, pose: Pose) -> float:
    """The worktop is as high as the hand that lies on it in the start."""
    return body.points[f"{side}_hand"][1] - max(keyframes(pose)[0].points[f"{one}_hand"] for one in SIDES)[1]


def _wall(pose: Pose) -> float:
    if "wall_front" not in pose.props or pose.view != "side":
        return math.inf
    return max(keyframes(pose)[0].points[f"{side}_hand"][0] for side in SIDES)


def _motion(pose: Pose) -> Faults:
    """Arrows along a joint that stays where it is or goes the other way."""
    still = pose.finish is None or pose.finish == pose.start
    for number, arrow in enumerate(pose.arrows):
        if arrow.kind not in ALONG or arrow.at in SKIN or arrow.at == "arch":
            continue
        told = f"the arrow {arrow.kind} at {arrow.at}"
        if still:
            yield Fault(f"arrows[{number}]", "no_motion", f"{told} shows a motion, but start and finish are the same")
        elif _misleads(arrow, pose):
            yield Fault(f"arrows[{number}]", "against_motion", f"{told} points against the motion")


def _misleads(arrow: Arrow, pose: Pose) -> bool:
    way = travel(pose, arrow.at)
    if arrow.kind not in WAYS or distance(way[0], way[-1]) < MOVES:
        return False
    along, (x, y) = unit(way[0], way[-1]), WAYS[arrow.kind]
    return math.degrees(math.acos(max(-1.0, min(1.0, along[0] * x + along[1] * y)))) > AGAINST
