"""Ground, walls, chairs, beds and the bike. Furniture stands still: it is placed from the keyframe that uses it."""

from __future__ import annotations

from typing import Final

from protocols.figures.scene import EDGE, LEG, Placed, Scene, ball_of_foot, knob, line, pedal_centre, solid
from protocols.figures.shapes import (
    Shape,
    add,
    along,
    circle,
    extent,
    polyline,
    rounded,
)
from protocols.figures.skeleton import HEAD, SIDES, SURFACES, Skeleton
from protocols.figures.small_props import ball_low_back, ball_upper_back

MAT: Final = 0.022
WALL: Final = 0.03
WORKTOP_BELOW: Final = 0.012
"""From the middle of the hand down to the worktop."""
SEAT_DEPTH: Final = 0.046
"""From the hip joint down to the seat."""


# -- ground, walls -------------------------------------------------------------------------------------------------


def mat(scene: Scene) -> Placed:
    left, bottom, right, top = scene.room
    if scene.pose.plan:
        return solid("back", rounded(left - 0.04, bottom - 0.04, right + 0.04, top + 0.04, 0.03), "soft")
    return solid("back", rounded(left - 0.05, -MAT, right + 0.05, 0.0, MAT / 2), "soft")


def _wall(x: float, scene: Scene, side: int) -> Placed:
    """A wall seen edge-on, `side` -1 when the figure stands to its right."""
    top = scene.room[3] + 0.05
    near, far = sorted((x, x + side * WALL))
    shapes: Placed = [("back", Shape("ground", rounded(near, 0.0, far, top, 0.0)))]
    return [*shapes, ("back", Shape("prop_line", polyline([(x, 0.0), (x, top)]), EDGE))]


def wall_back(scene: Scene) -> Placed:
    ball = {"ball_upper_back": ball_upper_back, "ball_low_back": ball_low_back}
    edge = scene.back_edge
    for name, put in ball.items():
        if name in scene.pose.props:
            edge = extent([shape for _, shape in put(scene._replace(body=scene.first))])[0]
    return _wall(edge, scene, -1)


def wall_front(scene: Scene) -> Placed:
    return _wall(wall_ahead(scene.first), scene, 1)


def wall_ahead(first: Skeleton) -> float:
    """Where the wall in front begins: at the finger tips of the start."""
    return max(first.points[f"{s}_hand"][0] for s in SIDES)


def wall_plane(scene: Scene) -> Placed:
    left, _, right, top = scene.room
    box = (left - 0.05, 0.0, right + 0.05, top + 0.04)
    shapes: Placed = [("back", Shape("ghost", rounded(*box, 0.0)))]
    for y in (0.25, 0.5, 0.75, 1.0, 1.25):
        if y < box[3]:
            shapes += [("back", Shape("keyline", polyline([(box[0], y), (box[2], y)]), EDGE))]
    return shapes


def wall_side(scene: Scene) -> Placed:
    if scene.pose.view != "top":
        return wall_plane(scene)
    x = max(scene.first.points[f"{s}_hand"][0] for s in SIDES)
    shapes: Placed = [("back", Shape("ground", rounded(x, -0.3, x + WALL, 0.3, 0.0)))]
    return [*shapes, *line("back", (x, -0.3), (x, 0.3), width=EDGE)]


def worktop(scene: Scene) -> Placed:
    """A kitchen worktop in front, its surface under the finger tips, from the side."""
    x, y = max(scene.first.points[f"{s}_hand"] for s in SIDES)
    left, right, top = x - 0.06, x + 0.2, y - WORKTOP_BELOW
    cupboard: Placed = [("back", Shape("ghost", rounded(left + 0.03, 0.0, right, top, 0.0)))]
    return [*cupboard, *solid("back", rounded(left, top - 0.035, right, top, 0.008))]


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
    return [*(("back", leg) for leg in legs), *solid("back", cushion)]


def chair(scene: Scene) -> Placed:
    if scene.pose.view == "top":
        return [
            *solid("back", rounded(-0.14, -0.13, 0.14, 0.15, 0.03)),
            *solid("back", rounded(-0.14, -0.165, 0.14, -0.135, 0.012)),
        ]
    x, y = scene.first.points["pelvis"]
    return _chair_shape((x - 0.085, x + 0.15), y - SEAT_DEPTH, y + 0.25)


def chair_back(scene: Scene) -> Placed:
    x, y = scene.first.points["pelvis"]
    top = scene.last.points["mid"][1]
    return _chair_shape((x - 0.068, x + 0.15), y - SEAT_DEPTH, top)


