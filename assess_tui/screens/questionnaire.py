"""The items of a questionnaire, over the guided step they belong to. One key an answer, stored as it is given."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from assess_tui.entry.questionnaire import LONGEST_WORDS, QuestionnaireEntry
from assess_tui.entry.step import Typed
from assess_tui.screens.ask import AskDialog
from assess_tui.screens.base import VisitScreen
from assess_tui.text import literal
from assess_tui.views.questionnaire import QuestionnaireView
from protocols.model import Questionnaire

TONES = {"refused": "$error", "ask": "$warning"}


class QuestionnaireScreen(VisitScreen):
    """A page of items, redrawn in place; leaving it keeps what was answered."""

    places = ("items",)
    place = "tests"
    help_text = (
        "A digit answers the marked line and goes to the next: 1 is yes and 0 is no, or the number itself. "
        "Everything is stored as it is pressed; Esc leaves the rest for later. The score follows from the answers."
    )

    def __init__(self, questionnaire: Questionnaire) -> None:
        super().__init__()
        self._questionnaire = questionnaire

    def compose_body(self) -> ComposeResult:
        with Vertical(id="questions"):
            yield Static(id="question-title")
            yield Static(id="question-lines")
            yield Static(id="question-note")

    def begin(self) -> None:
        self.entry = QuestionnaireEntry(self.session, self._questionnaire)
        self._draw()

    def redraw(self) -> None:
        self._draw()

    def _draw(self, typed: Typed | None = None) -> None:
        view = QuestionnaireView(self.entry)
        said = typed.say if typed is not None else ""
        tone = TONES.get(typed.tone, "$accent") if typed is not None else ""
        self.query_one("#question-title", Static).update(view.title())
        self.query_one("#question-lines", Static).update(view.rows(self.room))
        self.query_one("#question-note", Static).update(literal(said, tone) if said else view.note())
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only the keys that do something here are offered."""
        if not hasattr(self, "entry"):
            return True
        offered = {
            "yes": self.entry.yes_no,
            "no": self.entry.yes_no,
            "none": not self.entry.names_activities,
            "name": self.entry.names_activities,
            "other": len(self.entry.sides) > 1,
        }
        return offered.get(action, True)

    def on_key(self, event: events.Key) -> None:
        character = event.character or ""
        if event.key == "backspace":
            self._draw(self.entry.backspace())
        elif character.isdecimal() and character.isascii():
            self._after(self.entry.type(character))
        else:
            return
        event.stop()
        event.prevent_default()

    def _after(self, typed: Typed) -> None:
        if typed.stored:
            self.refresh_banner()
        if typed.finished:
            self.dismiss(None)
        else:
            self._draw(typed)

    def action_next(self) -> None:
        """On; an activity that is still wanted is asked for."""
        typed = self.entry.accept()
        self._after(typed)
        if typed.tone == "ask" and self.entry.names_activities and not self.entry.item.ask:
            self.action_name()

    def action_name(self) -> None:
        prompt = f"Something the patient finds hard to do, in the patient's words, up to {LONGEST_WORDS} letters."
        self.app.push_screen(AskDialog("Activity", prompt, self.entry.item.ask), self._named)

    def _named(self, words: str | None) -> None:
        self._after(self.entry.name(words) if words else Typed())

    def action_yes(self) -> None:
        self._after(self.entry.put(True))

    def action_no(self) -> None:
        self._after(self.entry.put(False))

    def action_none(self) -> None:
        self._after(self.entry.none_left())

    def action_other(self) -> None:
        self._after(self.entry.other_side())

    def action_down(self) -> None:
        self._after(self.entry.move(1))

    def action_up(self) -> None:
        self._after(self.entry.move(-1))

    def action_undo(self) -> None:
        self._after(self.entry.undo())

    def action_back(self) -> None:
        self.dismiss(None)
