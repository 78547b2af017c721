"""The faint card: what to do now, in five lines, with a clock; and why the test was stopped, when there is time."""

from __future__ import annotations

from string import ascii_lowercase

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from assess_tui.clock import Clock, minutes_seconds
from assess_tui.entry.stand.flow import StandEntry
from assess_tui.screens.dialog import Dialog
from assess_tui.text import clicked, hanging, keyed, line, lines, literal
from assess_tui.widgets.big import big
from assess_tui.widgets.pane import Pointed

CLOSED = "{dialog.accept} closes this card."
LOST = clicked(literal("y: they lost consciousness. ", "$warning"), "app.press('y')")


class FaintCard(Dialog[None]):
    """Opened by STOP. A reason is one key; with a sign the card stays, without one it closes."""

    def __init__(self, entry: StandEntry, clock: Clock, stopped: str) -> None:
        super().__init__()
        self._entry, self._clock, self._stopped = entry, clock, stopped
        self._since = clock.seconds()
        self._keys = _keys(len(entry.session.library.stand.stop_reasons))
        self._chosen: int | None = None
        self._ask = Content("")
        self._say = f"Why? One key, when there is time. {CLOSED}"

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet", id="faint"):
            yield Static(line((f" {self._stopped} ", "bold reverse $error")), id="faint-title")
            yield Static(id="faint-clock")
            yield Static(id="faint-lines")
            yield Pointed(id="faint-reasons")
            yield Pointed(id="faint-note")

    def on_mount(self) -> None:
        self._draw()
        self._show_time()
        self.set_interval(1.0, self._show_time)

    def on_resize(self) -> None:
        """Also after it was opened in a window that was too small for it."""
        self.query_one("#faint-lines", Static).update(self._card())

    def _show_time(self) -> None:
        rows = big(minutes_seconds(self._clock.seconds() - self._since))
        counted = [line((row, "$error bold")) for row in rows]
        counted[2] = line(counted[2], ("  since STOP", "$quiet"))
        self.query_one("#faint-clock", Static).update(lines(counted))

    def _card(self) -> Content:
        card = self._entry.session.library.stand.faint_card
        width = min(76, self.app.size.width - 4)
        return lines(hanging(literal("•  ", "$error bold"), row, width, "bold") for row in card)

    def _draw(self) -> None:
        reasons = [self._reason(place) for place in range(len(self._keys))]
        half = -(-len(reasons) // 2)
        left, right = reasons[:half], reasons[half:]
        width = max(row.cell_length for row in left[: len(right)]) + 2
        rows = [
            line(a.pad_right(max(0, width - a.cell_length)), b)
            for a, b in zip(left, [*right, Content("")], strict=False)
        ]
        self.query_one("#faint-reasons", Static).update(lines(rows))
        self.query_one("#faint-note", Static).update(line(self._ask, keyed(self._say, "$warning")))

    def _reason(self, place: int) -> Content:
        text = self._entry.session.library.stand.stop_reasons[place]
        chosen = place == self._chosen
        key = self._keys[place]
        row = line((f"{key}  ", "$accent bold"), (f"{'✓ ' if chosen else ''}{text}", "bold" if chosen else ""))
        return clicked(row, f"app.press('{key}')")

    def on_key(self, event: events.Key) -> None:
        if event.character and event.character in self._keys:
            self._choose(self._keys.index(event.character))
        elif event.character == "y" and self._chosen is not None:
            self._entry.lost_consciousness()
            self._ask = Content("")
            self._say = f"Loss of consciousness is on record. Emergency number if not awake in 1 min. {CLOSED}"
            self._draw()
        else:
            return
        event.stop()

    def _choose(self, place: int) -> None:
        self._chosen = place
        sign = self._entry.reason(place)
        if not sign:
            self.dismiss(None)
            return
        self._ask = LOST if sign == "presyncope" else literal("Emergency number now. ", "$warning")
        self._say = CLOSED
        self._draw()


def _keys(count: int) -> str:
    """One key a reason: 1 to 9, then letters."""
    return ("123456789" + ascii_lowercase)[:count]
