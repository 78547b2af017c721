"""Lines and fills of a figure: shapes made of straight and curved segments, with a role instead of a colour.

Lengths are body heights, y points up. Whoever draws (PDF, SVG, terminal) gives each role its colour.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

Point = tuple[float, float]
Box = tuple[float, float, float, float]
Role = Literal["near", "body", "far", "keyline", "prop", "prop_line", "soft", "ground", "ghost", "arrow", "angle"]
"""near, body, far: the mannequin from dark to light. keyline: the colour of the paper, parting what overlaps.
prop: a solid thing; soft: a pillow, ball or mat; prop_line: its edge, a band, a strap; ground: floor and wall.
ghost: where a limb has been; arrow: the motion; angle: what a test measures."""


class Segment(NamedTuple):
    """M and L take one point, C two handles and an end, Z none."""

    op: Literal["M", "L", "C", "Z"]
    points: tuple[Point, ...] = ()


class Shape(NamedTuple):
    """A fill (`stroke` 0) or a line of width `stroke` with round caps and joins."""

    role: Role
    path: tuple[Segment, ...]
    stroke: float = 0.0


class Frame(NamedTuple):
    """One picture, painted in order; `box` is (left, bottom, right, top) and is shared by start and finish."""

    shapes: tuple[Shape, ...]
    box: Box


def add(a: Point, b: Point, scale: float = 1.0) -> Point:
    """a + scale * b."""
    return a[0] + scale * b[0], a[1] + scale * b[1]


def along(a: Point, b: Point, share: float) -> Point:
    """The point at `share` of the way from a to b."""
    return a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])


def distance(a: Point, b: Point) -> float:
    """How far two points are apart."""
    return math.hypot(b[0] - a[0], b[1] - a[1])


def unit(a: Point, b: Point) -> Point:
    """The direction from a to b, of length 1; straight up where they coincide."""
    length = distance(a, b)
    return ((b[0] - a[0]) / length, (b[1] - a[1]) / length) if length > 1e-9 else (0.0, 1.0)


def left_of(v: Point) -> Point:
    """v turned a quarter anticlockwise."""
    return -v[1], v[0]


def polyline(points: Sequence[Point], *, closed: bool = False) -> tuple[Segment, ...]:
    """Straight lines through the points."""
    path = [Segment("M", (points[0],)), *(Segment("L", (p,)) for p in points[1:])]
    return (*path, Segment("Z")) if closed else tuple(path)


def smooth(points: Sequence[Point], *, closed: bool = True, tension: float = 1.0) -> tuple[Segment, ...]:
    """A curve through the points (Catmull-Rom, as cubic segments)."""
    n = len(points)

    def pick(i: int) -> Point:
        return points[i % n] if closed else points[min(max(i, 0), n - 1)]

    path = [Segment("M", (points[0],))]
    for i in range(n if closed else n - 1):
        before, start, end, after = pick(i - 1), pick(i), pick(i + 1), pick(i + 2)
        first = (start[0] + tension * (end[0] - before[0]) / 6, start[1] + tension * (end[1] - before[1]) / 6)
        second = (end[0] - tension * (after[0] - start[0]) / 6, end[1] - tension * (after[1] - start[1]) / 6)
        path.append(Segment("C", (first, second, end)))
    return (*path, Segment("Z")) if closed else tuple(path)


def ellipse(centre: Point, across: float, up: float, turn: float = 0.0) -> tuple[Segment, ...]:
    """An ellipse with the given half axes, turned anticlockwise by `turn` degrees."""
    cos, sin, k = math.cos(math.radians(turn)), math.sin(math.radians(turn)), 0.5523

    def at(x: float, y: float) -> Point:
        return centre[0] + across * x * cos - up * y * sin, centre[1] + across * x * sin + up * y * cos

    quarters = (
        ((1, k), (k, 1), (0, 1)),
        ((-k, 1), (-1, k), (-1, 0)),
        ((-1, -k), (-k, -1), (0, -1)),
        ((k, -1), (1, -k), (1, 0)),
    )
    curves = (Segment("C", tuple(at(x, y) for x, y in quarter)) for quarter in quarters)
    return (Segment("M", (at(1, 0),)), *curves, Segment("Z"))


def circle(centre: Point, radius: float) -> tuple[Segment, ...]:
    """A circle."""
    return ellipse(centre, radius, radius)


def capsule(a: Point, b: Point, start: float, end: float) -> tuple[Segment, ...]:
    """A tapered bar from a to b with round ends of the given radii."""
    v = unit(a, b)
    n = left_of(v)
    there = _half_turn(b, n, v, end)
    back = _half_turn(a, (-n[0], -n[1]), (-v[0], -v[1]), start)
    return (
        Segment("M", (add(a, n, start),)),
        Segment("L", (add(b, n, end),)),
        *there,
        Segment("L", (add(a, n, -start),)),
        *back,
        Segment("Z"),
    )


def _half_turn(centre: Point, side: Point, ahead: Point, radius: float) -> tuple[Segment, Segment]:
    """Half a circle from `side` over `ahead` to the other side."""
    k = 0.5523 * radius
    start, top, end = add(centre, side, radius), add(centre, ahead, radius), add(centre, side, -radius)
    first = (add(start, ahead, k), add(top, side, k), top)
    return Segment("C", first), Segment("C", (add(top, side, -k), add(end, ahead, k), end))


def rounded(left: float, bottom: float, right: float, top: float, radius: float) -> tuple[Segment, ...]:
    """An upright rectangle with round corners."""
    r = min(radius, (right - left) / 2, (top - bottom) / 2)
    k = r * 0.4477
    return (
        Segment("M", ((left + r, bottom),)),
        Segment("L", ((right - r, bottom),)),
        Segment("C", ((right - k, bottom), (right, bottom + k), (right, bottom + r))),
        Segment("L", ((right, top - r),)),
        Segment("C", ((right, top - k), (right - k, top), (right - r, top))),
        Segment("L", ((left + r, top),)),
        Segment("C", ((left + k, top), (left, top - k), (left, top - r))),
        Segment("L", ((left, bottom + r),)),
        Segment("C", ((left, bottom + k), (left + k, bottom), (left + r, bottom))),
        Segment("Z"),
    )


def flatten(path: Iterable[Segment], piece: float = 0.012) -> list[list[Point]]:
    """The path as lists of points, curves cut into straight pieces about `piece` long; one list for each M."""
    lines: list[list[Point]] = []
    for segment in path:
        if segment.op == "M":
            lines.append([segment.points[0]])
        elif segment.op == "L":
            lines[-1].append(segment.points[0])
        elif segment.op == "C":
            lines[-1].extend(_cubic(lines[-1][-1], segment.points, piece))
        else:
            lines[-1].append(lines[-1][0])
    return lines


def _cubic(start: Point, points: tuple[Point, ...], piece: float) -> list[Point]:
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = start, *points
    steps = 1 + int((abs(bx - ax) + abs(by - ay) + abs(cx - bx) + abs(cy - by) + abs(dx - cx) + abs(dy - cy)) / piece)
    line = []
    for i in range(1, steps):
        t = i / steps
        u = 1 - t
        p, q, r, s = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
        line.append((p * ax + q * bx + r * cx + s * dx, p * ay + q * by + r * cy + s * dy))
    return [*line, (dx, dy)]


def extent(shapes: Iterable[Shape]) -> Box:
    """The smallest box around the shapes, half a stroke included."""
    xs: list[float] = []
    ys: list[float] = []
    for shape in shapes:
        half = shape.stroke / 2
        for line in flatten(shape.path):
            across, up = zip(*line, strict=True)
            xs += (min(across) - half, max(across) + half)
            ys += (min(up) - half, max(up) + half)
    return min(xs), min(ys), max(xs), max(ys)


def mirror(frame: Frame) -> Frame:
    """The same picture for the other side of the body, in the same box."""
    total = frame.box[0] + frame.box[2]
    shapes = tuple(
        Shape(
            shape.role,
            tuple(Segment(s.op, tuple((total - x, y) for x, y in s.points)) for s in shape.path),
            shape.stroke,
        )
        for shape in frame.shapes
    )
    return Frame(shapes, frame.box)
