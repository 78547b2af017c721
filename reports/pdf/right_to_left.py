"""Hebrew and Arabic: letters that run from right to left, the Arabic ones in the shape their neighbours ask for.

A stretch of such words keeps to itself, as a name among other words does: what stands before and after it stays in its
place. Vowel marks have to be moved to their letter, which is not done here: a word with marks is not `settable`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Final

LETTERS: Final = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff"
"""All that is written from right to left, with its marks, as a range of a pattern."""
APART: Final = "\u200c"
"""Zero width non-joiner: parts two letters of one word, as in Persian names; nothing is printed for it."""
WORD: Final = re.compile(f"[{LETTERS}](?:[{LETTERS}{APART}]*[{LETTERS}])?")
_BETWEEN: Final = re.compile(f"({WORD.pattern})")
STRETCH: Final = re.compile(f"{WORD.pattern}(?:[ '’.-]+{WORD.pattern})*")
HEBREW: Final = frozenset(map(chr, range(0x05D0, 0x05EB))) | frozenset("\u05be\u05f3\u05f4")
SHAPES: Final = (range(0xFB50, 0xFDFE), range(0xFE70, 0xFEFD))
"""Unicode's characters for the shapes of Arabic letters."""
_KINDS: Final = {(False, False): "isolated", (False, True): "initial", (True, True): "medial", (True, False): "final"}
"""Whether a letter is joined to the one before and to the one after it -> its shape."""
_LAM: Final = "\u0644"
_ALEFS: Final = frozenset("\u0622\u0623\u0625\u0627")
_KASHIDA: Final = "\u0640"
"""A line that lengthens a word: joined on both sides, in one shape."""
_TOKEN: Final = re.compile(f"{_LAM}[{''.join(sorted(_ALEFS))}]|.", re.DOTALL)


def split(text: str) -> list[str]:
    """Words from right to left, and what stands between them; together they are the text."""
    return _BETWEEN.split(text)


def settable(word: str) -> bool:
    """Whether every letter of a word is known in all shapes it may take."""
    return all(char in HEBREW or char == APART or char in _shapes() for char in word)


def as_letters(text: str) -> str:
    """Characters for shapes as the letters they are the shape of."""
    return "".join(unicodedata.normalize("NFKC", char) if _is_shape(char) else char for char in text)


def letter_of(char: str) -> str:
    """The letter a character is the shape of, for copying it out; a shape of two letters, or a letter, as it is."""
    letters = as_letters(char)
    return letters if len(letters) == 1 else char


def _is_shape(char: str) -> bool:
    return any(ord(char) in some for some in SHAPES)


def visual(text: str) -> str:
    """The text as it stands on paper from left to right."""
    return STRETCH.sub(lambda found: "".join(reversed(list(_shaped(found.group())))), text)


def _shaped(stretch: str) -> Iterator[str]:
    """The shape of each letter, in reading order."""
    tokens = _TOKEN.findall(stretch)
    for before, token, after in zip(["", *tokens], tokens, [*tokens[1:], ""], strict=False):
        kind = _KINDS[_join(before, token), _join(token, after)]
        if token != APART:
            yield _shapes().get(token, {}).get(kind, token)


def _join(first: str, second: str) -> bool:
    """Whether two letters beside each other are joined."""
    return "initial" in _shapes().get(first, {}) and "final" in _shapes().get(second, {})


@cache
def _shapes() -> dict[str, dict[str, str]]:
    """Letter, or lam with alef -> kind of shape -> its character; as the Unicode Character Database decomposes them."""
    found: dict[str, dict[str, str]] = {_KASHIDA: dict.fromkeys(_KINDS.values(), _KASHIDA)}
    for char in (chr(point) for some in SHAPES for point in some):
        tag, _, points = unicodedata.decomposition(char).partition(" ")
        kind, letters = tag.strip("<>"), "".join(chr(int(point, 16)) for point in points.split())
        if kind in _KINDS.values() and (len(letters) == 1 or (letters[0] == _LAM and letters[1:] in _ALEFS)):
            found.setdefault(letters, {})[kind] = char
    return found
