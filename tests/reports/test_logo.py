"""Any picture becomes a logo that prints on white, or is refused in a sentence; on paper nothing overlaps it."""

from __future__ import annotations

import io
import struct
import zlib
from itertools import product

import msgspec
import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from reports.blocks import Masthead, Paragraph, Sheet
from reports.content import PAPERS, SIZES, Options, Paper, Size
from reports.documents import plan_document, report_document
from reports.logo import LONGEST_SIDE, MOST_BYTES, LogoError, logo, prepare
from reports.pdf import render
from tests.reports.papers import flagged, known, limited, pages
from tests.reports.pictures import a_logo, drawn, saved

MODES = ("1", "L", "LA", "P", "RGB", "RGBA", "I;16")


def opened(png: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(png))
    image.load()
    return image


@pytest.mark.parametrize("mode", MODES)
def test_a_png_of_any_kind_is_kept_as_colours_on_white(mode: str) -> None:
    image = drawn(ground="white")
    picture = image.convert("L").convert("I").point(lambda level: level * 257) if mode == "I;16" else image
    kept = opened(prepare(saved(picture.convert(mode))))
    assert kept.mode == "RGB"
    levels = kept.convert("L").histogram()
    assert sum(levels[:120]) > 1000
    assert sum(levels[240:]) > 1000


@pytest.mark.parametrize("mode", ["L", "RGB", "CMYK"])
def test_a_jpeg_is_taken_too(mode: str) -> None:
    assert opened(prepare(saved(drawn(ground="white").convert("RGB").convert(mode), "JPEG"))).format == "PNG"


def test_what_is_clear_prints_white_and_margins_are_cut_off() -> None:
    wide = Image.new("RGBA", (900, 700), (0, 0, 0, 0))
    wide.paste(drawn(600, 200), (100, 300))
    kept = opened(prepare(saved(wide)))
    assert kept.width == 600
    assert abs(kept.height - 180) < 4
    assert kept.getpixel((0, 0)) == (255, 255, 255)


def test_a_large_picture_is_made_small_in_its_own_proportions() -> None:
    kept = opened(prepare(saved(drawn(4000, 1000, "#dddddd"))))
    assert kept.size == (LONGEST_SIDE, LONGEST_SIDE // 4)


def test_what_a_camera_wrote_beside_the_picture_is_not_kept() -> None:
    image = drawn(ground="white").convert("RGB")
    beside = Image.Exif()
    beside[0x010E] = "Ana Ruiz at home"
    beside[0x0112] = 6  # turned by a quarter
    kept = prepare(saved(image, "JPEG", exif=beside))
    assert b"Ana" not in kept
    assert opened(kept).height > opened(kept).width


BOMB = b"\x89PNG\r\n\x1a\n" + b"".join(
    struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
    for name, body in (
        (b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)),
        (b"IDAT", b""),
        (b"IEND", b""),
    )
)
REFUSED = {
    "nothing": (b"", "no PNG or JPEG"),
    "text": (b"riverside", "no PNG or JPEG"),
    "cut off": (saved(drawn())[:700], "no PNG or JPEG"),
    "another kind": (saved(drawn().convert("RGB"), "BMP"), "no PNG or JPEG"),
    "white on nothing": (saved(Image.new("RGBA", (200, 80), "white")), "white on white"),
    "an icon": (saved(drawn(22, 22)), "choose a larger"),
    "3,600 million pixels": (BOMB, "choose a smaller"),
    "a large file": (bytes(MOST_BYTES + 1), "larger than 5 MB"),
}


@pytest.mark.parametrize(("data", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_a_logo_is_refused_in_a_sentence(data: bytes, said: str) -> None:
    with pytest.raises(LogoError, match=said) as refused:
        prepare(data)
    assert str(refused.value).endswith(".")


@given(st.binary(max_size=200))
@settings(max_examples=60, deadline=None)
def test_no_bytes_do_more_harm_than_a_refusal(tail: bytes) -> None:
    for data in (tail, saved(drawn(40, 40))[:60] + tail):
        with pytest.raises(LogoError):
            prepare(data)


def test_a_clinic_without_a_name_has_a_logo_all_the_same() -> None:
    assert logo(prepare(saved(drawn())), "").alt == "Logo of the clinic"


# -- on paper ----------------------------------------------------------------------------------------------------------

DISC = a_logo()
SIDES = st.integers(30, 900)
NAMES = st.text(st.characters(categories=("L", "N", "P", "Zs")), min_size=1, max_size=90)


@given(SIDES, SIDES, NAMES, NAMES, st.sampled_from((9.5, 14.0, 18.0)))
@settings(max_examples=40, deadline=None)
def test_no_word_touches_the_logo_and_it_keeps_its_bounds(
    width: int, height: int, clinic: str, person: str, size: float
) -> None:
    picture = msgspec.structs.replace(DISC, width=width, height=height)
    sheet = Sheet(title="x", paper="a4", type_size=size, smallest=8, margin=54, foot="P1", logo=picture)
    left, bottom, right, top, words = placed(render([Masthead(clinic, person), Paragraph("Below.")], sheet))
    assert left == pytest.approx(54, abs=0.01)
    assert right - left <= 0.3 * (595.28 - 108) + 0.01
    assert top - bottom <= 3.4 * max(8, size * 0.86) + 0.5
    assert (right - left) / (top - bottom) == pytest.approx(width / height, rel=0.01)
    assert all(x > right or y < bottom for x, y in words if y > 100)


def placed(data: bytes) -> tuple[float, float, float, float, list[tuple[float, float]]]:
    """The edges of the logo, and where each line of text begins."""
    box, words, scale = (0.0, 0.0, 0.0, 0.0), [], [0.0] * 6
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for step in pikepdf.parse_content_stream(pdf.pages[0]):
            assert isinstance(step, pikepdf.ContentStreamInstruction)
            match str(step.operator):
                case "cm":
                    scale = [float(number) for number in step.operands]
                case "Do":
                    box = (scale[4], scale[5], scale[4] + scale[0], scale[5] + scale[3])
                case "Tm":
                    x, y = (float(number) for number in step.operands[4:6])
                    words.append((x, y))
    return *box, words


def test_the_same_logo_gives_the_same_bytes_and_none_of_it_without() -> None:
    about = limited()
    with_logo = msgspec.structs.replace(about, logo=a_logo())
    assert plan_document(with_logo, known()).pdf() == plan_document(with_logo, known()).pdf()
    assert b"/Subtype /Image" in plan_document(with_logo, known()).pdf()
    assert b"/Subtype /Image" not in plan_document(about, known()).pdf()


OFTEN = (("a4", 14), ("letter", 18))
"""The roomiest page and the fullest; what lies between is looked at with the soak."""
SHEETS = [pytest.param(*sheet, marks=() if sheet in OFTEN else pytest.mark.soak) for sheet in product(PAPERS, SIZES)]


@pytest.mark.parametrize(("paper", "size"), SHEETS)
def test_a_logo_costs_at_most_a_page(paper: Paper, size: Size) -> None:
    options = Options(paper=paper, size=size)
    for about, make in product((limited(), flagged()), (plan_document, report_document)):
        signed = make(msgspec.structs.replace(about, logo=a_logo()), known(), options)
        assert 0 <= len(pages(signed.pdf())) - len(pages(make(about, known(), options).pdf())) <= 1
