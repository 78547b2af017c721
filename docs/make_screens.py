"""Makes the pictures of screens.md: every screen of the tour that the tests take, small and as PNG.

    .venv/bin/python -m docs.make_screens            all of them
    .venv/bin/python -m docs.make_screens plan stand    these

Needs `pip install resvg_py` and a monospaced font among the system's.
"""

from __future__ import annotations

import asyncio
import io
import re
import sys
import tempfile
from pathlib import Path

from PIL import Image

from assess_tui.app import AssessApp
from tests.screens.tour import touring

HERE = Path(__file__).parent / "pictures" / "screens"
SIZE = (104, 32)
WIDTH = 800
"""Pixels."""
COLOURS = 128
"""Of a picture: text and figures need few, and it stays small."""
MARKED = re.compile(r'<text (class="[^"]+") x="([\d.]+)" (y="[^"]+") textLength="([\d.]+)"([^>]*)>▸(?!<)')
CELL = 12.2
"""How wide one is in a picture of Textual's."""
FONTS = ["/usr/share/fonts", "/Library/Fonts", "C:/Windows/Fonts"]


def apart(found: re.Match[str]) -> str:
    """The mark of a row as a text of its own: the font lacks it, and its neighbours would get another, too."""
    style, left, top, length, rest = found.groups()
    after = f'x="{float(left) + CELL:.1f}" {top} textLength="{float(length) - CELL:.1f}"'
    return f'<text {style} x="{left}" {top} textLength="{CELL}"{rest}>▸</text><text {style} {after}{rest}>'


def picture(app: AssessApp, path: Path) -> None:
    """The screen as it is now."""
    import resvg_py

    drawn = resvg_py.svg_to_bytes(svg_string=MARKED.sub(apart, app.export_screenshot()), width=WIDTH, font_dirs=FONTS)
    image = Image.open(io.BytesIO(bytes(drawn))).convert("RGB")
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


async def screens(wanted: set[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with touring(Path(folder), SIZE) as tour:
            async for name in tour.stops():
                if not wanted or name in wanted:
                    await tour.rest(0.4)
                    picture(tour.app, HERE / f"{name}.png")


def main() -> None:
    HERE.mkdir(parents=True, exist_ok=True)
    asyncio.run(screens(set(sys.argv[1:])))
    total = sum(file.stat().st_size for file in HERE.glob("*.png"))
    print(f"pictures in {HERE}, {total // 1000} kB in all")


if __name__ == "__main__":
    main()
