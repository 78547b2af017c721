"""Close-ups: the resting jaw (a face, the mouth cut from the side), the arch of a foot, a knee off the floor."""

from __future__ import annotations

from typing import Final

from protocols.figures.arrows import pointer
from protocols.figures.contours import FOOT_SIDE
from protocols.figures.marks import span
from protocols.figures.shapes import Point, Shape, add, along, capsule, circle, ellipse, polyline, smooth

Outline = tuple[Point, ...]

FACE: Final[Outline] = (
    (0.0, 0.30),
    (0.13, 0.275),
    (0.215, 0.18),
    (0.225, 0.03),
    (0.20, -0.11),
    (0.125, -0.235),
    (0.0, -0.29),
    (-0.125, -0.235),
    (-0.20, -0.11),
    (-0.225, 0.03),
    (-0.215, 0.18),
    (-0.13, 0.275),
)
SHOULDERS: Final[Outline] = (
    (0.082, -0.18),
    (0.086, -0.31),
    (0.13, -0.345),
    (0.25, -0.40),
    (-0.25, -0.40),
    (-0.13, -0.345),
    (-0.086, -0.31),
    (-0.082, -0.18),
)
EYE: Final[Outline] = ((0.048, 0.048), (0.085, 0.034), (0.122, 0.048))
BROW: Final[Outline] = ((0.042, 0.104), (0.088, 0.12), (0.136, 0.104))
NOSE: Final[Outline] = ((0.0, 0.03), (0.012, -0.03), (0.024, -0.06), (0.0, -0.07))
MOUTH: Final[Outline] = ((-0.07, -0.138), (-0.035, -0.15), (0.0, -0.147), (0.035, -0.15), (0.07, -0.138))

RING: Final = 0.29
"""Radius of the cut through the mouth."""
PROFILE: Final[Outline] = (
    (-0.16, 0.21),
    (0.03, 0.215),
    (0.095, 0.165),
    (0.185, 0.075),
    (0.172, 0.05),
    (0.128, 0.04),
    (0.150, 0.0),
    (0.146, -0.018),
    (0.124, -0.028),
    (0.144, -0.042),
    (0.142, -0.066),
    (0.116, -0.092),
    (0.130, -0.145),
    (0.095, -0.185),
    (0.0, -0.175),
    (-0.10, -0.20),
    (-0.20, -0.17),
    (-0.225, 0.0),
)
MOUTH_SPACE: Final[Outline] = (
    (0.098, 0.012),
    (0.075, 0.040),
    (0.02, 0.066),
    (-0.07, 0.060),
    (-0.135, 0.0),
    (-0.14, -0.09),
    (-0.06, -0.115),
    (0.04, -0.105),
    (0.098, -0.085),
)
TONGUE: Final[Outline] = (
    (0.086, 0.012),
    (0.060, 0.040),
    (0.01, 0.056),
    (-0.07, 0.048),
    (-0.122, -0.005),
    (-0.125, -0.085),
    (-0.06, -0.103),
    (0.01, -0.085),
    (0.045, -0.04),
    (0.078, -0.006),
)
UPPER_TOOTH: Final[Outline] = ((0.088, 0.016), (0.114, 0.012), (0.112, -0.024), (0.100, -0.026))
LOWER_TOOTH: Final[Outline] = ((0.086, -0.092), (0.110, -0.090), (0.109, -0.056), (0.098, -0.054))


def face() -> tuple[Shape, ...]:
    """A calm face from the front with closed lips, and beside it the mouth cut from the side."""
    return (*_front((0.0, 0.0)), *_cut((0.60, -0.05)))


def _at(centre: Point, outline: Outline, *, flip: bool = False) -> list[Point]:
    return [(centre[0] + (-x if flip else x), centre[1] + y) for x, y in outline]


