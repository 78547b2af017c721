"""Leaving the instrument or covering it: what is typed and not entered is kept, or said, or waits for the next time."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from textual.app import App

from assess_tui.screens.base import Sparing
from assess_tui.storage.errors import StorageError


class WayOut:
    """The app's part in what is typed on its open screens."""

    def __init__(self, app: App[int]) -> None:
        self._app = app
        self._said = self._said_before = ""
        """Why it was not left by this key, and by the one before."""

    def key_comes(self) -> None:
        """A key, or pasted text, is about to be handled."""
        self._said_before, self._said = self._said, ""

    def leave(self) -> str:
        """Leave once all that is typed is kept; else say why it is not. The same key again leaves all the same."""
        why = self.keep_typed()
        if why and not self._said_before:
            self._said = why
            return why
        self.note_typed()
        self._app.exit(0)
        return ""

    def leave_at_once(self) -> None:
        """A closed window or a shutdown: nobody is asked, and what is typed waits for the next time."""
        self.note_typed()
        self._app.exit(1)

    def keep_typed(self) -> str:
        """Keep what is typed on every open screen; why the first of what cannot be kept is not."""
        said = [_kept(screen) for screen in reversed(self._typed_on)]
        return next(filter(None, said), "")

    def note_typed(self) -> None:
        """Note what still waits on every open screen. A full disk keeps nobody from leaving."""
        with suppress(StorageError):
            for screen in self._typed_on:
                screen.note_typed()

    @property
    def _typed_on(self) -> list[Sparing[Any]]:
        """The open screens on which something may be typed; one just opened has nothing yet."""
        return [screen for screen in self._app.screen_stack if isinstance(screen, Sparing) and screen.is_mounted]


def _kept(screen: Sparing[Any]) -> str:
    """What cannot be kept for want of room is told like what is refused: once."""
    try:
        return screen.keep_typed()
    except StorageError as error:
        return f"{error.title}: {error.message.rstrip('.')}."
