"""Go to a test by a few letters of its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from assess_tui.entry.jump import begins, found
from assess_tui.plain.talk import row_of
from protocols.route import STAND

if TYPE_CHECKING:
    from assess_tui.plain.room import Room

MOST: Final = 20
"""Tests offered at once."""


def chosen(room: Room, letters: str) -> str:
    """The id of the one test meant; "" where none was."""
    while True:
        known = names(room, letters)
        if len(known) > 1 and len(known) <= MOST:
            for number, name in enumerate(known.values(), 1):
                room.talk.say(f"{number}. {name}.")
        elif len(known) == 1:
            return _allowed(room, next(iter(known)))
        elif letters:
            room.talk.say("No test has these words." if not known else f"{len(known)} tests have these words.")
        typed = room.talk.ask("Go to which test? Its number or a few letters; Enter stays here.")
        if not typed:
            return ""
        if len(known) <= MOST and (test := row_of(typed, list(known))):
            return _allowed(room, test)
        if typed.isdecimal():
            room.talk.say(f"Numbers go from 1 to {len(known)}." if known else "Type a few letters of its name first.")
        else:
            letters = typed


def names(room: Room, letters: str) -> dict[str, str]:
    """Id -> name of every test that fits; the stand test first."""
    if not letters:
        return {}
    stand = {STAND: "Stand test"} if begins(letters) else {}
    return stand | {test.id: test.title for test in found(room.session, letters)}


def _allowed(room: Room, test: str) -> str:
    """A test that is not safe for this patient stays where it is."""
    if why := room.session.way.skipped(test).get(test):
        room.talk.say(f"Left out for this patient: {why}.")
        return ""
    return test
