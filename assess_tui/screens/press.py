"""Names the keys that arrive: press a pedal, a presenter or a key, and see how it is written in the settings."""

from __future__ import annotations

from collections import deque

from textual import events
from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from assess_tui.keyboard.far_keys import name_far_keys
from assess_tui.keyboard.keymap import DECLARED, resolve
from assess_tui.keyboard.names import shown, why_not
from assess_tui.screens.dialog import Dialog
from assess_tui.settings import Settings
from assess_tui.text import hanging, keyed, line, lines, literal
from assess_tui.widgets.pane import Pointed

MOST = 8
"""Keys that stay in sight, the newest below."""
ASK = "Press a key, a pedal or a presenter. Nothing happens but that its name shows. {dialog.close} closes."
PLACES = ("step", "stand", "plan")
"""Where it is said what the key does now."""


def told(key: str, settings: Settings, width: int) -> Content:
    """One key that arrived: how it is written, and what it does, or why nothing can be put on it."""
    lead = line((f"{shown(key):<10}", "$accent bold"))
    if why := why_not(key):
        return hanging(lead, why, width, "$warning")
    keys = resolve(settings).keys
    does = [name for name in DECLARED if name.partition(".")[0] in PLACES and key in keys[name]]
    words = ", ".join(does) or "nothing in the tests, the stand test or the plan"
    return hanging(line(lead, f'write it "{key}"   '), f"does {words}", width, "$quiet")


class PressDialog(Dialog[None]):
    """Every key but Esc is only named here."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self._seen: deque[Content] = deque(maxlen=MOST)

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            yield Static(literal("Keys that arrive", "$accent bold"))
            yield Pointed(keyed(ASK, "$quiet"))
            yield Static(id="pressed")

    def on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        if event.key == "escape":
            self.dismiss(None)
            return
        self._seen.append(told(event.key, self._settings, self.room))
        self.query_one("#pressed", Static).update(Content("\n") + lines(self._seen))


class PressApp(App[int]):
    """The same page by itself, for `assess-tui keymap press`."""

    ENABLE_COMMAND_PALETTE = False
    CSS = """
    PressDialog { align: center middle; }
    .sheet { width: 84; height: auto; border: round $primary; padding: 1 2; }
    """

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        name_far_keys()
        self._settings = settings

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return {"quiet": "ansi_bright_black"}

    def on_mount(self) -> None:
        self.push_screen(PressDialog(self._settings), lambda _: self.exit(0))
