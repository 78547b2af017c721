"""Whether a pose can be held and drawn: known names, joints in human range, contacts that touch."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Final, NamedTuple

import msgspec

from protocols.checks.contacts import POINTS, touching
from protocols.checks.problem import Fault, Faults, meant
from protocols.figures.arrows import ALONG, spot
from protocols.figures.marks import marks
from protocols.figures.props import CLOSE_UPS, PROPS
from protocols.figures.scene import Scene, staged
from protocols.figures.signs import SIGNS, sign
from protocols.figures.skeleton import SURFACES
from protocols.model import Arrow, Pose, Posture, View

Limits = dict[str, tuple[float, float]]
SIDE: Final[Limits] = {
    "spine": (-45, 70),
    "neck": (-60, 60),
    "shoulder": (-90, 185),
    "elbow": (-5, 155),
    "hip": (-30, 150),
    "knee": (-5, 160),
    "ankle": (-90, 45),
}
"""Passive ranges of a supple adult with room for drawing; an arm drawn behind the trunk (-90) is trunk rotation.

An elbow held out to the side, its upper arm seen at a slant, may be seen to bend the other way.
"""
FRONT: Final[Limits] = {
    "spine": (-45, 45),
    "neck": (-45, 45),
    "shoulder": (-45, 185),
    "elbow": (-160, 160),
    "hip": (-65, 65),
    "knee": (-115, 115),
    "foot": (-70, 70),
}
"""In the picture plane: a knee or elbow turns with the rotation of its limb, or bends in lying on the side."""
TOP: Final[Limits] = {
    "shoulder": (-90, 180),
    "elbow": (-155, 155),
    "pelvis_yaw": (-60, 60),
    "shoulder_yaw": (-90, 90),
    "head_yaw": (-90, 90),
}
SCALES: Final[Limits] = {name: (0, 1) for name in Posture.__struct_fields__ if name.endswith(("_scale", "_width"))}
"""Seen at a slant a bone looks shorter, never longer."""
ALWAYS: Final[Limits] = {**SCALES, "trunk": (-180, 180), "pelvis_wedge": (-20, 20), "head_shift": (-0.1, 0.1)}
LIMITS: Final[dict[View, Limits]] = {"side": ALWAYS | SIDE, "front": ALWAYS | FRONT, "top": ALWAYS | TOP, "face": {}}
BODY_VIEWS: Final[tuple[View, ...]] = ("side", "front", "top")


def sound_pose(pose: Pose) -> Faults:
    """Every fault of a pose; `place` is a key of the pose, like "props[0]" or "start.knee".

    What merely follows from a wrong name or angle is not told beside it.
    """
    for look in (_said, _seen, touching):
        found = list(look(pose))
        yield from found
        if found:
            return


def _said(pose: Pose) -> Faults:
    """Names that are known and angles a joint can reach."""
    yield from _names(pose)
    for when, posture in (("start", pose.start), ("finish", pose.finish)):
        if posture is not None:
            yield from _anchor(f"{when}.anchor", posture, pose)
            yield from _range(when, posture, pose.view)


def _names(pose: Pose) -> Faults:
    for number, name in enumerate(pose.props):
        if name not in PROPS:
            yield Fault(f"props[{number}]", "unknown_prop", f"no prop is called {name}; {meant(name, PROPS)}")
    kinds = sorted(ALONG | SIGNS)
    for number, arrow in enumerate(pose.arrows):
        if arrow.kind not in kinds:
            said = f"no arrow is called {arrow.kind}; {meant(arrow.kind, kinds)}"
            yield Fault(f"arrows[{number}].kind", "unknown_arrow", said)


def _anchor(place: str, posture: Posture, pose: Pose) -> Faults:
    if posture.anchor is None:
        return
    for name, known, what in zip(posture.anchor, (POINTS, _surfaces(pose)), ("point", "surface"), strict=True):
        if name not in known:
            yield Fault(place, "unknown_anchor", f"no {what} to rest on is called {name}; {meant(name, sorted(known))}")


def _surfaces(pose: Pose) -> frozenset[str]:
    return frozenset({"plan"}) if pose.plan else frozenset(SURFACES)


def _range(when: str, posture: Posture, view: View) -> Faults:
    for name, (low, high) in LIMITS[view].items():
        value = getattr(posture, name)
        for at, one in enumerate(value if isinstance(value, tuple) else (value,)):
            least = -high if name == "elbow" and posture.upper_arm_scale[at] < 1 else low
            if not least <= one <= high:
                yield Fault(f"{when}.{name}", "out_of_range", f"{one:g} lies beyond {least:g} to {high:g}")


# -- what a view can show --------------------------------------------------------------------------------------------


class Try(NamedTuple):
    """One thing to draw alone: where it stands, what it is, in which views, and how."""

    place: str
    what: str
    views: tuple[View, ...]
    draw: Callable[[], object]


def _seen(pose: Pose) -> Faults:
    """Props, arrows and marks that this view has no place for."""
    for one in _tries(pose):
        if pose.view not in one.views or not _draws(one):
            yield Fault(one.place, "no_place", f"{one.what} has no place in a {pose.view} view")


def _draws(one: Try) -> bool:
    try:
        one.draw()
    except KeyError:
        return False
    return True


def _tries(pose: Pose) -> Iterator[Try]:
    scenes = [] if pose.view == "face" else staged(pose)[1]
    for number, name in enumerate(pose.props):
        views = CLOSE_UPS.get(name, BODY_VIEWS)
        yield Try(f"props[{number}]", f"the prop {name}", views, partial(_put, name, scenes))
    for number, arrow in enumerate(pose.arrows):
        what = f"an arrow {arrow.kind} at {arrow.at!r}"
        yield Try(f"arrows[{number}]", what, _views_of(arrow, pose), partial(_point, arrow, pose, scenes))
    yield from _measured(pose)


def _measured(pose: Pose) -> Iterator[Try]:
    """Each thing marked as measured, alone."""
    bare = msgspec.structs.replace(pose, angle=None, distance=None, place="")
    for key in ("angle", "distance", "place"):
        if told := getattr(pose, key):
            names = told if key == "place" else ", ".join(msgspec.structs.astuple(told))
            alone = msgspec.structs.replace(bare, **{key: told})
            yield Try(key, f"the {key} marked ({names})", BODY_VIEWS, partial(marks, alone))


def _views_of(arrow: Arrow, pose: Pose) -> tuple[View, ...]:
    """The tongue moves in a face, the arch in its close-up, everything else where there is a body."""
    if arrow.kind == "tongue":
        return CLOSE_UPS["face"]
    if arrow.at == "arch":
        return CLOSE_UPS["inset_foot"] if "inset_foot" in pose.props else ()
    return BODY_VIEWS


def _put(name: str, scenes: Sequence[Scene]) -> None:
    for scene in scenes:
        PROPS[name](scene)


def _point(arrow: Arrow, pose: Pose, scenes: Sequence[Scene]) -> None:
    for scene in scenes:
        if arrow.kind in ALONG:
            spot(scene.body, arrow.at)
        else:
            sign(arrow, pose, scene.room)
