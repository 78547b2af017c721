"""One short question with a typed answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from assess_tui.screens.dialog import Dialog
from assess_tui.text import keyed, literal
from assess_tui.widgets.field import Field
from assess_tui.widgets.pane import Pointed

if TYPE_CHECKING:
    from protocols.visit import Cell

FOOT = "{dialog.accept} keeps it   {dialog.close} closes"
EMPTY = "Nothing is typed yet.   {dialog.close} closes"
NOT_KEPT = "Not kept yet: {dialog.accept} keeps it, {dialog.close} again drops it."


class AskDialog(Dialog[str]):
    """Gives what was typed; Esc gives None, and asks once where something was typed. Only an optional one may be empty.

    `keep` takes what stands there when the instrument is left or locked meanwhile; without it the text waits in the
    open visit until the same is asked again.
    """

    AUTO_FOCUS = "#ask"

    def __init__(
        self,
        title: str,
        question: str,
        value: str = "",
        *,
        optional: bool = False,
        keep: Callable[[str], object] | None = None,
    ) -> None:
        super().__init__()
        self._keeps, self._warned = keep, False
        self._title, self._question, self._value, self._optional = title, question, value, optional

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            yield Static(literal(self._title, "$accent bold"))
            yield Static(literal(self._question))
            yield Field(value=self._waiting() or self._value, id="ask")
            yield Pointed(id="ask-foot")

    def on_mount(self) -> None:
        self._foot(keyed(FOOT, "$quiet"))

    def _foot(self, words: Content) -> None:
        self.query_one("#ask-foot", Pointed).update(words)

    @on(Input.Submitted)
    def _keep(self, event: Input.Submitted) -> None:
        if event.value.strip() or self._optional:
            self.dismiss(event.value.strip())
        else:
            self._foot(keyed(EMPTY, "$warning"))

    @on(Input.Changed)
    def _typed(self) -> None:
        self._warned = False
        self._foot(keyed(FOOT, "$quiet"))

    @property
    def _new(self) -> str:
        """What was typed and is not kept; "" where nothing was."""
        typed = self.query_one(Field).value.strip()
        return "" if typed == self._value else typed

    def action_close(self) -> None:
        if self._new and not self._warned:
            self._warned = True
            self._foot(keyed(NOT_KEPT, "$warning"))
        else:
            self.dismiss(None)

    def keep_typed(self) -> str:
        self.note_typed()
        return f"{self._title}: what is typed there is not kept yet." if self._new else ""

    def note_typed(self) -> None:
        if self._keeps is None:
            self._leave(self._new)
        elif typed := self._new:
            self._keeps(typed)
            self._value = typed

    def forget_typed(self) -> None:
        self._leave("")

    def _leave(self, text: str) -> None:
        if (session := self.instrument.session) is not None:
            session.waiting.leave(self._asked, text)

    @property
    def _asked(self) -> Cell:
        from assess_tui.visit.waiting import ASKED  # all that is clinical loads late: the first key asks before it
        from protocols.visit import Cell

        return Cell(ASKED, field="_".join(f"{self._title} {self._question}".split()))

    def _waiting(self) -> str:
        """What was typed to this question and not kept when the window was closed."""
        session = self.instrument.session
        if self._keeps is not None or session is None or session.waiting.at(self._asked.test).cell != self._asked:
            return ""
        return session.waiting.take(self._asked.test).text
