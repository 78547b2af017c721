"""The clinic's logo: an image file as chosen -> a small PNG that prints on white paper.

Kept as pixels alone: what a camera or a drawing program writes beside them (places, names) goes no further.
"""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING, Final

from reports.blocks import Logo
from reports.wording import clean

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS: Final = ("PNG", "JPEG")
MOST_BYTES: Final = 5_000_000
MOST_PIXELS: Final = 40_000_000
"""More than any logo needs, and little enough to be unpacked at once: an image of a few bytes can claim any size."""
LEAST_SIDE: Final = 24
"""Pixels; what is smaller is an icon and prints as a blot."""
LONGEST_SIDE: Final = 900
"""Pixels kept: printed two inches wide, at most, that is finer than a printer sets."""
FAINT: Final = 24
"""Levels of grey of 255 by which a pixel must differ from white paper to be seen in black and white."""


class LogoError(Exception):
    """The file cannot be the logo; one sentence says why and what to choose."""


def prepare(data: bytes) -> bytes:
    """The chosen file as the PNG that is kept: upright, on white, without margins, no larger than needed."""
    if len(data) > MOST_BYTES:
        raise LogoError(f"The file is larger than {MOST_BYTES // 1_000_000} MB; choose a smaller picture.")
    return _png(_small(_large_enough(_trimmed(_on_white(_opened(data))))))


def logo(png: bytes, clinic: str) -> Logo:
    """The logo as it was kept, ready to print. Raises LogoError where it cannot be read any more."""
    width, height = _opened(png).size
    return Logo(png, width, height, f"Logo of {clean(clinic) or 'the clinic'}")


def _opened(data: bytes) -> Image:
    """The image the right way up, with every pixel read: a file that was cut off shows only then."""
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of size: that is answered here
            image = Image.open(io.BytesIO(data), formats=FORMATS)
        if image.width * image.height <= MOST_PIXELS:
            image.load()
            return ImageOps.exif_transpose(image)
    except Image.DecompressionBombError:
        pass
    except Exception as error:  # the readers of image files raise whatever their parsing meets
        raise LogoError("The file is no PNG or JPEG picture that can be read; choose another.") from error
    raise LogoError(f"The picture has more than {MOST_PIXELS // 1_000_000} million pixels; choose a smaller one.")


def _large_enough(image: Image) -> Image:
    if min(image.size) < LEAST_SIDE:
        raise LogoError(f"The picture has {image.width} x {image.height} pixels; choose a larger one.")
    return image


def _on_white(image: Image) -> Image:
    from PIL import Image

    upright = _in_bytes(image).convert("RGBA")
    paper = Image.new("RGBA", upright.size, "white")
    return Image.alpha_composite(paper, upright).convert("RGB")


def _in_bytes(image: Image) -> Image:
    """Greys of 16 bits, which would be cut off at white, as greys of 8."""
    return image.point(lambda level: level * (1 / 257)).convert("L") if image.mode.startswith("I") else image


def _trimmed(image: Image) -> Image:
    """Without its white margins; an image that is all margin would print as nothing."""
    from PIL import ImageOps

    inked = ImageOps.invert(image.convert("L")).point([0] * FAINT + [255] * (256 - FAINT))
    box = inked.getbbox()
    if box is None:
        raise LogoError("The picture is white on white paper; choose one drawn in a dark colour.")
    return image.crop(box)


def _small(image: Image) -> Image:
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return image


def _png(image: Image) -> bytes:
    from PIL import Image

    bare = Image.new("RGB", image.size)
    bare.paste(image)
    out = io.BytesIO()
    bare.save(out, "PNG", optimize=True)
    return out.getvalue()
