"""Intake: consent, the problem, precautions, what is at home, minutes a day. One key an answer."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.widgets import Static

from assess_tui.entry.intake import HIGHEST, IntakeEntry, held, line_words
from assess_tui.entry.intake_pages import LINE_KEYS, Choice
from assess_tui.entry.typed import Typed
from assess_tui.keyboard.words import with_keys
from assess_tui.screens.marked import MarkedRows
from assess_tui.screens.question_pages import PageState, QuestionPages
from assess_tui.text import clicked, hanging, keyed, line, lines, literal, on_row

ON_TO_FLAGS = "{intake.next} goes on to the red flags."
AS_LAST = "{intake.as_last} ticks what was ticked at the last visit.  "


class IntakeScreen(MarkedRows, QuestionPages):
    """A page of questions at a time, redrawn in place."""

    places = ("intake", "visit")
    place = "intake"
    help_text = (
        "Press the key before a line to tick it; again to untick. {intake.next} goes on. Everything is stored as it "
        "is pressed. At a later visit {intake.as_last} ticks again what was ticked at the last one. {intake.devices} "
        "says what the visit is read with."
    )

    def begin(self) -> None:
        self.entry = IntakeEntry(self.session)
        self._draw()

    def redraw(self) -> None:
        self._draw(self._said)

    def _draw(self, note: str = "") -> None:
        self._said = note
        entry, page = self.entry, self.entry.page
        self.query_one("#question-title", Static).update(
            line((page.title, "$accent bold"), (f"   {entry.index + 1} of {len(entry.pages)}", "$quiet"))
        )
        rows = [self._line(number, choice) for number, choice in enumerate(page.choices)]
        self.query_one("#question-lines", Static).update(lines(rows))
        self.query_one("#question-note", Static).update(literal(note, "$warning") if note else self._hint())
        self.show_pages((PageState(one.title, entry.touched(one)) for one in entry.pages), entry.index)
        self.refresh_bindings()
        self.refresh_banner()

    def _hint(self) -> Content:
        again = keyed(AS_LAST, "$accent") if self.entry.can_take_over else ""
        return line(again, keyed(self.entry.page.hint, "$quiet"))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return action != "as_last" or (hasattr(self, "entry") and self.entry.can_take_over)

    def _line(self, number: int, choice: Choice) -> Content:
        value = held(self.session, choice)
        scale = self.entry.page.kind == "scale"
        last = self.entry.held_last(choice)
        mark = f"{value or 0}" if scale else "✓ yes" if value else "· last" if last else "·"
        here = scale and number == self.entry.row
        lead = line(
            ("▸ " if here else "  ", "$accent bold"),
            (f"{'' if scale else LINE_KEYS[number]}".rjust(2) + "  ", "$accent bold"),
            (mark.ljust(8), "$success bold" if value else "$accent" if last else "$quiet"),
        )
        row = hanging(lead, line_words(self.session, choice), self.room, "bold" if value or here else "")
        return on_row(row, number) if scale else clicked(row, f"app.press('{LINE_KEYS[number]}')")

    def on_key(self, event: events.Key) -> None:
        if event.character and event.character in "0" + LINE_KEYS:
            self._line_key(event.character)
            event.stop()

    @property
    def marked_row(self) -> int:
        return self.entry.row

    def move(self, by: int) -> None:
        self.entry.row = (self.entry.row + by) % len(self.entry.page.choices)
        self._draw()

    def _line_key(self, key: str) -> None:
        entry, page = self.entry, self.entry.page
        keys = LINE_KEYS[: len(page.choices)]
        if page.kind == "scale":
            self._after(entry.rate(int(key) if key.isdecimal() else HIGHEST + 1))
        elif key == "0" and page.id == "kit":
            self._after(entry.none())
        elif key in keys:
            self._after(self._waits(entry.answer(page.choices[keys.index(key)])))
        elif key.isdigit():
            self._draw(f"Press {keys[0]} to {keys[-1]}.")

    def _waits(self, typed: Typed) -> Typed:
        """The last page goes on with Enter alone: the second digit of "15" would answer a red flag."""
        last = self.entry.index + 1 == len(self.entry.pages)
        return typed._replace(finished=False, say=with_keys(ON_TO_FLAGS)) if typed.finished and last else typed

    def _after(self, typed: Typed) -> None:
        """Show what an answer did, and go on where the page is done with it."""
        if typed.tone == "ask":
            from assess_tui.screens.ask import AskDialog

            self.app.push_screen(AskDialog("Medical clearance", typed.say), self._cleared)
        elif typed.finished and not self.entry.following():
            self.instrument.go("flags")
        else:
            self._draw(typed.say)

    def _cleared(self, by: str | None) -> None:
        if by:
            self.entry.cleared(by, self.instrument.today())
        self._draw()

    def action_devices(self) -> None:
        from assess_tui.screens.devices import DevicesDialog

        self.app.push_screen(DevicesDialog(self.session), lambda _: self._draw())

    def action_history(self) -> None:
        from assess_tui.screens.history import HistoryDialog

        asked = {choice.cell for choice in self.entry.page.choices}
        tests, fields = {cell.test for cell in asked}, {cell.field for cell in asked}
        self.app.push_screen(HistoryDialog(self.session, tests, fields))

    def action_as_last(self) -> None:
        """Take over what the last visit held."""
        self._after(self._waits(self.entry.as_last()))

    def action_next(self) -> None:
        self._after(self.entry.accept())

    def action_turn_to(self, page: int) -> None:
        self.entry.turn_to(page)
        self._draw()

    def action_previous(self) -> None:
        self.entry.previous()
        self._draw()

    def action_undo(self) -> None:
        self._draw(self.elsewhere(self.session.to_undo()) or self.entry.undo())
