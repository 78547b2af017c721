"""What a figure rests on, leans on or holds. Every prop is placed from the joints, so that it touches where it should.

Furniture is placed once, from the keyframe that uses it, and stands still; what is held follows the hands.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal, NamedTuple

from protocols.model import Pose, Posture
from protocols.shapes import (
    Box,
    Point,
    Role,
    Segment,
    Shape,
    add,
    along,
    capsule,
    circle,
    ellipse,
    extent,
    left_of,
    polyline,
    rounded,
    unit,
)
from protocols.skeleton import HEAD, SIDES, SURFACES, Skeleton
from protocols.torso import spine_curve, surface

Layer = Literal["back", "held", "front"]
EDGE: Final = 0.005
BAND: Final = 0.012
MAT: Final = 0.022
LEG: Final = 0.018
WALL: Final = 0.03
SEAT_DEPTH: Final = 0.046
"""From the hip joint down to the seat."""


class Scene(NamedTuple):
    """One keyframe with what surrounds it: `first` and `last` are the start and the finish of the same pose."""

    pose: Pose
    posture: Posture
    body: Skeleton
    first: Skeleton
    last: Skeleton
    room: Box
    """What the mannequin takes in both keyframes together."""
    back_edge: float
    """The rear-most x of trunk and head in the start."""


Placed = list[tuple[Layer, Shape]]


def place(scene: Scene) -> Placed:
    """All props of a pose for one keyframe, in painting order."""
    return [item for name in scene.pose.props for item in PROPS[name](scene)]


def _solid(layer: Layer, path: tuple[Segment, ...], role: Role = "prop") -> Placed:
    return [(layer, Shape(role, path)), (layer, Shape("prop_line", path, EDGE))]


def _line(layer: Layer, *points: Point, width: float = BAND) -> Placed:
    return [(layer, Shape("prop_line", polyline(points), width))]


# -- ground, walls -------------------------------------------------------------------------------------------------


def _mat(scene: Scene) -> Placed:
    left, bottom, right, top = scene.room
    if scene.pose.plan:
        return _solid("back", rounded(left - 0.04, bottom - 0.04, right + 0.04, top + 0.04, 0.03), "soft")
    return _solid("back", rounded(left - 0.05, -MAT, right + 0.05, 0.0, MAT / 2), "soft")


def _wall(x: float, scene: Scene, side: int) -> Placed:
    """A wall seen edge-on, `side` -1 when the figure stands to its right."""
    top = scene.room[3] + 0.05
    near, far = sorted((x, x + side * WALL))
    shapes: Placed = [("back", Shape("ground", rounded(near, 0.0, far, top, 0.0)))]
    return [*shapes, ("back", Shape("prop_line", polyline([(x, 0.0), (x, top)]), EDGE))]


def _wall_back(scene: Scene) -> Placed:
    ball = {"ball_upper_back": _ball_upper_back, "ball_low_back": _ball_low_back}
    edge = scene.back_edge
    for name, put in ball.items():
        if name in scene.pose.props:
            edge = extent([shape for _, shape in put(scene._replace(body=scene.first))])[0]
    return _wall(edge, scene, -1)


def _wall_front(scene: Scene) -> Placed:
    return _wall(max(scene.first.points[f"{s}_hand"][0] for s in SIDES), scene, 1)


def _wall_plane(scene: Scene) -> Placed:
    left, _, right, top = scene.room
    box = (left - 0.05, 0.0, right + 0.05, top + 0.04)
    shapes: Placed = [("back", Shape("ghost", rounded(*box, 0.0)))]
    for y in (0.25, 0.5, 0.75, 1.0, 1.25):
        if y < box[3]:
            shapes += [("back", Shape("keyline", polyline([(box[0], y), (box[2], y)]), EDGE))]
    return shapes


def _wall_side(scene: Scene) -> Placed:
    if scene.pose.view != "top":
        return _wall_plane(scene)
    x = max(scene.first.points[f"{s}_hand"][0] for s in SIDES)
    shapes: Placed = [("back", Shape("ground", rounded(x, -0.3, x + WALL, 0.3, 0.0)))]
    return [*shapes, *_line("back", (x, -0.3), (x, 0.3), width=EDGE)]


# -- chairs and beds -----------------------------------------------------------------------------------------------


def _chair_shape(seat: tuple[float, float], top: float, back_top: float, *, back: int = -1) -> Placed:
    """A chair from the side: seat from x to x, its surface at `top`, the back rest on the left (-1) or right."""
    left, right = seat
    rear, front = (left, right) if back < 0 else (right, left)
    legs = [
        Shape("prop_line", polyline([(rear, 0.0), (rear + back * 0.012, back_top)]), LEG),
        Shape("prop_line", polyline([(front - back * -0.012, 0.0), (front - back * -0.012, top - 0.02)]), LEG),
    ]
    cushion = rounded(left - 0.005, top - 0.032, right + 0.005, top, 0.012)
    return [*(("back", leg) for leg in legs), *_solid("back", cushion)]


def _chair(scene: Scene) -> Placed:
    if scene.pose.view == "top":
        return [
            *_solid("back", rounded(-0.14, -0.13, 0.14, 0.15, 0.03)),
            *_solid("back", rounded(-0.14, -0.165, 0.14, -0.135, 0.012)),
        ]
    x, y = scene.first.points["pelvis"]
    return _chair_shape((x - 0.085, x + 0.15), y - SEAT_DEPTH, y + 0.25)


def _chair_back(scene: Scene) -> Placed:
    x, y = scene.first.points["pelvis"]
    top = scene.last.points["mid"][1]
    return _chair_shape((x - 0.068, x + 0.15), y - SEAT_DEPTH, top)


def _chair_legs(scene: Scene) -> Placed:
    knee, ankle = scene.first.points["near_knee"], scene.first.points["near_ankle"]
    return _chair_shape((knee[0] + 0.045, ankle[0] + 0.02), min(knee[1], ankle[1]) - 0.034, knee[1] + 0.2, back=1)


def _chair_behind(scene: Scene) -> Placed:
    x, y = scene.first.points["pelvis"]
    seat, half = y - SEAT_DEPTH, 0.125
    legs: Placed = []
    for sign in (-1, 1):
        legs += _line("back", (x + sign * (half - 0.012), 0.0), (x + sign * (half - 0.012), y + 0.24), width=LEG)
    rest = _solid("back", rounded(x - half, y + 0.14, x + half, y + 0.25, 0.02))
    return [*legs, *rest, *_solid("back", rounded(x - half, seat - 0.032, x + half, seat, 0.012))]


def _chair_front(scene: Scene) -> Placed:
    x, y = max(scene.first.points[f"{s}_hand"] for s in SIDES)
    return _chair_shape((x - 0.01, x + 0.22), 0.26, y - 0.012)


def _chair_side(scene: Scene) -> Placed:
    x = scene.room[2] + 0.03
    top = min(f.points["near_hand"][1] for f in (scene.first, scene.last)) + 0.01
    return _chair_shape((x, x + 0.2), 0.26, top + 0.03)


def _chair_beside(scene: Scene) -> Placed:
    x = scene.room[2] + 0.04
    return _chair_shape((x, x + 0.21), 0.26, 0.5, back=1)


def _bed(left: float, right: float, top: float) -> Placed:
    legs: Placed = []
    for x in (left + 0.03, right - 0.03):
        legs += _line("back", (x, 0.01), (x, top - 0.07), width=LEG)
    frame = _solid("back", rounded(left + 0.005, top - 0.115, right - 0.005, top - 0.07, 0.008))
    return [*legs, *frame, *_solid("back", rounded(left, top - 0.075, right, top, 0.025), "soft")]


def _bed_edge(scene: Scene) -> Placed:
    p = scene.first.points
    return _bed(p["head"][0] - HEAD - 0.06, p["pelvis"][0] + 0.045, SURFACES["bed"])


def _bed_seat(scene: Scene) -> Placed:
    x, y = scene.first.points["pelvis"]
    return _bed(x - 0.42, x + 0.14, y - SEAT_DEPTH)


# -- pillows, bolsters, balls --------------------------------------------------------------------------------------


def _pillow(scene: Scene, thick: float, reach: float) -> Placed:
    head, skull = scene.body.points["head"], scene.body.points["skull"]
    away = -1 if head[0] < skull[0] else 1
    inner, outer = skull[0] - away * 0.005, head[0] + away * reach
    if scene.pose.plan:
        y = head[1] - 0.01
        return _solid(
            "back", rounded(*sorted_pair(inner, outer)[:1], y - 0.11, sorted_pair(inner, outer)[1], y + 0.11, 0.04)
        )
    left, right = sorted_pair(inner, outer)
    return _solid("back", rounded(left, 0.0, right, thick, thick / 2), "prop")


def sorted_pair(a: float, b: float) -> tuple[float, float]:
    """Smaller first."""
    return (a, b) if a < b else (b, a)


def _pillow_head(scene: Scene) -> Placed:
    return _pillow(scene, 0.05, 0.1)


def _towel_head(scene: Scene) -> Placed:
    return _pillow(scene, 0.022, 0.075)


def _pillow_under_knee(scene: Scene) -> Placed:
    x = scene.first.points["far_knee"][0]
    return _solid("back", rounded(x - 0.075, 0.0, x + 0.075, 0.026, 0.013), "prop")


def _pillow_between_knees(scene: Scene) -> Placed:
    p = scene.first.points
    middle = along(p["near_knee"], p["far_knee"], 0.5)
    height = abs(p["near_knee"][1] - p["far_knee"][1]) / 2
    return _solid(
        "front", rounded(middle[0] - 0.07, middle[1] - height, middle[0] + 0.05, middle[1] + height, 0.02), "prop"
    )


def _bolster_knees(scene: Scene) -> Placed:
    p = scene.body.points
    x, y = p["near_knee"]
    radius = (y - 0.036) / 2
    return _solid("back", circle((x, radius), radius))


def _bolster_chest(scene: Scene) -> Placed:
    low, high = surface(scene.last, 0.45, front=True), surface(scene.last, 1.0, front=True)
    top = max(min(low[1], high[1]) + 0.012, 0.1)
    return _solid("back", rounded(low[0] - 0.01, 0.0, scene.last.points["head"][0] + 0.05, top, 0.05))


def _ball_pelvis(scene: Scene) -> Placed:
    x, y = surface(scene.body, 0.1, front=True)
    radius = max(y / 2, 0.02)
    return _solid("front", circle((x, radius), radius))


def _ball_on_back(scene: Scene, at: float, radius: float) -> Placed:
    centre, front = spine_curve(scene.body, at)
    skin = surface(scene.body, at, front=False)
    return _solid("back", circle(add(skin, front, -radius), radius)) if centre else []


def _ball_upper_back(scene: Scene) -> Placed:
    return _ball_on_back(scene, 0.86, 0.024)


def _ball_low_back(scene: Scene) -> Placed:
    return _ball_on_back(scene, 0.3, 0.08)


def _balls_skull(scene: Scene) -> Placed:
    x = along(scene.body.points["skull"], scene.body.points["head"], 0.3)[0]
    return _solid("front", circle((x, 0.018), 0.018))


def _roller_mid(scene: Scene) -> Placed:
    x, y = surface(scene.first, 0.56, front=False)
    radius = max(y / 2, 0.02)
    return [*_solid("back", circle((x, radius), radius)), *_solid("back", circle((x, radius), radius * 0.35), "soft")]


# -- bands ---------------------------------------------------------------------------------------------------------


def _ball_of_foot(body: Skeleton, side: str) -> Point:
    return along(body.points[f"{side}_heel"], body.points[f"{side}_toe"], 0.72)


def _strap_foot(scene: Scene) -> Placed:
    sole, hand = _ball_of_foot(scene.body, "near"), along(*_grip(scene.body, "near"), 0.6)
    return _line("held", hand, sole)


def _band_front(scene: Scene) -> Placed:
    post = scene.first.points["pelvis"][0] + 0.62
    y = scene.last.points["near_elbow"][1]
    fixed: Placed = _line("back", (post, 0.0), (post, y + 0.12), width=LEG)
    return [*fixed, *_line("held", along(*_grip(scene.body, "near"), 0.6), (post, y)), *_knob("held", (post, y))]


def _band_ankle(scene: Scene) -> Placed:
    ankle = scene.body.points["near_ankle"]
    post = scene.first.points["far_ankle"][0] - 0.16
    y = scene.first.points["near_ankle"][1] + 0.025
    cuff = add(ankle, scene.body.bones["near_shin"][0], -0.025)
    ring = _line("front", *(add(cuff, scene.body.bones["near_shin"][1], w) for w in (-0.019, 0.019)))
    return [
        *_line("back", (post, 0.0), (post, y + 0.1), width=LEG),
        *_line("held", (post, y), cuff),
        *_knob("held", (post, y)),
        *ring,
    ]


def _knob(layer: Layer, at: Point) -> Placed:
    return [(layer, Shape("prop_line", circle(at, 0.013)))]


def _band_feet(scene: Scene) -> Placed:
    feet = [along(scene.body.points[f"{s}_ankle"], scene.body.points[f"{s}_toe"], 0.72) for s in SIDES]
    v = unit(feet[1], feet[0])
    ends = add(feet[1], v, -0.03), add(feet[0], v, 0.03)
    return [("front", Shape("prop_line", capsule(*ends, 0.014, 0.014), BAND * 0.8))]


# -- held ----------------------------------------------------------------------------------------------------------


def _grip(body: Skeleton, side: str) -> tuple[Point, Point]:
    return body.points[f"{side}_wrist"], body.points[f"{side}_hand"]


def _in_hand(body: Skeleton, side: str) -> Point:
    return along(*_grip(body, side), 0.62)


def _stick(scene: Scene) -> Placed:
    x, y = _in_hand(scene.body, "near")
    return [
        ("held", Shape("keyline", polyline([(x - 0.05, y + 0.03), (x + 0.05, y - 0.03)]), 0.032)),
        ("held", Shape("prop_line", polyline([(x - 0.05, y + 0.03), (x + 0.05, y - 0.03)]), 0.02)),
    ]


def _weight(scene: Scene) -> Placed:
    hand = _in_hand(scene.body, "near")
    v = left_of(scene.body.bones["near_forearm"][0])
    ends = [add(hand, v, side * 0.048) for side in (-1, 1)]
    bar: Placed = _line("held", *ends, width=0.02)
    for side, end in zip((-1, 1), ends, strict=True):
        bar += [
            ("held", Shape("prop_line", capsule(add(end, v, side * 0.004), add(end, v, side * 0.012), 0.028, 0.028)))
        ]
    return bar


def _busy_hand(scene: Scene) -> str:
    """The hand nearer the midline holds the thing that is passed."""
    p = scene.body.points
    return min(SIDES, key=lambda s: abs(p[f"{s}_hand"][0] - p["pelvis"][0]))


def _bottle(scene: Scene) -> Placed:
    x, y = _in_hand(scene.body, _busy_hand(scene))
    neck = _solid("front", rounded(x - 0.010, y + 0.035, x + 0.010, y + 0.066, 0.004), "soft")
    return [*neck, *_solid("front", rounded(x - 0.023, y - 0.065, x + 0.023, y + 0.044, 0.014))]


def _kettlebell(scene: Scene) -> Placed:
    x, y = _in_hand(scene.body, _busy_hand(scene))
    handle, ball = Shape("prop_line", ellipse((x, y - 0.03), 0.03, 0.034), 0.013), circle((x, y - 0.09), 0.044)
    return [("held", handle), ("held", Shape("keyline", ball, 0.012)), ("held", Shape("prop_line", ball))]


# -- other ---------------------------------------------------------------------------------------------------------


def _target(scene: Scene) -> Placed:
    dashes: Placed = []
    for i in range(6):
        y = 0.16 + i * 0.055
        dashes += _line("back", (0.0, y), (0.0, y + 0.028), width=EDGE)
    return [*dashes, ("back", Shape("prop_line", circle((0.0, 0.52), 0.016)))]


def _bike(scene: Scene) -> Placed:
    p = scene.first.points
    (x, y), (_, behind) = p["pelvis"], scene.body.bones["lower"]
    top, centre = y - 0.055, pedal_centre(scene.first, scene.last)
    rest = along(p["pelvis"], p["shoulders"], 0.1), along(p["pelvis"], p["shoulders"], 0.95)
    return [
        *_line("back", (x - 0.1, 0.012), (centre[0] + 0.1, 0.012), width=LEG),
        *_line("back", (x, 0.012), (x, top - 0.03), width=LEG),
        *_line("back", (centre[0] - 0.03, 0.012), centre, width=LEG),
        *_line("back", *(add(point, behind, -0.066) for point in rest), width=0.024),
        *_solid("back", rounded(x - 0.07, top - 0.035, x + 0.1, top, 0.014)),
        *_solid("back", circle(centre, 0.075)),
        *_line("back", *(_ball_of_foot(scene.body, s) for s in SIDES)),
        *_knob("back", centre),
    ]


def pedal_centre(first: Skeleton, last: Skeleton) -> Point:
    """The middle of the circle the feet go round."""
    feet = [_ball_of_foot(body, side) for body in (first, last) for side in SIDES]
    return sum(x for x, _ in feet) / 4, sum(y for _, y in feet) / 4


def _nothing(_: Scene) -> Placed:
    return []


PROPS: Final[dict[str, Callable[[Scene], Placed]]] = {
    "mat": _mat,
    "pillow_head": _pillow_head,
    "towel_head": _towel_head,
    "pillow_under_knee": _pillow_under_knee,
    "pillow_between_knees": _pillow_between_knees,
    "bolster_knees": _bolster_knees,
    "bolster_chest": _bolster_chest,
    "chair": _chair,
    "chair_back": _chair_back,
    "chair_legs": _chair_legs,
    "chair_behind": _chair_behind,
    "chair_front": _chair_front,
    "chair_side": _chair_side,
    "chair_beside": _chair_beside,
    "bed_edge": _bed_edge,
    "bed_seat": _bed_seat,
    "wall_back": _wall_back,
    "wall_front": _wall_front,
    "wall_side": _wall_side,
    "wall_plane": _wall_plane,
    "ball_pelvis": _ball_pelvis,
    "ball_upper_back": _ball_upper_back,
    "ball_low_back": _ball_low_back,
    "balls_skull": _balls_skull,
    "roller_mid": _roller_mid,
    "strap_foot": _strap_foot,
    "band_foot": _strap_foot,
    "band_front": _band_front,
    "band_ankle": _band_ankle,
    "band_feet": _band_feet,
    "stick": _stick,
    "weight": _weight,
    "bottle": _bottle,
    "kettlebell": _kettlebell,
    "target": _target,
    "bike": _bike,
    "inset_foot": _nothing,
    "face": _nothing,
}
"""Every prop a pose may name. The two close-ups are whole pictures of their own (closeup.py)."""
