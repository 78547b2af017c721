"""Arrows that say how the body moves: along the real way of the joint between the two keyframes.

An arrow looks for the free space nearest to that way, so that it does not cover the limb it explains.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from protocols.model import Arrow, Pose
from protocols.props import pedal_centre
from protocols.shapes import (
    Box,
    Point,
    Segment,
    Shape,
    add,
    along,
    circle,
    distance,
    left_of,
    polyline,
    smooth,
    unit,
)
from protocols.skeleton import HEAD, SIDES, Skeleton, between, keyframes
from protocols.torso import spine_curve, surface

SHAFT: Final = 0.013
HEAD_LENGTH: Final = 0.042
HEAD_HALF: Final = 0.024
SHORT: Final = 0.10
"""Length of an arrow that shows a push or a breath, not a way."""
MOVES: Final = 0.05
"""A joint that travels less than this gets a short straight arrow."""
CLEAR: Final = 0.055
"""An arrow keeps this far from the middle of a bone; twice that from the trunk's."""

WAYS: Final[dict[str, Point]] = {
    "up": (0.0, 1.0),
    "down": (0.0, -1.0),
    "left": (-1.0, 0.0),
    "right": (1.0, 0.0),
}
ALONG: Final = frozenset({*WAYS, "in", "out", "over", "arc_up", "arc_down", "arc_back", "up_down"})
"""Arrows that follow the way of a joint."""
SKIN: Final = frozenset({"belly", "mid_back", "hip_front", "chest"})
"""Places of a breath or a press."""
PASSED: Final = frozenset({"bottle", "kettlebell"})
"""Things that go from hand to hand."""


def draw(pose: Pose, box: Box, obstacles: Sequence[Box] = ()) -> list[Shape]:
    """All arrows of a pose; they belong on its finish, or on its only picture. `box` holds the mannequin."""
    shapes: list[Shape] = []
    for arrow in (a for a in pose.arrows if a.at != "arch"):
        shapes += _ways(arrow, pose, obstacles) if arrow.kind in ALONG else _signs(arrow, pose, box)
    return shapes


def _ways(arrow: Arrow, pose: Pose, obstacles: Sequence[Box]) -> list[Shape]:
    shapes: list[Shape] = []
    for name in _moving(arrow, pose):
        way, both = travel(pose, name), arrow.kind == "up_down"
        if _length(way) < MOVES and name in SKIN:
            shapes += _push(arrow, pose, name)
            continue
        if _passes(pose, name):
            return _arrow(_trim(way, 0.05, 0.05))
        way = _trim(way, 0.04, 0.06) if _length(way) > 2 * SHORT else _straight(way, arrow, 1.5 if both else 1.0)
        shapes += _arrow(_free(way, keyframes(pose)[-1], obstacles), both=both)
    return shapes


def travel(pose: Pose, name: str) -> list[Point]:
    """The way of a joint from start to finish, in 13 points; what is passed goes from hand to hand."""
    bodies = keyframes(pose)
    if _passes(pose, name):
        start, finish = bodies[0].points["near_wrist"], bodies[-1].points["far_wrist"]
        return [add(along(start, finish, i / 12), (0.0, -0.05 * math.sin(math.pi * i / 12))) for i in range(13)]
    return [spot(between(pose, i / 12), name) for i in range(13)]


def _passes(pose: Pose, name: str) -> bool:
    return name.endswith("_hand") and not PASSED.isdisjoint(pose.props)


def _straight(way: list[Point], arrow: Arrow, longer: float) -> list[Point]:
    """A short way as a straight arrow of a length one can see, ending where the way ends."""
    v = WAYS.get(arrow.kind, unit(way[0], way[-1])) if _length(way) < MOVES else unit(way[0], way[-1])
    return [add(way[-1], v, -SHORT * longer * (1 - i / 4)) for i in range(5)]


def spot(body: Skeleton, name: str) -> Point:
    """Where a part named by an arrow is."""
    p = body.points
    places = {"belly": 0.32, "chest": 0.8, "hip_front": 0.12, "mid_back": 0.5}
    if name in places:
        return surface(body, places[name], front=name != "mid_back")
    plain = {"shoulder": "shoulders", "jaw": "head", "thigh": "near_knee", "arch": "near_ankle", "foot": "near_foot"}
    name = plain.get(name, name)
    if name.endswith("_foot"):
        return along(p[name.replace("foot", "heel")], p[name.replace("foot", "toe")], 0.6)
    return p[name] if name in p else p[f"near_{name}"]


