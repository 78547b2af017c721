"""Logos to print: drawn here, so that every pixel is known."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw

from reports.blocks import Logo
from reports.logo import logo, prepare


def drawn(width: int = 600, height: int = 200, ground: str | None = None) -> Image.Image:
    """A dark disc and a bar, on nothing or on a colour."""
    image = Image.new("RGBA", (width, height), ground or (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    pen.ellipse((10, 10, height - 10, height - 10), fill="#145a6e")
    pen.rectangle((0, height // 2 - 8, width - 1, height // 2 + 8), fill="#c8501e")
    return image


def saved(image: Image.Image, kind: str = "PNG", **more: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def a_logo(width: int = 600, height: int = 200, clinic: str = "Riverside") -> Logo:
    return logo(prepare(saved(drawn(width, height))), clinic)
