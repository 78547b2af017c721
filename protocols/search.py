"""Words as they are searched: letter case, accents and punctuation make no difference."""

from __future__ import annotations

import unicodedata

_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"})
"""Letters that Unicode does not take apart into a plain letter and its mark."""


def folded(text: str) -> str:
    """The text as it is searched: small letters without marks. Łukasz and lukasz, NGUYỄN and nguyen are one."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).translate(_LETTERS)


def words(text: str) -> list[str]:
    """The folded words of a text: "O'Brien-Łoś" -> o, brien, los."""
    return "".join(letter if unicodedata.category(letter)[0] in "LMN" else " " for letter in folded(text)).split()
