"""One test by lines: every word of a line is an answer or a remark, taken in turn until one is refused."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

from assess_tui.entry.cells import as_side
from assess_tui.entry.step import COMPUTED_WITH, StepEntry
from assess_tui.entry.typed import Typed
from assess_tui.plain import words as told
from assess_tui.plain.step_pages import PAGES, explains, open_page
from assess_tui.plain.talk import whole
from assess_tui.plain.timing import OFFERS, Timing
from protocols.case import Absent
from protocols.grading import STOPS
from protocols.model import Questionnaire, Side, Test
from protocols.questionnaires import of_test
from protocols.route import side_done, sides
from protocols.visit import Cell

if TYPE_CHECKING:
    from assess_tui.plain.room import Room

ABSENT: Final[dict[str, Absent]] = {"n": "not_tested", "o": "pain", "x": "refused", "c": "contraindicated"}
REMARKS: Final[dict[str, Literal["compensated", "familiar"]]] = {"k": "compensated", "f": "familiar"}
NAMED: Final[dict[str, Side]] = {"l": "left", "left": "left", "r": "right", "right": "right"}
NUMBERED: Final = re.compile(r"[lr][-+]?[0-9.,].*")
"""A side and its number in one word: l32."""
FIRST_THE_NUMBER: Final = frozenset(("p", "/", "="))
"""Commands that wait for a number that was asked about."""
RAN_ON: Final = "The clock ran on with nobody looking. Enter keeps the longest time of the test, or type the time."
HIGHEST: Final = 10
"""Of a rating of pain."""


ANSWERED: Final = 0
"""In place of a step to the test after or before: a value leads to the next test still open."""
Done = tuple[int, bool]
"""How many words a command took, 0 where it was refused; and whether the test is answered with it."""
REFUSED: Final = (0, False)


class StepTalk:
    """The open cell is asked for until the test is answered or left."""

    def __init__(self, room: Room, test: Test, entry: StepEntry) -> None:
        self.room, self.session, self.talk = room, room.session, room.talk
        self.test, self.entry = test, entry
        self.entry.remarks.stop_key = "stop"
        self._last: Cell = entry.cell
        """The cell answered last."""
        self._touched: dict[Side, None] = {}
        """Sides that were answered and are not told yet, in turn."""
        self._stored = False
        """Whether the last line answered anything."""
        self._take_up()

    def take(self) -> int:
        """Ask until the last cell is filled or the test is left; returns the step to the next test, or ANSWERED."""
        while True:
            typed = self.room.ask(told.question(self.session, self.entry), explains(self.room, self.test))
            if typed in (["b"], ["next"]):
                return 1 if typed == ["next"] else -1
            answered = self._line(typed)
            self.session.waiting.leave(*self.entry.waits)  # at once: a line that is cut says nothing
            if answered:
                self.talk.say(told.difference(self.session, self.test), self._companion())
                return ANSWERED if self._stored else 1

    def _take_up(self) -> None:
        """What was typed here and not entered: a number waits again, half a rating of pain is told."""
        waits = self.session.waiting.at(self.test.id)
        if waits.cell.field == "pain":
            self.talk.say(f"{told.pain_of(waits.cell.side)}: {waits.text} was typed before and not entered.")
        elif waits.text:
            self.entry.take_up(waits.cell, waits.text)

    def _companion(self) -> str:
        worked_out = self.session.library.tests.get(COMPUTED_WITH.get(self.test.id, ""))
        return told.computed(self.session, worked_out) if worked_out is not None else ""

    # -- a line ------------------------------------------------------------------------------------------------------

    def _line(self, typed: list[str]) -> bool:
        """Take the words in turn; True once the test is answered."""
        self.entry.about, self._stored = None, False
        if not typed:
            return self._enter()
        finished = False
        while typed:
            used, done = self._word(typed)
            if not used:
                self._sum_up()
                self.talk.say(f"Not taken: {' '.join(typed[1:])[:40]}." if typed[1:] else "")
                return False
            finished = done
            typed = typed[used:]
        self._sum_up()
        return finished

    def _word(self, typed: list[str]) -> Done:
        """One command with what belongs to it."""
        head, rest = typed[0].casefold(), typed[1:]
        if head in NAMED:
            return (1, False) if self._side(NAMED[head]) else REFUSED
        if NUMBERED.fullmatch(head):
            return self._told(self._number(head[1:])) if self._side(NAMED[head[0]]) else REFUSED
        if head in ABSENT:
            self._last = self.entry.cell
            return self._told(self.entry.leave_out(ABSENT[head], self._why_not_safe() if typed == ["c"] else ""))
        if head in REMARKS:
            side = self.entry.subject
            return self._told(self.entry.toggle(REMARKS[head]), 1, side)
        if self.entry.buffer and head in FIRST_THE_NUMBER:
            return self._refuse(f"{self.entry.buffer} still waits: Enter keeps it, or type the number anew.")
        if head in ("p", "stop", "t"):
            return {"p": self._pain, "stop": self._stop, "t": self._note}[head](rest)
        if head in ("i", "=", "/", "start"):
            does = {"i": self._items, "=": self._same, "/": self._other, "start": self._start}
            return does[head]()
        if head in PAGES:
            self._sum_up()
            open_page(head, self.room, self.test)
            return 1, False
        return self._told(self._number(typed[0]))

    def _told(self, done: Typed, used: int = 1, side: Side | None = None) -> Done:
        """Say what a command did; what was refused takes no word, so that the rest of the line is not obeyed."""
        if done.stored:
            self._stored = True
            self._touched[side or as_side(self._last.side)] = None
        if done.tone:
            self._sum_up()
        self.room.said(done.say)
        return (used if done.stored and done.tone != "ask" else 0), done.finished

    def _refuse(self, why: str) -> Done:
        self._sum_up()
        self.talk.say(why)
        return REFUSED

    def _sum_up(self) -> None:
        """Each side that was answered in this line, once."""
        self.talk.say(*(told.side_words(self.session, self.test, side) for side in self._touched))
        self._touched.clear()

    # -- answers -----------------------------------------------------------------------------------------------------

    def _enter(self) -> bool:
        """Nothing typed: open what there is to open, keep what was asked about, or pass over."""
        self._last = self.entry.cell
        if self.entry.buffer:
            return self._told(self.entry.accept())[1]
        if self.questionnaire is not None and not self._answered():
            return self._items()[1]
        if self.test.timer == "up" and self.session.visit.value(self.entry.cell) is None:
            return self._start()[1]
        return self._told(self.entry.accept())[1]

    @property
    def questionnaire(self) -> Questionnaire | None:
        return of_test(self.session.library, self.test.id)

    def _answered(self) -> bool:
        return all(side_done(self.session.visit, self.test.id, side) for side in sides(self.test))

    def _number(self, text: str) -> Typed:
        """A number, or of a list the number or the word of the answer."""
        self._last = self.entry.cell
        self.entry.forget()
        if self.entry.choices and text.isdecimal():
            return self.entry.type(text) if text.isascii() and len(text) == 1 else self.entry.type("0")
        self.entry.buffer = text
        return self.entry.accept()

    def _why_not_safe(self) -> str:
        """Asked where nothing else stands in the line."""
        return self.talk.ask(f"Not safe, {self.entry.side}: why, in a few words? Enter gives no reason.")

    def _same(self) -> Done:
        self._last = self.entry.cell
        return self._told(self.entry.same())

    def _other(self) -> Done:
        """To the other side, or on where nothing is open there."""
        others = (side for side in sides(self.test) if side != self.entry.side)
        if all(side_done(self.session.visit, self.test.id, side) for side in others):
            return 1, True
        self.entry.other_side()
        return 1, False

    def _side(self, side: Side) -> bool:
        """Open this side: its first empty cell, else its first."""
        places = [place for place, cell in enumerate(self.entry.cells) if cell.side == side]
        if not places:
            self.talk.say("This test has no left and right: type the number alone.")
            return False
        empty = (place for place in places if self.session.visit.value(self.entry.cells[place]) is None)
        self.entry.forget()
        self.entry.index, self.entry.about = next(empty, places[0]), side
        return True

    # -- remarks -----------------------------------------------------------------------------------------------------

    def _pain(self, rest: list[str]) -> Done:
        side = self.entry.subject
        given = rest[:1] if rest and rest[0].isdecimal() else []
        typed = given[0] if given else self.talk.ask(f"{told.pain_of(side)}, 0 to 10? Enter changes nothing.")
        number = whole(typed)
        if number is None or number > HIGHEST:
            return self._refuse("Pain goes from 0 to 10; nothing was changed.")
        self.entry.ask_pain()
        digits = str(number)
        done = self.entry.type(digits[0])
        for digit in (*digits[1:], ""):
            done = done if done.stored else self.entry.type(digit) if digit else self.entry.accept()
        return self._told(done, 1 + len(given), side)

    def _stop(self, rest: list[str]) -> Done:
        """This side was stopped, and why; what was read is kept and does not count."""
        reasons = list(STOPS.values())
        given = rest[:1] if rest and rest[0].isdecimal() else []
        rows = (*(f"{number}. {reason}." for number, reason in enumerate(reasons, 1)), "0. not stopped.")
        asks = f"Stopped because, 0 to {len(reasons)}? Enter changes nothing."
        typed = given[0] if given else self.talk.pick(rows, asks)
        if typed not in [str(number) for number in range(len(reasons) + 1)]:
            return self._refuse(f"Reasons go from 1 to {len(reasons)}; nothing was changed.")
        self.entry.ask_stop()
        done = self.entry.type(typed)
        self.entry.forget()
        return self._told(done if done.stored else Typed("It was not stopped.", "refused"), 1 + len(given))

    def _note(self, rest: list[str]) -> Done:
        """The rest of the line is the note."""
        words = " ".join(rest) or self.talk.ask(f"Note beside this value? {self.entry.note} Enter changes nothing.")
        return self._told(self.entry.write(words), 1 + len(rest), self.entry.subject) if words else (1, False)

    # -- more than a line ----------------------------------------------------------------------------------------------

    def _items(self) -> Done:
        from assess_tui.plain.items import answer

        if self.questionnaire is None:
            return self._refuse("This test has no questions of its own.")
        answer(self.room, self.questionnaire)
        for side in sides(self.test):
            self.talk.say(told.side_words(self.session, self.test, side))
        self._stored = self._answered()
        return 1, self._stored

    def _start(self) -> Done:
        """The clock of the test; a time it gives lands in the open cell."""
        if self.test.timer not in OFFERS:
            return self._refuse("This test has no clock of its own here.")
        rang = Timing(self.room, self.test, self.entry.turn).run()
        self._last = self.entry.cell
        if rang.value is None:
            self.room.said(rang.say)
            return 1, False
        if rang.ask:
            return self._told(self.entry.propose(rang.value, RAN_ON))
        self.talk.say(f"{rang.value} s. {rang.say}")
        return self._told(self.entry.put_time(rang.value))
