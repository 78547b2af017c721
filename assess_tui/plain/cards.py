"""A card of the library found by words, and what is read aloud of one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from protocols.cards import Catalogue, shown

if TYPE_CHECKING:
    from assess_tui.plain.room import Room
    from protocols.model import Exercise, Library

MOST: Final = 9
"""Cards offered at once."""


def chosen(room: Room, letters: str, first: Sequence[str] = ()) -> str:
    """The id of a card, found by words; `first` are offered before anything is typed. "" where none was chosen."""
    library = room.library
    catalogue = Catalogue(library)
    while True:
        cards = list(catalogue.find(letters)) if letters else [library.exercises[card] for card in first]
        for number, card in enumerate(cards[:MOST], 1):
            room.talk.say(f"{number}. {card.name}, {card.id}.")
        more = f" {len(cards) - MOST} more: type more words." if len(cards) > MOST else ""
        none = "No card has all these words." if letters and not cards else ""
        room.talk.say(f"{none}{more}".strip())
        typed = room.talk.ask("Which card? Its number, or words to search; ? and a number reads it; Enter: none.")
        if not typed:
            return ""
        if typed.isdecimal() and 1 <= int(typed) <= len(cards[:MOST]):
            return cards[int(typed) - 1].id
        asked = typed.removeprefix("?").strip()
        if typed.startswith("?") and asked.isdecimal() and 1 <= int(asked) <= len(cards[:MOST]):
            room.talk.say(*told(cards[int(asked) - 1], library))
        else:
            letters = asked


def told(card: Exercise, library: Library) -> Iterator[str]:
    """A card as the library has it."""
    words = shown(card, library)
    yield f"{words.name}, {words.id}. For {', '.join(words.targets)}."
    yield f"Position: {words.position}. Needs: {words.equipment or 'nothing'}."
    yield f"Dose: {words.dose}; {words.minutes}; {words.often}."
    yield from (f"Step {number}: {cue}" for number, cue in enumerate(words.cues, 1))
    yield f"Stop: {words.stop_if}"
