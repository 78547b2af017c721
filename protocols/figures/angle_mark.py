"""The angle a test measures, marked on its figure: two thin arms and an arc."""

from __future__ import annotations

import math
from typing import Final

from protocols.figures.arrows import spot
from protocols.figures.shapes import Point, Shape, add, circle, polyline, unit
from protocols.figures.skeleton import Skeleton
from protocols.model import Angle

REACH: Final = 0.2
RADIUS: Final = 0.13
THIN: Final = 0.007
AXES: Final[dict[str, Point]] = {"vertical": (0.0, 1.0), "down": (0.0, -1.0), "horizontal": (1.0, 0.0)}


def mark(angle: Angle, body: Skeleton) -> list[Shape]:
    """Arms from the vertex along a bone or an axis, the smaller angle between them as an arc. On a light seam."""
    vertex = spot(body, angle.vertex)
    arms = [_towards(name, vertex, body) for name in (angle.arm, angle.to)]
    start, turn = _opening(*arms)
    arc = [_polar(vertex, RADIUS, start + turn * i / 16) for i in range(17)]
    lines = [polyline([vertex, add(vertex, v, REACH)]) for v in arms]
    paths = [*lines, polyline(arc)]
    seams = [Shape("keyline", path, THIN + 0.012) for path in paths]
    return [*seams, *(Shape("angle", path, THIN) for path in paths), Shape("angle", circle(vertex, 0.011))]


def _towards(name: str, vertex: Point, body: Skeleton) -> Point:
    return AXES[name] if name in AXES else unit(vertex, spot(body, name))


def _opening(a: Point, b: Point) -> tuple[float, float]:
    """The first arm's heading and the smaller turn to the second, in radians."""
    start, end = (math.atan2(y, x) for x, y in (a, b))
    return start, (end - start + math.pi) % (2 * math.pi) - math.pi


def _polar(centre: Point, radius: float, heading: float) -> Point:
    return add(centre, (math.cos(heading), math.sin(heading)), radius)
