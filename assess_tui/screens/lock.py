"""The cover over the instrument: nothing of a patient shows, the visit and its clocks go on underneath."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Input, Static

from assess_tui.screens.unlock import UnlockScreen
from assess_tui.text import keyed

if TYPE_CHECKING:
    from assess_tui.storage.keys import Unlocked

PLAIN = "This record is not encrypted, so there is no passphrase. {lock.show} shows it again."
STANDING = "A stand test is running. {lock.stop} stops it. {lock.show}: type the passphrase."
TYPING = "A stand test is running. {lock.back}, then {lock.stop} stops it."
WAITS = "Something that was typed is not kept yet. {lock.leave} again leaves all the same."
STAY = "A stand test is running: {lock.stop} stops it, then you can leave."


class LockScreen(UnlockScreen):
    """Taken away by any passphrase of the record. While a patient stands, s is STOP and nothing is typed unasked."""

    places = ("lock",)
    AUTO_FOCUS = ""  # a hidden line would swallow s
    help_text = "The visit goes on underneath. Type your passphrase; {lock.show} shows the instrument again."
    title_words = "Locked"
    question_words = "Passphrase, or the recovery code; {lock.show} opens"
    covers = True
    """Asked by the app: nothing below moves to another place meanwhile."""

    def on_mount(self) -> None:
        self._face()
        self.set_interval(1.0, self._look)

    @property
    def _typing(self) -> bool:
        return self.query_one(Input).display

    def _face(self, *, typing: bool = False) -> None:
        """What shows: the line to type on, or, while a patient stands, how to stop."""
        standing, encrypted = self.instrument.standing, self.instrument.key is not None
        self._stood = standing
        line = self.query_one(Input)
        line.display = encrypted and (typing or not standing)
        self.query_one("#door-question", Static).display = line.display
        if line.display:
            line.focus()
        else:
            self.set_focus(None)
        words = (TYPING if typing else STANDING) if standing else "" if encrypted else PLAIN
        self._say(keyed(words, "$warning" if standing else "$quiet"))
        self.refresh_bindings()

    def _look(self) -> None:
        if self.instrument.standing != self._stood:  # the test ended underneath
            self._face()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self.instrument.standing if action in ("stop", "back") else True

    def opened(self, answer: Unlocked) -> None:
        if answer.key != self.instrument.key:
            self._say("This passphrase belongs to another record; its key file lies here now.")
            return
        self.instrument.who = answer.slot.name or self.instrument.who
        self.instrument.safekeeping.note("unlocked the screen")
        self.dismiss(None)

    def action_show(self) -> None:
        """Enter, where no line is typed on."""
        if self.instrument.key is None:
            self.dismiss(None)
        elif not self._typing:
            self._face(typing=True)

    def action_back(self) -> None:
        self.query_one(Input).value = ""
        self._face()

    def action_stop(self) -> None:
        """STOP of the stand test underneath; its card opens over the cover and names nobody."""
        for screen in self.app.screen_stack:
            if stop := getattr(screen, "stop_the_test", None):
                stop()
        self._face()

    def action_leave(self) -> None:
        if self.instrument.standing:
            self._say(keyed(STAY, "$warning"))
        elif self.instrument.way_out.leave():
            self._say(keyed(WAITS, "$warning"))
