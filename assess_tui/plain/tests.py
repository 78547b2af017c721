"""The guided tests: one after the other, each answer graded and on record as it is typed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from assess_tui.clock import minutes_seconds
from assess_tui.entry.step import StepEntry
from assess_tui.entry.walk import Walk
from assess_tui.plain import words as told
from assess_tui.plain.step import ANSWERED, StepTalk
from assess_tui.visit.devices import device_words
from protocols.devices import CUFF
from protocols.questionnaires import UPRIGHT, of_test
from protocols.route import Step, step_done

if TYPE_CHECKING:
    from assess_tui.plain.room import Room
    from protocols.model import Test

STAND_SAYS: Final = {
    False: "Standing tolerance test: ten minutes standing after a lying rest, with heart rate, pressure and symptoms.",
    True: "3-minute pressure screen, not a stand test: readings at 1 and 3 minutes, after 5 minutes of lying rest.",
}
STAND_NEEDS: Final = "Before it: bed or plinth by the wall, chair in reach, a second adult in earshot."
STAND_EXPLAINS: Final = (
    "Enter opens the stand test, n leaves it out, i rates symptoms now. device: the cuff it is read with.",
    "next: the test after it, b: the test before.",
)


def take(room: Room) -> str:
    """Walk the route from the first open test; returns the findings once all is answered."""
    tests = _Tests(room)
    while not (place := tests.step()):
        pass
    return place


class _Tests:
    """The steps of the visit, one after the other."""

    def __init__(self, room: Room) -> None:
        self.room, self.session = room, room.session
        self.walk = Walk(self.session)
        asked, room.about = room.about, None
        if asked is not None and asked.test in self.session.library.tests:
            self.walk.add(asked.test)
        elif asked is not None and self.walk.has(asked.test):
            self.walk.open(asked.test)

    def step(self) -> str:
        """Take one step; returns the place to go to, "" for another step."""
        step, test = self.walk.step, self.walk.test
        self.session.event("at", step.test)
        by = self._stand(step) if test is None else self._test(step, test)
        if by is None:
            return "stand"
        moved = self.walk.go_on() if by == ANSWERED else self.walk.move(by)
        self.room.said(self.walk.shortened)
        return "" if moved or by < 0 else self._end()

    def _end(self) -> str:
        count = self.walk.turn_back()
        if not count:
            self.room.talk.say("Every test is answered.")
            return "findings"
        self.room.talk.say(f"{count} still open. n leaves a test out; f6 says the findings so far.")
        return ""

    # -- one step ----------------------------------------------------------------------------------------------------

    def _stand(self, step: Step) -> int | None:
        room, session = self.room, self.session
        done = "It is done; Enter opens its result." if step_done(step, session.visit) else ""
        cuff, says = _read_with(session.devices.cuff), f"{self._lead()} {STAND_SAYS[session.way.screens]}"
        room.show(lambda: (says, STAND_NEEDS, cuff, done), ("@stand",))
        while True:
            words = room.ask("Enter opens it, n leaves it out?", STAND_EXPLAINS, own="n")
            if words == ["device"]:
                from assess_tui.plain.devices import talk_about

                talk_about(room, kinds=CUFF)
                continue
            if not words:
                return None
            if words == ["n"]:
                session.leave_stand_out("not tested")
                room.talk.say("Stand test: not tested.")
                return ANSWERED
            if words in (["next"], ["b"]):
                return 1 if words == ["next"] else -1
            if words == ["i"] and (ratings := session.library.questionnaires.get(UPRIGHT)) is not None:
                from assess_tui.plain.items import answer

                answer(room, ratings)
            else:
                room.not_known(words)

    def _test(self, step: Step, test: Test) -> int:
        room, session = self.room, self.session
        room.warn()
        room.show(lambda: self._about(step, test), (test.id,))
        return StepTalk(room, test, StepEntry(session, test, room.house.settings.entry)).take()

    def _about(self, step: Step, test: Test) -> Iterator[str]:
        """What is said of a test when it opens."""
        session = self.session
        yield f"{self._lead()} {test.title}."
        yield step.pause
        yield f"What speaks against it: {step.caution}." if step.caution else ""
        yield f"{test.position.partition('. ')[0].rstrip('.')}."
        device = session.devices.read_with(test)
        yield _read_with(device_words(device, session.visit.date) if device is not None else "")
        yield f"Rest {minutes_seconds(test.timing.rest_s)} between the sides." if test.timing.rest_s else ""
        yield from (f"{number}. {name}." for number, name in enumerate(test.measure.categories, 1))
        yield from (told.side_words(session, test, side) for side in step.sides)
        if (items := of_test(session.library, test.id)) is not None and not step_done(step, session.visit):
            yield f"Enter opens its questions, {items.title}; or type the total."

    def _lead(self) -> str:
        return f"Test {self.walk.index + 1} of {len(self.walk.steps)}:"


def _read_with(words: str) -> str:
    """ "Read with Baseline."; "" where nobody said."""
    return f"{words[:1].upper()}{words[1:]}." if words else ""