def _moving(arrow: Arrow, pose: Pose) -> list[str]:
    """The joints an arrow speaks of: a bare limb name means each side that moves, seen apart only from the front."""
    if arrow.at not in ("hand", "elbow", "knee", "foot", "heel"):
        return [arrow.at]
    names = [f"{side}_{arrow.at}" for side in SIDES]
    return names if pose.view == "front" else names[:1]


def _push(arrow: Arrow, pose: Pose, name: str) -> list[Shape]:
    """A short straight arrow at a part that hardly moves: a breath goes out from the skin, a press comes in."""
    body = keyframes(pose)[-1]
    at, way = spot(body, name), WAYS.get(arrow.kind, (0.0, 1.0))
    if arrow.kind in ("in", "out"):
        sign = 1.0 if at[0] > body.points["pelvis"][0] else -1.0
        way = (sign if arrow.kind == "out" else -sign, 0.0)
    inward = name == "hip_front"
    start = add(at, way, -SHORT - 0.012 if inward else 0.018)
    return _arrow([add(start, way, SHORT * i / 4) for i in range(5)], both=arrow.kind == "up_down")


def _length(way: Sequence[Point]) -> float:
    return sum(distance(a, b) for a, b in pairwise(way))


def _trim(way: list[Point], head: float, tail: float) -> list[Point]:
    """Without the first and last bit, so that the arrow does not start and end inside the limb."""
    total = _length(way)
    head, tail = min(head, total * 0.15), min(tail, total * 0.15)
    return _cut(_cut(way, head)[::-1], tail)[::-1]


def _cut(way: list[Point], off: float) -> list[Point]:
    """The way without its first `off`."""
    for i, (a, b) in enumerate(pairwise(way)):
        step = distance(a, b)
        if step >= off:
            return [along(a, b, off / step if step else 0.0), *way[i + 1 :]]
        off -= step
    return way[-2:]


def _free(way: list[Point], body: Skeleton, obstacles: Sequence[Box]) -> list[Point]:
    """The way moved aside or onward to where it covers the body least."""
    v = unit(way[0], way[-1])
    side = left_of(v)
    sideways = (0.0, 0.06, -0.06, 0.1, -0.1, 0.14, -0.14, 0.18, -0.18)
    moves = [(s, o) for s in sideways for o in (0.0, 0.08, -0.08, 0.16)]
    candidates = [[add(add(p, side, s), v, o) for p in way] for s, o in moves]
    costs = [
        _cover(c, body) + _blocked(c, obstacles) + 0.35 * abs(s) + 0.3 * abs(o)
        for c, (s, o) in zip(candidates, moves, strict=True)
    ]
    return candidates[costs.index(min(costs))]


def _cover(way: Sequence[Point], body: Skeleton) -> float:
    bones = _bones(body)
    return sum(max(0.0, max(room - _to_bone(p, a, b) for a, b, room in bones)) for p in way) / len(way) * 8


def _blocked(way: Sequence[Point], obstacles: Sequence[Box]) -> float:
    """The share of the way under the floor or on a prop."""
    room = HEAD_HALF
    return sum(
        y < room / 2 or any(x0 - room < x < x1 + room and y0 - room < y < y1 + room for x0, y0, x1, y1 in obstacles)
        for x, y in way
    ) / len(way)


def _bones(body: Skeleton) -> list[tuple[Point, Point, float]]:
    p = body.points
    bones = [(p["pelvis"], p["mid"], 0.08), (p["mid"], p["shoulders"], 0.08), (p["skull"], p["head"], 0.085)]
    for side in SIDES:
        chain = [p[f"{side}_{j}"] for j in ("shoulder", "elbow", "wrist", "hand")]
        bones += [(a, b, CLEAR) for a, b in pairwise(chain)]
        chain = [p[f"{side}_{j}"] for j in ("hip", "knee", "ankle", "toe")]
        bones += [(a, b, CLEAR + 0.01) for a, b in pairwise(chain)]
    return bones


