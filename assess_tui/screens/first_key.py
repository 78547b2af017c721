"""The first start: a passphrase, a name, the recovery code shown once; or, knowingly, no encryption."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from assess_tui.keyboard.words import with_keys
from assess_tui.keyring import DIFFERENT
from assess_tui.opening import Trouble, make_key
from assess_tui.screens.base import BaseScreen
from assess_tui.screens.unlock import Passphrase
from assess_tui.text import keyed, line, literal, said
from assess_tui.widgets.field import Field
from assess_tui.widgets.key_line import KeyLine
from assess_tui.widgets.pane import Pointed

if TYPE_CHECKING:
    from assess_tui.storage.keys import Created

WHY = (
    "The record will be encrypted: without a passphrase nobody reads it. Length is what counts: at least 8 characters, "
    "better four words of your own. Capital letters, digits and signs are not asked for. {first_key.enter} goes on."
)
NAMELESS = "Type your name; it stands beside the passphrase."
CODE = (
    "Your recovery code, shown this once. Write it down on paper and keep it away from this computer: it opens the "
    "record when the passphrase is forgotten. Without either, nobody can open it, not even who made this program."
)
CONFIRM = "Written down? Type its last group, then {first_key.enter}"
WRONG_GROUP = "That is not the last group; compare what you wrote down with the code."
WITHOUT = (
    "Anyone who has this computer, or a copy of the file, can read it. Choose this only where the whole disk is "
    "encrypted. The home screen says so every day; {home.keyring} there encrypts it later."
)
FILE = "A file that does not exist yet, on a stick or to print and delete:"
QUESTIONS = (("first", "Passphrase", True), ("again", "The same again", True), ("name", "Your name", False))


class FirstKeyScreen(BaseScreen[None]):
    """Nothing is on disk before the recovery code was written down."""

    places = ("first_key",)
    AUTO_FOCUS = "#first"
    help_text = (
        "A passphrase opens the record on this computer; each colleague can have one, by {home.keyring} on the first "
        "page. The recovery code opens it when a passphrase is forgotten."
    )

    title_words = "Before the first record"
    why_words = WHY

    def __init__(self, passphrase: str = "", name: str = "") -> None:
        super().__init__()
        self._given = {"first": passphrase, "again": passphrase, "name": name}
        self._busy = False
        self._created: Created | None = None
        self._whose = ""

    def compose(self) -> ComposeResult:
        yield Static(line((" assess-tui ", "bold $accent"), ("  whole-body screen", "$quiet")), id="home-title")
        with Vertical(id="door"):
            yield Static(literal(self.title_words, "bold"), id="door-title")
            yield Pointed(keyed(self.why_words), id="door-why")
            for name, words, hidden in QUESTIONS:
                yield Pointed(literal(words, "$quiet"), classes="question", id=f"{name}-words")
                yield (Passphrase if hidden else Field)(self._given[name], id=name)
            yield Pointed(id="door-note")
        yield KeyLine()

    # -- the passphrase --------------------------------------------------------------------------------------------

    @on(Input.Submitted)
    def _enter(self, event: Input.Submitted) -> None:
        event.stop()
        if self._busy:
            return
        if self._created is not None:
            self._confirm(self._created, event.value)
            return
        place, why = self._missing()
        self._say(why if event.input.id == place else "")
        if place:
            field = self.query_one(f"#{place}", Input)
            if why == DIFFERENT:
                field.value = ""
            field.focus()
            field.action_select_all()  # what is typed next takes its place: dots cannot be read
        else:
            self._busy = True
            self._say("One moment …", "$quiet")
            self._make(self._typed("first"), self._typed("name"))

    def _typed(self, name: str) -> str:
        return self.query_one(f"#{name}", Input).value

    def _missing(self) -> tuple[str, str]:
        """The first line that is not right yet, and why; ("", "") where all are."""
        from assess_tui.storage.keys import refusal

        if why := refusal(self._typed("first")):
            return "first", why
        if self._typed("again") != self._typed("first"):
            return "again", DIFFERENT if self._typed("again") else ""
        return ("", "") if self._typed("name").strip() else ("name", NAMELESS)

    @work(thread=True, exit_on_error=False)
    def _make(self, passphrase: str, name: str) -> None:
        app = self.instrument
        try:
            made = make_key(passphrase, name, app.clock)
        except Exception as error:
            app.call_from_thread(app._handle_exception, error)
        else:
            app.call_from_thread(self._made, made)

    def _made(self, made: Created | Trouble) -> None:
        self._busy = False
        if isinstance(made, Trouble):
            self._say(f"{made.title}: {made.message}")
        else:
            self._show_code(made)

    # -- the recovery code -----------------------------------------------------------------------------------------

    def _show_code(self, created: Created) -> None:
        self._created = created
        self.query_one("#door-title", Static).update(literal("The recovery code", "bold"))
        self.query_one("#door-why", Static).update(literal(CODE))
        self.query_one("#first-words", Static).update(literal(created.code, "bold $accent"))
        for name in ("first", "again", "again-words"):
            self.query_one(f"#{name}").display = False
        for name in ("first", "again"):
            self.query_one(f"#{name}", Input).value = ""
        self._whose = self._typed("name").strip()
        self.query_one("#name-words", Static).update(keyed(CONFIRM, "$quiet"))
        last = self.query_one("#name", Input)
        last.value = ""
        last.focus()
        self._say("")
        self.refresh_bindings()

    def _confirm(self, created: Created, typed: str) -> None:
        from assess_tui.storage.recovery_code import last_group

        if not typed.strip():
            return
        if typed.strip().upper() not in (last_group(created.code), created.code):
            self._say(WRONG_GROUP)
            self.query_one("#name", Input).value = ""
            return
        self.written_down(created)

    def written_down(self, created: Created) -> None:
        """The code is on paper: the key may be used."""
        from assess_tui.storage.keys import keep

        keep(self.instrument.folder, created)
        self.instrument.let_in(created.key, self._whose)

    def action_write(self) -> None:
        from assess_tui.screens.ask import AskDialog

        self.app.push_screen(AskDialog("The recovery code as text", FILE), self._write)

    def _write(self, named: str | None) -> None:
        from assess_tui.keyring import write_code
        from assess_tui.storage.errors import StorageError

        if named is None or self._created is None:
            return
        try:
            self._say(f"✓ written to {write_code(named, self._created.code)}", "$success")
        except StorageError as error:
            self._say(f"{error.title}: {error.message}")

    # -- without ---------------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        shown = self._created is not None
        return {"write": shown, "without": not shown and not self._busy, "back": False}.get(action, True)

    def action_without(self) -> None:
        from assess_tui.screens.message import MessageDialog

        foot = "{dialog.accept}: begin without encryption.   {dialog.close}: back."
        self.app.push_screen(MessageDialog("Without encryption?", with_keys(WITHOUT), foot), self._without)

    def _without(self, chosen: bool | None) -> None:
        if chosen:
            self.instrument.let_in(None)

    def _say(self, words: str | Content, tone: str = "$warning") -> None:
        self.query_one("#door-note", Static).update(said(words, tone))

    def action_help(self) -> None:
        self.instrument.action_help()

    def action_leave(self) -> None:
        self.instrument.exit(0)
