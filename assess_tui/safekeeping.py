"""What the instrument does for the record behind the screen: copies it, enters who opened what, looks where it lies."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from textual.content import Content

from assess_tui.screens.home import HomeScreen
from assess_tui.storage.errors import StorageError
from assess_tui.text import line

if TYPE_CHECKING:
    from assess_tui.app import AssessApp

OLD_DAYS = 7
"""From here on the age of the last backup is a warning. Our rule."""


class Safekeeping:
    """The app's care for the open record. A sample clinic needs none."""

    def __init__(self, app: AssessApp) -> None:
        self._app = app
        self._backup = ""
        self._old = False
        self._network = ""
        self._said = ""

    def begin(self) -> None:
        """The record is open."""
        if self._app.demo:
            return
        from assess_tui.storage.disk import network_kind

        self._network = network_kind(self._app.folder)
        self._look()
        self.note("opened the record")
        self._app.run_worker(self._make_if_due, thread=True, group="backup", exit_on_error=False)

    def note(self, action: str, subject: str = "") -> None:
        """Enter in the audit what was done. A full disk keeps nobody from reading."""
        if not self._app.demo:
            with suppress(StorageError):
                self._app.record.note(action, subject, self._app.who)

    def back_up(self) -> None:
        """Copy the record behind the screen."""
        if not self._app.demo:
            self._app.run_worker(self._make, thread=True, group="backup", exit_on_error=False)

    @property
    def busy(self) -> bool:
        """A copy is being made, or it is looked whether one is due."""
        return any(worker.group == "backup" and not worker.is_finished for worker in self._app.workers)

    def state(self) -> Content:
        """For a line of state: what the record lies on where that is risky, and how old its last backup is."""
        if self._app.demo:
            return Content("")
        risky = f"network drive ({self._network}): keep the record on this computer   " if self._network else ""
        return line((risky, "$warning"), (f"{self._backup}   ", "$warning" if self._old else "$quiet"))

    # -- in a thread -----------------------------------------------------------------------------------------------

    def _make_if_due(self) -> None:
        from assess_tui.storage.backup import is_due

        try:
            due = is_due(self._app.folder, self._app.record.key, self._app.clock.now())
        except StorageError:  # what is wrong with the record is said where it is used
            return
        if due:
            self._make()

    def _make(self) -> None:
        from assess_tui.storage.backup import back_up

        app = self._app
        try:
            made = back_up(app.folder, app.record.key, app.clock.now())
        except StorageError as error:
            app.call_from_thread(self._failed, error)
        else:
            app.call_from_thread(self._made, made)

    # -- back on the screen ----------------------------------------------------------------------------------------

    def _made(self, path: Path) -> None:
        self._said = ""
        self._look()
        self.note("backed up", path.name)

    def _failed(self, error: StorageError) -> None:
        """Said once, until it is another trouble or went well again."""
        self._look()
        if str(error) != self._said:
            self._said = str(error)
            self._app.notify(f"{error}. Nothing is lost; the record itself is in use.", severity="warning", timeout=12)

    def _look(self) -> None:
        from assess_tui.storage.backup import age, age_words

        today = self._app.today()
        days = age(self._app.folder, today)
        self._backup = age_words(self._app.folder, today)
        self._old = days is None or days >= OLD_DAYS
        for screen in self._app.screen_stack:
            if isinstance(screen, HomeScreen) and screen.is_mounted and self._app.ready:
                screen.show_state()
