"""Go to any test by a few letters of its name; a test that is not on the route is added to it."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from assess_tui.screens.dialog import Dialog
from assess_tui.text import keyed, literal
from assess_tui.views.jump import jump_rows
from assess_tui.visit.session import VisitSession
from assess_tui.widgets.choices import Choices
from assess_tui.widgets.field import Field
from assess_tui.widgets.pane import Pointed

WAYS = "{dialog.accept} goes there   {dialog.close} closes"


class JumpDialog(Dialog[str]):
    """Gives the id of the chosen test, `STAND` for the stand test, or None."""

    AUTO_FOCUS = "#jump-find"

    def __init__(self, session: VisitSession) -> None:
        super().__init__()
        self._session = session
        self._skipped = session.way.skipped(*session.library.tests)

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            yield Static(literal("Go to a test", "$accent bold"))
            yield Field(placeholder="type part of its name, for example: hip in", id="jump-find")
            yield Choices(id="jump-list")
            yield Pointed(id="jump-note")

    def on_mount(self) -> None:
        self._fill("")

    @on(Input.Changed)
    def _search(self, event: Input.Changed) -> None:
        self._fill(event.value)

    @on(Input.Submitted)
    def _choose(self) -> None:
        self.action_accept()

    @on(OptionList.OptionSelected)
    def _pick(self, event: OptionList.OptionSelected) -> None:
        self._go(event.option.id or "")

    def action_accept(self) -> None:
        options = self.query_one(OptionList)
        if options.highlighted is not None:
            self._go(options.get_option_at_index(options.highlighted).id or "")

    def _go(self, test_id: str) -> None:
        """A test that is not safe for this patient stays where it is."""
        if why := self._skipped.get(test_id):
            self._say(f"Left out for this patient: {why}.", "$warning")
        else:
            self.dismiss(test_id)

    def _say(self, words: str = WAYS, tone: str = "$quiet") -> None:
        self.query_one("#jump-note", Static).update(keyed(words, tone))

    def _fill(self, text: str) -> None:
        options = self.query_one(OptionList)
        options.clear_options()
        self._say()
        options.add_options([Option(row, id=test_id) for test_id, row in jump_rows(self._session, text)])
        if options.option_count:
            options.highlighted = 0
