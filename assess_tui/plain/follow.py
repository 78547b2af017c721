"""How the last plan went at home: a crash after effort, then two numbers a card."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from assess_tui.days import short_day
from assess_tui.entry.follow import FollowEntry
from assess_tui.plain.talk import whole
from protocols.cards import dose_words
from protocols.follow_up import PLANNED
from protocols.visit import FOLLOW

if TYPE_CHECKING:
    from assess_tui.entry.follow import Place
    from assess_tui.entry.typed import Typed
    from assess_tui.plain.room import Room

EXPLAINS: Final = (
    "First number: of ten planned times, so many done. Second number: the worst pain with it, 0 to 10.",
    "Both may be typed at once: 8 2. t is ten.",
    "s: two sessions in a row with two repetitions to spare; again: no.",
    "r: two red days, pain above 5 or not settled by the next morning; again: no.",
    "= gives the last answer to every card below too. / asks this card's other number. b: the card before.",
    "y: a crash of more than a day after effort. n: no crash. redo gives an answer again.",
    "Enter: on to the next card with something open. where: what is left.",
)
HIGHEST: Final = 10


def take(room: Room) -> str:
    """Ask the crash once, then card by card; returns the tests while one is open, else the plan."""
    entry = FollowEntry(room.session)
    room.about = None
    opens = f"How the last plan went, taken home {short_day(entry.last.date)}. It may be left out: f4, the tests."
    room.show(lambda: (opens,), (FOLLOW,))
    if entry.last.crash is None:
        _crash(room, entry)
    while not _card(room, entry):
        pass
    if room.session.assessment().concern.stop:
        return "flags"
    return "tests" if room.session.way.progress().open else "plan"


def _crash(room: Room, entry: FollowEntry) -> None:
    while words := room.ask(
        "A crash of more than a day after effort? y or n, Enter leaves it open?", EXPLAINS, own="y"
    ):
        if words in (["y"], ["yes"], ["n"], ["no"]):
            room.said(entry.crashed(words[0].startswith("y")).say)
            return
        room.not_known(words)


def _card(room: Room, entry: FollowEntry) -> bool:
    """One line for the next number; True once the page is done."""
    words = room.ask(_question(entry, entry.next_digit), EXPLAINS, own="sry")
    return _do(room, entry, words)


def _question(entry: FollowEntry, place: Place | None) -> str:
    if place is None:
        still = entry.still_open()
        return (
            f"Not asked yet: {still}; y or n for the crash, or Enter to go on?"
            if still
            else "All asked; Enter goes on?"
        )
    card, wanted = entry.card(place.row), entry.last.cards[place.row]
    dose = "" if card is None or card.snack else f", {dose_words(card, wanted.dose or card.dose).partition(',')[0]}"
    if place.column == "done":
        return f"{entry.name(place.row)}{dose}: of {PLANNED} planned times, so many done, 0 to {PLANNED}?"
    return f"{entry.name(place.row)}: the worst pain with it, 0 to {HIGHEST}?"


def _do(room: Room, entry: FollowEntry, words: list[str]) -> bool:
    """Each word in turn; the first that cannot be read stops, and says so."""
    if not words:
        return _tell(room, entry.accept())
    for place, word in enumerate(words):
        typed = _one(entry, word)
        if typed is None:
            room.not_known(words[place:])
            return False
        _tell(room, typed)
        if typed.tone == "refused":
            return False
    return False


def _one(entry: FollowEntry, word: str) -> Typed | None:
    number = HIGHEST if word == "t" else whole(word)
    if number is not None and number <= HIGHEST:
        return entry.type(number)
    if word in ("y", "n"):
        return entry.crashed(word == "y")
    if word == "b":
        return entry.move(-1)
    ways = {"s": lambda: entry.toggle("spare"), "r": lambda: entry.toggle("red")}
    others = {"=": entry.same_below, "/": entry.other_column}
    do = (ways | others).get(word)
    return do() if do is not None else None


def _tell(room: Room, typed: Typed) -> bool:
    room.said(typed.say)
    return typed.finished
