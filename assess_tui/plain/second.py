"""A second rater measures by lines: the first values and the last visit's are not said until every side is read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from assess_tui.entry.second import SecondEntry, first_sides, name_rater
from assess_tui.plain import words as told
from assess_tui.plain.timing import OFFERS, Timing
from protocols.agreement import repeatable
from protocols.grading import as_decimal
from protocols.visit import RATER

if TYPE_CHECKING:
    from assess_tui.entry.typed import Typed
    from assess_tui.plain.room import Room
    from protocols.model import Test

HIDDEN: Final = "The first values and the last visit's are told once every side is read."
EXPLAINS: Final = (
    "Type the number, then Enter; several fit in one line. Enter alone ends a side with fewer trials than meant.",
    "/: the other side. start: the clock. u: the last value of this page back. leave: back to the step.",
)


def measure(room: Room, test: Test) -> None:
    """Ask who measures, then side by side; at the end both values of each side."""
    if not repeatable(test):
        room.talk.say("This test gives no number that two raters could compare.")
    elif not first_sides(room.session, test):
        room.talk.say("The first rater's values come first.")
    elif RATER in room.session.visit.cells or _named(room):
        second = _Second(room, test)
        with room.talk.over(second.rows):
            while second.line():
                pass
        room.talk.say(*second.result())


def _named(room: Room) -> bool:
    """Who it is, asked once a visit; False leaves."""
    while name := room.talk.ask("The second rater's name, as it stands in the record? Enter goes back."):
        if not (refused := name_rater(room.session, name)):
            return True
        room.talk.say(refused)
    return False


class _Second:
    """The sides the first rater has measured, one of them open."""

    def __init__(self, room: Room, test: Test) -> None:
        self.room, self.talk, self.test = room, room.talk, test
        self.entry = SecondEntry(room.session, test, right_first=room.house.settings.entry.right_first)

    def rows(self) -> Iterator[str]:
        """As the first rater had them: position and steps."""
        yield f"{self.test.name}, second rater: {self.entry.rater}. {HIDDEN}"
        yield f"Position: {self.test.position}"
        yield from (f"Step {number}: {step}" for number, step in enumerate(self.test.steps, 1))

    def line(self) -> bool:
        """Take one line; False once every side is read, or the page is left."""
        if self.entry.done:
            return False
        typed = self.talk.ask(self._question(), explains=" ".join(EXPLAINS)).split()
        if typed in (["leave"], ["b"], ["q"]):
            return False
        if not typed:
            self.room.said(self.entry.accept().say)
        for place, word in enumerate(typed):
            done = self._word(word.casefold())
            self.room.said(done.say)
            if done.tone == "refused":
                self.talk.say(f"Not taken: {' '.join(typed[place + 1 :])[:40]}." if typed[place + 1 :] else "")
                break
        return True

    def _question(self) -> str:
        turn = self.entry.turn.replace(" · ", ", ")
        parts = (turn[:1].upper() + turn[1:] or "Value", told.limits(self.test), OFFERS.get(self.test.timer, ""))
        waits = f"Enter keeps {self.entry.buffer}" if self.entry.buffer else ""
        return ", ".join(part for part in (*parts, waits) if part) + "?"

    def _word(self, word: str) -> Typed:
        if word == "/":
            return self.entry.other_side()
        if word == "u":
            return self.entry.undo()
        if word == "start" and self.test.timer in OFFERS:
            rang = Timing(self.room, self.test).run()
            self.talk.say(rang.say)
            return self.entry.put(rang.value) if rang.value is not None else self.entry.clear()
        self.entry.buffer = word
        return self.entry.accept()

    def result(self) -> Iterator[str]:
        """Both values of each side, where every side was read."""
        if not self.entry.done:
            yield "What was read is kept; blind goes on with it."
            return
        pairs = self.entry.pairs()
        yield "" if pairs else "The two values make no pair: they were read with different devices."
        for pair in pairs:
            first, second, apart = (
                told.amount(as_decimal(value), self.test.measure.unit)
                for value in (pair.first, pair.second, pair.difference)
            )
            yield f"{told.SIDES[pair.side]}: first {first}, second {second}, difference {apart}."
