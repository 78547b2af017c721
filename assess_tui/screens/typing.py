"""What the pages have in common on which a value is typed: its keys, and one line of words below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from textual import events
from textual.content import Content
from textual.widgets import Static

from assess_tui.entry.typed import Typed
from assess_tui.keyboard.keys import DIGITS
from assess_tui.screens.base import VisitScreen
from assess_tui.text import literal

if TYPE_CHECKING:
    from protocols.visit import Cell

TONES = {"refused": "$error", "ask": "$warning"}


class Typing(Protocol):
    """An entry that keys type into."""

    def type(self, character: str) -> Typed: ...

    def backspace(self) -> Typed: ...

    @property
    def waits(self) -> tuple[Cell, str]:
        """What is typed and not entered, and what for."""

    def take_up(self, cell: Cell, text: str) -> None:
        """Go on where this was typed and not entered."""


class TypingScreen(VisitScreen):
    """Digits go into `typing`; what else belongs to a number is a key as any other, and can be put elsewhere."""

    @property
    def typing(self) -> Typing | None:
        """The entry in which a value is typed now."""
        raise NotImplementedError  # each page has its own

    def after(self, typed: Typed) -> None:
        """Show what a key did."""
        raise NotImplementedError  # each page shows it its own way

    def on_key(self, event: events.Key) -> None:
        if self.typing is not None and event.character and event.character in DIGITS:
            self.type(event.character)
            event.stop()
            event.prevent_default()

    def note_typed(self) -> None:
        if self.typing is not None:
            self.session.waiting.leave(*self.typing.waits)

    def type(self, character: str) -> None:
        """One sign of a value."""
        if self.typing is not None:
            self.after(self.typing.type(character))

    def action_minus(self) -> None:
        self.type("-")

    def action_point(self) -> None:
        self.type(".")

    def action_half(self) -> None:
        self.type("h")

    def action_erase(self) -> None:
        if self.typing is not None:
            self.after(self.typing.backspace())


class EntryPage(TypingScreen):
    """A page over the guided step, redrawn in place; leaving it keeps what was entered."""

    place = "tests"
    _said: Typed | None = None

    def redraw(self) -> None:
        self.draw(self._said)

    def take_up(self, entry: Typing) -> None:
        """What was typed here and not entered when the window was closed waits again."""
        cell, _ = entry.waits
        if (waits := self.session.waiting.take(cell.test)).text:
            entry.take_up(waits.cell, waits.text)

    def forget_typed(self) -> None:
        if self.typing is not None:
            cell, _ = self.typing.waits
            self.session.waiting.leave(cell, "")

    def draw(self, typed: Typed | None = None) -> None:
        raise NotImplementedError  # each page draws its own

    def show_page(self, title: Content, lines: Content, note: Content, typed: Typed | None) -> None:
        """Fill the page; what a key said stands in the place of the note."""
        self._said = typed
        said = literal(typed.say, TONES.get(typed.tone, "$accent")) if typed is not None and typed.say else note
        for part, content in (("title", title), ("lines", lines), ("note", said)):
            self.query_one(f"#question-{part}", Static).update(content)

    def after(self, typed: Typed) -> None:
        if typed.stored:
            self.refresh_banner()
        if typed.finished:
            self.dismiss(None)
        else:
            self.draw(typed)

    def action_back(self) -> None:
        if self.may_leave():
            self.dismiss(None)
