"""The questions of a questionnaire, one a line; the score follows from the answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from assess_tui.entry.questionnaire import LONGEST_WORDS, QuestionnaireEntry, answer_word
from protocols.grading import plain_number
from protocols.questionnaires import item_change

if TYPE_CHECKING:
    from assess_tui.entry.typed import Typed
    from assess_tui.plain.room import Room
    from protocols.model import Questionnaire

EXPLAINS: Final = (
    "A number, or y and n: the answer; several answers fit in one line.",
    "n none: no, or 0, to every question still open. a: name the activity, or correct its words.",
    "Enter: on. b: the question before. leave: back to the test; what is open stays open.",
)
SIDES: Final = {"pre": "before standing", "post": "after standing"}


def answer(room: Room, questionnaire: Questionnaire) -> None:
    """Ask item by item until nothing is open or the page is left."""
    items = _Items(room, QuestionnaireEntry(room.session, questionnaire))
    with room.talk.over(items.rows):
        while not items.ask():
            pass


class _Items:
    """The items, one of them open."""

    def __init__(self, room: Room, entry: QuestionnaireEntry) -> None:
        self.room, self.talk, self.entry = room, room.talk, entry

    def rows(self) -> Iterator[str]:
        """What is asked, and what was answered so far."""
        entry = self.entry
        yield f"{entry.questionnaire.title}. {entry.questionnaire.say}"
        yield "leave goes back to the test."
        answers = entry.answers(entry.side)
        for number, item in enumerate(entry.items, 1):
            if word := answer_word(answers.get(item.key)):
                yield f"{number}. {item.ask} {word}."

    def ask(self) -> bool:
        """One line; True once the page is done."""
        entry = self.entry
        if entry.names_activities and not entry.item.ask and entry.open_items(entry.side):
            return self._name()
        words = self.room.ask(self._question(), EXPLAINS, own="y")
        if words == ["leave"]:
            return True
        if not words:
            return self._enter()
        for place, word in enumerate(words):
            typed = self._one(word, words[place + 1 :])
            if typed is None:
                self.room.not_known(words[place:])
                break
            self.room.said(typed.say)
            if typed.tone == "refused" or (word == "n" and words[place + 1 :] == ["none"]):
                break
        return self._complete()

    def _complete(self) -> bool:
        """The score is said once nothing is open; the last answer can still be corrected."""
        entry = self.entry
        if entry.open_items(entry.side):
            return False
        other = next((side for side in entry.sides if entry.open_items(side) and side != entry.side), None)
        if other is not None:
            entry.other_side()
            return False
        if entry.score is None:
            return False
        self.talk.say(f"Score {plain_number(entry.score)}.")
        return self._enter()

    def _question(self) -> str:
        entry, item = self.entry, self.entry.item
        takes = "1 is yes, 0 is no" if entry.yes_no else f"0 to {item.highest}"
        given, last = entry.answers(entry.side).get(item.key), entry.last(item, entry.side)
        changed = item_change(entry.questionnaire, last, given) if last and given else ""
        told = (
            SIDES.get(entry.side, ""),
            takes,
            f"now {now}" if (now := answer_word(given)) else "",
            f"last visit {then} {changed}".strip() if (then := answer_word(last)) else "",
        )
        optional = "" if item.scored else " (optional)"
        where = f"Question {entry.row + 1} of {len(entry.items)}: "
        return f"{where}{item.ask}{optional} {', '.join(part for part in told if part)}?"

    def _name(self) -> bool:
        words = self.talk.ask(
            f"Activity {self.entry.row + 1}: something the patient finds hard to do, in the patient's words, up to "
            f"{LONGEST_WORDS} letters? Enter leaves the rest."
        )
        if not words:
            return True
        self.room.said(self.entry.name(words).say)
        return False

    def _enter(self) -> bool:
        typed = self.entry.accept()
        self.room.said(typed.say)
        return typed.finished

    def _one(self, word: str, after: list[str]) -> Typed | None:
        """One answer or command; None where it is neither."""
        entry, head = self.entry, word.casefold()
        if head.isdecimal() and head.isascii() and len(head) <= 2:
            return self._number(head)
        if head == "n" and after == ["none"]:
            return entry.none_left()
        if head in ("y", "yes", "n", "no") and entry.yes_no:
            return entry.put(head.startswith("y"))
        if head == "b":
            return entry.move(-1)
        if head == "a" and entry.names_activities:
            return entry.name(self.talk.ask(f"Activity, now “{entry.item.ask}”?") or entry.item.ask)
        return None

    def _number(self, digits: str) -> Typed:
        """All the digits are one answer."""
        typed = self.entry.type(digits[0])
        for digit in digits[1:]:
            typed = self.entry.type(digit) if typed.tone == "ask" else typed._replace(say="One number at a time.")
        return self.entry.accept() if typed.tone == "ask" else typed
