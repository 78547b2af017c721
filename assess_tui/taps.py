"""What a tap on a key does that is named on the screen: the key, as if it were pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.keys import key_to_character

from assess_tui.keyboard.words import keys_of
from assess_tui.widgets.key_line import ids_of

if TYPE_CHECKING:
    from assess_tui.app import AssessApp

DOUBLE_S = 0.6
"""A second tap within so long is the same tap of a finger used to double clicks."""
ASK_FIRST = frozenset(
    {
        *("paper.finish", "patient.close_visit", "templates.drop", "flags.unknown", "dialog.close"),
        *("app.leave", "stand.leave", "lock.leave", "too_small.leave"),
    }
)
"""Keys that ask, if only where something would be lost, and do it when pressed again."""


class Taps:
    """The taps on one instrument."""

    def __init__(self, app: AssessApp) -> None:
        self._app = app
        self._asked = ("", 0.0)

    def press(self, key: str) -> None:
        """A key by Textual's name, in its turn after those typed before it."""
        self._app.company.look()
        self._app.typeahead.take(events.Key(key, key_to_character(key)))

    async def key(self, name: str) -> None:
        """A key by its id. One of another screen does nothing, nor does one that stands for any digit.

        Where a line is typed on that would take its letter, what it does is done at once: a tap on STOP is STOP.
        """
        keys, screen = keys_of(name), self._app.screen
        if name not in ids_of(screen) or (keys[1:] and keys[0].isdigit()) or self._double(name):
            return
        line = screen.focused
        if line is not None and line.check_consume_key(keys[0], key_to_character(keys[0])):
            await screen.run_action(name.partition(".")[2])
        else:
            self.press(keys[0])

    def _double(self, name: str) -> bool:
        """Whether it would answer what the tap before has just asked."""
        (before, at), now = self._asked, self._app.clock.seconds()
        self._asked = (name, now)
        return name in ASK_FIRST and name == before and now - at < DOUBLE_S
