"""Who else works on the open visit: looked for at every key and every second, taken in, said in one calm line."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from assess_tui.storage.errors import StorageError

if TYPE_CHECKING:
    from assess_tui.app import AssessApp
    from assess_tui.storage.additions import Opening
    from assess_tui.storage.open_visits import OpenVisit

LOOK_S = 1.0
"""How often the record is asked while nobody presses a key."""
SAID_S = 12
"""Seconds a line stays."""
COMES_IN = "What is stored there comes in here, and the other way round."


class Company:
    """The app's part in two windows on one record. Nothing is ever locked: each window is told of the other."""

    def __init__(self, app: AssessApp) -> None:
        self._app = app
        self._open: OpenVisit | None = None

    def begin(self, visit_id: str) -> None:
        """This window opens a visit; where another one has it open, that is said."""
        from assess_tui.storage.open_visits import OpenVisit

        self.end()
        if self._app.demo:
            return
        self._open = OpenVisit(self._app.folder, visit_id)
        if self._open.elsewhere:
            self._say(open_words(self._app.record.last_opened(visit_id), self._app.who))

    def end(self) -> None:
        """The visit is open here no more."""
        if self._open is not None:
            self._open.close()
            self._open = None

    def look(self) -> None:
        """Take in what another window stored; the answer given next is given over that."""
        session = self._app.session
        if session is None or self._app.locked:
            return
        with suppress(StorageError):  # what is wrong with the record is said where it is used
            session.look()

    def tell(self) -> None:
        """Once a second: what came in is drawn and said."""
        self.look()
        session = self._app.session
        if session is None or self._app.locked or not (news := session.news()):
            return
        for screen in self._app.screen_stack:
            if come_in := getattr(screen, "come_in", None):
                come_in()
        self._say(news)

    def _say(self, words: str) -> None:
        self._app.notify(words, timeout=SAID_S)


def open_words(opened: Opening | None, who: str) -> str:
    """That a visit is open in another window, whose it is and since when, as far as that is known."""
    if opened is None:
        return f"This visit is open in another window too. {COMES_IN}"
    name = opened.who if opened.who and opened.who != who else "Another window"
    return f"{name} has this visit open too, since {opened.at.astimezone():%H:%M}. {COMES_IN}"
