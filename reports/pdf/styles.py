"""Sizes, weights and inks. Everything follows from the size of the running text."""

from __future__ import annotations

from typing import NamedTuple

from reports.blocks import Ink, Light

Colour = tuple[float, float, float]

INK: Colour = (0.11, 0.12, 0.14)
ACCENT: Colour = (0.06, 0.31, 0.37)
QUIET: Colour = (0.34, 0.36, 0.39)
HAIRLINE: Colour = (0.74, 0.76, 0.78)
INKS: dict[Ink, Colour] = {
    "ink": INK,
    "accent": ACCENT,
    "quiet": QUIET,
    "band": (0.85, 0.89, 0.90),
    "edge": (0.93, 0.94, 0.95),
    "paper": (1.0, 1.0, 1.0),
}
LIGHTS: dict[Light, Colour] = {"green": (0.36, 0.66, 0.42), "amber": (0.96, 0.74, 0.25), "red": (0.80, 0.22, 0.20)}

LEADING = 1.26


class Air(NamedTuple):
    """How loosely a document is set: white space as a share of the usual, and the distance of lines in type sizes."""

    space: float
    leading: float


AIRS = (Air(1.0, LEADING), Air(0.8, 1.23), Air(0.6, 1.2))
"""From loose to tight; clear print asks for lines at least 1.2 type sizes apart."""


class Style(NamedTuple):
    """How a kind of text is set; sizes in points."""

    size: float
    bold: bool = False
    ink: Colour = INK
    before: float = 0.0
    after: float = 0.0
    lines: float = LEADING
    """From line to line, in type sizes."""

    @property
    def leading(self) -> float:
        return round(self.size * self.lines, 2)


def styles(size: float, smallest: float, air: Air = AIRS[0]) -> dict[str, Style]:
    """Every style for a running text of `size` points; nothing is smaller than `smallest`."""
    small = max(smallest, round(size * 0.86, 1))
    loose = {
        "h1": Style(round(size * 1.8, 1), bold=True, ink=ACCENT, after=size * 0.35),
        "h2": Style(round(size * 1.28, 1), bold=True, ink=ACCENT, before=size * 0.9, after=size * 0.4),
        "h3": Style(round(size * 1.08, 1), bold=True, before=size * 0.6, after=size * 0.25),
        "lead": Style(round(size * 1.28, 1), bold=True, after=size * 0.45),
        "body": Style(size, after=size * 0.45),
        "strong": Style(size, bold=True, after=size * 0.45),
        "small": Style(small, ink=QUIET, after=size * 0.3),
        "cell": Style(small, after=0.0),
        "foot": Style(small, ink=QUIET),
    }
    space, lines = air
    return {
        kind: style._replace(before=style.before * space, after=style.after * space, lines=lines)
        for kind, style in loose.items()
    }
