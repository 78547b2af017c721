"""Red flags before any test: groups, one key for "none of these", every question on the record."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.widgets import Static

from assess_tui.entry import concern as level
from assess_tui.entry.vitals import Speaks, speaks_to
from assess_tui.keyboard.keys import DIGITS
from assess_tui.keyboard.words import key_of, with_keys
from assess_tui.places import after_flags, flags_done
from assess_tui.screens.ask import AskDialog
from assess_tui.screens.marked import MarkedRows
from assess_tui.screens.question_pages import PageState, QuestionPages
from assess_tui.text import clicked, hanging, keyed, line, lines, literal
from assess_tui.views.questions import LOOK, QuestionPage
from protocols.model import RedFlag
from protocols.red_flags import Concern, set_words
from protocols.visit import CONCERN, Cell

TITLE = 2
"""Lines of the title above the questions (app.tcss)."""
WAYS = "{flags.none}: none of these   {flags.raise_level} and {flags.lower_level} raise and lower the level of concern"
MEASURED = "Its digit says yes, {flags.no} says no all the same."
ALL_ASKED = "All asked. {flags.next} goes on."
STOPPED = "The tests stop here and no exercise plan is made. {visit.paper} makes the referral letter."


class FlagsScreen(MarkedRows, QuestionPages):
    """One group at a time; from level 2 the tests stop and the letter is offered."""

    places = ("flags", "visit")
    place = "flags"
    help_text = (
        "{flags.none} answers no to every open question of the group; what was out of view comes into view first. "
        "A digit answers yes to that question. "
        "{flags.unknown} marks a question the patient cannot answer: ask again in other words first. "
        "{flags.raise_level} raises the level of concern, {flags.lower_level} lowers it with a reason and your name; "
        "the answers stay as given."
    )

    def begin(self) -> None:
        self.groups = self.session.library.red_flags.groups
        self.index = next((i for i, group in enumerate(self.groups) if not self._answered(group.id)), 0)
        self.row = 0
        self._asked_again: set[str] = set()
        self._seen: set[str] = set()
        """The questions that were in view."""
        self._top = 0
        """The line the page begins at."""
        self._draw()

    def _questions(self, group_id: str) -> list[RedFlag]:
        return [flag for flag in self.session.library.red_flags.flags if flag.group == group_id]

    @property
    def questions(self) -> list[RedFlag]:
        return self._questions(self.groups[self.index].id)

    def _answer(self, flag: RedFlag) -> str | None:
        answer = self.session.visit.value(Cell("@flags", field=flag.id))
        return answer if isinstance(answer, str) else None

    def _answered(self, group_id: str) -> bool:
        return all(self._answer(flag) for flag in self._questions(group_id))

    def _said_yes(self, group_id: str) -> str:
        return "yes" if any(self._answer(flag) == "yes" for flag in self._questions(group_id)) else ""

    def redraw(self) -> None:
        self._draw(self._said)

    # -- drawing -----------------------------------------------------------------------------------------------

    def _draw(self, note: str = "") -> None:
        self._said = note
        lead = "New since the last visit: " if self.session.visit.number > 1 else ""
        self.query_one("#question-title", Static).update(
            line(
                (lead + self.groups[self.index].title, "$accent bold"),
                (f"   {self.index + 1} of {len(self.groups)}", "$quiet"),
            )
        )
        rows = [self._line(number, flag) for number, flag in enumerate(self.questions)]
        self.query_one("#question-lines", Static).update(lines(rows))
        concern = self.session.assessment().concern
        words = literal(note, "$warning") if note else keyed(WAYS).stylize("$quiet")
        speaks = [literal(said.words, "$warning bold")] if (said := self._speaks()) else []
        below = Content("\n\n").join([words, *speaks, *self._level(concern)])
        self.query_one("#question-note", Static).update(below)
        states = (PageState(one.title, self._answered(one.id), self._said_yes(one.id)) for one in self.groups)
        self.show_pages(states, self.index)
        self.refresh_banner()
        self._page = QuestionPage(TITLE, tuple(row.plain.count("\n") + 1 for row in rows), self._above(below))
        self._bring(self.row, self.row)

    def _above(self, note: Content) -> int:
        """Lines of the page above its note. Not measured on screen: the next key may come before it is laid out."""
        page = self.query_one("#questions")
        width = page.outer_size.width - page.gutter.width - page.styles.scrollbar_size_vertical  # a bar may come yet
        return page.content_size.height - len(note.wrap(max(1, width))) - self.query_one("#question-note").gutter.height

    def _bring(self, first: int, last: int) -> None:
        """Scroll these questions into sight above the note; the first of all with the title above it."""
        self._top = self._page.scrolled(self._top, first, last)
        questions = self.questions
        self._seen.update(questions[row].id for row in (first, *self._page.in_view(self._top)))
        self.call_after_refresh(lambda: self.query_one("#questions").scroll_to(y=self._top, animate=False))

    def _line(self, number: int, flag: RedFlag) -> Content:
        word, style = LOOK.get(self._answer(flag) or "", ("·", "$quiet"))
        here = number == self.row
        lead = line(
            ("▸ " if here else "  ", "$accent bold"),
            (f"{number + 1}  ", "$accent bold"),
            (word.ljust(10), style),
        )
        return clicked(hanging(lead, flag.ask, self.room, "bold" if here else ""), f"app.press('{number + 1}')")

    def _speaks(self) -> Speaks | None:
        return speaks_to(self.session, self.questions)

    def _level(self, concern: Concern) -> list[Content]:
        own = [literal(words, "$warning bold")] if (words := set_words(concern)) else []
        if concern.level == 0:
            return own
        action = next(action for action in self.session.library.red_flags.actions if action.level == concern.level)
        tone = "$error bold" if concern.stop else "$warning"
        rows = [line((f"Level {concern.level}: {action.name}. ", tone), action.do), *own]
        if concern.stop:
            rows.append(keyed(STOPPED, "$error"))
        return rows

    # -- keys --------------------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        if event.character and event.character in DIGITS and 1 <= int(event.character) <= len(self.questions):
            self.row = int(event.character) - 1
            self._put("no" if self._answer(self.questions[self.row]) == "yes" else "yes")
            event.stop()

    def _put(self, answer: str, note: str = "") -> None:
        flag = self.questions[self.row]
        self.session.put(Cell("@flags", field=flag.id), answer)
        self._draw(note)

    def action_yes(self) -> None:
        self._put("yes")

    def action_no(self) -> None:
        self._put("no")
        self.row = min(self.row + 1, len(self.questions) - 1)
        self._draw()

    def action_unknown(self) -> None:
        """Unknown counts only when asked twice."""
        flag = self.questions[self.row]
        if flag.id not in self._asked_again:
            self._asked_again.add(flag.id)
            self._draw(
                f"Ask once more in other words; {key_of('flags.unknown')} again records that the patient is not sure."
            )
            return
        counts = " It counts as yes." if flag.unknown_is_yes else " It is listed to ask again."
        self._put("unknown", f"Recorded as not sure.{counts}")

    def action_none(self) -> None:
        """No to every question of the group that is not answered yet, then on; never to one that was not in view, nor
        to one that was measured to be a yes.

        Out of the red flags leads another key: one press too many would be an answer on the next page.
        """
        if self._brings_more():
            return
        measured = said.flags if (said := self._speaks()) else ()
        unanswered = [flag for flag in self.questions if self._answer(flag) is None]
        for flag in unanswered:
            if flag.id not in measured:
                self.session.put(Cell("@flags", field=flag.id), "no")
        if left := [flag for flag in unanswered if flag.id in measured]:
            self.row = self.questions.index(left[0])
            self._draw(with_keys(MEASURED))
        elif self._all_asked():
            self._draw(with_keys(ALL_ASKED))
        else:
            self._go_on()

    def _all_asked(self) -> bool:
        last = self.index + 1 == len(self.groups)
        return last and flags_done(self.session) and not self.session.assessment().concern.stop

    def _brings_more(self) -> bool:
        """Bring open questions into view that were not; says whether there were any."""
        self._draw()  # a key typed ahead may come before the page was drawn with its sizes
        unseen = [row for row, flag in enumerate(self.questions) if not (self._answer(flag) or flag.id in self._seen)]
        if not unseen:
            return False
        self.row = unseen[0]
        last = self._page.as_far_as(self.row)
        count = sum(row <= last for row in unseen)
        more = "1 more question is" if count == 1 else f"{count} more questions are"
        self._draw(f"{more} in view now: ask {'it' if count == 1 else 'them'}, then {key_of('flags.none')}.")
        self._bring(self.row, last)
        return True

    def action_next(self) -> None:
        if not self._answered(self.groups[self.index].id):
            self._draw(f"Every question needs an answer: a digit for yes, {key_of('flags.none')} for none of the rest.")
            return
        self._go_on()

    def _go_on(self) -> None:
        self.row = 0
        following = [i for i, group in enumerate(self.groups) if not self._answered(group.id)]
        if self.index + 1 < len(self.groups):
            self.index += 1
            self._draw()
        elif following:
            self.index = following[0]
            self._draw()
        elif self._all_asked():
            self.instrument.go(after_flags(self.session))
        else:
            self._draw()

    def action_previous(self) -> None:
        self.action_turn_to(max(0, self.index - 1))

    def action_turn_to(self, page: int) -> None:
        self.index, self.row = page, 0
        self._draw()

    @property
    def marked_row(self) -> int:
        return self.row

    def move(self, by: int) -> None:
        self.row = max(0, min(self.row + by, len(self.questions) - 1))
        self._draw()

    def action_history(self) -> None:
        from assess_tui.screens.history import HistoryDialog

        asked = (*(flag.id for flag in self.questions), CONCERN.field)
        self.app.push_screen(HistoryDialog(self.session, ("@flags", CONCERN.test), asked))

    def action_undo(self) -> None:
        cell = self.session.to_undo()
        why = self.elsewhere(cell)
        if cell is None or why:
            self._draw(why)
            return
        if cell == CONCERN:
            self.session.undo()
            self._draw("The level set last is taken back.")
            return
        flag = next(flag for flag in self.session.library.red_flags.flags if flag.id == cell.field)
        self.index = next(n for n, group in enumerate(self.groups) if group.id == flag.group)
        self.row = self.questions.index(flag)
        self._draw(self.session.undo() or "")

    # -- the clinician's own level -----------------------------------------------------------------------------

    def action_raise_level(self) -> None:
        self._ask_level("Raise the level of concern", level.higher(self.session))

    def action_lower_level(self) -> None:
        self._ask_level("Lower the level of concern", level.lower(self.session))

    def _ask_level(self, title: str, choices: tuple[int, ...]) -> None:
        if not choices:
            self._draw(f"The level is {self.session.assessment().concern.level}: it goes no further.")
        elif len(choices) == 1:
            self._ask_why(title, choices[0])
        else:
            offered = ", ".join(str(one) for one in choices)
            ask = AskDialog(title, f"To which level: {offered}?", str(choices[0]))
            self.app.push_screen(ask, lambda typed: self._chosen(title, choices, typed))

    def _chosen(self, title: str, choices: tuple[int, ...], typed: str | None) -> None:
        chosen = next((one for one in choices if str(one) == typed), None)
        if chosen is not None:
            self._ask_why(title, chosen)
        elif typed is not None:
            self._draw(f"Type one of {', '.join(str(one) for one in choices)}; the level stays.")

    def _ask_why(self, title: str, to: int) -> None:
        lowering = to in level.lower(self.session)
        question = f"To level {to}, because:" if lowering else f"To level {to}, because (may stay empty):"
        ask = AskDialog(title, question, optional=not lowering)
        self.app.push_screen(ask, lambda why: self._reasoned(title, to, why, lowering=lowering))

    def _reasoned(self, title: str, to: int, why: str | None, *, lowering: bool) -> None:
        if why is None:
            return
        if not lowering:
            self._set_level(to, why, self.session.clinician)
            return
        ask = AskDialog(
            title, "Your name, as it stands in the record, the report and the letter:", self.session.clinician
        )
        self.app.push_screen(ask, lambda name: self._set_level(to, why, name))

    def _set_level(self, to: int, why: str, by: str | None) -> None:
        if by is not None:
            self._draw(level.set_level(self.session, to, why, by))
