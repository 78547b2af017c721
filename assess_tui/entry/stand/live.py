"""The minutes of standing: which row is open, what the readings ask for, when the test is over. No screen."""

from __future__ import annotations

from collections.abc import MutableMapping
from decimal import Decimal
from typing import Final, NamedTuple

from assess_tui.clock import Clock, minutes_seconds
from assess_tui.entry.stand.pages import SCREEN, at
from assess_tui.entry.stand.row import RATED, Did, Row, refused
from assess_tui.keyboard.words import key_of
from assess_tui.visit.session import VisitSession
from protocols.case import Reading, Stand
from protocols.standing import Alert, StandRun, alerts, full_schedule, new_run, rest_left, short_schedule
from protocols.visit import Cell, Value, stand

OXYGEN: Final = "spo2"
BEFORE_ANY: Final = Reading(minute=0)
"""Oxygen can be read before the first minute."""


class Beat(NamedTuple):
    """What a look at the clock brought."""

    say: str = ""
    bell: bool = False
    changed: bool = False
    """Another row is open, or the test is over: more than the clock is to be drawn."""


class Live:
    """The run of one visit's test and the row being typed. The run is kept outside, so that it outlives the screen."""

    def __init__(
        self, session: VisitSession, runs: MutableMapping[str, StandRun], clock: Clock, *, each_minute: bool = False
    ) -> None:
        self.session, self._runs, self.clock = session, runs, clock
        self._each_minute = each_minute
        self._key = session.visit.id
        self._runs.setdefault(self._key, self.new_run())
        self._forget()

    def _forget(self) -> None:
        """No row is open, nothing was rung and nothing told."""
        self.row: Row | None = None
        self.minute = 0
        """The minute of the open row; 0 when none is open."""
        self._opened = 0
        self._chosen = False
        self._rung = 0
        self._alerted: set[tuple[int, str]] = set()

    def begin_anew(self) -> None:
        """A test not begun yet: the row that was open at the end of another is not one of its own."""
        self.run = self.new_run()
        self._forget()

    @property
    def run(self) -> StandRun:
        return self._runs[self._key]

    @run.setter
    def run(self, run: StandRun) -> None:
        self._runs[self._key] = run

    def new_run(self) -> StandRun:
        """The test, or the pressure screen where that was chosen, not begun yet; its minutes as last chosen."""
        protocol, screen = self.session.library.stand, bool(self.session.visit.value(at(SCREEN)))
        run = new_run(protocol, screen=screen)
        return run.only(full_schedule(protocol)) if self._each_minute and not screen else run

    @property
    def each_minute(self) -> bool:
        """Whether full readings are due every minute."""
        return self.run.due == full_schedule(self.session.library.stand)

    @property
    def seconds(self) -> float:
        return self.clock.seconds()

    @property
    def stood(self) -> float:
        return self.run.stood(self.seconds)

    # -- the clock ---------------------------------------------------------------------------------------------

    def tick(self, every: float = 1.0) -> Beat:
        """Look at the clock; `every` is how often it is looked at, in seconds of that clock."""
        before = self.run
        self.run = before.tick(self.seconds, self.clock.now().timestamp(), every)
        if self.run.phase == "rest":
            return self._rested(before)
        if self.run.phase != "standing":
            return Beat()
        jumped = self.run.jumped - before.jumped
        say = f"The clock jumped {jumped:.0f} s (laptop asleep?). The next reading is marked." if jumped > 0 else ""
        return Beat(say, self._rings(), self.follow() or self._finish() or bool(say))

    def _rested(self, before: StandRun) -> Beat:
        """The moment the full rest is reached."""
        protocol = self.session.library.stand
        waited = before.heard is not None and rest_left(before, before.heard.at, protocol)[1] > 0
        reached = waited and not rest_left(self.run, self.seconds, protocol)[1]
        return Beat("The rest is complete.", bell=True) if reached else Beat()

    def _rings(self) -> bool:
        """Once for every minute with a full reading."""
        minute = self.run.minute_due(self.seconds)
        if minute == self._rung:
            return False
        self._rung = minute
        return minute in self.run.due

    def follow(self) -> bool:
        """Open the row the clock asks for; a reading begun keeps its row for a minute more."""
        minute = self.run.minute_open(self.seconds)
        if self.row is not None and self._stays(self.row, minute):
            return False
        if minute == 0 or self._row(minute).complete:
            had, self.row, self.minute = self.row, None, 0
            return had is not None
        return self._open(minute)

    def _stays(self, row: Row, minute: int) -> bool:
        if row.digits.text:
            return True
        patience = 2 if row.begun else 1
        return (self._chosen or not row.complete) and minute - self._opened < patience

    def _open(self, minute: int, *, chosen: bool = False) -> bool:
        self._chosen = chosen
        self.row, self.minute = self._row(minute), minute
        self._opened = self.run.minute_open(self.seconds)
        return True

    def _row(self, minute: int) -> Row:
        keys = RATED if minute in self.run.due else RATED[:1]
        return Row(self.session, at(f"minute.{minute}"), keys, self._stamp)

    def _stamp(self) -> dict[str, Value]:
        """The second a reading was taken; correcting it later does not move it."""
        if self.row is None or self.row.complete:
            return {}
        gap: dict[str, Value] = {"gap": True} if self.run.gap else {}
        return {"second": Decimal(int(self.stood)), **gap}

    def _finish(self) -> bool:
        last = self._row(self.run.last_minute)
        if not self.run.finished(self.seconds, last.complete):
            return False
        if self.row is not None and self.row.digits.text:
            self.row.accept()  # what waits for Enter when the time is over is kept, as on a step that is left
        self.session.put(at("completed"), True)
        self.run = self.run.end(self.seconds)
        return True

    # -- keys --------------------------------------------------------------------------------------------------

    def type(self, digit: str) -> Did:
        self.follow()
        return self._too_early() if self.row is None else self._kept(self.row.type(digit))

    def accept(self) -> Did:
        return self._too_early() if self.row is None else self._kept(self.row.accept())

    def missing(self) -> Did:
        return self._too_early() if self.row is None else self._kept(self.row.missing())

    def backspace(self) -> Did:
        return self._too_early() if self.row is None else self.row.backspace()

    def again(self) -> Did:
        """Take the last reading away and read it anew; what it held stays in the record."""
        minute = self.latest_minute
        if not minute:
            return refused("There is no standing reading yet.")
        self.session.withdraw(at(f"minute.{minute}"), "read again")
        self._open(minute, chosen=True)
        return Did(f"Minute {minute} is open again.", stored=True)

    @property
    def marked(self) -> int:
        """The minute that is open; between two of them the next one."""
        return self.minute or self.run.minute_open(self.seconds) + 1

    def move(self, by: int) -> Did:
        """Open the row before or after, to write a reading late or to correct one."""
        minute = self.marked + by
        if not 1 <= minute <= self.run.minute_open(self.seconds):
            return refused("There is no other minute to write yet.")
        self._open(minute, chosen=True)
        return Did(f"Minute {minute}.")

    def dizzy(self) -> Did:
        """Dizzy in the first 30 s: yes, or taken back."""
        cell = at("dizzy_first_30s")
        if self.session.visit.value(cell):
            self.session.withdraw(cell, "taken back")
            return Did("Dizzy in the first 30 s: taken back.", stored=True)
        self.session.put(cell, True)
        return Did("Dizzy in the first 30 s: yes.", stored=True)

    def oxygen(self, value: Decimal) -> Did:
        """Oxygen while standing, in percent, with the second it was read. It is no reading of a minute."""
        self.session.put(at(OXYGEN), {"spo2": value, "second": Decimal(int(self.stood))})
        return Did(f"Oxygen {value} %.", stored=True, bell=self._new_alert())

    def reopen(self, changed: Cell) -> None:
        """The record changed under the row: open it anew, or the minute of what was taken back."""
        head, _, minute = changed.field.partition(".")
        if head == "minute":
            self._open(int(minute), chosen=True)
        elif self.minute:
            self._open(self.minute, chosen=self._chosen)
        else:
            self.follow()

    def minutes(self) -> Did:
        """Full readings every minute, or at the fewest minutes that make a complete series."""
        protocol = self.session.library.stand
        if self.run.screen:
            return refused("The pressure screen has its readings at 1 and 3 min.")
        short, full = short_schedule(protocol), full_schedule(protocol)
        due = short if self.each_minute else full
        self.run, self._each_minute = self.run.only(due), due == full
        if self.row is not None and not self.row.begun:
            self._open(self.minute)
        if due == full:
            return Did("Full readings every minute.")
        return Did(f"Full readings at {', '.join(map(str, due))} min; in between the heart rate, if you like.")

    def _too_early(self) -> Did:
        upcoming = self.run.next_reading(self.seconds)
        when = f"The next one is due in {minutes_seconds(upcoming[1] + 0.999)}." if upcoming else "Nothing more is due."
        return refused(f"{self._so_far()} {when}")

    def _so_far(self) -> str:
        """What became of the reading: nobody may think that a pressure was kept where none was asked for."""
        if not self.latest_minute:
            return "No reading yet."
        if self.latest_minute in self.run.due:
            return "This reading is kept."
        more = "" if self.run.screen else f"; {key_of('stand.minutes')} asks for the rest of it"
        return f"Minute {self.latest_minute} asked for the heart rate alone, and that is kept{more}."

    def _kept(self, did: Did) -> Did:
        if not did.stored:
            return did
        if did.complete:
            self.run = self.run.read()
            self.row, self.minute = None, 0
            self.follow()
            self._finish()
        return did._replace(bell=self._new_alert())

    # -- what the readings say ---------------------------------------------------------------------------------------

    @property
    def stand(self) -> Stand:
        return stand(self.session.visit.cells) or Stand()

    @property
    def latest_minute(self) -> int:
        """The last minute with a reading; 0 before the first."""
        return max((row.minute for row in self.stand.standing), default=0)

    @property
    def latest(self) -> Reading | None:
        return max(self.stand.standing, key=lambda row: row.minute, default=None)

    def alerts(self) -> tuple[Alert, ...]:
        """What the last reading asks for, the most urgent first; nothing once the patient lies again."""
        latest, oxygen = self.latest, self.session.visit.value(at(OXYGEN), {}).get("spo2")
        if self.run.phase != "standing" or (latest is None and oxygen is None):
            return ()
        return alerts(self.stand, latest or BEFORE_ANY, self.session.age, self.session.library.stand, oxygen)

    def _new_alert(self) -> bool:
        now = {(self.latest_minute, alert.code) for alert in self.alerts() if alert.kind != "note"}
        new = bool(now - self._alerted)
        self._alerted |= now
        return new
