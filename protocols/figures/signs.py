"""Arrows and signs that do not follow a joint: a turn, a nod, a squeeze, a breath in four parts, a clock."""

from __future__ import annotations

import math
from typing import Final

from protocols.figures.arrows import arrow_along, pointer
from protocols.figures.scene import pedal_centre
from protocols.figures.shapes import Box, Point, Shape, add, along, circle, polyline
from protocols.figures.skeleton import HEAD, Skeleton, keyframes
from protocols.figures.torso import spine_curve, surface
from protocols.model import Arrow, Pose


def _round(centre: Point, radius: float, start: float, end: float) -> list[Point]:
    """Points on a circle from one angle to another, in degrees, anticlockwise from screen right."""
    steps = 18
    angles = (math.radians(start + (end - start) * i / steps) for i in range(steps + 1))
    return [(centre[0] + radius * math.cos(a), centre[1] + radius * math.sin(a)) for a in angles]


def _heading(v: Point) -> float:
    return math.degrees(math.atan2(v[1], v[0]))


SIGNS: Final = frozenset({"squeeze", "square", "clock", "roll", "circle", "turn", "nod", "tilt", "tongue"})
"""Arrows that do not follow a joint; `tongue` belongs to the face close-up."""


def sign(arrow: Arrow, pose: Pose, box: Box) -> list[Shape]:
    """A squeeze, a breath, a clock, or a turn about a joint. `box` holds the mannequin."""
    bodies = keyframes(pose)
    body = bodies[-1]
    if arrow.kind == "squeeze":
        return _squeeze(body, arrow, pose)
    if arrow.kind == "square":
        return _square(body)
    if arrow.kind == "clock":
        return _clock((box[2] + 0.05, box[3] - 0.06))
    if arrow.kind == "roll":
        return arrow_along(_round(body.points["shoulders"], 0.062, -50, 235))
    if arrow.kind == "circle":
        return arrow_along(_round(pedal_centre(bodies[0], body), 0.115, 150, -60))
    if arrow.kind == "turn":
        return _turn_in_front(body, arrow) if pose.view == "front" else _turn(arrow, bodies)
    if arrow.kind in ("nod", "tilt"):
        return _nod(body) if arrow.kind == "nod" else _tilt(body)
    return []


def _nod(body: Skeleton) -> list[Shape]:
    """The chin goes to the chest: round the face, from above the brow downwards."""
    up, front = body.bones["head"]
    top, bottom = _heading(add(front, up, 0.55)), _heading(add(front, up, -0.75))
    return arrow_along(_round(body.points["head"], HEAD * 1.55, *_shorter(top, bottom)))


def _tilt(body: Skeleton) -> list[Shape]:
    """The front of the pelvis rolls towards the ribs."""
    up, front = body.bones["lower"]
    low, high = _heading(add(front, up, -0.9)), _heading(add(front, up, 0.9))
    return arrow_along(_round(body.points["pelvis"], 0.095, *_shorter(low, high)))


def _shorter(start: float, end: float) -> tuple[float, float]:
    turn = (end - start + 180) % 360 - 180
    return start, start + turn


def _turn(arrow: Arrow, bodies: tuple[Skeleton, ...]) -> list[Shape]:
    bone, radius = {"head": ("head", 0.15), "chest": ("upper", 0.26), "pelvis": ("lower", 0.215)}[arrow.at]
    start, end = (_heading(b.bones[bone][0]) for b in (bodies[0], bodies[-1]))
    return arrow_along(_round(bodies[-1].points["pelvis"], radius, *_shorter(start, end)))


def _turn_in_front(body: Skeleton, arrow: Arrow) -> list[Shape]:
    """Round the front of the part, towards the side that works, seen a little from above."""
    x, y = body.points["pelvis" if arrow.at == "pelvis" else "shoulders"]
    return arrow_along([(x + dx * 0.16, y + dy * 0.05) for dx, dy in _round((0.0, 0.0), 1.0, 195, 345)])


def _squeeze(body: Skeleton, arrow: Arrow, pose: Pose) -> list[Shape]:
    """Two arrows pointing at each other from both sides of a part."""
    if pose.view == "front":
        across = body.bones["lower"][1]
        middle = along(body.points["near_hip"], body.points["far_knee"], 0.5)[1]
        centre = body.points["pelvis"] if pose.plan else (body.points["pelvis"][0], middle)
        return [s for sign in (-1, 1) for s in _inward(centre, (sign * across[0], sign * across[1]), 0.105)]
    centre, front = spine_curve(body, 0.0)
    lengthwise = body.bones["lower"][0]
    above = add(centre, front, 0.115)
    return [s for sign in (-1, 1) for s in _inward(above, (lengthwise[0] * sign, lengthwise[1] * sign), 0.012)]


def _inward(centre: Point, side: Point, gap: float) -> list[Shape]:
    return pointer(add(centre, side, gap + 0.085), add(centre, side, gap))


def _square(body: Skeleton) -> list[Shape]:
    """Four arrows round a box: in, wait, out, wait."""
    x, y = surface(body, 0.85, front=True)
    left, bottom, size = x + 0.12, y - 0.06, 0.15
    corners = [(left, bottom), (left, bottom + size), (left + size, bottom + size), (left + size, bottom)]
    sides = zip(corners, [*corners[1:], corners[0]], strict=True)
    return [shape for a, b in sides for shape in arrow_along([along(a, b, 0.12 + 0.76 * i / 4) for i in range(5)])]


def _clock(centre: Point) -> list[Shape]:
    hands = polyline([add(centre, (0.0, 0.03)), centre, add(centre, (0.022, -0.012))])
    return [
        Shape("keyline", circle(centre, 0.05)),
        Shape("arrow", circle(centre, 0.048), 0.009),
        Shape("arrow", hands, 0.009),
    ]
