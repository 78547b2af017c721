"""What the page of a questionnaire shows, as Content. Drawing only."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from textual.content import Content

from assess_tui.entry.questionnaire import TEN, QuestionnaireEntry, answer_word
from assess_tui.keyboard.words import key_of
from assess_tui.text import clicked, hanging, keyed, line, lines, literal, on_row, tap_key
from protocols.case import Answered
from protocols.grading import level, plain_number
from protocols.model import Item, Side
from protocols.questionnaires import BEIGHTON, hypermobile, hypermobility_line, item_change

COLUMN, LAST, LAST_CHANGED = 7, 10, 18
"""Cells of an answer, of the last visit's answer beside it, and of that with what is said of the change."""
HEADINGS: dict[Side, str] = {"pre": "before", "post": "after"}


class QuestionnaireView:
    """One drawing of one page."""

    def __init__(self, entry: QuestionnaireEntry) -> None:
        self.entry = entry
        known = any(entry.last(item, side) for item in entry.items for side in entry.sides)
        self.beside = 0 if not known else LAST_CHANGED if entry.questionnaire.item_change else LAST

    def title(self) -> Content:
        """The title with how many are answered, and the line over the items or over their columns."""
        entry = self.entry
        answered = sum(1 for given in entry.answers(entry.side).values() if given.value is not None)
        side = f", {HEADINGS[entry.side]}" if entry.side in HEADINGS else ""
        head = line(
            (entry.questionnaire.title, "$accent bold"),
            (f"   {answered} of {len(entry.items)} answered{side}", "$quiet"),
        )
        return lines([head, line(*self._heads(), (entry.questionnaire.say, "$quiet"))])

    def _heads(self) -> Iterator[Content]:
        """The names of the columns, where there are two; a tap on the other one goes there."""
        for place, side in enumerate(side for side in self.entry.sides if side in HEADINGS):
            word = literal(("" if place else "  ") + HEADINGS[side].ljust(COLUMN + self.beside), "$quiet")
            yield word if side == self.entry.side else tap_key(word, "items.other")

    def rows(self, room: int) -> Content:
        answers = {side: self.entry.answers(side) for side in self.entry.sides}
        return lines(on_row(self._row(at, item, answers, room), at) for at, item in enumerate(self.entry.items))

    def _row(self, place: int, item: Item, answers: dict[Side, dict[str, Answered]], room: int) -> Content:
        here = place == self.entry.row
        given = [self._answer(item, side, answers[side].get(item.key), here=here) for side in self.entry.sides]
        lead = line(("▸ " if here else "  ", "$accent bold"), *given)
        ask = item.ask or (f"{key_of('items.name')}: name an activity" if here else "·")
        ask += "" if item.scored else " (optional)"
        return hanging(lead, ask, room, "bold" if here else "" if item.ask else "$quiet")

    def _answer(self, item: Item, side: Side, given: Answered | None, *, here: bool) -> Content:
        active, last = here and side == self.entry.side, self.entry.last(item, side)
        now, then = answer_word(given), answer_word(last)
        shown = f"{self.entry.buffer}_" if active and self.entry.buffer else now or ("_" if active else "·")
        style = "$accent bold" if active else "$success bold" if now else "$quiet"
        said = item_change(self.entry.questionnaire, last, given) if last and given else ""
        before = f"last {then} {said}" if then else ""
        return line((shown.ljust(COLUMN), style), (before.ljust(self.beside), "$quiet"))

    def note(self) -> Content:
        """What the answers make so far."""
        entry = self.entry
        still_open = len(entry.open_items(entry.side))
        if still_open:
            return line((f"{still_open} still open. ", "$quiet"), *self._how())
        if entry.score is None:
            return keyed("All rated. {items.next} goes back to the step.", "$quiet")
        return line((f"Score {plain_number(entry.score)}{self._band(entry.score)}. ", "bold"), self._typed())

    def _how(self) -> Iterator[Content]:
        if self.entry.yes_no:
            yield clicked(literal("1 yes, ", "$quiet"), "app.press('1')")
            yield clicked(literal("0 no, ", "$quiet"), "app.press('0')")
            yield keyed("{items.none}: no to the rest.", "$quiet")
            return
        ten = "; 1 then 0 is 10" if self.entry.item.highest >= TEN else ""
        yield literal(f"A digit rates{ten}.", "$quiet")
        if not self.entry.names_activities:
            yield keyed(" {items.none}: 0 to the rest.", "$quiet")

    def _band(self, score: Decimal) -> str:
        entry = self.entry
        test = entry.session.library.tests.get(entry.questionnaire.test)
        if entry.questionnaire.test == BEIGHTON:
            answers, age = entry.answers(entry.side), entry.session.age
            met = "met" if hypermobile(score, age, answers) else "not met"
            return f" · line at this age {hypermobility_line(age, answers)} · {met}"
        name = level(test.measure, score) if test is not None else ""
        return f" · {name}" if name else ""

    def _typed(self) -> Content:
        total = self.entry.total
        if total is None or total == self.entry.score:
            return Content("")
        said = f"A total of {plain_number(total)} was typed; "
        return line((said, "$warning"), keyed("{items.next} takes the score of the items.", "$warning"))
