"""A card of the library found by words, and what is read aloud of one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from assess_tui.plain.talk import row_of, up_to
from protocols.cards import Catalogue, shown

if TYPE_CHECKING:
    from assess_tui.plain.room import Room
    from protocols.model import Exercise, Library

MOST: Final = 9
"""Cards offered at once."""
ASKS: Final = "Its number, or words to search; ? and a number reads it, Enter takes none?"


def chosen(room: Room, letters: str, first: Sequence[str] = ()) -> str:
    """The id of a card, found by words; `first` are offered before anything is typed. "" where none was chosen."""
    library, catalogue = room.library, Catalogue(room.library)
    with room.talk.over(lambda: rows(found(catalogue, library, letters, first), letters)):
        while typed := room.talk.ask(ASKS):
            cards = found(catalogue, library, letters, first)[:MOST]
            number = typed.removeprefix("?").strip()
            card = row_of(number, cards)
            if not number.isdecimal():
                letters = number
                room.talk.hear()
            elif card is None:
                room.talk.say(f"Cards go from {up_to(len(cards))}." if cards else "Type words of the card first.")
            elif typed.startswith("?"):
                room.talk.say(*told(card, library))
            else:
                return card.id
    return ""


def found(catalogue: Catalogue, library: Library, letters: str, first: Sequence[str] = ()) -> list[Exercise]:
    """The cards these words fit, best first; without words those that stand first."""
    return list(catalogue.find(letters)) if letters else [library.exercises[card] for card in first]


def rows(cards: Sequence[Exercise], letters: str) -> Iterator[str]:
    """A line a card, as many as are offered at once."""
    yield from (f"{number}. {card.name}, {card.id}." for number, card in enumerate(cards[:MOST], 1))
    yield f"{len(cards) - MOST} more: type more words." if len(cards) > MOST else ""
    yield "No card has all these words." if letters and not cards else ""


def told(card: Exercise, library: Library) -> Iterator[str]:
    """A card as the library has it."""
    words = shown(card, library)
    yield f"{words.name}, {words.id}. For {', '.join(words.targets)}."
    yield f"Position: {words.position}. Needs: {words.equipment or 'nothing'}."
    yield f"Dose: {words.dose}; {words.minutes}; {words.often}."
    yield from (f"Step {number}: {cue}" for number, cue in enumerate(words.cues, 1))
    yield words.stop_if
