"""What the person prefers: each setting on one key, written into the same file they may write by hand."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from assess_tui.keyboard.keys import DIGITS, bindings
from assess_tui.screens.dialog import Dialog
from assess_tui.settings import CHOICES, FILE, WORDS, Choice
from assess_tui.settings_file import choose
from assess_tui.text import Piece, clicked, keyed, line, lines, literal
from assess_tui.widgets.pane import Pointed

WIDTH = 18
FOOT = "\n{settings.press} names the keys that arrive, also of a pedal   {dialog.close} closes"


class SettingsDialog(Dialog[None]):
    """A digit takes the next value of its line; it holds at once and is in the file."""

    BINDINGS = bindings("dialog", "settings")

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            yield Static(literal("Settings", "$accent bold"))
            yield Pointed(id="settings-list")
            with VerticalScroll(id="settings-notes"):
                yield Static(id="settings-note")
            yield Pointed(keyed(FOOT, "$quiet"))

    def on_mount(self) -> None:
        self._draw()

    def _draw(self) -> None:
        rows = [self._row(number, choice) for number, choice in enumerate(CHOICES, 1)]
        self.query_one("#settings-list", Static).update(Content("\n") + lines(rows))
        self.query_one("#settings-note", Static).update(Content("\n") + lines(self._notes()))

    def _row(self, number: int, choice: Choice) -> Content:
        now = choice.of(self.instrument.settings)
        values: list[Piece] = [
            (f" ✓ {words} ", "$key on $key-background bold") if value == now else (f"   {words} ", "$quiet")
            for value, words in ((value, WORDS.get(value, value)) for value in choice.values)
        ]
        name = choice.title.ljust(WIDTH)
        head = line((f"{number}  ", "$accent bold"), (name, "bold"), *values)
        return clicked(lines([head, literal(f"   {choice.says}", "$quiet")]), f"app.press('{number}')")

    def _notes(self) -> list[Content]:
        """Keys and pedals are written by hand; what of the file does not hold is told here, too."""
        said = self.instrument.settings
        own = f"{len(said.keys)} own keys, {len(said.pedals)} pedals"
        where = literal(f"{own}: in {self.instrument.folder / FILE}", "$quiet")
        return [where, *(literal(str(trouble), "$warning") for trouble in self.instrument.settings_troubles)]

    def on_key(self, event: events.Key) -> None:
        if event.character and event.character in DIGITS:
            event.stop()
            event.prevent_default()
            if 0 < int(event.character) <= len(CHOICES):
                self._next(CHOICES[int(event.character) - 1])

    def _next(self, choice: Choice) -> None:
        now = choice.values.index(choice.of(self.instrument.settings))
        held = choose(self.instrument.folder, choice, choice.values[(now + 1) % len(choice.values)])
        self.instrument.take_settings(held)
        self._draw()
        for screen in self.app.screen_stack:  # another look repaints what did not change
            for widget in (screen, *screen.walk_children()):
                widget.refresh()

    def action_choose(self) -> None:
        """Only told of in the lists of keys: the digits are taken as they are typed."""

    def action_press(self) -> None:
        from assess_tui.screens.press import PressDialog

        self.app.push_screen(PressDialog(self.instrument.settings))
