"""A sheet over a screen, with the keys that every sheet has."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.screen import ModalScreen
from textual.widgets import Input

from assess_tui.keyboard.keys import bindings
from assess_tui.screens.base import Answer, Sparing

if TYPE_CHECKING:
    from assess_tui.app import AssessApp

WIDEST_SHEET, BESIDE_TEXT = 84, 7
"""Cells of the widest sheet, and of it those beside its text: border, margin, scroll bar (app.tcss)."""


class Dialog(Sparing[Answer], ModalScreen[Answer]):
    """A question or a page over the screen; Esc closes it and changes nothing."""

    BINDINGS = bindings("dialog")

    @property
    def room(self) -> int:
        """Cells of a line of text on the sheet: without its border, its margin and a scroll bar (app.tcss)."""
        return min(WIDEST_SHEET, self.app.size.width) - BESIDE_TEXT

    def on_screen_suspend(self) -> None:
        """Two sheets of one size, one over the other, would show each other's edges."""
        self.add_class("-behind")

    def on_screen_resume(self) -> None:
        self.remove_class("-behind")

    def action_close(self) -> None:
        self.dismiss(None)

    def action_accept(self) -> None:
        """Enter, or a key put in its place: on a typed line or a list it does what Enter does there."""
        from textual.widgets import OptionList  # not before the first paint: home has a list of its own

        at = self.app.focused
        if isinstance(at, Input):
            at.post_message(Input.Submitted(at, at.value))
        elif isinstance(at, OptionList):
            at.action_select()
        else:
            self.dismiss(None)

    def action_down(self) -> None:
        """The keys of one hand, as the arrows: a line on in a list, else on in the page."""
        self._move(1)

    def action_up(self) -> None:
        self._move(-1)

    def _move(self, by: int) -> None:
        from textual.widgets import OptionList

        for options in self.query(OptionList):
            options.action_cursor_down() if by > 0 else options.action_cursor_up()
            return
        if (at := self.app.focused) is not None:
            at.scroll_relative(y=by, animate=False)

    @property
    def instrument(self) -> AssessApp:
        return cast("AssessApp", self.app)
