"""Figures on paper: well-formed SVG with a title, path operations in the units asked for, greys that stay apart."""

from __future__ import annotations

import re
import tomllib
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import msgspec
import pytest

from protocols.figure import Pose, frames
from protocols.figures.shapes import Segment, Shape, extent
from reports.drawing import COLOURS, outline, placed, svg

DATA = Path(__file__).parents[2] / "protocols" / "data" / "exercises"
SVG = "{http://www.w3.org/2000/svg}"


def pose(name: str) -> Pose:
    return msgspec.convert(tomllib.loads((DATA / f"{name}.toml").read_text("utf-8"))["pose"], Pose)


def test_an_svg_tells_what_it_shows_and_needs_nothing_else() -> None:
    text = svg(pose("A02"), label="Dead bug <right> & left", description="Start and finish")
    root = ET.fromstring(text)  # noqa: S314  # our own text
    assert root.findtext(f"{SVG}title") == "Dead bug <right> & left"
    assert root.findtext(f"{SVG}desc") == "Start and finish"
    assert len(root.findall(f"{SVG}g")) == 2
    assert "href" not in text
    assert "url(" not in text


@pytest.mark.parametrize("path", sorted(DATA.glob("*.toml")), ids=lambda path: path.stem)
def test_every_card_makes_a_drawing_of_the_width_asked_for(path: Path) -> None:
    root = ET.fromstring(svg(pose(path.stem), width=400))  # noqa: S314  # our own text
    assert root.get("width") == "400"
    assert 40 < float(root.get("height", "0")) < 1600
    assert len(root.findall(f"{SVG}g/{SVG}path")) > 20


def test_a_mirrored_drawing_differs() -> None:
    assert svg(pose("A02"), mirrored=True) != svg(pose("A02"))


def test_an_outline_is_scaled_moved_and_turned_over() -> None:
    bend = Segment("C", ((0.0, 1.0), (1.0, 1.0), (1.0, 0.0)))
    shape = Shape("near", (Segment("M", ((0.0, 0.0),)), Segment("L", ((0.5, 0.0),)), bend, Segment("Z")))
    assert outline(shape, 10, (5, 7)) == (
        ("M", (5, 7)),
        ("L", (10, 7)),
        ("C", (5, 17, 15, 17, 15, 7)),
        ("Z", ()),
    )
    assert outline(shape, 10, (5, 7), down=True)[2] == ("C", (5, -3, 15, -3, 15, 7))


@pytest.mark.parametrize(("width", "height"), [(200.0, 80.0), (60.0, 300.0)])
def test_a_frame_placed_in_a_rectangle_stays_inside(width: float, height: float) -> None:
    frame = frames(pose("M10"))[-1]
    scale, (x, y) = placed(frame, width, height)
    left, bottom, right, top = extent(frame.shapes)
    assert 0 <= x + scale * left < x + scale * right <= width
    assert 0 <= y + scale * bottom < y + scale * top <= height


def test_near_body_far_and_paper_stay_apart_in_grey() -> None:
    def grey(role: str) -> float:
        value = next(colour for name, colour in COLOURS.items() if name == role)
        r, g, b = (int(value[i : i + 2], 16) / 255 for i in (1, 3, 5))
        return 0.299 * r + 0.587 * g + 0.114 * b

    tones = [grey(role) for role in ("near", "body", "far", "keyline")]
    assert all(b - a > 0.12 for a, b in pairwise(tones)), tones


def test_the_steps_of_a_path_end_where_the_points_are() -> None:
    text = svg(pose("A02"), width=400)
    root = ET.fromstring(text)  # noqa: S314  # our own text
    scale = 400 / float(root.get("viewBox", "").split()[2])
    frame = frames(pose("A02"))[0]
    drawn = root.find(f"{SVG}g/{SVG}path")
    assert scale == 1
    assert drawn is not None
    first = frame.shapes[0].path
    numbers = [float(n) for n in re.findall(r"-?[\d.]+", drawn.get("d", "").split("l")[0])]
    left, _, right, top = frame.box
    unit = 400 / (2 * (right - left) + 0.08)
    x, y = first[0].points[0]
    assert numbers == pytest.approx([(x - left) * unit, (top - y) * unit], abs=0.06)
