"""Pillows, balls, bands and what is held. They follow the body from keyframe to keyframe."""

from __future__ import annotations

from protocols.figures.scene import BAND, EDGE, LEG, Placed, Scene, ball_of_foot, knob, line, solid
from protocols.figures.shapes import (
    Point,
    Shape,
    add,
    along,
    capsule,
    circle,
    ellipse,
    left_of,
    polyline,
    rounded,
    unit,
)
from protocols.figures.skeleton import SIDES, Skeleton
from protocols.figures.torso import spine_curve, surface

# -- pillows, bolsters, balls --------------------------------------------------------------------------------------


def _pillow(scene: Scene, thick: float, reach: float) -> Placed:
    head, skull = scene.body.points["head"], scene.body.points["skull"]
    away = -1 if head[0] < skull[0] else 1
    inner, outer = skull[0] - away * 0.005, head[0] + away * reach
    left, right = min(inner, outer), max(inner, outer)
    if scene.pose.plan:
        return solid("back", rounded(left, head[1] - 0.12, right, head[1] + 0.10, 0.04))
    return solid("back", rounded(left, 0.0, right, thick, thick / 2))


def pillow_head(scene: Scene) -> Placed:
    return _pillow(scene, 0.05, 0.1)


def towel_head(scene: Scene) -> Placed:
    return _pillow(scene, 0.022, 0.075)


def pillow_under_knee(scene: Scene) -> Placed:
    x = scene.first.points["far_knee"][0]
    return solid("back", rounded(x - 0.075, 0.0, x + 0.075, 0.026, 0.013))


def pillow_between_knees(scene: Scene) -> Placed:
    p = scene.first.points
    middle = along(p["near_knee"], p["far_knee"], 0.5)
    height = abs(p["near_knee"][1] - p["far_knee"][1]) / 2
    return solid("front", rounded(middle[0] - 0.07, middle[1] - height, middle[0] + 0.05, middle[1] + height, 0.02))


def bolster_knees(scene: Scene) -> Placed:
    p = scene.body.points
    x, y = p["near_knee"]
    radius = (y - 0.036) / 2
    return solid("back", circle((x, radius), radius))


def bolster_chest(scene: Scene) -> Placed:
    low, high = surface(scene.last, 0.45, front=True), surface(scene.last, 1.0, front=True)
    top = max(min(low[1], high[1]) + 0.012, 0.1)
    return solid("back", rounded(low[0] - 0.01, 0.0, scene.last.points["head"][0] + 0.05, top, 0.05))


def ball_pelvis(scene: Scene) -> Placed:
    x, y = surface(scene.body, 0.1, front=True)
    radius = max(y / 2, 0.02)
    return solid("front", circle((x, radius), radius))


def _ball_on_back(scene: Scene, at: float, radius: float) -> Placed:
    centre, front = spine_curve(scene.body, at)
    skin = surface(scene.body, at, front=False)
    return solid("back", circle(add(skin, front, -radius), radius)) if centre else []


def ball_upper_back(scene: Scene) -> Placed:
    return _ball_on_back(scene, 0.86, 0.024)


def ball_low_back(scene: Scene) -> Placed:
    return _ball_on_back(scene, 0.3, 0.08)


def balls_skull(scene: Scene) -> Placed:
    x = along(scene.body.points["skull"], scene.body.points["head"], 0.3)[0]
    return solid("front", circle((x, 0.018), 0.018))


def roller_mid(scene: Scene) -> Placed:
    x, y = surface(scene.first, 0.56, front=False)
    radius = max(y / 2, 0.02)
    return [*solid("back", circle((x, radius), radius)), *solid("back", circle((x, radius), radius * 0.35), "soft")]


# -- bands ---------------------------------------------------------------------------------------------------------


def strap_foot(scene: Scene) -> Placed:
    sole, hand = ball_of_foot(scene.body, "near"), along(*_grip(scene.body, "near"), 0.6)
    return line("held", hand, sole)


