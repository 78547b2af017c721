"""What a figure rests on, leans on or holds, by name. Every prop is placed from the joints, so that it touches."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from protocols.figures import furniture, small_props
from protocols.figures.scene import Placed, Scene
from protocols.model import View


def place(scene: Scene) -> Placed:
    """All props of a pose for one keyframe, in painting order."""
    return [item for name in scene.pose.props for item in PROPS[name](scene)]


def _nothing(_: Scene) -> Placed:
    return []


PROPS: Final[dict[str, Callable[[Scene], Placed]]] = {
    "mat": furniture.mat,
    "pillow_head": small_props.pillow_head,
    "towel_head": small_props.towel_head,
    "pillow_under_knee": small_props.pillow_under_knee,
    "pillow_between_knees": small_props.pillow_between_knees,
    "bolster_knees": small_props.bolster_knees,
    "bolster_chest": small_props.bolster_chest,
    "chair": furniture.chair,
    "chair_back": furniture.chair_back,
    "chair_legs": furniture.chair_legs,
    "chair_behind": furniture.chair_behind,
    "chair_front": furniture.chair_front,
    "chair_aside": furniture.chair_aside,
    "chair_side": furniture.chair_side,
    "chair_beside": furniture.chair_beside,
    "bed_end": furniture.bed_end,
    "bed_edge": furniture.bed_edge,
    "bed_seat": furniture.bed_seat,
    "wall_back": furniture.wall_back,
    "wall_front": furniture.wall_front,
    "wall_side": furniture.wall_side,
    "wall_plane": furniture.wall_plane,
    "worktop": furniture.worktop,
    "ball_pelvis": small_props.ball_pelvis,
    "ball_upper_back": small_props.ball_upper_back,
    "ball_low_back": small_props.ball_low_back,
    "balls_skull": small_props.balls_skull,
    "roller_mid": small_props.roller_mid,
    "strap_foot": small_props.strap_foot,
    "band_foot": small_props.strap_foot,
    "band_front": small_props.band_front,
    "band_ankle": small_props.band_ankle,
    "band_feet": small_props.band_feet,
    "stick": small_props.stick,
    "weight": small_props.weight,
    "bottle": small_props.bottle,
    "kettlebell": small_props.kettlebell,
    "target": small_props.target,
    "bike": furniture.bike,
    "inset_foot": _nothing,
    "inset_knee": _nothing,
    "face": _nothing,
}
"""Every prop a pose may name. The close-ups are whole pictures of their own (closeup.py)."""
CLOSE_UPS: Final[dict[str, tuple[View, ...]]] = {
    "inset_foot": ("side", "front"),
    "inset_knee": ("front",),
    "face": ("face",),
}
"""The close-ups, and the views they go with."""
