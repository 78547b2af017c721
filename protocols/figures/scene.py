"""A keyframe with what surrounds it, and the strokes props are made of."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

from protocols.figures.mannequin import Body, mannequin
from protocols.figures.shapes import Box, Point, Role, Segment, Shape, along, circle, extent, polyline
from protocols.figures.skeleton import SIDES, Skeleton, keyframes, on_the_way
from protocols.model import Pose

Layer = Literal["back", "held", "front"]
"""Behind the person, between the body and the near arm, before everything."""
EDGE: Final = 0.005
BAND: Final = 0.012
LEG: Final = 0.018
"""Widths of an outline, of a band or strap, of the leg of a chair."""


class Scene(NamedTuple):
    """One keyframe (`body`) with the start (`first`) and the finish (`last`) of the same pose."""

    pose: Pose
    body: Skeleton
    first: Skeleton
    last: Skeleton
    room: Box
    """What the mannequin takes in both keyframes together."""
    back_edge: float
    """The rear-most x of trunk and head in the start."""


Placed = list[tuple[Layer, Shape]]


def staged(pose: Pose) -> tuple[list[Body], list[Scene]]:
    """The mannequin and the scene of each keyframe, before any prop. Not for a face, which has no body."""
    bodies = keyframes(pose)
    postures = [pose.start] if pose.finish is None else [pose.start, pose.finish]
    drawn = [mannequin(body, posture, pose) for body, posture in zip(bodies, postures, strict=True)]
    room = extent(shape for body in drawn for layer in body for shape in layer if shape.role != "keyline")
    rear = extent(shape for shape in drawn[0].trunk if shape.role != "keyline")[0]
    return drawn, [Scene(pose, body, bodies[0], bodies[-1], room, rear) for body in bodies]


def moving(pose: Pose, share: float) -> tuple[Body, Scene]:
    """The mannequin and its scene `share` of the way from start to finish."""
    _, scenes = staged(pose)
    posture, body = on_the_way(pose, share)
    return mannequin(body, posture, pose), scenes[0]._replace(body=body)


def solid(layer: Layer, path: tuple[Segment, ...], role: Role = "prop") -> Placed:
    """A filled thing with a thin edge."""
    return [(layer, Shape(role, path)), (layer, Shape("prop_line", path, EDGE))]


def line(layer: Layer, *points: Point, width: float = BAND) -> Placed:
    """A band, a strap, a leg of a chair."""
    return [(layer, Shape("prop_line", polyline(points), width))]


def knob(layer: Layer, at: Point) -> Placed:
    """Where a band is fixed or a pedal turns."""
    return [(layer, Shape("prop_line", circle(at, 0.013)))]


def ball_of_foot(body: Skeleton, side: str) -> Point:
    """Where a strap goes round the foot and a pedal is pushed."""
    return along(body.points[f"{side}_heel"], body.points[f"{side}_toe"], 0.72)


def pedal_centre(first: Skeleton, last: Skeleton) -> Point:
    """The middle of the circle the feet go round."""
    feet = [ball_of_foot(body, side) for body in (first, last) for side in SIDES]
    return sum(x for x, _ in feet) / 4, sum(y for _, y in feet) / 4
