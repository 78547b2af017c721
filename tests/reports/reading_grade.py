"""The reading grade of a text: Flesch-Kincaid, with a syllable count that needs nothing from the network.

0.39 words a sentence + 11.8 syllables a word - 15.59 (Kincaid, Fishburne, Rogers and Chissom 1975, Derivation of New
Readability Formulas for Navy Enlisted Personnel). textstat was tried: it fetches its dictionary at run time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

SENTENCE: Final = re.compile(r"[.!?]+(?:\s|$)|\n+")
WORD: Final = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?|\d+(?:[.,]\d+)?")
VOWELS: Final = re.compile(r"[aeiouy]+")
SILENT: Final = re.compile(r"(?<=[^aeiouy])e(?:s|d)?$|(?<=[aiouy])e(?=d$)")
"""An e at the end that is not spoken: "lie", "likes", "raised"."""
SPOKEN: Final = re.compile(r"[^aeiouyl]les?$|[^aeiouy]le[sd]?$|[td]ed$|(?:[scz]|[cs]h|x|g)es$")
"""... but it is here: "ankle", "ended", "raises"."""
APART: Final = re.compile(r"ia(?!l)|io(?!u|n)|[^aeiouq]ua|[^aeiou]uo|eo(?!p)|[^gq]uie|ying")
"""Two vowels that are two syllables."""
EXCEPTIONS: Final = {
    **{"someone": 2, "tongue": 1, "quiet": 2, "easier": 3, "potassium": 4, "fluids": 2, "pilates": 3},
    **{"movement": 2, "movements": 2, "quadruped": 3, "psoas": 2},
}
"""What the rules get wrong of the words on our sheets. All 667 of them that the pronouncing dictionary of Carnegie
Mellon University knows were compared with it.
"""


def syllables(word: str) -> int:
    """Syllables of a word; a number counts as one."""
    word = word.lower().replace("’", "'").removesuffix("'s")
    if word in EXCEPTIONS:
        return EXCEPTIONS[word]
    if not word[0].isalpha():
        return 1
    found = len(VOWELS.findall(word)) + len(APART.findall(word))
    if SILENT.search(word) and not SPOKEN.search(word):
        found -= 1
    return max(1, found)


def grade(texts: Sequence[str]) -> float:
    """The Flesch-Kincaid grade of some lines, each a sentence or more."""
    sentences = [words for text in texts for part in SENTENCE.split(text) if (words := WORD.findall(part))]
    words = [word for sentence in sentences for word in sentence]
    return flesch_kincaid(len(words), len(sentences), sum(syllables(word) for word in words))


def flesch_kincaid(words: int, sentences: int, syllables: int) -> float:
    """The grade of a text of so many words, sentences and syllables."""
    return 0.39 * words / sentences + 11.8 * syllables / words - 15.59
