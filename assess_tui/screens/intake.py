"""Intake: consent, the problem, precautions, what is at home, minutes a day. One key an answer."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from assess_tui.entry.intake import (
    LINE_KEYS,
    Choice,
    first_open,
    held,
    held_last,
    none_of,
    pages,
    pass_over,
    rate,
    take_over,
    toggle,
)
from assess_tui.places import intake_done
from assess_tui.screens.base import VisitScreen
from assess_tui.screens.marked import MarkedRows
from assess_tui.text import clicked, hanging, keyed, line, lines, literal, on_row
from assess_tui.widgets.pane import Pointed
from protocols.visit import Cell

AS_LAST = "{intake.as_last} ticks what was ticked at the last visit.  "
CLEARANCE = Cell("@intake", field="clearance")


class IntakeScreen(MarkedRows, VisitScreen):
    """A page of questions at a time, redrawn in place."""

    places = ("intake", "visit")
    place = "intake"
    help_text = (
        "Press the key before a line to tick it; again to untick. {intake.next} goes on. Everything is stored as it "
        "is pressed. At a later visit {intake.as_last} ticks again what was ticked at the last one. {intake.devices} "
        "says what the visit is read with."
    )

    def compose_body(self) -> ComposeResult:
        with Vertical(id="questions"):
            yield Static(id="question-title")
            yield Pointed(id="question-lines")
            yield Pointed(id="question-note")

    def begin(self) -> None:
        self.pages = pages(self.session.library)
        self.index = first_open(self.session, self.pages)
        self.row = 0
        self._draw()

    def come_in(self) -> None:
        if self.begun:
            self._draw()

    def _draw(self, note: str = "") -> None:
        page = self.pages[self.index]
        self.query_one("#question-title", Static).update(
            line((page.title, "$accent bold"), (f"   {self.index + 1} of {len(self.pages)}", "$quiet"))
        )
        rows = [self._line(number, choice) for number, choice in enumerate(page.choices)]
        self.query_one("#question-lines", Static).update(lines(rows))
        self.query_one("#question-note", Static).update(literal(note, "$warning") if note else self._hint())
        self.refresh_bindings()
        self.refresh_banner()

    def _hint(self) -> Content:
        page = self.pages[self.index]
        again = keyed(AS_LAST, "$accent") if self._can_take_over() else ""
        return line(again, keyed(page.hint, "$quiet"))

    def _can_take_over(self) -> bool:
        page = self.pages[self.index]
        return any(held_last(self.session, page, choice) for choice in page.choices)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "as_last" or (hasattr(self, "pages") and self._can_take_over())

    def _line(self, number: int, choice: Choice) -> Content:
        value = held(self.session, choice)
        scale = self.pages[self.index].kind == "scale"
        last = held_last(self.session, self.pages[self.index], choice)
        mark = f"{value or 0}" if scale else "✓ yes" if value else "· last" if last else "·"
        here = scale and number == self.row
        lead = line(
            ("▸ " if here else "  ", "$accent bold"),
            (f"{'' if scale else LINE_KEYS[number]}".rjust(2) + "  ", "$accent bold"),
            (mark.ljust(8), "$success bold" if value else "$accent" if last else "$quiet"),
        )
        row = hanging(lead, choice.text, self.room, "bold" if value or here else "")
        return on_row(row, number) if scale else clicked(row, f"app.press('{LINE_KEYS[number]}')")

    def on_key(self, event: events.Key) -> None:
        if event.character and event.character in "0" + LINE_KEYS:
            self._line_key(event.character)
            event.stop()

    @property
    def marked_row(self) -> int:
        return self.row

    def move(self, by: int) -> None:
        self.row = (self.row + by) % len(self.pages[self.index].choices)
        self._draw()

    def _line_key(self, key: str) -> None:
        page = self.pages[self.index]
        keys = LINE_KEYS[: len(page.choices)]
        if page.kind == "scale":
            self._rate(key)
        elif key == "0" and page.id == "kit":
            none_of(self.session, page)
            self._go_on()
        elif key not in keys:
            if key.isdigit():
                self._draw(f"Press {keys[0]} to {keys[-1]}.")
        elif page.kind == "one":
            choice = page.choices[keys.index(key)]
            self.session.put(choice.cell, choice.value)
            self._go_on()
        elif page.choices[keys.index(key)].cell == CLEARANCE:
            self._clearance()
        else:
            toggle(self.session, page.choices[keys.index(key)])
            self._draw()

    def _rate(self, key: str) -> None:
        page = self.pages[self.index]
        if key not in "0123":
            self._draw("0 to 3.")
            return
        rate(self.session, page.choices[self.row], int(key))
        self.row = min(self.row + 1, len(page.choices) - 1)
        self._draw()

    def _clearance(self) -> None:
        if self.session.visit.value(CLEARANCE):
            self.session.withdraw(CLEARANCE)
            self._draw()
            return
        from assess_tui.screens.ask import AskDialog

        self.app.push_screen(AskDialog("Medical clearance", "Who cleared the programme?"), self._cleared)

    def _cleared(self, by: str | None) -> None:
        if by:
            self.session.put(CLEARANCE, {"by": by, "date": self.instrument.today().isoformat()})
        self._draw()

    def action_devices(self) -> None:
        from assess_tui.screens.devices import DevicesDialog

        self.app.push_screen(DevicesDialog(self.session), lambda _: self._draw())

    def action_history(self) -> None:
        from assess_tui.screens.history import HistoryDialog

        asked = {choice.cell for choice in self.pages[self.index].choices}
        tests, fields = {cell.test for cell in asked}, {cell.field for cell in asked}
        self.app.push_screen(HistoryDialog(self.session, tests, fields))

    def action_as_last(self) -> None:
        """Take over what the last visit held; a page of one answer is done with that."""
        page = self.pages[self.index]
        take_over(self.session, page)
        if page.kind == "one":
            self._go_on()
        else:
            self._draw()

    def action_next(self) -> None:
        page = self.pages[self.index]
        if page.id == "consent" and self.session.visit.value(Cell("@consent", field="consent")) is not True:
            self._draw("Without the patient's agreement nothing can be recorded. Press 1 when it is given.")
            return
        if page.id == "minutes" and Cell("@intake", field="minutes") not in self.session.visit.cells:
            self._draw("Press 1 to 4.")
            return
        pass_over(self.session, page)
        self._go_on()

    def _go_on(self) -> None:
        self.row = 0
        if self.index + 1 < len(self.pages):
            self.index += 1
            self._draw()
        elif intake_done(self.session):
            self.instrument.go("flags")
        else:
            self.index = 0
            self._draw()

    def action_previous(self) -> None:
        self.index = max(0, self.index - 1)
        self._draw()

    def action_undo(self) -> None:
        cell = self.session.to_undo()
        if why := self.elsewhere(cell):
            self._draw(why)
            return
        shown = (n for n, page in enumerate(self.pages) if any(choice.cell == cell for choice in page.choices))
        self.index = next(shown, self.index)
        self._draw(self.session.undo() or "")