def _to_bone(p: Point, a: Point, b: Point) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    square = dx * dx + dy * dy
    t = min(max(((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / square, 0.0), 1.0) if square else 0.0
    return distance(p, (a[0] + t * dx, a[1] + t * dy))


def _arrow(way: list[Point], *, both: bool = False) -> list[Shape]:
    """A line with a clean head at its end, or at both ends, on a light seam."""
    tip, back = way[-1], _cut(way[::-1], HEAD_LENGTH * 0.8)[::-1]
    heads = [_head(back[-1], tip)]
    if both:
        back = _cut(back, HEAD_LENGTH * 0.8)
        heads.append(_head(back[0], way[0]))
    line = smooth(back, closed=False)
    seam = [Shape("keyline", line, SHAFT + 0.014), *(Shape("keyline", h, 0.014) for h in heads)]
    return [*seam, Shape("arrow", line, SHAFT), *(Shape("arrow", h) for h in heads)]


def pointer(start: Point, end: Point) -> list[Shape]:
    """A short straight arrow."""
    return _arrow([along(start, end, i / 4) for i in range(5)])


def _head(base: Point, tip: Point) -> tuple[Segment, ...]:
    v = unit(base, tip)
    root = add(tip, v, -HEAD_LENGTH)
    wing = left_of(v)
    return polyline([tip, add(root, wing, HEAD_HALF), add(root, v, 0.008), add(root, wing, -HEAD_HALF)], closed=True)


# -- signs: arrows that do not follow a joint ----------------------------------------------------------------------


def _round(centre: Point, radius: float, start: float, end: float) -> list[Point]:
    """Points on a circle from one angle to another, in degrees, anticlockwise from screen right."""
    steps = 18
    angles = (math.radians(start + (end - start) * i / steps) for i in range(steps + 1))
    return [(centre[0] + radius * math.cos(a), centre[1] + radius * math.sin(a)) for a in angles]


def _heading(v: Point) -> float:
    return math.degrees(math.atan2(v[1], v[0]))


def _signs(arrow: Arrow, pose: Pose, box: Box) -> list[Shape]:
    bodies = keyframes(pose)
    body = bodies[-1]
    if arrow.kind == "squeeze":
        return _squeeze(body, arrow, pose)
    if arrow.kind == "square":
        return _square(body)
    if arrow.kind == "clock":
        return _clock((box[2] + 0.05, box[3] - 0.06))
    if arrow.kind == "roll":
        return _arrow(_round(body.points["shoulders"], 0.075, -50, 235))
    if arrow.kind == "circle":
        return _arrow(_round(pedal_centre(bodies[0], body), 0.115, 150, -60))
    if arrow.kind == "turn":
        return _turn(arrow, bodies)
    if arrow.kind in ("nod", "tilt"):
        return _nod(body) if arrow.kind == "nod" else _tilt(body)
    return []


def _nod(body: Skeleton) -> list[Shape]:
    """The chin goes to the chest: round the face, from above the brow downwards."""
    up, front = body.bones["head"]
    top, bottom = _heading(add(front, up, 0.55)), _heading(add(front, up, -0.75))
    return _arrow(_round(body.points["head"], HEAD * 1.55, *_shorter(top, bottom)))


def _tilt(body: Skeleton) -> list[Shape]:
    """The front of the pelvis rolls towards the ribs."""
    up, front = body.bones["lower"]
    low, high = _heading(add(front, up, -0.9)), _heading(add(front, up, 0.9))
    return _arrow(_round(body.points["pelvis"], 0.095, *_shorter(low, high)))


def _shorter(start: float, end: float) -> tuple[float, float]:
    turn = (end - start + 180) % 360 - 180
    return start, start + turn


def _turn(arrow: Arrow, bodies: tuple[Skeleton, ...]) -> list[Shape]:
    bone, radius = {"head": ("head", 0.15), "chest": ("upper", 0.26), "pelvis": ("lower", 0.215)}[arrow.at]
    start, end = (_heading(b.bones[bone][0]) for b in (bodies[0], bodies[-1]))
    return _arrow(_round(bodies[-1].points["pelvis"], radius, *_shorter(start, end)))


def _squeeze(body: Skeleton, arrow: Arrow, pose: Pose) -> list[Shape]:
    """Two arrows pointing at each other from both sides of a part."""
    if pose.view == "front":
        middle = along(body.points["near_hip"], body.points["far_knee"], 0.5)[1]
        centre = (body.points["pelvis"][0], middle)
        return [s for sign in (-1, 1) for s in _inward(centre, (sign * 1.0, 0.0), 0.105)]
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
    return [shape for a, b in sides for shape in _arrow([along(a, b, 0.12 + 0.76 * i / 4) for i in range(5)])]


def _clock(centre: Point) -> list[Shape]:
    hands = polyline([add(centre, (0.0, 0.03)), centre, add(centre, (0.022, -0.012))])
    return [
        Shape("keyline", circle(centre, 0.05)),
        Shape("arrow", circle(centre, 0.048), 0.009),
        Shape("arrow", hands, 0.009),
    ]
