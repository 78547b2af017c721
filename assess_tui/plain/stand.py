"""The stand test by lines: one question after the other, the time said at each reading, s is STOP at any of them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from assess_tui.entry.intake import held
from assess_tui.entry.stand.before import Override, Questions
from assess_tui.entry.stand.flow import StandEntry
from assess_tui.entry.stand.pages import at
from assess_tui.entry.stand.row import Did, Digits
from assess_tui.plain import stand_words as told
from assess_tui.plain.stand_stop import stopped
from assess_tui.plain.talk import spoken, whole

if TYPE_CHECKING:
    from assess_tui.plain.room import Room

OWN: Final = {"standing": "suyv", "upright": "suy"}
"""Letters that mean something else than everywhere, by part; in every other part s and u."""
STAY: Final = "The patient is standing: s stops the test, then you can leave."
MINUTES, EACH_MINUTE, FEWEST = "stand_minutes", "each", "fewest"
"""The setting that remembers at which minutes this clinic reads, and what it holds."""
EXPLAINS: Final = (
    "s: STOP, at any moment; s and a number: STOP, and why.",
    "Type a number and Enter. Several fit in one line: 95 112 76 2. n: missing, or no. u: the last answer back.",
    "r: the last reading again. m: full readings every minute, or at the fewest that count.",
    "While the patient stands: d dizzy in the first 30 seconds, v oxygen, prev and next open another minute.",
    "b: the question before. e: the evidence. where: where the visit is.",
)


def take(room: Room) -> str:
    """Talk until the test is over, left out or left; returns the place to go to."""
    room.about = None
    room.session.event("at", "@stand")
    stand = _Stand(room)
    room.opens(stand.page, ("@stand",))
    try:
        while not (place := stand.line()):
            pass
    finally:
        room.stay = ""
    return place


class _Stand:
    """The part of the test that is open, asked line by line."""

    def __init__(self, room: Room) -> None:
        self.room, self.session, self.talk = room, room.session, room.talk
        record = room.record
        self.entry = StandEntry(
            room.session,
            room.house.stand_runs,
            room.clock,
            record.setting("stand_protocol", "lean") or "",
            each_minute=record.setting(MINUTES) == EACH_MINUTE,
        )
        room.said(self.entry.left_typed().say)
        self._page: object = None
        self._said_minute = self._said_left = 0
        self._refused = False
        self._alerted: set[tuple[int, str]] = set()
        # Without a wait between lines a pause cannot be told from a laptop that slept, but for the two clocks apart.
        self._every_s = getattr(room.clock, "speed", 1.0) if room.talk.waits else math.inf

    # -- one line ----------------------------------------------------------------------------------------------------

    def line(self) -> str:
        """Ask once and do what was typed; returns the place to go to, "" to stay."""
        self.talk.say(*self._opened())
        part = self.entry.part.id
        words = self.room.ask(
            told.question(self.entry), EXPLAINS, own=OWN.get(part, "su"), every=self._look, again=self._again
        )
        self.talk.say(*self._look())
        if not words:
            return self._do(self._accept)
        return self._words(words)

    def _again(self) -> str:
        return told.AGAIN.get(self.entry.part.id) or told.question(self.entry)

    def page(self) -> Iterator[str]:
        """What is heard again: the part that is open, its ticks or its last reading."""
        yield from told.opening(self.entry)
        yield from self._ticks()
        if self.entry.part.id in ("lying", "standing", "recovery") and told.readings(self.entry):
            yield from told.reading(self.entry, self.entry.part.id)

    def _opened(self) -> Iterator[str]:
        """What is said once when a part or a page of it opens."""
        part = self.entry.part
        self.room.stay = STAY if self.entry.standing else ""
        page: object = (part.id, part.index) if isinstance(part, Questions) else part.id
        if page != self._page:
            self._page = page
            yield from told.opening(self.entry)

    def _words(self, words: list[str]) -> str:
        """Each word in turn; the rest of the line is dropped, and said to be, once one is refused."""
        if words[0] == "s":
            return self._stop(words[1:])
        part = self.entry.part
        if words[0] == "o" and isinstance(part, Override):
            why = " ".join(words[1:]) or self.talk.ask("Why is the test done all the same? Enter changes nothing.")
            return self._do(lambda: part.because(why)) if why else ""
        for place, word in enumerate(words):
            key = self._key(word)
            if key is None:
                self.room.not_known(words[place:])
                return ""
            goes = self._do(key)
            if goes or self._refused:
                self.talk.say(f"Not taken: {' '.join(words[place:])[:40]}." if words[place + 1 :] else "")
                return goes
        return ""

    def _key(self, word: str) -> Callable[[], Did] | None:
        """What a word does in the part that is open now."""
        part, live = self.entry.part, self.entry.live
        if word.isdecimal() and word.isascii():
            return lambda: self._number(word)
        standing = {"d": live.dizzy, "v": part.oxygen, "prev": lambda: part.move(-1), "next": lambda: part.move(1)}
        keys: dict[str, Callable[[], Did]] = {
            "n": part.missing,
            "no": part.missing,
            "y": part.yes,
            "yes": part.yes,
            "r": part.again,
            "u": self.entry.undo,
            "b": part.back,
            "e": self._evidence,
            **({"m": self._minutes} if part.id in ("rest", "lying", "up", "standing") else {}),
            **(standing if part.id == "standing" else {}),
        }
        return keys.get(word.casefold())

    def _number(self, word: str) -> Did:
        """All of the word is one number: nothing of it belongs to the next cell."""
        part = self.entry.part
        if whole(word) is None:
            return Did(f"{word[:10]} and more digits are no reading.", "refused")
        if (digits := self._digits()) is not None:
            digits.text = word
            return part.accept()
        if part.id == "standing":
            return part.accept()  # which says when the next reading is due
        return part.type(word) if len(word) == 1 else Did(f"{word[:10]} is not asked for here.", "refused")

    def _digits(self) -> Digits | None:
        part, live = self.entry.part, self.entry.live
        if part.digits is not None:
            return part.digits
        if part.id == "standing":
            live.follow()
            return live.row.digits if live.row is not None else None
        return part.row.digits if part.row is not None else None

    def _accept(self) -> Did:
        return self.entry.part.accept()

    # -- what a word did ---------------------------------------------------------------------------------------------

    def _do(self, key: Callable[[], Did]) -> str:
        """Do it, say what it did, and what the readings ask for now; returns the place to go to."""
        before, part = told.readings(self.entry), self.entry.part.id
        did = key()
        self._refused = did.tone == "refused"
        if told.readings(self.entry) > before:
            self.talk.say(*told.reading(self.entry, part))
        self.room.said(did.say)
        self.talk.say(*self._ticks(), *self._alerts())
        self._remember()
        return did.go

    def _ticks(self) -> Iterator[str]:
        part = self.entry.part
        if isinstance(part, Questions) and part.page.kind == "ticks" and self._page == (part.id, part.index):
            yes = [choice.text for choice in part.page.choices if held(self.session, choice)]
            yield f"Ticked: {'; '.join(yes)}." if yes else "Nothing is ticked."

    def _alerts(self) -> Iterator[str]:
        """Each alert once, the most urgent first."""
        for alert in self.entry.live.alerts():
            seen = (self.entry.live.latest_minute, alert.code)
            if alert.kind != "note" and seen not in self._alerted:
                self._alerted.add(seen)
                yield spoken(f"STOP? {alert.text} s stops." if alert.kind == "stop" else f"Ask: {alert.text}")

    def _remember(self) -> None:
        """What this clinic chose is offered next time."""
        chosen, record = self.session.visit.value(at("protocol")), self.room.record
        if chosen is not None and record.setting("stand_protocol") != chosen:
            record.set_setting("stand_protocol", chosen)

    def _minutes(self) -> Did:
        did, live = self.entry.live.minutes(), self.entry.live
        if not live.run.screen:
            self.room.record.set_setting(MINUTES, EACH_MINUTE if live.each_minute else FEWEST)
        return did

    def _evidence(self) -> Did:
        from assess_tui.plain.evidence import tell

        tell(self.room, None)
        return Did()

    def _stop(self, rest: list[str]) -> str:
        """The clock first; all else comes after it."""
        did = self.entry.stop()
        self.room.stay = ""
        stopped(self.room, self.entry, rest)
        return did.go

    # -- the clock ---------------------------------------------------------------------------------------------------

    def _look(self) -> list[str]:
        """What the clock asks to be said."""
        did = self.entry.look(self._every_s)
        said = [spoken(did.say), *self._due(), *self._alerts()]
        opened = list(self._opened())
        return [one for one in (*said, *opened) if one]

    def _due(self) -> Iterator[str]:
        """The time, where a reading is due or the rest has gone on for a minute."""
        live = self.entry.live
        if self.entry.part.id == "rest":
            left = math.ceil(max(told.rest_left_s(self.entry)) / 60)
            if left != self._said_left and live.run.rested(live.seconds) > 1:
                self._said_left = left
                yield f"{left} min of the rest left." if left else ""
        elif self.entry.standing and live.minute != self._said_minute:
            self._said_minute = live.minute
            yield told.due(self.entry)
