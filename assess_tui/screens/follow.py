"""The follow-up: how each card of the last plan went at home. One key an answer, stored as it is given."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from assess_tui.entry.follow import FollowEntry
from assess_tui.entry.typed import Typed
from assess_tui.screens.base import VisitScreen
from assess_tui.screens.marked import MarkedRows
from assess_tui.screens.typing import TONES
from assess_tui.text import line, lines, literal
from assess_tui.views.follow import FollowView
from assess_tui.widgets.aside import Aside
from assess_tui.widgets.pane import Pointed
from protocols.follow_up import PLANNED


class FollowScreen(MarkedRows, VisitScreen):
    """The cards taken home as rows; nothing has to be asked, and what is not asked stays so."""

    places = ("follow", "visit")
    place = "follow"
    aside = True
    help_text = (
        "Read the ticks off the patient's sheet: of ten planned times, so many done; then the worst pain with it, 0 "
        "to 10. A digit gives the number and goes on by itself; {follow.ten} is ten. {follow.spare} and {follow.red} "
        "are of the marked card: two sessions in a row with two repetitions to spare, and two red days (pain above 5, "
        "or not settled by the next morning). Everything is stored as it is pressed. The plan proposes a step for "
        "each card from these answers."
    )

    def compose_body(self) -> ComposeResult:
        with Horizontal(id="pages"):
            with Vertical(id="questions"):
                yield Static(id="question-title")
                yield Pointed(id="question-lines")
                yield Pointed(id="question-note")
            yield Aside()

    def begin(self) -> None:
        self.entry = FollowEntry(self.session)
        self._draw()

    def redraw(self) -> None:
        self._draw(self._said)

    def _draw(self, typed: Typed | None = None) -> None:
        self._said = typed
        view = FollowView(self.entry, self.room)
        said = literal(typed.say, TONES.get(typed.tone, "$accent")) if typed is not None and typed.say else line("")
        self.query_one("#question-title", Static).update(view.title())
        self.query_one("#question-lines", Static).update(view.page())
        self.query_one("#question-note", Static).update(lines([said, view.note()]))
        card = self.entry.card(self.entry.row)
        self.query_one(Aside).show(card.pose if card is not None else None, view.card)

    def _after(self, typed: Typed) -> None:
        if typed.stored:
            self.refresh_banner()
        if typed.finished:
            self.instrument.go(self._following())
        else:
            self._draw(typed)

    def _following(self) -> str:
        """The tests while one is open, else the plan."""
        if self.session.assessment().concern.stop:
            return "flags"
        return "tests" if self.session.way.progress().open else "plan"

    def on_key(self, event: events.Key) -> None:
        character = event.character or ""
        if character.isdecimal() and character.isascii():
            self._after(self.entry.type(int(character)))
            event.stop()
            event.prevent_default()

    def action_digit(self) -> None:
        """Only told of in the help: the digits are taken as they are typed."""

    def action_ten(self) -> None:
        self._after(self.entry.type(PLANNED))

    def action_next(self) -> None:
        self._after(self.entry.accept())

    def action_other(self) -> None:
        self._after(self.entry.other_column())

    def action_spare(self) -> None:
        self._after(self.entry.toggle("spare"))

    def action_red(self) -> None:
        self._after(self.entry.toggle("red"))

    def action_same(self) -> None:
        self._after(self.entry.same_below())

    def action_crash(self) -> None:
        self._after(self.entry.crashed(True))

    def action_no_crash(self) -> None:
        self._after(self.entry.crashed(False))

    @property
    def marked_row(self) -> int:
        return self.entry.row

    def move(self, by: int) -> None:
        self._after(self.entry.move(by))

    def action_undo(self) -> None:
        why = self.elsewhere(self.session.to_undo())
        self._after(Typed(why, "refused") if why else self.entry.undo())
