"""Draw every figure of the library on one sheet: docs/figures.svg, and docs/figures.png where rsvg-convert is found."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from html import escape
from pathlib import Path

import msgspec

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from protocols.figure import faults, frames  # noqa: E402
from protocols.model import Pose  # noqa: E402
from reports.drawing import group  # noqa: E402

SCALE = 190.0
"""Points to a body height."""
WIDTH = 1500.0
GAP = 14.0
CAPTION = 20.0
LETTER = 7.2


def poses(folder: Path) -> Iterator[tuple[str, Pose]]:
    """Every card or test of a folder that has a figure: its caption and its pose."""
    for path in sorted(folder.glob("*.toml")):
        card = tomllib.loads(path.read_text("utf-8"))
        if "pose" in card:
            yield f"{card['id']}  {card['name']}", msgspec.convert(card["pose"], Pose)


def sheet(figures: list[tuple[str, Pose]]) -> str:
    """All figures in rows, each with its caption, start beside finish."""
    x = y = GAP
    row = 0.0
    drawn: list[str] = []
    for caption, pose in figures:
        pictures = frames(pose)
        left, bottom, right, top = pictures[0].box
        wide, tall = (right - left) * SCALE, (top - bottom) * SCALE
        taken = max(len(pictures) * (wide + GAP), len(caption) * LETTER)
        if x + taken > WIDTH:
            x, y, row = GAP, y + row + GAP, 0.0
        drawn.append(f'<text x="{x:.0f}" y="{y + 13:.0f}">{escape(caption)}</text>')
        for i, picture in enumerate(pictures):
            drawn.append(group(picture, SCALE, x + i * (wide + GAP) - left * SCALE, y + CAPTION + top * SCALE))
        x += taken + 2 * GAP
        row = max(row, tall + CAPTION)
    return _page(drawn, y + row + GAP)


def _page(drawn: list[str], height: float) -> str:
    size = f'width="{WIDTH:.0f}" height="{height:.0f}" viewBox="0 0 {WIDTH:.0f} {height:.0f}"'
    font = 'font-family="Atkinson Hyperlegible, Noto Sans, sans-serif" font-size="13" fill="#333333"'
    paper = '<rect width="100%" height="100%" fill="#ffffff"/>'
    words = "<title>The figures of the exercise cards and of the tests</title>"
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} {font}>{words}{paper}{"".join(drawn)}</svg>\n'


def main() -> int:
    """Write the sheet; 1 when a pose has a fault."""
    data = ROOT / "protocols" / "data"
    figures = [*poses(data / "exercises"), *poses(data / "tests")]
    target = ROOT / "docs" / "figures.svg"
    target.write_text(sheet(figures), "utf-8")
    converter = shutil.which("rsvg-convert")
    if converter is not None:
        subprocess.run([converter, str(target), "-o", str(target.with_suffix(".png"))], check=True)
    wrong = [f"{caption}: {fault}" for caption, pose in figures for fault in faults(pose)]
    print("\n".join([f"{len(figures)} figures drawn", *wrong]))
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
