"""A pose as pictures: one frame, or start and finish in one scale and one crop. And everything wrong with a pose."""

from __future__ import annotations

from functools import lru_cache

from protocols.checks.poses import sound_pose
from protocols.figures import arrows, closeup, props, signs
from protocols.figures.arrows import ALONG
from protocols.figures.mannequin import Body
from protocols.figures.marks import marks
from protocols.figures.props import PROPS
from protocols.figures.scene import Placed, moving, staged
from protocols.figures.shapes import (
    Box,
    Frame,
    Point,
    Role,
    Segment,
    Shape,
    distance,
    extent,
    flatten,
    mirror,
    polyline,
)
from protocols.figures.signs import SIGNS
from protocols.figures.skeleton import SURFACES, Skeleton, joints, on_the_way
from protocols.model import Pose

__all__ = [
    "ALONG",
    "PROPS",
    "SIGNS",
    "SURFACES",
    "Box",
    "Frame",
    "Point",
    "Pose",
    "Role",
    "Segment",
    "Shape",
    "distance",
    "faults",
    "flatten",
    "frame_at",
    "frames",
    "joints",
    "mirror",
    "mirrored_for",
]

MARGIN = 0.03
SWING = 0.05
"""Room around the joints of a figure on its way."""
HALFWAY = (0.25, 0.5, 0.75)


@lru_cache(maxsize=128)
def frames(pose: Pose, *, mirrored: bool = False) -> tuple[Frame, ...]:
    """One frame, or start and finish: shapes in painting order, in body heights, y up, in one common box.

    Raises KeyError for a pose that names an unknown prop or part; `faults` says which, and a library has none.
    """
    painted = _paint(pose)
    left, bottom, right, top = extent(shape for shapes in painted for shape in shapes)
    box = (left - MARGIN, bottom - MARGIN, right + MARGIN, top + MARGIN)
    pictures = tuple(Frame(tuple(shapes), box) for shapes in painted)
    return tuple(mirror(picture) for picture in pictures) if mirrored else pictures


def frame_at(pose: Pose, share: float, *, mirrored: bool = False) -> Frame:
    """The pose `share` of the way from start (0) to finish (1), without arrows; in one box for every share.

    A pose of one keyframe is that keyframe.
    """
    still = frames(pose, mirrored=mirrored)
    if pose.finish is None:
        return still[0]
    box = _way(pose)
    body, scene = moving(pose, share)
    floor = _floor(pose, (box[0] + MARGIN, box[1], box[2] - MARGIN, box[3]))
    picture = Frame((*floor, *_stack(body, props.place(scene))), box)
    return mirror(picture) if mirrored else picture


@lru_cache(maxsize=64)
def _way(pose: Pose) -> Box:
    """The box of the frames, larger where a limb swings out of it on the way."""
    left, bottom, right, top = frames(pose)[0].box
    points = [point for share in HALFWAY for point in on_the_way(pose, share)[1].points.values()]
    across, up = [x for x, _ in points], [y for _, y in points]
    return (
        min(left, min(across) - SWING),
        min(bottom, min(up) - SWING),
        max(right, max(across) + SWING),
        max(top, max(up) + SWING),
    )


def mirrored_for(pose: Pose, side: str | None) -> bool:
    """Whether a figure is turned round for a side: a side view shows the right side working, any other the left."""
    shown = "right" if pose.view == "side" else "left"
    return side in ("left", "right") and side != shown


def faults(pose: Pose) -> tuple[str, ...]:
    """What is wrong with a pose, one sentence each; empty for a sound one."""
    return tuple(f"{fault.place}: {fault.message}" for fault in sound_pose(pose))


def _paint(pose: Pose) -> list[list[Shape]]:
    if pose.view == "face":
        return [list(closeup.face())]
    drawn, scenes = staged(pose)
    room = scenes[0].room
    pictures = [_stack(layers, props.place(scene)) for layers, scene in zip(drawn, scenes, strict=True)]
    floor = _floor(pose, extent(shape for shapes in pictures for shape in shapes))
    pictures = [[*floor, *shapes] for shapes in pictures]
    pictures[-1] += _explain(pose, pictures[-1], room, scenes[-1].body)
    return pictures


def _explain(pose: Pose, shapes: list[Shape], room: Box, body: Skeleton) -> list[Shape]:
    """Arrows, what is measured and a close-up, on the finish or on the only picture."""
    obstacles = _obstacles(shapes, room)
    drawn: list[Shape] = []
    for arrow in (arrow for arrow in pose.arrows if arrow.at != "arch"):
        follows = arrow.kind in arrows.ALONG
        told = arrows.motion(arrow, pose, obstacles) if follows else signs.sign(arrow, pose, room)
        obstacles += [extent(told)] if told else []
        drawn += told
    if "inset_foot" in pose.props:
        drawn += closeup.arch((room[2] + 0.16, 0.56), body.points["near_toe"])
    if "inset_knee" in pose.props:
        drawn += closeup.gap((room[2] - 0.18, body.points["pelvis"][1] + 0.1), body.points["far_knee"])
    return [*drawn, *marks(pose)]


def _obstacles(shapes: list[Shape], room: Box) -> list[Box]:
    """Small props, which an arrow should not cover, and all that lies behind a wall."""
    boxes = [extent([shape]) for shape in shapes if shape.role in ("prop", "prop_line", "ground")]
    small = [box for box in boxes if box[2] - box[0] < 0.25 and box[3] - box[1] > 0.02]
    return [_with_behind(box, room) if box[3] > room[3] else box for box in small]


def _with_behind(wall: Box, room: Box) -> Box:
    """A wall higher than the person, widened to the side the person is not on."""
    left, bottom, right, top = wall
    return (left - 9, bottom, right, top) if left < (room[0] + room[2]) / 2 else (left, bottom, right + 9, top)


def _stack(body: Body, placed: Placed) -> list[Shape]:
    def layer(name: str) -> list[Shape]:
        return [shape for where, shape in placed if where == name]

    return [*layer("back"), *body.far, *body.trunk, *body.legs, *layer("held"), *body.arms, *layer("front")]


def _floor(pose: Pose, room: Box) -> list[Shape]:
    """A line where the figure stands; lying and kneeling figures have their mat."""
    if pose.plan or pose.view == "top" or "mat" in pose.props:
        return []
    return [Shape("ground", polyline([(room[0] - 0.03, -0.004), (room[2] + 0.03, -0.004)]), 0.008)]
