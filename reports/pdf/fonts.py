"""The letters: Atkinson Hyperlegible, made for low vision, and Noto Sans for the characters it lacks; Heebo for Hebrew,
Noto Sans Arabic for Arabic, Persian and Urdu.

What none can set rightly is printed as its code point in brackets, "[U+6771]": never a wrong letter, never a crash.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import groupby
from typing import Any, NamedTuple

import fontpkg_atkinson_hyperlegible
import fontpkg_heebo
import fontpkg_noto_sans
import fontpkg_noto_sans_arabic
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from reports.pdf import right_to_left

REGULAR, BOLD, OTHER, HEBREW, ARABIC = "Hyperlegible", "Hyperlegible-Bold", "Noto", "Heebo", "Noto-Arabic"
FILES = {
    REGULAR: fontpkg_atkinson_hyperlegible.ROOT / "files" / "AtkinsonHyperlegible-Regular.ttf",
    BOLD: fontpkg_atkinson_hyperlegible.ROOT / "files" / "AtkinsonHyperlegible-Bold.ttf",
    OTHER: fontpkg_noto_sans.ROOT / "files" / "NotoSans[wdth,wght].ttf",
    HEBREW: fontpkg_heebo.ROOT / "files" / "Heebo[wght].ttf",
    ARABIC: fontpkg_noto_sans_arabic.ROOT / "files" / "NotoSansArabic[wdth,wght].ttf",
}
SPARE = 3
"""A line with so many spaces may give its last word to the line below."""
LEADS = re.compile(r"[+-]?\d+(?:\.\d+)?|[aA]")
"""A word that is not parted from the next: "18 December", "60 seconds", "a day"."""
INVISIBLE = frozenset({"Cc", "Cf"})
"""Control and format characters: they print nothing, and some would turn the line around."""


JOINED = ("DEVANAGARI",)
"""Scripts of the second font whose letters change shape and place beside each other: set one by one they are wrong."""


class Run(NamedTuple):
    """A stretch of text in one font. `thicken`: bold is wanted and the font has no bold."""

    font: str
    text: str
    thicken: bool


class Letters(TTFont):
    """A font whose text can be copied out: reportlab maps unused slots to U+0000, which PDF/UA forbids."""

    def addObjects(self, doc: Any) -> None:  # noqa: N802  reportlab's name
        state = self.state[doc]
        subsets = [list(subset) for subset in state.subsets]
        super().addObjects(doc)
        fonts = doc.idToObject["BasicFonts"].dict
        for number, subset in enumerate(subsets):
            base = fonts[f"{state.internalName}+{number}"].BaseFont
            doc.idToObject[f"toUnicodeCMap:{base}"].content = _to_unicode(base, subset)


def _to_unicode(name: str, subset: list[int]) -> str:
    """A CMap from the codes of a subset to Unicode."""
    pairs = [
        f"<{slot:02X}> <{right_to_left.letter_of(chr(point)).encode('utf-16-be').hex().upper()}>"
        for slot, point in enumerate(subset)
        if point
    ]
    hundreds = [pairs[at : at + 100] for at in range(0, len(pairs), 100)]  # the most a block may hold
    blocks = [line for some in hundreds for line in (f"{len(some)} beginbfchar", *some, "endbfchar")]
    info = "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def"
    head = ["/CIDInit /ProcSet findresource begin", "12 dict begin", "begincmap", info, f"/CMapName /{name} def"]
    space = ["/CMapType 2 def", "1 begincodespacerange", f"<00> <{len(subset) - 1:02X}>", "endcodespacerange"]
    return "\n".join([*head, *space, *blocks, "endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"])


@cache
def font(name: str) -> TTFont:
    """The font, read from its file when first needed."""
    loaded = Letters(name, str(FILES[name]), asciiReadable=0, shapable=False)
    pdfmetrics.registerFont(loaded)
    return loaded


@cache
def _characters(name: str) -> frozenset[int]:
    return frozenset(font(name).face.charToGlyph)


@lru_cache(maxsize=4096)
def printable(text: str) -> str:
    """The text in reading order, every character replaced that cannot be printed and without those that print nothing;
    any space is a plain space, but one that does not break stays.
    """
    letters = right_to_left.as_letters(unicodedata.normalize("NFC", text))
    return "".join(map(_set, right_to_left.split(letters)))


def _set(piece: str) -> str:
    """A word from right to left, or what stands between such words, as it can be printed."""
    if right_to_left.WORD.fullmatch(piece):
        return piece if right_to_left.settable(piece) else _in_brackets(piece)
    grouped = groupby(piece, key=lambda char: bool(_font_of(char, REGULAR)))
    known = ("".join(some) if has_font else _in_brackets("".join(some)) for has_font, some in grouped)
    plain = "".join(" " if char.isspace() and char != "\xa0" else char for part in known for char in part)
    return "".join(char for char in plain if unicodedata.category(char) not in INVISIBLE)


@lru_cache(maxsize=4096)
def runs(text: str, bold: bool) -> tuple[Run, ...]:
    """The text as it stands on paper from left to right, in stretches of one font each."""
    first = BOLD if bold else REGULAR
    pieces = ((_font_of(char, first), char) for char in right_to_left.visual(printable(text)))
    grouped = ((name, "".join(char for _, char in some)) for name, some in groupby(pieces, key=lambda piece: piece[0]))
    return tuple(Run(name, some, bold and name not in (REGULAR, BOLD)) for name, some in grouped)


def _font_of(char: str, first: str) -> str:
    """The font that has this character, "" where none has."""
    if ord(char) in _characters(first) or char.isspace() or unicodedata.category(char) in INVISIBLE:
        return first
    if char in right_to_left.HEBREW:
        return HEBREW
    if right_to_left.WORD.fullmatch(char):
        return ARABIC
    joined = any(script in unicodedata.name(char, "") for script in JOINED)
    return OTHER if ord(char) in _characters(OTHER) and not joined else ""


def _in_brackets(lacking: str) -> str:
    return "[" + " ".join(f"U+{ord(char):04X}" for char in lacking) + "]"


@lru_cache(maxsize=8192)
def width(text: str, size: float, bold: bool) -> float:
    """How wide the text is set, in points."""
    return float(sum(font(run.font).stringWidth(run.text, size) for run in runs(text, bold)))


def wrap(text: str, size: float, room: float, bold: bool, first_room: float | None = None) -> list[str]:
    """Lines no wider than `room` points; `first_room` is that of the first line. A long word is cut, never lost; a
    number stays with what it counts.
    """
    space = width(" ", size, bold)
    lines: list[list[str]] = [[]]
    used, free = 0.0, room if first_room is None else first_room
    for unit in _units(text, size, room, bold):
        wide = width(unit, size, bold)
        if (lines[-1] and used + space + wide > free) or (not lines[-1] and wide > free < room):
            lines.append([])
            used, free = 0.0, room
        used += wide + (space if lines[-1] else 0.0)
        lines[-1].append(unit)
    return [" ".join(line) for line in _in_company(lines, size, room, bold)]


def _in_company(lines: list[list[str]], size: float, room: float, bold: bool) -> list[list[str]]:
    """No last line of one word where the line above can spare another."""
    *above, last = lines
    if not above or " " in " ".join(last) or " ".join(above[-1]).count(" ") < SPARE:
        return lines
    *kept, moved = above[-1]
    joined = [moved, *last]
    return [*above[:-1], kept, joined] if kept and width(" ".join(joined), size, bold) <= room else lines


def _units(text: str, size: float, room: float, bold: bool) -> Iterator[str]:
    """Words, as printed, none wider than the room; one that leads to the next is one with it."""
    held = ""
    for word in _short_words(text, size, room, bold):
        if held and width(f"{held} {word}", size, bold) <= room:
            yield f"{held} {word}"
            held = ""
            continue
        if held:
            yield held
        held = word if LEADS.fullmatch(word) else ""
        if not held:
            yield word
    if held:
        yield held


def _short_words(text: str, size: float, room: float, bold: bool) -> list[str]:
    """Words, as printed, none wider than the room."""
    return [part for word in printable(text).split(" ") if word for part in _cut(word, size, room, bold)]


def _cut(word: str, size: float, room: float, bold: bool) -> list[str]:
    """A word wider than the room, parted behind a hyphen where it has one."""
    if width(word, size, bold) <= room:
        return [word]
    parts, part = [], ""
    for char in word:
        while part and width(part + char, size, bold) > room:
            kept = part.rfind("-") + 1 or len(part)
            parts.append(part[:kept])
            part = part[kept:]
        part += char
    return [*parts, part]
