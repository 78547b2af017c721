"""The items of a questionnaire, over the guided step they belong to. One key an answer, stored as it is given."""

from __future__ import annotations

from functools import partial

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from assess_tui.entry.questionnaire import LONGEST_WORDS, QuestionnaireEntry
from assess_tui.entry.typed import Typed
from assess_tui.screens.ask import AskDialog
from assess_tui.screens.marked import MarkedRows
from assess_tui.screens.typing import EntryPage
from assess_tui.views.questionnaire import QuestionnaireView
from assess_tui.views.step import how
from assess_tui.widgets.aside import Aside
from assess_tui.widgets.pane import Pointed
from protocols.model import Questionnaire


class QuestionnaireScreen(MarkedRows, EntryPage):
    """A page of items, redrawn in place; leaving it keeps what was answered."""

    places = ("items",)
    aside = True
    again = ("items.yes", "items.name")
    help_text = (
        "A digit answers the marked line and goes to the next: 1 is yes and 0 is no, or the number itself. Everything "
        "is stored as it is pressed; {items.back} leaves the rest for later. The score follows from the answers."
    )

    def __init__(self, questionnaire: Questionnaire) -> None:
        super().__init__()
        self._questionnaire = questionnaire

    def compose_body(self) -> ComposeResult:
        with Horizontal(id="pages"):
            with Vertical(id="questions"):
                yield Pointed(id="question-title")
                yield Pointed(id="question-lines")
                yield Pointed(id="question-note")
            yield Aside()

    def begin(self) -> None:
        self.entry = QuestionnaireEntry(self.session, self._questionnaire)
        self.take_up(self.entry)
        self.draw()

    @property
    def typing(self) -> QuestionnaireEntry:
        return self.entry

    def draw(self, typed: Typed | None = None) -> None:
        view = QuestionnaireView(self.entry)
        self.show_page(view.title(), view.rows(self.room), view.note(), typed)
        if test := self.session.library.tests.get(self._questionnaire.test):
            self.query_one(Aside).show(test.pose, partial(how, test))
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

    def keep_typed(self) -> str:
        typed = self.entry.keep_typed()
        if typed.stored:
            self.after(typed)
        return ""

    def action_next(self) -> None:
        """On; an activity that is still wanted is asked for."""
        typed = self.entry.accept()
        self.after(typed)
        if typed.tone == "ask" and self.entry.names_activities and not self.entry.item.ask:
            self.action_name()

    def action_name(self) -> None:
        prompt = f"Something the patient finds hard to do, in the patient's words, up to {LONGEST_WORDS} letters."
        self.app.push_screen(AskDialog("Activity", prompt, self.entry.item.ask), self._named)

    def _named(self, words: str | None) -> None:
        self.after(self.entry.name(words) if words else Typed())

    def action_yes(self) -> None:
        self.after(self.entry.put(True))

    def action_no(self) -> None:
        self.after(self.entry.put(False))

    def action_none(self) -> None:
        self.after(self.entry.none_left())

    def action_other(self) -> None:
        self.after(self.entry.other_side())

    @property
    def marked_row(self) -> int:
        return self.entry.row

    def move(self, by: int) -> None:
        self.after(self.entry.move(by))

    def action_undo(self) -> None:
        self.after(self.entry.undo())
