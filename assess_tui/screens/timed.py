"""A page whose test has a clock: what the clock brings to the open cell, and what waits while it runs."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from assess_tui.entry.timer import Follows, Rang
from assess_tui.entry.typed import Typed
from assess_tui.keyboard.words import with_keys
from assess_tui.screens.timer_face import TimerFace
from assess_tui.screens.typing import Typing, TypingScreen
from assess_tui.views.timer import Timed

if TYPE_CHECKING:
    from protocols.visit import Cell

CLOCK_RUNS = "The clock is running: {step.timer} ends it, {step.erase} throws it away."


class TimedEntry(Timed, Typing, Protocol):
    """What the clock brings its times and counts to."""

    @property
    def cell(self) -> Cell:
        """The open one."""

    @property
    def empty(self) -> bool:
        """Whether there is something to time in it."""

    @property
    def asks(self) -> bool:
        """Whether digits answer a question now."""

    def open_cell(self, cell: Cell) -> None: ...

    def count(self) -> Typed: ...

    def clear(self) -> Typed: ...

    def propose(self, value: Decimal, say: str) -> Typed: ...

    def put_time(self, value: Decimal) -> Typed: ...

    def keep_typed(self) -> Typed: ...

    def still_waits(self) -> Typed: ...


class TimedScreen(TypingScreen):
    """One key starts it, keeps each trial in its cell and waits for the next."""

    @property
    def typing(self) -> TimedEntry | None:
        raise NotImplementedError  # each page has its own

    @property
    def clock_face(self) -> TimerFace:
        return self.query_one(TimerFace)

    def on_timer_face_came(self, message: TimerFace.Came) -> None:
        if message.timer is self.clock_face.timer:  # a key on the way here may have opened another test
            self._rang(message.rang)

    @property
    def counting(self) -> bool:
        """Whether repetitions are being counted: they are no value yet."""
        face = self.clock_face
        return face.runs and face.timer is not None and face.timer.kind == "count"

    def keep_typed(self) -> str:
        """A number that waits for Enter is kept; what is refused, in doubt or still timed says so."""
        entry = self.typing
        if entry is None:
            return ""
        if self.counting and entry.buffer:
            return entry.still_waits().say
        typed = entry.keep_typed()
        if typed.stored or typed.tone:
            self.after(typed._replace(finished=False))
        return typed.say if typed.tone else with_keys(CLOCK_RUNS) if self.clock_face.runs else ""

    def refuses(self, *, leaves: bool = False) -> bool:
        """Nothing is typed into a cell that is being timed, and it is not left: one time would be lost."""
        timed = self.clock_face.times_a_hold and self.typing is not None and (leaves or not self.typing.asks)
        if timed:
            self.after(Typed(with_keys(CLOCK_RUNS), "ask"))
        return timed

    def type(self, character: str) -> None:
        """A sign that completes a value goes on by itself, where that is wished."""
        entry = self.typing
        if entry is not None and not self.refuses():
            self.keep(lambda: entry.type(character))

    def action_erase(self) -> None:
        if self.typing is not None:
            self.after(self.typing.clear() if self.clock_face.drop() else self.typing.backspace())

    def action_timer(self) -> None:
        """Start; then end, and the time lands in the open cell. A number that waits for Enter is kept before it."""
        entry, face = self.typing, self.clock_face
        if entry is None or face.timer is None:
            return
        if entry.buffer and not face.runs and face.timer.kind != "count":
            typed = entry.keep_typed()
            self.after(typed)
            if typed.tone or typed.finished or not entry.empty:
                return
        if not face.runs:
            face.timer.cell = entry.cell
        self._rang(face.press())

    def end_hold(self) -> None:
        """Enter: keep the time, and show the step again."""
        self.action_timer()
        self.clock_face.put_away()

    def _rang(self, rang: Rang) -> None:
        entry = self.typing
        if entry is None:
            return
        if rang.value is not None:
            self._to_where_it_began(entry)
        if rang.counted:
            self.after(entry.count())
        elif rang.value is None:
            self.after(Typed(rang.say))
        elif rang.ask:
            self.after(entry.propose(rang.value, rang.say))
        else:
            self._land(entry, rang.value, rang.say)

    def _to_where_it_began(self, entry: TimedEntry) -> None:
        timer = self.clock_face.timer
        if timer is not None and timer.cell is not None:
            entry.open_cell(timer.cell)

    def _land(self, entry: TimedEntry, value: Decimal, say: str) -> None:
        cell = entry.cell
        typed = entry.put_time(value)
        if typed.stored:
            same: Follows = "trial" if entry.cell.side == cell.side else "side"
            self.clock_face.landed(cell, self.session.visit.value(cell), same if entry.empty else "")
        self.after(typed._replace(say=typed.say or say))

    def keep(self, key: Callable[[], Typed]) -> None:
        """Store what was typed; where that ends what was timed, the rest before the other side comes."""
        entry, timed = self.typing, self.clock_face.runs
        side = entry.cell.side if entry is not None else ""
        typed = key()
        if timed and typed.stored and entry is not None:
            self.clock_face.drop()
            if entry.cell.side != side and not typed.finished:
                self.clock_face.rest()
        self.after(typed)
