"""A frame of a figure as terminal cells: half blocks with supersampled colour, or a braille outline. Pure functions.

The frame is painted once into a grid of role numbers, finer than the cells; cells then average colours, or mark the
borders between roles.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Final, NamedTuple, get_args

from protocols.figure import Frame, Point, Role, Shape, distance, flatten

Colour = tuple[int, int, int]
Cell = tuple[Colour, Colour]
"""Upper and lower half of one cell."""

RoleCell = tuple[Role | None, Role | None]

ROLES: Final[tuple[Role, ...]] = get_args(Role)
NUMBER: Final = {role: number for number, role in enumerate(ROLES, start=1)}
FINE: Final = 4
"""Samples across and down one half block."""
THINNEST: Final = 0.55
"""Lines are drawn at least this wide, in half blocks; light seams at most this."""
TOLD: Final[Mapping[Role, float]] = {"arrow": 0.95, "angle": 0.75}
"""What explains the motion is drawn at least this wide, so that its colour stays whole."""
FAINT: Final[frozenset[Role]] = frozenset({"near", "body", "far"})
"""Lines on the body itself, like a brow, would blur the head: they are left out."""
PIECE: Final = 4.0
"""Samples a curve may run straight."""
BRAILLE_DOTS: Final = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
EDGES: Final = (NUMBER["prop_line"], NUMBER["ground"])
"""The legs of a chair, the floor: thinner than a half block, and whole all the same."""
TOLD_NUMBERS: Final = frozenset(NUMBER[role] for role in TOLD)
OUTLINED: Final = frozenset(NUMBER[r] for r in ("near", "body", "far", "prop_line", "ground"))
"""Things have an edge of their own: their surface is left out."""
INSIDE: Final = OUTLINED | TOLD_NUMBERS


class Palette(NamedTuple):
    """What each role looks like on a screen, and the colour behind the figure."""

    paper: Colour
    roles: Mapping[Role, Colour]


DARK: Final = Palette(
    (17, 24, 28),
    {
        "near": (236, 241, 243),
        "body": (176, 196, 206),
        "far": (92, 112, 124),
        "keyline": (17, 24, 28),
        "prop": (92, 78, 58),
        "prop_line": (134, 114, 84),
        "soft": (58, 56, 50),
        "ground": (52, 62, 68),
        "ghost": (28, 37, 42),
        "arrow": (255, 150, 66),
        "angle": (255, 196, 84),
    },
)
LIGHT: Final = Palette(
    (250, 250, 247),
    {
        "near": (24, 48, 70),
        "body": (58, 100, 130),
        "far": (164, 186, 202),
        "keyline": (250, 250, 247),
        "prop": (220, 203, 174),
        "prop_line": (150, 130, 98),
        "soft": (232, 224, 208),
        "ground": (200, 194, 184),
        "ghost": (238, 236, 230),
        "arrow": (206, 70, 8),
        "angle": (178, 96, 0),
    },
)


class Grid(NamedTuple):
    """Role numbers, row by row from the top; 0 is paper."""

    rows: list[bytearray]
    width: int


def palette_on(paper: Colour) -> Palette:
    """The dark or light colours, whichever suits the colour behind the figure."""
    r, g, b = paper
    palette = DARK if 0.299 * r + 0.587 * g + 0.114 * b < 128 else LIGHT
    return palette._replace(paper=paper)


def half_blocks(frame: Frame, width: int, height: int, palette: Palette) -> tuple[tuple[Cell, ...], ...]:
    """`height` rows of `width` cells, the figure fitted and centred; one cell is one half block wide and two high."""
    grid = _paint(frame, width * FINE, height * 2 * FINE, FINE)
    table = [palette.paper, *(palette.roles[role] for role in ROLES)]
    halves = [_average(grid.rows[y : y + FINE], width, table) for y in range(0, height * 2 * FINE, FINE)]
    return tuple(tuple(zip(upper, lower, strict=True)) for upper, lower in zip(halves[::2], halves[1::2], strict=True))


def role_blocks(frame: Frame, width: int, height: int) -> tuple[tuple[RoleCell, ...], ...]:
    """`height` rows of `width` cells by role, for a terminal whose colours are its own: most samples decide."""
    grid = _paint(frame, width * FINE, height * 2 * FINE, FINE)
    halves = [_most(grid.rows[y : y + FINE], width) for y in range(0, height * 2 * FINE, FINE)]
    return tuple(tuple(zip(upper, lower, strict=True)) for upper, lower in zip(halves[::2], halves[1::2], strict=True))


def _most(rows: list[bytearray], width: int) -> list[Role | None]:
    """The role of each half block; None where paper shows."""
    found: list[Role | None] = []
    for x in range(0, width * FINE, FINE):
        block = b"".join(row[x : x + FINE] for row in rows)
        number = max(set(block), key=block.count)
        told = TOLD_NUMBERS & set(block)
        number = min(told) if told and block.count(min(told)) * 3 >= len(block) else number
        number = number or next((edge for edge in EDGES if block.count(edge) * 4 >= len(block)), 0)
        found.append(ROLES[number - 1] if number else None)
    return found


def _average(rows: list[bytearray], width: int, table: list[Colour]) -> list[Colour]:
    colours: list[Colour] = []
    seen: dict[bytes, Colour] = {}
    for x in range(0, width * FINE, FINE):
        block = b"".join(row[x : x + FINE] for row in rows)
        if block not in seen:
            seen[block] = _mix([table[number] for number in block])
        colours.append(seen[block])
    return colours


def _mix(samples: list[Colour]) -> Colour:
    n = len(samples)
    r, g, b = (sum(sample[i] for sample in samples) // n for i in range(3))
    return r, g, b


def braille(frame: Frame, width: int, height: int) -> tuple[str, ...]:
    """`height` rows of `width` braille letters: the outline of the figure and its props, arrows filled."""
    grid = _paint(_bare(frame), width * 2, height * 4, 2)
    marks = _borders(grid)
    return tuple("".join(chr(0x2800 + _dots(marks, x * 2, y * 4)) for x in range(width)) for y in range(height))


def _bare(frame: Frame) -> Frame:
    """Without the light line around what explains the motion: between dots it would be two lines more.

    Without a wall behind it all, too, which has no edge but would break the floor.
    """
    told = {shape.path for shape in frame.shapes if shape.role in TOLD}
    kept = (shape for shape in frame.shapes if shape.role != "keyline" or shape.path not in told)
    return frame._replace(shapes=tuple(shape for shape in kept if shape.role != "ghost"))


def _dots(marks: list[bytearray], left: int, top: int) -> int:
    return sum(bit for dy, bits in enumerate(BRAILLE_DOTS) for dx, bit in enumerate(bits) if marks[top + dy][left + dx])


def _borders(grid: Grid) -> list[bytearray]:
    """1 where a part meets another or the paper, seen from the inside; arrows and angles are solid."""
    solid = {NUMBER["arrow"], NUMBER["angle"], NUMBER["prop_line"], NUMBER["ground"]}
    blank = bytes(grid.width)
    marks = []
    for y, row in enumerate(grid.rows):
        above = grid.rows[y - 1] if y else blank
        below = grid.rows[y + 1] if y + 1 < len(grid.rows) else blank
        marks.append(_border_row(row, above, below, solid))
    return marks


def _border_row(row: bytearray, above: bytes | bytearray, below: bytes | bytearray, solid: set[int]) -> bytearray:
    last = len(row) - 1
    marks = bytearray(len(row))
    for x, number in enumerate(row):
        if number in solid:
            marks[x] = 1
        elif number in OUTLINED:
            left, right = row[x - 1] if x else 0, row[x + 1] if x < last else 0
            marks[x] = any(other < number or other not in INSIDE for other in (left, right, above[x], below[x]))
    return marks


# -- painting ------------------------------------------------------------------------------------------------------


def _paint(frame: Frame, width: int, height: int, thin: float) -> Grid:
    """Shapes in order into a grid of `width` x `height` samples; `thin` samples make one dot or half block."""
    left, bottom, right, top = frame.box
    scale = min(width / (right - left), height / (top - bottom))
    dx = (width - scale * (right - left)) / 2 - left * scale
    dy = (height - scale * (top - bottom)) / 2 + top * scale
    rows = [bytearray(width) for _ in range(height)]
    for shape in frame.shapes:
        if shape.stroke and shape.role in FAINT:
            continue
        number = 0 if shape.role == "keyline" else NUMBER[shape.role]
        for outline in _outlines(shape, scale, dx, dy, thin):
            _fill(rows, outline, width, number)
    return Grid(rows, width)


Outline = list[list[Point]]


def _outlines(shape: Shape, scale: float, dx: float, dy: float, thin: float) -> list[Outline]:
    lines = [[(x * scale + dx, dy - y * scale) for x, y in line] for line in flatten(shape.path, PIECE / scale)]
    if not shape.stroke:
        return [lines]
    widest = TOLD.get(shape.role, THINNEST) * thin
    wide = shape.stroke * scale
    wide = min(wide, widest * 1.6) if shape.role == "keyline" else max(wide, widest)
    return [[_bar(a, b, wide / 2)] for line in lines for a, b in pairwise(line)]


def _bar(a: Point, b: Point, half: float) -> list[Point]:
    """A straight piece of a line as a box, a little longer than the piece so that corners close."""
    length = distance(a, b) or 1.0
    vx, vy = (b[0] - a[0]) / length * half, (b[1] - a[1]) / length * half
    ax, ay, bx, by = a[0] - vx * 0.4, a[1] - vy * 0.4, b[0] + vx * 0.4, b[1] + vy * 0.4
    return [(ax - vy, ay + vx), (bx - vy, by + vx), (bx + vy, by - vx), (ax + vy, ay - vx)]


def _fill(rows: list[bytearray], outline: Outline, width: int, number: int) -> None:
    """Fill by the non-zero rule, sampling at the middle of each row."""
    crossings: dict[int, list[tuple[float, int]]] = {}
    for line in outline:
        for (x0, y0), (x1, y1) in pairwise([*line, line[0]]):
            _cross(crossings, (x0, y0, x1, y1), len(rows))
    for y, cuts in crossings.items():
        cuts.sort()
        row, winding, start = rows[y], 0, 0.0
        for x, way in cuts:
            if winding == 0:
                start = x
            winding += way
            if winding == 0:
                first, last = max(int(start + 0.5), 0), min(int(x + 0.5), width)
                if last > first:
                    row[first:last] = bytes([number]) * (last - first)


def _cross(crossings: dict[int, list[tuple[float, int]]], edge: tuple[float, float, float, float], rows: int) -> None:
    x0, y0, x1, y1 = edge
    if y0 == y1:
        return
    way = 1
    if y0 > y1:
        x0, y0, x1, y1, way = x1, y1, x0, y0, -1
    slope = (x1 - x0) / (y1 - y0)
    for y in range(max(int(y0 + 0.5), 0), min(int(y1 + 0.5), rows)):
        crossings.setdefault(y, []).append((x0 + (y + 0.5 - y0) * slope, way))
