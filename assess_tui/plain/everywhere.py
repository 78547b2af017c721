"""What can be typed at every question of a visit."""

from __future__ import annotations

from typing import Final

from assess_tui.plain.talk import HEAR

GO: Final[dict[str, str]] = {
    "intake": "intake",
    "f2": "intake",
    "flags": "flags",
    "f3": "flags",
    "tests": "tests",
    "f4": "tests",
    "stand": "stand",
    "f5": "stand",
    "findings": "findings",
    "f6": "findings",
    "plan": "plan",
    "f7": "plan",
    "paper": "paper",
    "f8": "paper",
    "follow": "follow",
    "f9": "follow",
    "home": "home",
}
"""What is typed to go to a place: its name, or the name of the key the screens have for it."""
EVERYWHERE: Final = (
    ". or hear: this page again. {s}where: where you are and what is left.",
    "{u}undo: take the last answer back. {y}redo: give it again.",
    "g and a few letters: go to a test, for example g hip ir.",
    "{v}vitals: vital signs, measured now. history: the answers of this page, with what they replaced.",
    "Places, by name or as f2 to f9: intake, flags, tests, stand, findings, plan, paper, follow.",
    "home: back to the patients. q: leave; the visit is kept and taken up next time.",
)
LETTERS: Final = "suyv"
"""Letters that a place may have another use for; their whole words then keep the meaning."""
WORDS: Final = {
    "hear": HEAR,
    "where": "s",
    "undo": "u",
    "redo": "y",
    "go": "g",
    "vitals": "v",
    "back": "b",
    "quit": "q",
}
"""Whole words for the letters."""
ABOVE: Final = frozenset({"where", "undo", "redo", "vitals", "quit"})
"""Words that keep their meaning also where a place has another use for the letter."""


def everywhere(own: str) -> list[str]:
    """What can be typed anywhere, without the letters a place has another use for."""
    letters = {letter: "" if letter in own else f"{letter}, or " for letter in LETTERS}
    return [said.format(**letters) for said in EVERYWHERE]
