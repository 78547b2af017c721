"""Arrows that say how the body moves: along the real way of the joint between the two keyframes.

An arrow looks for the free space nearest to that way, so that it does not cover the limb it explains.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from protocols.figures.shapes import (
    Box,
    Point,
    Segment,
    Shape,
    add,
    along,
    distance,
    left_of,
    polyline,
    smooth,
    unit,
)
from protocols.figures.skeleton import SIDES, Skeleton, between, keyframes
from protocols.figures.torso import surface
from protocols.model import Arrow, Pose

SHAFT: Final = 0.015
HEAD_LENGTH: Final = 0.05
HEAD_HALF: Final = 0.028
SHORT: Final = 0.115
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
BONY: Final = {"asis": (0.09, True), "psis": (0.21, False)}
"""The front and the back point of the pelvis: share of the spine, on the front."""
SKIN: Final = frozenset({"belly", "mid_back", "hip_front", "chest"})
"""Places of a breath or a press."""
ARM: Final = ("shoulder", "elbow", "wrist", "hand")
LEG: Final = ("hip", "knee", "ankle", "toe")
UNDERGROUND: Final[Box] = (-9.0, -9.0, 9.0, -HEAD_HALF / 2)
PASSED: Final = frozenset({"bottle", "kettlebell"})
"""Things that go from hand to hand."""


def motion(arrow: Arrow, pose: Pose, obstacles: Sequence[Box] = ()) -> list[Shape]:
    """The arrow along the way of the joint it names, on the finish or on the only picture."""
    shapes: list[Shape] = []
    room = obstacles if pose.plan or pose.view == "top" else (*obstacles, UNDERGROUND)
    for name in _moving(arrow, pose):
        way, both = travel(pose, name), arrow.kind == "up_down"
        if _length(way) < MOVES and name in SKIN:
            shapes += _push(arrow, pose, name)
            continue
        if _passes(pose, name):
            return arrow_along(_trim(way, 0.05, 0.05))
        way = _trim(way, 0.04, 0.06) if _length(way) > 2 * SHORT else _straight(way, arrow, 1.5 if both else 1.0)
        shapes += arrow_along(_free(way, keyframes(pose)[-1], room), both=both)
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
    if name in BONY:
        at, front = BONY[name]
        return surface(body, at, front=front)
    if name in places:
        return surface(body, places[name], front=name != "mid_back")
    plain = {"shoulder": "shoulders", "jaw": "head", "thigh": "near_knee", "arch": "near_ankle", "foot": "near_foot"}
    name = plain.get(name, name)
    if name == "navicular":
        return _navicular(body)
    if name.endswith("_foot"):
        return along(p[name.replace("foot", "heel")], p[name.replace("foot", "toe")], 0.6)
    return p[name] if name in p else p[f"near_{name}"]


def _navicular(body: Skeleton) -> Point:
    """The bump on the inner side of the near foot, before and below the ankle, from the side."""
    foot, instep = body.bones["near_foot"]
    return add(add(body.points["near_ankle"], foot, 0.05), instep, -0.014)


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
    return arrow_along([add(start, way, SHORT * i / 4) for i in range(5)], both=arrow.kind == "up_down")


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
    sideways = (0.0, 0.06, -0.06, 0.1, -0.1, 0.14, -0.14, 0.18, -0.18, 0.24, -0.24)
    moves = [(s, o) for s in sideways for o in (0.0, 0.08, -0.08, 0.16, -0.16, 0.24)]
    candidates = [[add(add(p, side, s), v, o) for p in way] for s, o in moves]
    costs = [
        _cover(c, body) + _blocked(c, obstacles) + 0.35 * abs(s) + 0.3 * abs(o)
        for c, (s, o) in zip(candidates, moves, strict=True)
    ]
    return candidates[costs.index(min(costs))]


def _cover(way: Sequence[Point], body: Skeleton) -> float:
    bones, way = _bones(body), way[::3]
    return sum(max(0.0, max(room - _to_bone(p, a, b) for a, b, room in bones)) for p in way) / len(way) * 8


def _blocked(way: Sequence[Point], obstacles: Sequence[Box]) -> float:
    """The share of the way on a prop or under the floor."""
    room = HEAD_HALF
    return sum(
        any(x0 - room < x < x1 + room and y0 - room < y < y1 + room for x0, y0, x1, y1 in obstacles) for x, y in way
    ) / len(way)


def _bones(body: Skeleton) -> list[tuple[Point, Point, float]]:
    """Both ends of every bone this view shows, and the room an arrow leaves it."""
    pairs = [("pelvis", "mid", 0.08), ("mid", "shoulders", 0.08), ("skull", "head", 0.085)]
    for side in SIDES:
        for joints, room in ((ARM, CLEAR), (LEG, CLEAR + 0.01)):
            pairs += [(f"{side}_{a}", f"{side}_{b}", room) for a, b in pairwise(joints)]
    p = body.points
    return [(p[a], p[b], room) for a, b, room in pairs if a in p and b in p]


def _to_bone(p: Point, a: Point, b: Point) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    square = dx * dx + dy * dy
    t = min(max(((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / square, 0.0), 1.0) if square else 0.0
    return distance(p, (a[0] + t * dx, a[1] + t * dy))


def arrow_along(way: list[Point], *, both: bool = False) -> list[Shape]:
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
    return arrow_along([along(start, end, i / 4) for i in range(5)])


def _head(base: Point, tip: Point) -> tuple[Segment, ...]:
    v = unit(base, tip)
    root = add(tip, v, -HEAD_LENGTH)
    wing = left_of(v)
    return polyline([tip, add(root, wing, HEAD_HALF), add(root, v, 0.008), add(root, wing, -HEAD_HALF)], closed=True)
