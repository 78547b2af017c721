"""The passphrase of an encrypted record: typed on one line, answered calmly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Input, Static

from assess_tui.opening import Refused, Trouble, try_passphrase, warm
from assess_tui.screens.base import BaseScreen
from assess_tui.text import keyed, line, literal, said
from assess_tui.widgets.field import Field
from assess_tui.widgets.key_line import KeyLine
from assess_tui.widgets.pane import Pointed

if TYPE_CHECKING:
    from assess_tui.storage.keys import Unlocked

TRYING = "One moment …"


class Passphrase(Field):
    """Its letters show as dots. What opens a record is loaded with the first of them: before, it is of no use."""

    _loading = False

    def __init__(self, value: str = "", *, id: str | None = None) -> None:  # noqa: A002  Textual's own name
        super().__init__(value, password=True, id=id)

    def on_input_changed(self) -> None:
        if not self._loading:
            self._loading = True
            self.run_worker(warm, thread=True, exit_on_error=False)


class UnlockScreen(BaseScreen[None]):
    """Opens with a passphrase, or with the recovery code on the same line."""

    places = ("unlock",)
    AUTO_FOCUS = "#passphrase"
    help_text = (
        "Type your passphrase; {unlock.enter} opens the record. The recovery code opens it too, in small letters and "
        "without dashes if you like. After several wrong answers the next one waits a little."
    )
    title_words = "The record is locked"
    question_words = "Passphrase, or the recovery code; {unlock.enter} opens"

    def __init__(self, passphrase: str = "") -> None:
        super().__init__()
        self._given = passphrase
        self._busy = False
        self._wait = 0
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        yield Static(line((" assess-tui ", "bold $accent"), ("  whole-body screen", "$quiet")), id="home-title")
        with Vertical(id="door"):
            yield Static(literal(self.title_words, "bold"), id="door-title")
            yield Pointed(keyed(self.question_words, "$quiet"), id="door-question")
            yield Passphrase(self._given, id="passphrase")
            yield Pointed(id="door-note")
        yield KeyLine()

    def on_mount(self) -> None:
        if self._given:
            self.call_after_refresh(self._try, self._given)

    @on(Input.Submitted, "#passphrase")
    def _enter(self, event: Input.Submitted) -> None:
        event.stop()
        if event.value and not self._busy and not self._wait:
            self._try(event.value)

    def _try(self, typed: str) -> None:
        self._busy = True
        self._say(TRYING, "$quiet")
        self._derive(typed)

    @work(thread=True, exit_on_error=False)
    def _derive(self, typed: str) -> None:
        """A derivation takes a third of a second on purpose; keys and clocks go on meanwhile."""
        app = self.instrument
        try:
            answer = try_passphrase(app.folder, typed, app.clock)
        except Exception as error:
            app.call_from_thread(app._handle_exception, error)
        else:
            app.call_from_thread(self._answered, answer)

    def _answered(self, answer: Unlocked | Refused | Trouble) -> None:
        self._busy = False
        if isinstance(answer, Refused):
            self.query_one(Input).value = ""
            self._wait_for(answer.wait_s, answer.message)
        elif isinstance(answer, Trouble):
            self._say(f"{answer.title}: {answer.message}")
        else:
            self.opened(answer)

    def opened(self, answer: Unlocked) -> None:
        """The passphrase fits; it is not left lying on a screen."""
        self.query_one(Input).value = ""
        self.instrument.let_in(answer.key, answer.slot.name)

    # -- waiting ---------------------------------------------------------------------------------------------------

    def _wait_for(self, seconds: int, message: str) -> None:
        self._wait = seconds
        self._message = message
        self._show_wait()
        if seconds and self._timer is None:
            self._timer = self.set_interval(1.0, self._second)

    def _second(self) -> None:
        self._wait = max(0, self._wait - 1)
        self._show_wait()
        if not self._wait and self._timer is not None:
            self._timer.stop()
            self._timer = None

    def _show_wait(self) -> None:
        more = f" The next answer counts in {self._wait} s." if self._wait else ""
        self._say(f"{self._message}{more}")

    def _say(self, words: str | Content, tone: str = "$warning") -> None:
        self.query_one("#door-note", Static).update(said(words, tone))

    def action_help(self) -> None:
        self.instrument.action_help()

    def action_leave(self) -> None:
        self.instrument.exit(0)
