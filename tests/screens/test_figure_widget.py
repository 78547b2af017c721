"""The figure in the terminal: cells averaged from the shapes, an outline without colour, a widget that redraws."""

from __future__ import annotations

import tomllib
from pathlib import Path

import msgspec
import pytest
from textual.app import App, ComposeResult

from assess_tui.widgets import raster
from assess_tui.widgets.figure import Figure
from protocols.figure import Frame, Pose, Shape, frames
from protocols.figures.shapes import polyline, rounded

DATA = Path(__file__).parents[2] / "protocols" / "data" / "exercises"
PAPER = raster.LIGHT.paper
NEAR = raster.LIGHT.roles["near"]
BRIGHT = 300
"""Red, green and blue together: well above any prop on the dark background."""


def pose(name: str) -> Pose:
    return msgspec.convert(tomllib.loads((DATA / f"{name}.toml").read_text("utf-8"))["pose"], Pose)


def left_half(role: str = "near") -> Frame:
    """A 10 x 10 picture whose left half is filled."""
    shape = Shape("near" if role == "near" else "keyline", rounded(0, 0, 5, 10, 0))
    return Frame((shape,), (0, 0, 10, 10))


def test_a_cell_has_the_colour_of_what_it_covers() -> None:
    rows = raster.half_blocks(left_half(), 10, 5, raster.LIGHT)
    assert [len(row) for row in rows] == [10] * 5
    assert all(row[4] == (NEAR, NEAR) and row[5] == (PAPER, PAPER) for row in rows)


def test_a_cell_half_covered_is_half_way_between_the_colours() -> None:
    frame = Frame((Shape("near", rounded(0, 0, 5.5, 10, 0)),), (0, 0, 10, 10))
    upper, _ = raster.half_blocks(frame, 10, 5, raster.LIGHT)[2][5]
    assert all(abs(seen - (a + b) / 2) < 3 for seen, a, b in zip(upper, NEAR, PAPER, strict=True))


def test_upper_and_lower_half_of_a_cell_are_apart() -> None:
    frame = Frame((Shape("near", rounded(0, 5, 10, 10, 0)),), (0, 0, 10, 10))
    assert raster.half_blocks(frame, 10, 5, raster.LIGHT)[2][3] == (NEAR, PAPER)


def test_what_is_painted_later_covers_what_was_painted_before() -> None:
    frame = Frame((*left_half().shapes, *left_half("keyline").shapes), (0, 0, 10, 10))
    assert raster.half_blocks(frame, 10, 5, raster.LIGHT)[2][2] == (PAPER, PAPER)


def test_a_hair_thin_line_still_shows() -> None:
    frame = Frame((Shape("arrow", polyline([(5, 0), (5, 10)]), 0.01),), (0, 0, 10, 10))
    rows = raster.half_blocks(frame, 10, 5, raster.LIGHT)
    assert rows[2][4] != (PAPER, PAPER) or rows[2][5] != (PAPER, PAPER)


@pytest.mark.parametrize("across", [4.6, 4.8, 5.0, 5.2])
def test_the_leg_of_a_chair_is_whole_in_the_terminals_own_colours(across: float) -> None:
    frame = Frame((Shape("prop_line", polyline([(across, 0), (across, 10)]), 0.01),), (0, 0, 10, 10))
    assert all("prop_line" in {half for cell in row for half in cell} for row in raster.role_blocks(frame, 10, 5))


def test_braille_draws_the_border_and_leaves_the_inside_empty() -> None:
    rows = raster.braille(Frame((Shape("near", rounded(0, 0, 10, 10, 0)),), (-1, -1, 11, 11)), 12, 6)
    assert [len(row) for row in rows] == [12] * 6
    assert rows[3][6] == "\u2800"
    assert sum(letter != "\u2800" for row in rows for letter in row) >= 16


def test_braille_draws_one_line_where_the_body_lies_on_a_mat_or_an_angle_on_the_body() -> None:
    limb, seam = rounded(4, 4, 16, 16, 0), polyline([(10, 4), (10, 16)])
    on_mat = (Shape("soft", rounded(0, 0, 20, 20, 0)), Shape("keyline", limb, 1.0), Shape("near", limb))
    measured = (Shape("keyline", seam, 3.0), Shape("angle", seam, 0.5))
    row = raster.braille(Frame((*on_mat, *measured), (0, 0, 20, 20)), 10, 5)[2]
    assert [x for x, letter in enumerate(row) if letter != "\u2800"] == [2, 4, 5, 7]


def test_dark_and_light_colours_follow_the_background() -> None:
    assert raster.palette_on((10, 10, 10)).roles == raster.DARK.roles
    assert raster.palette_on((240, 240, 240)).roles == raster.LIGHT.roles
    assert raster.palette_on((240, 230, 220)).paper == (240, 230, 220)


@pytest.mark.parametrize("path", sorted(DATA.glob("*.toml")), ids=lambda path: path.stem)
def test_every_figure_reads_at_thumbnail_size(path: Path) -> None:
    frame = frames(pose(path.stem))[-1]
    halves = [half for row in raster.half_blocks(frame, 38, 9, raster.DARK) for cell in row for half in cell]
    assert sum(sum(half) > BRIGHT for half in halves) >= 15
    assert any(letter != "\u2800" for row in raster.braille(frame, 38, 9) for letter in row)


class Gallery(App[None]):
    def compose(self) -> ComposeResult:
        yield Figure(pose("A02"))


def shown(figure: Figure) -> str:
    return "\n".join(figure.render_line(y).text for y in range(figure.size.height))


def colours(figure: Figure) -> list[object]:
    return [segment.style for y in range(figure.size.height) for segment in figure.render_line(y)]


async def test_a_figure_can_be_changed_mirrored_and_cleared() -> None:
    app = Gallery()
    async with app.run_test(size=(60, 20)):
        figure = app.query_one(Figure)
        first = colours(figure)
        figure.show(pose("M10"))
        assert colours(figure) != first
        figure.show(pose("A02"), mirrored=True)
        assert colours(figure) != first
        figure.show(pose("A02"))
        assert colours(figure) == first
        figure.show(None)
        assert shown(figure).strip() == ""


async def test_a_moving_figure_shows_its_start_too_and_rests_on_the_finish() -> None:
    app = Gallery()
    async with app.run_test(size=(60, 20)):
        figure = app.query_one(Figure)
        finish = colours(figure)
        figure.move_to(0.0)
        assert colours(figure) != finish
        figure.move_to(None)
        assert colours(figure) == finish


async def test_without_colour_the_figure_is_an_outline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = Gallery()
    async with app.run_test(size=(60, 20)):
        text = shown(app.query_one(Figure))
    assert "▀" not in text
    assert sum("\u2800" < letter <= "\u28ff" for letter in text) > 40
