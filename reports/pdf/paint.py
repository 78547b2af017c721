"""Ink on a canvas: text, rules, bodies, charts. Points of 1/72 inch, y up."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache

from reportlab.lib.colors import HexColor
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from protocols.figure import Frame, Shape
from reports import drawing
from reports.blocks import Area, Chart, Dot, Light, Line, Words
from reports.pdf import fonts
from reports.pdf.styles import HAIRLINE, INK, INKS, LIGHTS, Colour, Style

ASCENT = 0.95
"""From the top of a line to its baseline, as a share of the type size: the ascent of Atkinson Hyperlegible."""
_OPERATORS = {"M": "m", "L": "l", "C": "c", "Z": "h"}
THICKENING = 0.035
"""The outline that makes a regular letter look bold, as a share of the type size."""


def lines(canvas: Canvas, left: float, top: float, rows: Sequence[str], style: Style) -> None:
    """Rows of text under each other, the first row's top at `top`. Nothing in them is markup."""
    baseline = top - style.size * ASCENT
    canvas.setFillColorRGB(*style.ink)
    text = canvas.beginText(left, baseline)
    for number, row in enumerate(rows):
        if number:
            text.setTextOrigin(left, baseline - number * style.leading)
        for run in fonts.runs(row, style.bold):
            fonts.font(run.font)
            text.setFont(run.font, style.size)
            _weight(canvas, text, style, thicken=run.thicken)
            text.textOut(run.text)
    canvas.drawText(text)


def _weight(canvas: Canvas, text: object, style: Style, *, thicken: bool) -> None:
    if thicken:
        canvas.setStrokeColorRGB(*style.ink)
        canvas.setLineWidth(style.size * THICKENING)
    text.setTextRenderMode(2 if thicken else 0)  # type: ignore[attr-defined]  # missing in the stubs


def rule(canvas: Canvas, left: float, right: float, y: float, colour: Colour = HAIRLINE, width: float = 0.6) -> None:
    """A thin line across."""
    canvas.setStrokeColorRGB(*colour)
    canvas.setLineWidth(width)
    canvas.line(left, y, right, y)


def frame_round(canvas: Canvas, left: float, bottom: float, width: float, height: float, colour: Colour) -> None:
    """A thin box with round corners."""
    canvas.setStrokeColorRGB(*colour)
    canvas.setLineWidth(1.0)
    canvas.roundRect(left, bottom, width, height, 5, stroke=1, fill=0)


def tick_box(canvas: Canvas, left: float, bottom: float, width: float, height: float) -> None:
    """An empty box to write in."""
    canvas.setStrokeColorRGB(*INK)
    canvas.setLineWidth(0.7)
    canvas.roundRect(left, bottom, width, height, 2.5, stroke=1, fill=0)


def image(canvas: Canvas, png: bytes, left: float, bottom: float, width: float, height: float) -> None:
    """A picture made of pixels, filling its box."""
    canvas.drawImage(ImageReader(io.BytesIO(png)), left, bottom, width, height)


# -- bodies --------------------------------------------------------------------------------------------------------


def body(canvas: Canvas, frame: Frame, left: float, bottom: float, width: float, height: float) -> None:
    """One picture of a body, fitted into a box and standing on its bottom edge."""
    scale, (x, y) = drawing.placed(frame, width, height)
    at = (left + x, bottom + y)
    shapes = "\n".join(_operators(shape, scale, at) for shape in frame.shapes)
    canvas.addLiteral(f"q 1 J 1 j\n{shapes}\nQ")  # round ends and joins


def _operators(shape: Shape, scale: float, at: tuple[float, float]) -> str:
    """A shape as PDF operators: written straight, because a handout holds ten thousand points."""
    path = " ".join(
        f"{' '.join(map(_number, values))} {_OPERATORS[op]}" for op, values in drawing.outline(shape, scale, at)
    )
    ink = _ink(drawing.COLOURS[shape.role])
    if shape.stroke:
        return f"{ink} RG {_number(shape.stroke * scale)} w {path} S"
    return f"{ink} rg {path} f"


def _number(value: float) -> str:
    return f"{value:.2f}"


@cache
def _ink(hexadecimal: str) -> str:
    return " ".join(_number(part) for part in HexColor(hexadecimal).rgb())


def light(canvas: Canvas, which: Light, left: float, middle: float, size: float) -> None:
    """A traffic light that needs no colour: circle, triangle, square."""
    canvas.setFillColorRGB(*LIGHTS[which])
    canvas.setStrokeColorRGB(*INK)
    canvas.setLineWidth(1.0)
    half = size / 2
    if which == "green":
        canvas.circle(left + half, middle, half, stroke=1, fill=1)
    elif which == "red":
        canvas.rect(left, middle - half, size, size, stroke=1, fill=1)
    else:
        path = canvas.beginPath()
        path.moveTo(left, middle - half)
        path.lineTo(left + size, middle - half)
        path.lineTo(left + half, middle + half)
        path.close()
        canvas.drawPath(path, stroke=1, fill=1)


# -- charts --------------------------------------------------------------------------------------------------------


def chart(canvas: Canvas, drawn: Chart, left: float, bottom: float, scale: float) -> None:
    """The marks of a chart, in order."""
    canvas.saveState()
    canvas.translate(left, bottom)
    canvas.scale(scale, scale)
    for mark in drawn.marks:
        _mark(canvas, mark)
    canvas.restoreState()


def _mark(canvas: Canvas, mark: Line | Area | Dot | Words) -> None:
    match mark:
        case Area(box=(x1, y1, x2, y2)):
            canvas.setFillColorRGB(*INKS[mark.ink])
            canvas.rect(x1, y1, x2 - x1, y2 - y1, stroke=0, fill=1)
        case Line():
            _polyline(canvas, mark)
        case Dot(at=(x, y)):
            canvas.setStrokeColorRGB(*INK)
            canvas.setLineWidth(1.0)
            canvas.setFillColorRGB(*(INKS["paper"] if mark.hollow else INK))
            canvas.circle(x, y, mark.radius, stroke=1, fill=1)
        case Words():
            _words(canvas, mark)


def _polyline(canvas: Canvas, mark: Line) -> None:
    path = canvas.beginPath()
    (x, y), *rest = mark.points
    path.moveTo(x, y)
    for x, y in rest:
        path.lineTo(x, y)
    canvas.setStrokeColorRGB(*INKS[mark.ink])
    canvas.setLineWidth(mark.width)
    canvas.setDash([3, 2] if mark.dashed else [])
    canvas.drawPath(path, stroke=1, fill=0)
    canvas.setDash([])


def _words(canvas: Canvas, mark: Words) -> None:
    style = Style(mark.size, bold=mark.bold)
    wide = fonts.width(mark.text, mark.size, mark.bold)
    shift = {"left": 0.0, "middle": wide / 2, "right": wide}[mark.align]
    x, y = mark.at
    lines(canvas, x - shift, y + mark.size * ASCENT, [mark.text], style)
