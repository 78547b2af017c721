"""The library of exercise cards outside a visit: searched, read, and copied as the clinic's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from assess_tui.plain.cards import MOST, found, rows, told
from assess_tui.plain.talk import row_of, up_to
from assess_tui.storage.errors import StorageError
from assess_tui.storage.folder import LIBRARY
from protocols.cards import Catalogue

if TYPE_CHECKING:
    from assess_tui.plain.house import House
    from protocols.model import Exercise, Library

ASKS: Final = "Words to search, a number reads a card, Enter goes back?"
EXPLAINS: Final = (
    "Words find cards by name, id, finding, equipment or what is done. A number reads the card of that line. "
    "own and a number: a copy under a new id, as the clinic's own file; over and a number: the same id, a version "
    "higher. Change the file in an editor; check says what is wrong in your own cards, and takes them in. Enter: back."
)
COPIES: Final = ("own", "over")


def look_through(house: House) -> Library:
    """Search and read until Enter; the library as it is then, with cards that were taken in."""
    library, letters = house.library, ""
    with house.talk.over(lambda: rows(found(Catalogue(library), library, letters), letters)):
        while typed := house.talk.ask(ASKS, explains=EXPLAINS):
            head, _, rest = typed.partition(" ")
            number = rest if head in COPIES else typed
            cards = found(Catalogue(library), library, letters)[:MOST]
            card = row_of(number, cards)
            if typed == "check":
                library = _taken_in(house, library)
                house.talk.hear()  # its lines may have other numbers now
            elif not number.isdecimal():
                letters = typed
                house.talk.hear()
            elif card is None:
                house.talk.say(f"Cards go from {up_to(len(cards))}." if cards else "Type words of the card first.")
            elif head in COPIES:
                _copy(house, library, card, new=head == "own")
            else:
                house.talk.say(*told(card, library))
    return library


def _copy(house: House, library: Library, card: Exercise, *, new: bool) -> None:
    """A file to be changed in an editor; nothing is written over a file that stands there."""
    from assess_tui.entry.card import CardEntry
    from assess_tui.storage.own_cards import own_file, problems_of, write_card

    made = CardEntry(card, library, new=new).card
    file = own_file(house.folder, made.id)
    if file.exists():
        house.talk.say(f"There is a file already: {file}", "Change it in an editor, then check.")
        return
    try:
        wrong = problems_of(house.folder, made)
        if wrong:
            house.talk.say(*(f"It cannot be copied as it is: {one.sentence}." for one in wrong))
            return
        house.talk.say(f"Written: {write_card(house.folder, made)}", "Change it in an editor, then check.")
    except StorageError as error:
        house.talk.say(f"{error.title}: {error.message}")


def _taken_in(house: House, library: Library) -> Library:
    """The library with the clinic's cards as they are now; what is wrong in them leaves it as it was."""
    from protocols.check import check
    from protocols.errors import LibraryError
    from protocols.library import load

    own = house.folder / LIBRARY
    wrong = [problem.sentence for problem in check(own, only="exercises")] if own.exists() else []
    if wrong:
        house.talk.say(*wrong, "Nothing of them is in use until this is put right.")
        return library
    try:
        known = load(own) if own.exists() else library
    except LibraryError as error:
        house.talk.say(str(error))
        return library
    house.talk.say("Nothing is wrong in your own cards." if own.exists() else "There is no card of your own yet.")
    return known
