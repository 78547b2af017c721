"""Whose passphrases open the record: one's own changed, a person added or taken out, a new recovery code."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from assess_tui.keyboard.keys import bindings
from assess_tui.keyring import Asked, Change, Made, make, write_code, wrong
from assess_tui.opening import Refused, Trouble
from assess_tui.screens.dialog import Dialog
from assess_tui.storage.errors import StorageError
from assess_tui.text import keyed, line, literal, said, short_day
from assess_tui.widgets.choices import Choices
from assess_tui.widgets.field import Field
from assess_tui.widgets.pane import Pointed

if TYPE_CHECKING:
    from assess_tui.storage.key_file import Slot

FOOT = (
    "{keyring.own} my passphrase   {keyring.add} add   {keyring.revoke} take out   {keyring.recovery} new code   "
    "{dialog.close} closes"
)
ALLOWS = "Your passphrase now, or the recovery code; it allows the change"
QUESTIONS: dict[str, tuple[str, bool]] = {
    "passphrase": (ALLOWS, True),
    "name": ("The name of the person", False),
    "new": ("The new passphrase: at least 8 characters, better four words", True),
    "again": ("The same again", True),
}
"""The lines a change asks for: the words above it, and whether what is typed is hidden."""
FIELDS: dict[Change, tuple[str, ...]] = {
    "own": ("passphrase", "new", "again"),
    "add": ("passphrase", "name", "new", "again"),
    "revoke": ("passphrase",),
    "recovery": ("passphrase",),
}
TITLES: dict[Change, str] = {
    "own": "A new passphrase for yourself",
    "add": "A passphrase for one more person",
    "revoke": "Take the passphrase of {who} away",
    "recovery": "A new recovery code; the old one opens nothing any more",
}
CODE_STAYS = "The recovery code is not taken away; {keyring.recovery} makes a new one."
WHO_FORGOT = "A passphrase forgotten? Mark the name, press {keyring.own} and give the recovery code."
ENTER = "{dialog.accept} goes on   {dialog.close} closes and changes nothing"
CODE_FOOT = "{recovery_code.accept}: it is written down   {recovery_code.write}: into a text file, to print"
FILE = "A file that does not exist yet, on a stick or to print and delete:"
INVENTED = "The sample clinic is not encrypted: its patients are invented, and it is gone when you leave."


class KeyringDialog(Dialog[None]):
    """The people with a passphrase; every change asks for one."""

    AUTO_FOCUS = "#keyring"
    BINDINGS = bindings("dialog", "keyring")

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            yield Static(literal("Passphrases: who can open the record", "$accent bold"))
            yield Choices(id="keyring")
            yield Pointed(id="keyring-note")
            yield Pointed(keyed(FOOT, "$quiet"))

    def on_mount(self) -> None:
        self._fill()
        self._say(keyed(WHO_FORGOT, "$quiet"))

    def _fill(self) -> None:
        from assess_tui.storage.key_file import load

        file = load(self.instrument.folder)
        damaged = {slot.id for slot in file.damaged()}
        self._slots = {slot.id: slot for slot in file.slots}
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options([Option(_row(slot, slot.id in damaged), id=slot.id) for slot in file.slots])
        options.highlighted = 0

    @property
    def _marked(self) -> Slot:
        options = self.query_one(OptionList)
        return self._slots[options.get_option_at_index(options.highlighted or 0).id or ""]

    def _say(self, words: str | Content, tone: str = "$warning") -> None:
        self.query_one("#keyring-note", Static).update(said(words, tone))

    # -- changes ---------------------------------------------------------------------------------------------------

    def action_own(self) -> None:
        self._ask("own")

    def action_add(self) -> None:
        self._ask("add")

    def action_revoke(self) -> None:
        if self._marked.kind == "recovery":
            self._say(keyed(CODE_STAYS, "$warning"))
        else:
            self._ask("revoke")

    def action_recovery(self) -> None:
        self._ask("recovery")

    def _ask(self, change: Change) -> None:
        self.app.push_screen(ChangeDialog(change, self._marked), self._made)

    def _made(self, made: Made | None) -> None:
        if made is None:
            return
        self.instrument.record.note(made.action, made.subject, made.who)
        self._fill()
        self._say(f"✓ {made.said}.", "$success")
        if made.code:
            self.app.push_screen(CodeDialog(made.code))


class ChangeDialog(Dialog[Made]):
    """The lines of one change, the passphrase that allows it first. Gives what was made."""

    AUTO_FOCUS = "#key-passphrase"

    def __init__(self, change: Change, marked: Slot) -> None:
        super().__init__()
        self._change: Change = change
        self._person = marked
        self._busy = False

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            yield Static(literal(TITLES[self._change].format(who=self._person.who), "$accent bold"))
            for field in FIELDS[self._change]:
                words, hidden = QUESTIONS[field]
                yield Static(literal(words))
                yield Field(password=hidden, id=f"key-{field}")
            yield Pointed(id="key-note")

    def on_mount(self) -> None:
        self._say(keyed(ENTER, "$quiet"))

    def _say(self, words: str | Content, tone: str = "$warning") -> None:
        self.query_one("#key-note", Static).update(said(words, tone))

    def _asked(self) -> Asked:
        typed = {field: self.query_one(f"#key-{field}", Input).value for field in FIELDS[self._change]}
        return Asked(**typed, marked=self._person.id if self._person.kind == "passphrase" else "")

    @on(Input.Submitted)
    def _enter(self, event: Input.Submitted) -> None:
        event.stop()
        if self._busy:
            return
        asked = self._asked()
        field, why = wrong(asked, FIELDS[self._change])
        self._say(why if why and event.input.id == f"key-{field}" else keyed(ENTER, "$quiet"))
        if field:
            refused = self.query_one(f"#key-{field}", Input)
            refused.focus()
            refused.action_select_all()  # what is typed next takes its place: dots cannot be read
        else:
            self._busy = True
            self._say("One moment …", "$quiet")
            self._make(asked)

    @work(thread=True, exit_on_error=False)
    def _make(self, asked: Asked) -> None:
        app = self.instrument
        try:
            answer = make(self._change, asked, app.folder, app.key or b"", app.clock)
        except Exception as error:
            app.call_from_thread(app._handle_exception, error)
        else:
            app.call_from_thread(self._answered, answer)

    def _answered(self, answer: Made | Refused | Trouble) -> None:
        self._busy = False
        if isinstance(answer, Made):
            self.dismiss(answer)
            return
        if isinstance(answer, Refused):
            wait = f" The next answer counts in {answer.wait_s} s." if answer.wait_s else ""
            self._say(f"{answer.message}{wait}")
        else:
            self._say(f"{answer.title}: {answer.message}.")
        first = self.query_one("#key-passphrase", Input)
        first.value = ""
        first.focus()

    def action_close(self) -> None:
        """Not while a change is being made: whether it was must be seen."""
        if not self._busy:
            self.dismiss(None)


class CodeDialog(Dialog[None]):
    """A new recovery code, shown this once."""

    BINDINGS = bindings("recovery_code")

    def __init__(self, code: str) -> None:
        super().__init__()
        self._code = code

    def compose(self) -> ComposeResult:
        from assess_tui.screens.first_key import CODE

        with Vertical(classes="sheet"):
            yield Static(literal("The new recovery code", "$accent bold"))
            yield Static(literal(CODE))
            yield Static(Content("\n") + literal(self._code, "bold $accent"))
            yield Static(id="code-note")
            yield Pointed(keyed(CODE_FOOT, "$quiet"))

    def action_close(self) -> None:
        """Esc is pressed too lightly for what is shown only once."""

    def action_write(self) -> None:
        from assess_tui.screens.ask import AskDialog

        self.app.push_screen(AskDialog("The recovery code as text", FILE), self._write)

    def _write(self, named: str | None) -> None:
        if named is None:
            return
        try:
            said, tone = f"✓ written to {write_code(named, self._code)}", "$success"
        except StorageError as error:
            said, tone = f"{error.title}: {error.message}", "$warning"
        self.query_one("#code-note", Static).update(literal(said, tone))


def _row(slot: Slot, damaged: bool) -> Content:
    broken = ("   damaged: bring back a copy of clinic.keys", "$error") if damaged else ("", "")
    tone = "bold" if slot.kind == "passphrase" else ""
    since = short_day(dt.datetime.fromisoformat(slot.made))
    return line((slot.who, tone), (f"   since {since}", "$quiet"), broken)
