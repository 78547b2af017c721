"""A record that anyone can read is encrypted: a passphrase, the code on paper, then what was written is compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work
from textual.widgets import Input, Static

from assess_tui.keyring import Sealed, seal
from assess_tui.opening import Trouble
from assess_tui.screens.first_key import FirstKeyScreen
from assess_tui.text import keyed, literal

if TYPE_CHECKING:
    from assess_tui.storage.encrypting import Step
    from assess_tui.storage.keys import Created

WHY = (
    "Anyone who has this computer, or a copy of the file, can read this record now. With a passphrase nobody else can: "
    "at least 8 characters, better four words of your own. It stays as it is until the recovery code is on paper. "
    "{first_key.enter} goes on, {first_key.back} leaves it as it is."
)
BACKUP = "A backup is being made; press {first_key.enter} again in a moment."
AGAIN = "{first_key.enter} tries again, {first_key.back} leaves the record as it is."
STEPS: dict[Step, str] = {
    "copy": "Writing the encrypted record: {done} %",
    "compare": "Comparing it row by row with the old one …",
    "wipe": "Overwriting the old file …",
}
LOOK_S = 0.3
"""How often it is looked how much is written."""
DONE = (
    "Every start asks for the passphrase now, and a backup is made that is encrypted, too. {first_key.enter} goes on."
)
READABLE = "Anyone can still read these copies made earlier. Delete them once you do not need them any more:"


class EncryptScreen(FirstKeyScreen):
    """Nothing of the record changes before the recovery code was written down; then all of it does, or nothing."""

    title_words = "Encrypt this record"
    why_words = WHY
    help_text = (
        "The record is written anew, encrypted, and compared row by row before it takes the old one's place. Should "
        "the computer stop on the way, one whole record is there. Other windows on it say so, and are opened again."
    )
    _sealing = False
    _step: Step = "copy"

    @property
    def busy(self) -> bool:
        """Nothing locks by itself meanwhile."""
        return self._sealing

    def written_down(self, created: Created) -> None:
        app = self.instrument
        if app.safekeeping.busy:
            self._say(keyed(BACKUP, "$warning"))
            return
        self._sealing = app.replacing = True
        self.query_one("#name", Input).disabled = True
        self.refresh_bindings()
        self._looking = self.set_interval(LOOK_S, self._look)
        self._look()
        self._seal(created)

    @work(thread=True, exit_on_error=False)
    def _seal(self, created: Created) -> None:
        app = self.instrument
        try:
            sealed = seal(app.folder, created, app.clock, self._begins)
        except Exception as error:
            app.call_from_thread(app._handle_exception, error)
        else:
            app.call_from_thread(self._ended, sealed)

    def _begins(self, step: Step) -> None:
        """In the thread, which waits for no screen."""
        self._step = step

    def _look(self) -> None:
        from assess_tui.storage.encrypting import copied

        self._say(STEPS[self._step].format(done=round(100 * copied(self.instrument.folder))), "$quiet")

    def _ended(self, sealed: Sealed | Trouble) -> None:
        self._looking.stop()
        self._sealing = self.instrument.replacing = False
        if isinstance(sealed, Trouble):
            self._say(literal(f"{sealed.title}: {sealed.message}. ", "$warning") + keyed(AGAIN, "$warning"))
            last = self.query_one("#name", Input)
            last.disabled = False
            last.focus()
        else:
            self.instrument.take_encrypted(sealed.record, self._whose)
            self._show_done(sealed.readable)
        self.refresh_bindings()

    def _show_done(self, readable: list[str]) -> None:
        self.query_one("#door-title", Static).update(literal("✓ The record is encrypted", "bold $success"))
        self.query_one("#door-why", Static).update(keyed(DONE))
        for name in ("first-words", "name-words", "name"):
            self.query_one(f"#{name}").display = False
        self._say("\n".join([READABLE, *readable]) if readable else "")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leaving in the middle would lose nothing, and be no better than waiting."""
        if action in ("leave", "back"):
            return not self._sealing
        if action == "write" and self.instrument.key is not None:
            return False  # what is shown once was shown
        return action != "without" and super().check_action(action, parameters)

    def action_enter(self) -> None:
        """Where no line is typed on any more."""
        if not self.query_one("#name", Input).display:
            self.dismiss(None)

    def action_back(self) -> None:
        self.dismiss(None)
