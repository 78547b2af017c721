"""Two close-ups: the resting jaw (a face and a cut through the mouth) and the arch of the foot."""

from __future__ import annotations

from typing import Final

from protocols.arrows import SHAFT
from protocols.shapes import Point, Segment, Shape, add, circle, ellipse, polyline, smooth

FACE: Final = (
    (0.0, 0.30), (0.13, 0.275), (0.215, 0.18), (0.225, 0.03), (0.20, -0.11), (0.125, -0.235), (0.0, -0.29),
    (-0.125, -0.235), (-0.20, -0.11), (-0.225, 0.03), (-0.215, 0.18), (-0.13, 0.275),
)  # fmt: skip


def _at(centre: Point, points: tuple[Point, ...], scale: float = 1.0) -> list[Point]:
    return [(centre[0] + x * scale, centre[1] + y * scale) for x, y in points]


def _pair(points: tuple[Point, ...]) -> tuple[tuple[Point, ...], tuple[Point, ...]]:
    return points, tuple((-x, y) for x, y in points)


def face() -> tuple[Shape, ...]:
    """A calm face from the front, lips closed, and beside it the mouth cut from the side."""
    return (*_front((0.0, 0.0)), *_cut((0.62, 0.0)))


def _front(centre: Point) -> list[Shape]:
    shapes = [
        Shape(
            "body",
            smooth(
                _at(centre, ((-0.07, -0.2), (0.07, -0.2), (0.075, -0.34), (0.2, -0.41), (-0.2, -0.41), (-0.075, -0.34)))
            ),
        )
    ]
    for sign in (-1, 1):
        shapes.append(Shape("body", ellipse(add(centre, (sign * 0.226, 0.01)), 0.026, 0.05)))
    outline = smooth(_at(centre, FACE))
    shapes += [Shape("keyline", outline, 0.012), Shape("body", outline)]
    for side in _pair(((0.05, 0.055), (0.085, 0.038), (0.12, 0.055))):
        shapes.append(Shape("keyline", smooth(_at(centre, side), closed=False), 0.012))
    for side in _pair(((0.04, 0.11), (0.085, 0.128), (0.135, 0.108))):
        shapes.append(Shape("keyline", smooth(_at(centre, side), closed=False), 0.009))
    nose = ((0.004, 0.03), (0.03, -0.055), (0.006, -0.066), (-0.014, -0.06))
    mouth = ((-0.065, -0.142), (-0.03, -0.150), (0.0, -0.148), (0.03, -0.150), (0.065, -0.142))
    lip = ((-0.035, -0.176), (0.0, -0.183), (0.035, -0.176))
    shapes.append(Shape("keyline", smooth(_at(centre, nose), closed=False), 0.009))
    shapes.append(Shape("keyline", smooth(_at(centre, mouth), closed=False), 0.011))
    return [*shapes, Shape("keyline", smooth(_at(centre, lip), closed=False), 0.006)]


def _cut(centre: Point) -> list[Shape]:
    return [Shape("ghost", circle(centre, 0.29))]


def arch(centre: Point) -> tuple[Shape, ...]:
    """A foot from the side in a ring: the arch lifts, heel and toes stay down."""
    return (Shape("ghost", circle(centre, 0.2)),)


_ = (Segment, polyline, SHAFT)