def _front(centre: Point) -> list[Shape]:
    outline = smooth(_at(centre, FACE))
    shapes = [Shape("body", smooth(_at(centre, SHOULDERS), tension=0.8))]
    shapes += [Shape("body", ellipse(add(centre, (sign * 0.226, 0.01)), 0.026, 0.05)) for sign in (-1, 1)]
    shapes += [Shape("keyline", outline, 0.012), Shape("body", outline)]
    lines = [(_at(centre, part, flip=flip), 0.011) for part in (EYE, BROW) for flip in (False, True)]
    lines += [(_at(centre, NOSE), 0.009), (_at(centre, MOUTH), 0.012)]
    return [*shapes, *(Shape("keyline", smooth(line, closed=False), width) for line, width in lines)]


def _cut(centre: Point) -> list[Shape]:
    """Lips closed, teeth apart, the tip of the tongue behind the upper teeth."""
    shapes = [Shape("ghost", circle(centre, RING)), Shape("prop_line", circle(centre, RING), 0.006)]
    shapes += [Shape("far", smooth(_at(centre, PROFILE), tension=0.8))]
    shapes += [Shape("keyline", smooth(_at(centre, MOUTH_SPACE), tension=0.8))]
    shapes += [Shape("near", smooth(_at(centre, TONGUE), tension=0.8))]
    for tooth in (UPPER_TOOTH, LOWER_TOOTH):
        path = polyline(_at(centre, tooth), closed=True)
        shapes += [Shape("keyline", path, 0.008), Shape("prop", path), Shape("prop_line", path, 0.004)]
    return [*shapes, *pointer(add(centre, (-0.065, -0.068)), add(centre, (0.038, 0.002)))]


def _lens(centre: Point, ring: float, floor: tuple[Point, Point]) -> tuple[Shape, ...]:
    """A ring with a piece of floor in it."""
    ends = [add(centre, end) for end in floor]
    return (
        Shape("ghost", circle(centre, ring)),
        Shape("prop_line", circle(centre, ring), 0.006),
        Shape("ground", polyline(ends), 0.008),
    )


def arch(centre: Point, foot: Point) -> tuple[Shape, ...]:
    """A foot from the side in a ring, joined to the real one: the arch lifts, heel and toes stay down."""
    ring, zoom, floor = 0.17, 1.75, -0.075
    ankle = add(centre, (-0.075, floor + 0.04 * zoom))
    raised = [(x, -0.024 if 0.0 < x < 0.06 and y < -0.03 else y) for x, y in FOOT_SIDE]
    sole = smooth([add(ankle, (x, y), zoom) for x, y in raised], tension=0.9)
    shin = capsule(add(ankle, (0.004, 0.115)), add(ankle, (-0.006, 0.0)), 0.04, 0.034)
    return (
        Shape("prop_line", polyline([add(foot, (0.0, 0.02)), add(centre, (0.0, -ring))]), 0.005),
        *_lens(centre, ring, ((-0.13, floor - 0.004), (0.14, floor - 0.004))),
        Shape("body", shin),
        Shape("body", sole),
        *pointer(add(ankle, (0.062, -0.085)), add(ankle, (0.062, 0.025))),
    )


def gap(centre: Point, knee: Point) -> tuple[Shape, ...]:
    """The crossed leg seen from the feet, in a ring joined to the real knee: from it to the floor is measured."""
    ring, floor, hip, end = 0.14, -0.09, add(centre, (-0.07, 0.035)), add(centre, (0.035, 0.012))
    thigh, shin = capsule(hip, end, 0.05, 0.042), capsule(end, add(end, (0.012, -0.004)), 0.034, 0.032)
    return (
        Shape("prop_line", polyline([along(knee, centre, 0.12), centre]), 0.005),
        *_lens(centre, ring, ((-0.1, floor), (0.1, floor))),
        Shape("body", thigh),
        Shape("keyline", shin, 0.012),
        Shape("body", shin),
        *span(add(end, (0.005, -0.042)), add(end, (0.005, floor - 0.012))),
    )