def chair_legs(scene: Scene) -> Placed:
    knee, ankle = scene.first.points["near_knee"], scene.first.points["near_ankle"]
    return _chair_shape((knee[0] + 0.045, ankle[0] + 0.02), min(knee[1], ankle[1]) - 0.034, knee[1] + 0.2, back=1)


def chair_behind(scene: Scene) -> Placed:
    x, y = scene.first.points["pelvis"]
    seat, half = y - SEAT_DEPTH, 0.15
    posts: Placed = []
    for sign in (-1, 1):
        post = x + sign * (half - 0.014)
        posts += line("back", (post, 0.0), (post, y + 0.3), width=LEG)
    rest = solid("back", rounded(x - half, y + 0.18, x + half, y + 0.31, 0.02))
    return [*posts, *rest, *solid("back", rounded(x - half, seat - 0.034, x + half, seat + 0.006, 0.014))]


def chair_front(scene: Scene) -> Placed:
    x, y = max(scene.first.points[f"{s}_hand"] for s in SIDES)
    return _chair_shape((x - 0.01, x + 0.22), 0.26, y - 0.012)


def chair_aside(scene: Scene) -> Placed:
    """A chair on the far side, its back rest in the far hand, out of the way of a leg that swings forward."""
    x, y = scene.first.points["far_hand"]
    return _chair_shape((x - 0.22, x), 0.26, y - 0.012, back=1)


def chair_side(scene: Scene) -> Placed:
    x = scene.room[2] - 0.012
    top = min(f.points["near_hand"][1] for f in (scene.first, scene.last)) + 0.01
    return _chair_shape((x, x + 0.2), 0.26, top + 0.03)


def chair_beside(scene: Scene) -> Placed:
    x = scene.room[2] + 0.04
    return _chair_shape((x, x + 0.21), 0.26, 0.5, back=1)


def _bed(left: float, right: float, top: float) -> Placed:
    legs: Placed = []
    for x in (left + 0.03, right - 0.03):
        legs += line("back", (x, 0.01), (x, top - 0.07), width=LEG)
    frame = solid("back", rounded(left + 0.005, top - 0.115, right - 0.005, top - 0.07, 0.008))
    return [*legs, *frame, *solid("back", rounded(left, top - 0.075, right, top, 0.025), "soft")]


def bed_end(scene: Scene) -> Placed:
    """The plinth from its foot end, under a figure that faces the viewer."""
    x, y = scene.first.points["pelvis"]
    top, half = y - SEAT_DEPTH, 0.27
    legs: Placed = []
    for sign in (-1, 1):
        legs += line("back", (x + sign * (half - 0.03), 0.01), (x + sign * (half - 0.03), top - 0.07), width=LEG)
    frame = solid("back", rounded(x - half + 0.005, top - 0.1, x + half - 0.005, top - 0.06, 0.008))
    return [*legs, *frame, *solid("back", rounded(x - half, top - 0.065, x + half, top, 0.025), "soft")]


def bed_edge(scene: Scene) -> Placed:
    p = scene.first.points
    return _bed(p["head"][0] - HEAD - 0.06, p["pelvis"][0] + 0.045, SURFACES["bed"])


def bed_seat(scene: Scene) -> Placed:
    x, y = scene.first.points["pelvis"]
    return _bed(x - 0.42, x + 0.14, y - SEAT_DEPTH)


def bike(scene: Scene) -> Placed:
    p = scene.first.points
    (x, y), (_, behind) = p["pelvis"], scene.body.bones["lower"]
    top, centre = y - 0.055, pedal_centre(scene.first, scene.last)
    rest = along(p["pelvis"], p["shoulders"], 0.1), along(p["pelvis"], p["shoulders"], 0.95)
    return [
        *line("back", (x - 0.1, 0.012), (centre[0] + 0.1, 0.012), width=LEG),
        *line("back", (x, 0.012), (x, top - 0.03), width=LEG),
        *line("back", (centre[0] - 0.03, 0.012), centre, width=LEG),
        *line("back", *(add(point, behind, -0.066) for point in rest), width=0.024),
        *solid("back", rounded(x - 0.07, top - 0.035, x + 0.1, top, 0.014)),
        *solid("back", circle(centre, 0.075)),
        *line("back", *(ball_of_foot(scene.body, s) for s in SIDES)),
        *knob("back", centre),
    ]
