"""Go to any test by a few letters of its name; a test that is not on the route is added to it."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from assess_tui.entry.jump import begins, found
from assess_tui.key_words import key_of, with_keys
from assess_tui.screens.base import Dialog
from assess_tui.session import VisitSession
from assess_tui.text import fit, line, literal
from assess_tui.widgets.choices import Choices
from assess_tui.widgets.field import Field
from protocols.model import Test
from protocols.route import STAND, is_done, step_done

NAME = 26
"""Cells of a test's name."""
WAYS = "{dialog.accept} goes there   {dialog.close} closes"


class JumpDialog(Dialog[str]):
    """Gives the id of the chosen test, `STAND` for the stand test, or None."""

    AUTO_FOCUS = "#jump-find"

    def __init__(self, session: VisitSession) -> None:
        super().__init__()
        self._session = session
        self._on_route = {step.test for step in session.route()}
        self._skipped = session.skipped(*session.library.tests)

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            yield Static(literal("Go to a test", "$accent bold"))
            yield Field(placeholder="type part of its name, for example: hip in", id="jump-find")
            yield Choices(id="jump-list")
            yield Static(id="jump-note")

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

    def on_key(self, event: object) -> None:
        key = getattr(event, "key", "")
        if key in ("down", "up"):
            options = self.query_one(OptionList)
            options.action_cursor_down() if key == "down" else options.action_cursor_up()

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
        self.query_one("#jump-note", Static).update(literal(with_keys(words), tone))

    def _fill(self, text: str) -> None:
        options = self.query_one(OptionList)
        options.clear_options()
        self._say()
        if begins(text):  # first, as on the route
            options.add_option(Option(self._stand_row(), id=STAND))
        options.add_options([Option(self._row(test), id=test.id) for test in found(self._session, text)])
        if options.option_count:
            options.highlighted = 0

    def _stand_row(self) -> Content:
        done = any(step.test == STAND and step_done(step, self._session.visit) for step in self._session.route())
        state = ("✓ done", "$success") if done else ("· open", "$warning")
        return line(
            state,
            ("  ", ""),
            ("Stand test".ljust(26), "bold"),
            (f"live; {key_of('visit.stand')} begins it at once", "$quiet"),
        )

    def _row(self, test: Test) -> Content:
        if why := self._skipped.get(test.id):
            return line(("left out", "$quiet"), (fit(test.name, NAME), "$quiet"), (why, "$warning"))
        if test.id not in self._on_route:
            state = ("add   ", "$quiet")
        elif is_done(test, self._session.visit):
            state = ("✓ done", "$success")
        else:
            state = ("· open", "$warning")
        return line(state, ("  ", ""), (fit(test.name, NAME), "bold"), (test.title, "$quiet"))
