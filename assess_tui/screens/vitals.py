"""Vital signs between the tests, over the screen they are measured on."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from assess_tui.entry.typed import Typed
from assess_tui.entry.vitals import VitalsEntry
from assess_tui.keyboard.keys import DIGITS, bindings
from assess_tui.keyboard.words import key_of, sign_of
from assess_tui.screens.dialog import Dialog
from assess_tui.screens.marked import MarkedRows
from assess_tui.text import hanging, keyed, line, lines, literal, on_row, tap_key
from assess_tui.views.questions import LOOK
from assess_tui.visit.session import VisitSession
from assess_tui.widgets.pane import Pointed
from protocols.grading import plain_number
from protocols.model import Basis, RedFlag, Vital
from protocols.visit import VITALS, Cell
from protocols.vitals import what_to_do

FOOT = (
    "{dialog.accept} keeps one or passes over it   {vitals.up} {vitals.down} another   "
    "{dialog.close}: what is kept stays"
)
LEVEL_STAYS = "The level stays as it is until you raise it: {visit.flags}, {flags.raise_level}."
NONE_KNOWN = "The definitions this visit was taken with name no vital signs."
ANSWERS = ("vitals.first", "vitals.second")
"""The keys that say yes to the questions, in turn."""
BASIS: dict[Basis, str] = {
    "memory": "to be verified",
    "clinic_rule": "clinic rule",
    "published": "published",
    "derived": "derived",
}
SHEET = 70
"""Cells of a line of the sheet at 80 columns."""


class VitalsDialog(MarkedRows, Dialog[None]):
    """A row a sign; below them what they ask for. Nothing raises the level but an answer of the therapist."""

    BINDINGS = bindings("vitals")

    def __init__(self, session: VisitSession) -> None:
        super().__init__()
        self.entry = VitalsEntry(session)
        waits = session.waiting.take(VITALS)
        self.entry.take_up(waits.cell, waits.text)

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            yield Static(literal("Vital signs, now", "$accent bold"))
            yield Pointed(id="vitals-rows")
            yield Pointed(id="vitals-note")

    def on_mount(self) -> None:
        self._draw()

    # -- drawing ---------------------------------------------------------------------------------------------------

    def _draw(self, typed: Typed | None = None) -> None:
        rows = [on_row(self._row(one), at) for at, one in enumerate(self.entry.vitals)] or [literal(NONE_KNOWN)]
        self.query_one("#vitals-rows", Static).update(lines([Content(""), *rows, Content("")]))
        said = [literal(typed.say, "$error" if typed.tone == "refused" else "$accent")] if typed and typed.say else []
        note = [*said, *self._asked_for(), keyed(FOOT, "$quiet", sign_of)]
        self.query_one("#vitals-note", Static).update(lines(note))

    def _row(self, vital: Vital) -> Content:
        here, held = vital is self.entry.vital, self.entry.held(vital)
        kept = plain_number(self.entry.values[vital.id]) if vital.id in self.entry.values else ""
        shown = f"{self.entry.buffer}_" if here and (self.entry.buffer or not kept) else kept or "·"
        when = f"  {held.at:%H:%M}" if held is not None else ""
        stop = next((sign for sign in self.entry.signs() if sign.stop and sign.vital == vital.id), None)
        return line(
            ("▸ " if here else "  ", "$accent bold"),
            (vital.name.ljust(11), "bold" if here else ""),
            (shown.rjust(4), "$accent bold" if here else "$success bold" if kept else "$quiet"),
            (f" {vital.unit.ljust(4)}{when}", "$quiet"),
            (f"  stops the screen ({BASIS[stop.basis]})" if stop is not None else "", "$error bold"),
        )

    def _asked_for(self) -> list[Content]:
        rows: list[Content] = []
        if any(sign.stop for sign in self.entry.signs()):
            level_2 = what_to_do(self.entry.session.library.red_flags)
            rows.append(hanging(line(("Level 2  ", "$error bold")), level_2, SHEET))
            if not self.entry.session.assessment().concern.stop:
                rows.append(keyed(LEVEL_STAYS, "$quiet"))
        questions = [
            tap_key(self._question(key_of(name), flag), name)
            for name, flag in zip(ANSWERS, self.entry.questions(), strict=False)
        ]
        if questions:
            rows += [literal("The red flags ask of this pressure; a letter answers yes:", "$warning"), *questions]
        return rows

    def _question(self, letter: str, flag: RedFlag) -> Content:
        word, style = LOOK.get(self.entry.answer_to(flag), ("·", "$quiet"))
        return hanging(line((f"{letter}  ", "$accent bold"), (f"{word}  ".ljust(5), style)), flag.ask, SHEET)

    # -- keys --------------------------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        if event.key == "backspace":
            self._draw(self.entry.backspace())
        elif event.character and event.character in DIGITS:
            self._draw(self.entry.type(event.character))
        else:
            return
        event.stop()
        event.prevent_default()

    def action_accept(self) -> None:
        typed = self.entry.accept()
        if typed.finished:
            self.dismiss(None)
        else:
            self._draw(typed)

    def keep_typed(self) -> str:
        typed = self.entry.keep_typed()
        self._draw(typed)
        return typed.say if typed.tone else ""

    def note_typed(self) -> None:
        self.entry.session.waiting.leave(*self.entry.waits)

    def forget_typed(self) -> None:
        self.entry.session.waiting.leave(Cell(VITALS), "")

    def action_close(self) -> None:
        if not self.keep_typed():
            self.dismiss(None)

    @property
    def marked_row(self) -> int:
        return self.entry.row

    def move(self, by: int) -> None:
        self._draw(self.entry.move(by))

    def action_first(self) -> None:
        self._draw(self.entry.answer(0))

    def action_second(self) -> None:
        self._draw(self.entry.answer(1))
