"""Arms and legs of the mannequin, with hands and feet. A limb is a group: a light line around it, then its fill."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from protocols.figures import contours
from protocols.figures.contours import Profile, width_at
from protocols.figures.shapes import Point, Role, Segment, Shape, add, along, distance, smooth
from protocols.figures.skeleton import HAND, Skeleton
from protocols.model import Posture

KEYLINE: Final = 0.0075
"""Width of the light line between a limb and what it crosses."""
PALM_HEIGHT: Final = 0.014
"""A hand that bears weight is this thick above the mat, to its middle."""
SHORTEST_HAND: Final = 0.035
POINTING: Final = 0.16
"""A thigh that looks shorter than this comes towards the viewer."""


def group(role: Role, paths: Iterable[tuple[Segment, ...]]) -> list[Shape]:
    """Parts that grow together: a light line around all of them, then the fills."""
    parts = list(paths)
    return [*(Shape("keyline", p, 2 * KEYLINE) for p in parts), *(Shape(role, p) for p in parts)]


def leg(body: Skeleton, side: str, role: Role) -> list[Shape]:
    """A leg from the side. The thigh lies over the shin, so that a bent knee shows a crease, but the knee is whole."""
    p, bones = body.points, body.bones
    hip, knee, ankle = p[f"{side}_hip"], p[f"{side}_knee"], p[f"{side}_ankle"]
    shin_front = bones[f"{side}_shin"][1]
    lower = group(role, (_flesh(knee, ankle, shin_front, contours.SHIN_SIDE), _foot_side(body, side)))
    upper = group(role, (_flesh(hip, knee, bones[f"{side}_thigh"][1], contours.THIGH_SIDE),))
    return [*lower, *upper, Shape(role, _flesh(knee, ankle, shin_front, contours.SHIN_SIDE, 0.22))]


def leg_front(body: Skeleton, side: str, role: Role) -> list[Shape]:
    """A leg from the front. A thigh that points at the viewer has its knee before it."""
    p, bones = body.points, body.bones
    hip, knee, ankle = p[f"{side}_hip"], p[f"{side}_knee"], p[f"{side}_ankle"]
    upper = _flesh(hip, knee, bones[f"{side}_thigh"][1], contours.THIGH_FRONT)
    lower = _flesh(knee, ankle, bones[f"{side}_shin"][1], contours.SHIN_FRONT)
    if distance(hip, knee) < POINTING:
        return [*group(role, (upper,)), *group(role, (lower, _foot_front(body, side)))]
    return group(role, (lower, _foot_front(body, side), upper))


def thigh_front(body: Skeleton, side: str, role: Role) -> list[Shape]:
    """The thigh of someone who kneels facing the viewer, shin and foot behind it."""
    hip, knee = body.points[f"{side}_hip"], body.points[f"{side}_knee"]
    return group(role, (_flesh(hip, knee, body.bones[f"{side}_thigh"][1], contours.THIGH_FRONT),))


def arm(body: Skeleton, posture: Posture, side: str, role: Role) -> list[Shape]:
    """Upper arm, forearm and mitten; the elbow itself is whole."""
    p, bones = body.points, body.bones
    shoulder, elbow, wrist = p[f"{side}_shoulder"], p[f"{side}_elbow"], p[f"{side}_wrist"]
    upper_front, fore_front = bones[f"{side}_upper_arm"][1], bones[f"{side}_forearm"][1]
    upper = group(role, (_flesh(shoulder, elbow, upper_front, contours.UPPER_ARM_WIDTHS),))
    forearm = _flesh(elbow, wrist, fore_front, contours.FOREARM_WIDTHS)
    lower = group(role, (forearm, _hand(body, posture, side)))
    backwards = tuple((1 - t, a, b) for t, a, b in reversed(contours.UPPER_ARM_WIDTHS))
    return [*upper, *lower, Shape(role, _flesh(elbow, shoulder, upper_front, backwards, 0.3))]


def flat_hand(body: Skeleton, posture: Posture, side: str) -> bool:
    """Whether this palm rests on the mat."""
    return posture.palms_flat and body.points[f"{side}_wrist"][1] < 0.06


def _flesh(start: Point, end: Point, front: Point, profile: Profile, until: float = 1.0) -> tuple[Segment, ...]:
    """The contour around one bone, up to a share of its length, with round ends."""
    rows = [row for row in profile if row[0] < until]
    rows.append((until, *width_at(profile, until)))
    v = (
        ((end[0] - start[0]) / reach, (end[1] - start[1]) / reach)
        if (reach := distance(start, end)) > 1e-6
        else (front[1], -front[0])
    )
    before = [add(along(start, end, t), front, w) for t, w, _ in rows]
    behind = [add(along(start, end, t), front, -w) for t, _, w in rows]
    top = _cap(start, front, (-v[0], -v[1]), rows[0])
    tip = _cap(along(start, end, until), front, v, rows[-1])
    return smooth([*top, *before, *reversed(tip), *reversed(behind)])


def _cap(at: Point, front: Point, way: Point, row: tuple[float, float, float]) -> list[Point]:
    """Three points of the half circle beyond a bone's end, from its back to its front."""
    _, before, behind = row
    reach = (before + behind) / 2
    arc = ((0.72, -0.72 * behind), (1.0, 0.0), (0.72, 0.72 * before))
    return [add(add(at, way, reach * out), front, aside) for out, aside in arc]


def _foot_side(body: Skeleton, side: str) -> tuple[Segment, ...]:
    foot, instep = body.bones[f"{side}_foot"]
    ankle = body.points[f"{side}_ankle"]
    return smooth([add(add(ankle, foot, x), instep, y) for x, y in contours.FOOT_SIDE], tension=0.9)


def _foot_front(body: Skeleton, side: str) -> tuple[Segment, ...]:
    ankle, toe = body.points[f"{side}_ankle"], body.points[f"{side}_toe"]
    v, out = body.bones[f"{side}_foot"]
    length = distance(ankle, toe)
    return smooth([add(add(ankle, v, x * length), out, y) for x, y in contours.FOOT_FRONT])


def _hand(body: Skeleton, posture: Posture, side: str) -> tuple[Segment, ...]:
    wrist, tip = body.points[f"{side}_wrist"], body.points[f"{side}_hand"]
    v, front = body.bones[f"{side}_forearm"]
    scale, thick = max(distance(wrist, tip), SHORTEST_HAND) / HAND, 1.0
    if flat_hand(body, posture, side):
        v, front, wrist, scale, thick = (1.0, 0.0), (0.0, 1.0), (wrist[0] - 0.006, PALM_HEIGHT), 0.95, 0.85
    return smooth([add(add(wrist, v, x * scale), front, y * thick) for x, y in contours.HAND])
