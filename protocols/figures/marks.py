"""What a test measures, marked on its figure: an angle between two arms, a distance between two ends, a place."""

from __future__ import annotations

import math
from typing import Final

from protocols.figures.arrows import spot
from protocols.figures.furniture import wall_ahead
from protocols.figures.shapes import Point, Shape, add, along, circle, distance, left_of, polyline, unit
from protocols.figures.skeleton import Skeleton, keyframes
from protocols.model import Angle, Distance, Pose

REACH: Final = 0.2
RADIUS: Final = 0.13
THIN: Final = 0.007
SEAM: Final = 0.012
END: Final = 0.03
"""Half the stroke across the end of a distance."""
DASH: Final = 0.022
RING: Final = 0.042
AXES: Final[dict[str, Point]] = {"vertical": (0.0, 1.0), "down": (0.0, -1.0), "horizontal": (1.0, 0.0)}


def marks(pose: Pose) -> list[Shape]:
    """Everything marked on the finish, or on the only picture. KeyError for a place that this view does not have."""
    bodies = keyframes(pose)
    drawn: list[Shape] = []
    if pose.angle is not None:
        drawn += _angle(pose.angle, bodies[-1], bodies[0])
    if pose.distance is not None:
        drawn += _distance(pose.distance, bodies[-1], wall_ahead(bodies[0]))
    if pose.place:
        at = circle(spot(bodies[-1], pose.place), RING)
        drawn += [Shape("keyline", at, 2 * THIN + SEAM), Shape("angle", at, 2 * THIN)]
    return drawn


def _angle(angle: Angle, body: Skeleton, first: Skeleton) -> list[Shape]:
    """Arms from the vertex along a bone or an axis, the smaller angle between them as an arc. On a light seam."""
    vertex = spot(body, angle.vertex)
    arm = unit(vertex, spot(body, angle.arm))
    arms = [arm, _to(angle, vertex, body, first)]
    start, turn = _opening(*arms)
    arc = [_polar(vertex, RADIUS, start + turn * i / 16) for i in range(17)]
    lines = [[vertex, add(vertex, v, REACH)] for v in arms]
    return [*_drawn([*lines, arc]), Shape("angle", circle(vertex, 0.011))]


def _to(angle: Angle, vertex: Point, body: Skeleton, first: Skeleton) -> Point:
    if angle.to == "start":
        return unit(spot(first, angle.vertex), spot(first, angle.arm))
    return AXES[angle.to] if angle.to in AXES else unit(vertex, spot(body, angle.to))


def _distance(measured: Distance, body: Skeleton, wall: float) -> list[Shape]:
    """A line between two strokes where the tape lies, beside `to`, with a plumb line there from what is higher up."""
    of = spot(body, measured.of)
    ends = {"floor": (of[0], 0.0), "wall": (wall, of[1])}
    to = ends[measured.to] if measured.to in ends else spot(body, measured.to)
    corner = (of[0], to[1]) if measured.along == "horizontal" else (to[0], of[1])
    dashes = _dashes(of, corner)
    start = [Shape("angle", circle(of, 0.011))] if dashes else []
    return [*_drawn(dashes), *span(corner, to), *start]


def span(start: Point, end: Point) -> list[Shape]:
    """A line with a stroke across each end."""
    across = left_of(unit(start, end))
    strokes = [[add(point, across, -END), add(point, across, END)] for point in (start, end)]
    return _drawn([[start, end], *strokes])


def _dashes(start: Point, end: Point) -> list[list[Point]]:
    """A dashed line; none where the points coincide."""
    total = distance(start, end)
    count = round(total / (2 * DASH))
    return [[along(start, end, i / count), along(start, end, (i + 0.5) / count)] for i in range(count)]


def _drawn(lines: list[list[Point]]) -> list[Shape]:
    paths = [polyline(line) for line in lines]
    return [*(Shape("keyline", path, THIN + SEAM) for path in paths), *(Shape("angle", path, THIN) for path in paths)]


def _opening(a: Point, b: Point) -> tuple[float, float]:
    """The first arm's heading and the smaller turn to the second, in radians."""
    start, end = (math.atan2(y, x) for x, y in (a, b))
    return start, (end - start + math.pi) % (2 * math.pi) - math.pi


def _polar(centre: Point, radius: float, heading: float) -> Point:
    return add(centre, (math.cos(heading), math.sin(heading)), radius)
