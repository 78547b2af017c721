"""What plain mode does for the record beside the talk: who opened what, and copies of it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from assess_tui.storage.errors import StorageError

if TYPE_CHECKING:
    from assess_tui.clock import Clock
    from assess_tui.storage.record import Record


class Keeping:
    """A sample clinic needs none of it."""

    def __init__(self, record: Record, folder: Path, clock: Clock, who: str, *, demo: bool) -> None:
        self._record, self._folder, self._clock, self.who = record, folder, clock, who
        self._idle = demo
        self._copying: Thread | None = None
        self._said = ""

    def note(self, action: str, subject: str = "") -> None:
        """Enter in the audit what was done. A full disk keeps nobody from reading."""
        if not self._idle:
            with suppress(StorageError):
                self._record.note(action, subject, self.who)

    def back_up_if_due(self) -> None:
        self._copy(only_if_due=True)

    def back_up(self) -> None:
        self._copy(only_if_due=False)

    def close(self) -> str:
        """Wait for a copy being made; what went wrong with the last one, in a sentence."""
        if self._copying is not None:
            self._copying.join()
        return self._said

    def _copy(self, *, only_if_due: bool) -> None:
        """In a thread: nobody waits for it but who leaves."""
        if self._idle or (self._copying is not None and self._copying.is_alive()):
            return
        self._copying = Thread(target=self._made, args=(self._record.key, only_if_due))
        self._copying.start()

    def _made(self, key: bytes | None, only_if_due: bool) -> None:
        from assess_tui.storage.backup import back_up, is_due

        now = self._clock.now()
        try:
            if not only_if_due or is_due(self._folder, key, now):
                back_up(self._folder, key, now)
        except StorageError as error:
            self._said = f"{error}. Nothing is lost; the record itself is in use."
