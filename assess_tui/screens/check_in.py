"""The day the cards are looked at again."""

from __future__ import annotations

import datetime as dt

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from assess_tui.days import coming_day, short_day
from assess_tui.keyboard.keys import bindings
from assess_tui.keyboard.words import key_of
from assess_tui.screens.ask import AskDialog
from assess_tui.screens.dialog import Dialog
from assess_tui.text import keyed, line, lines, literal, tap_key
from assess_tui.widgets.pane import Pointed
from protocols.teaching import CHECK_IN_CHOICES, CHECK_IN_WEEKS, weeks_after

KEYS = dict(zip(CHECK_IN_CHOICES, ("check_in.one", "check_in.two"), strict=True))
"""Weeks -> the id of its key."""


class CheckInDialog(Dialog[dt.date]):
    """Gives a day after the visit; Esc gives None."""

    BINDINGS = bindings("dialog", "check_in")

    def __init__(self, visit: dt.date) -> None:
        super().__init__()
        self._visit = visit

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            yield Static(literal("Check-in", "$accent bold"))
            yield Static(literal("The patient shows each card again. Short and early keeps exercises going."))
            other = _row("check_in.other", "another day")
            yield Pointed(Content("\n") + lines([*(self._choice(weeks) for weeks in KEYS), other]))
            yield Static(id="check-in-note")
            yield Pointed(keyed("\n{dialog.close} closes and changes nothing.", "$quiet"))

    def _choice(self, weeks: int) -> Content:
        usual = "   as usual" if weeks == CHECK_IN_WEEKS else ""
        day = weeks_after(self._visit, weeks)
        words = f"in {weeks} week{'' if weeks == 1 else 's'}"
        return _row(KEYS[weeks], f"{words:<13}{day:%A} {short_day(day)}{usual}")

    def action_one(self) -> None:
        self.dismiss(weeks_after(self._visit, CHECK_IN_CHOICES[0]))

    def action_two(self) -> None:
        self.dismiss(weeks_after(self._visit, CHECK_IN_CHOICES[1]))

    def action_accept(self) -> None:
        """Enter is the usual day."""
        self.dismiss(weeks_after(self._visit, CHECK_IN_WEEKS))

    def action_other(self) -> None:
        self.app.push_screen(AskDialog("Check-in", "Day and month, for example 4 12:"), self._typed)

    def _typed(self, text: str | None) -> None:
        day = coming_day(text, self._visit) if text else None
        if isinstance(day, dt.date):
            self.dismiss(day)
        elif day is not None:
            self.query_one("#check-in-note", Static).update(literal(day, "$warning"))


def _row(name: str, words: str) -> Content:
    return tap_key(line((f"{key_of(name)}  ", "$accent bold"), words), name)