def band_front(scene: Scene) -> Placed:
    post = scene.first.points["pelvis"][0] + 0.62
    y = scene.last.points["near_elbow"][1]
    fixed: Placed = line("back", (post, 0.0), (post, y + 0.12), width=LEG)
    return [*fixed, *line("held", along(*_grip(scene.body, "near"), 0.6), (post, y)), *knob("held", (post, y))]


def band_ankle(scene: Scene) -> Placed:
    ankle = scene.body.points["near_ankle"]
    post = scene.first.points["far_ankle"][0] - 0.16
    y = scene.first.points["near_ankle"][1] + 0.025
    cuff = add(ankle, scene.body.bones["near_shin"][0], -0.025)
    ring = line("front", *(add(cuff, scene.body.bones["near_shin"][1], w) for w in (-0.019, 0.019)))
    return [
        *line("back", (post, 0.0), (post, y + 0.1), width=LEG),
        *line("held", (post, y), cuff),
        *knob("held", (post, y)),
        *ring,
    ]


def band_feet(scene: Scene) -> Placed:
    feet = [along(scene.body.points[f"{s}_ankle"], scene.body.points[f"{s}_toe"], 0.72) for s in SIDES]
    v = unit(feet[1], feet[0])
    ends = add(feet[1], v, -0.03), add(feet[0], v, 0.03)
    return [("front", Shape("prop_line", capsule(*ends, 0.014, 0.014), BAND * 0.8))]


# -- held ----------------------------------------------------------------------------------------------------------


def _grip(body: Skeleton, side: str) -> tuple[Point, Point]:
    return body.points[f"{side}_wrist"], body.points[f"{side}_hand"]


def _in_hand(body: Skeleton, side: str) -> Point:
    return along(*_grip(body, side), 0.62)


def stick(scene: Scene) -> Placed:
    x, y = _in_hand(scene.body, "near")
    return [
        ("held", Shape("keyline", polyline([(x - 0.05, y + 0.03), (x + 0.05, y - 0.03)]), 0.032)),
        ("held", Shape("prop_line", polyline([(x - 0.05, y + 0.03), (x + 0.05, y - 0.03)]), 0.02)),
    ]


def weight(scene: Scene) -> Placed:
    hand = _in_hand(scene.body, "near")
    v = left_of(scene.body.bones["near_forearm"][0])
    ends = [add(hand, v, side * 0.048) for side in (-1, 1)]
    bar: Placed = line("held", *ends, width=0.02)
    for side, end in zip((-1, 1), ends, strict=True):
        bar += [
            ("held", Shape("prop_line", capsule(add(end, v, side * 0.004), add(end, v, side * 0.012), 0.028, 0.028)))
        ]
    return bar


def _busy_hand(scene: Scene) -> str:
    """The hand nearer the midline holds the thing that is passed."""
    p = scene.body.points
    return min(SIDES, key=lambda s: abs(p[f"{s}_hand"][0] - p["pelvis"][0]))


def bottle(scene: Scene) -> Placed:
    x, y = _in_hand(scene.body, _busy_hand(scene))
    neck = solid("front", rounded(x - 0.010, y + 0.035, x + 0.010, y + 0.066, 0.004), "soft")
    return [*neck, *solid("front", rounded(x - 0.023, y - 0.065, x + 0.023, y + 0.044, 0.014))]


def kettlebell(scene: Scene) -> Placed:
    x, y = _in_hand(scene.body, _busy_hand(scene))
    handle, ball = Shape("prop_line", ellipse((x, y - 0.03), 0.03, 0.034), 0.013), circle((x, y - 0.09), 0.044)
    return [("held", handle), ("held", Shape("keyline", ball, 0.012)), ("held", Shape("prop_line", ball))]


def target(scene: Scene) -> Placed:
    dashes: Placed = []
    for i in range(6):
        y = 0.16 + i * 0.055
        dashes += line("back", (0.0, y), (0.0, y + 0.028), width=EDGE)
    return [*dashes, ("back", Shape("prop_line", circle((0.0, 0.52), 0.016)))]
