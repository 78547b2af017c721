"""Figures for paper: a pose -> SVG text, and shapes -> path operations for whoever draws the PDF. No reportlab here."""

from __future__ import annotations

from html import escape
from typing import Final

from protocols.figure import Frame, Role, Shape, frames
from protocols.model import Pose

COLOURS: Final[dict[Role, str]] = {
    "near": "#1d3a54",
    "body": "#3a6686",
    "far": "#aabfce",
    "keyline": "#ffffff",
    "prop": "#e3d7c2",
    "prop_line": "#85765f",
    "soft": "#f1ece1",
    "ground": "#c9c2b5",
    "ghost": "#f0eee9",
    "arrow": "#cf4507",
    "angle": "#cf4507",
}
"""Every role on white paper. In grey they lie at 22, 40, 74 % and so stay apart without colour."""
GAP: Final = 0.08
"""Between start and finish, in body heights."""

Operation = tuple[str, tuple[float, ...]]


def outline(
    shape: Shape, scale: float = 1.0, at: tuple[float, float] = (0.0, 0.0), *, down: bool = False
) -> tuple[Operation, ...]:
    """The path in target units: ("M", (x, y)), ("L", (x, y)), ("C", (x1, y1, x2, y2, x, y)), ("Z", ()).

    Body heights are multiplied by `scale` and moved so that the origin falls on `at`; `down` when y grows downwards.
    """
    way = -scale if down else scale
    return tuple(
        (segment.op, tuple(value for x, y in segment.points for value in (at[0] + scale * x, at[1] + way * y)))
        for segment in shape.path
    )


def placed(frame: Frame, width: float, height: float) -> tuple[float, tuple[float, float]]:
    """Scale and origin that fit the frame into width x height, centred, standing on the bottom edge (y up)."""
    left, bottom, right, top = frame.box
    scale = min(width / (right - left), height / (top - bottom))
    return scale, ((width - scale * (right - left)) / 2 - scale * left, -scale * bottom)


def svg(pose: Pose, *, mirrored: bool = False, label: str = "", description: str = "", width: float = 640.0) -> str:
    """The pose as one self-contained SVG: start and finish side by side in one scale, with title and description."""
    pictures = frames(pose, mirrored=mirrored)
    left, bottom, right, top = pictures[0].box
    one, tall = right - left, top - bottom
    total = len(pictures) * one + (len(pictures) - 1) * GAP
    scale = width / total
    groups = [group(p, scale, (i * (one + GAP) - left) * scale, top * scale) for i, p in enumerate(pictures)]
    size = f'width="{width:g}" height="{tall * scale:.1f}" viewBox="0 0 {width:g} {tall * scale:.1f}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="t d">'
    told = description or ("Start and finish." if len(pictures) == 2 else "One position.")
    words = f'<title id="t">{escape(label)}</title><desc id="d">{escape(told)}</desc>'
    return "".join([head, words, *groups, "</svg>\n"])


def group(frame: Frame, scale: float, x: float, y: float) -> str:
    """One frame as an SVG group with its origin at (x, y)."""
    paths = "".join(_path(shape, scale, (x, y)) for shape in frame.shapes)
    return f'<g fill="none" stroke-linecap="round" stroke-linejoin="round">{paths}</g>'


def _path(shape: Shape, scale: float, at: tuple[float, float]) -> str:
    line = _relative(outline(shape, scale, at, down=True))
    colour = COLOURS[shape.role]
    if not shape.stroke:
        return f'<path d="{line}" fill="{colour}"/>'
    return f'<path d="{line}" stroke="{colour}" stroke-width="{shape.stroke * scale:.2f}"/>'


def _relative(path: tuple[Operation, ...]) -> str:
    """The path in steps from point to point, in tenths: half as long as absolute numbers, and no error adds up."""
    here = start = (0, 0)
    words = []
    for op, values in path:
        points = [(round(10 * x), round(10 * y)) for x, y in zip(values[::2], values[1::2], strict=True)]
        steps = (f"{(x - here[0]) / 10:g} {(y - here[1]) / 10:g}" for x, y in points)
        words.append(op.lower() + " ".join(steps))
        here = points[-1] if points else start
        start = here if op == "M" else start
    return "".join(words)
