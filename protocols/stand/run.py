"""The run of a stand test: which part it is in, and which reading is due, over seconds it is given.

Every event gives a new run, so a run can be kept, compared and tested without a clock. Seconds are monotonic; nothing
is ever counted from ticks, so a late, missing or doubled tick changes no time.
"""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal
from typing import Final, Literal, NamedTuple

import msgspec

from protocols.model import StandProtocol
from protocols.stand.progress import schedule
from protocols.stand.series import limit

Phase = Literal["before", "rest", "lying", "standing", "over"]

PLAUSIBLE: Final[dict[str, tuple[int, int]]] = {
    "hr": (25, 250),
    "sbp": (50, 260),
    "dbp": (30, 160),
    "symptoms": (0, 10),
    "spo2": (50, 100),
}
"""What a reading can be: bpm, mmHg, mmHg, 0-10, percent. Anything else is a slip of the hand, never a finding."""

LATE_S: Final = 5.0
"""A tick this much late, or a wall clock this far ahead of the count: the laptop was asleep."""
EARLY_S: Final = 15.0
"""A reading begun this long before its minute belongs to it: it completes when the minute has come."""
LAST_READING_S: Final = 60.0
"""How long the reading of the last minute is waited for; then the test is over without it."""


class Heard(NamedTuple):
    """When the screen last looked at the clock: the count, and the wall clock beside it, both in seconds."""

    at: float
    wall: float


class StandRun(msgspec.Struct, frozen=True, kw_only=True):
    """One stand test under way."""

    due: tuple[int, ...]
    """The minutes of a full reading, in order; the last one ends the test."""
    screen: bool = False
    """A pressure screen: the least rest is the whole of it."""
    rest_from: float | None = None
    readings_from: float | None = None
    standing_from: float | None = None
    ended: float | None = None
    heard: Heard | None = None
    jumped: float = 0.0
    """Seconds the clock jumped before the reading now due; 0 when it did not."""

    # -- events ------------------------------------------------------------------------------------------------

    def lie_down(self, at: float) -> StandRun:
        return msgspec.structs.replace(self, rest_from=at)

    def begin_readings(self, at: float) -> StandRun:
        return msgspec.structs.replace(self, readings_from=at)

    def stand_up(self, at: float) -> StandRun:
        """Both feet are on the floor."""
        return msgspec.structs.replace(self, standing_from=at, heard=None, jumped=0.0)

    def end(self, at: float) -> StandRun:
        """Stopped or completed; a run ends once, at the first of them."""
        return self if self.ended is not None else msgspec.structs.replace(self, ended=at)

    def tick(self, at: float, wall: float, every: float = 1.0) -> StandRun:
        """The clock was looked at. While standing, a look that comes late by more than `LATE_S` is a gap."""
        jump = self._jump(at, wall, every) if self.phase == "standing" else 0.0
        return msgspec.structs.replace(self, heard=Heard(at, wall), jumped=self.jumped + jump)

    def read(self) -> StandRun:
        """A reading is complete: a gap before it does not mark the next one."""
        return msgspec.structs.replace(self, jumped=0.0) if self.jumped else self

    def only(self, due: tuple[int, ...]) -> StandRun:
        """The same run with full readings at other minutes."""
        return msgspec.structs.replace(self, due=due)

    def _jump(self, at: float, wall: float, every: float) -> float:
        if self.heard is None:
            return 0.0
        passed = at - self.heard.at
        late = max(passed - every, wall - self.heard.wall - passed)
        return late if late > LATE_S else 0.0

    # -- what it says --------------------------------------------------------------------------------------------

    @property
    def phase(self) -> Phase:
        if self.ended is not None:
            return "over"
        if self.standing_from is not None:
            return "standing"
        if self.readings_from is not None:
            return "lying"
        return "before" if self.rest_from is None else "rest"

    @property
    def gap(self) -> bool:
        return self.jumped > 0

    def rested(self, at: float) -> float:
        """Seconds lying; 0 before."""
        if self.rest_from is None:
            return 0.0
        return (at if self.standing_from is None else self.standing_from) - self.rest_from

    def stood(self, at: float) -> float:
        """Seconds standing, to the end of the test; 0 before."""
        if self.standing_from is None:
            return 0.0
        return (at if self.ended is None else self.ended) - self.standing_from

    @property
    def last_minute(self) -> int:
        return self.due[-1]

    def minute_due(self, at: float) -> int:
        """The minute whose reading is due: the whole minutes stood, 0 in the first, never past the last."""
        return min(int(self.stood(at) // 60), self.last_minute)

    def minute_open(self, at: float) -> int:
        """The minute a reading begun now belongs to; 0 while it is too early for the first."""
        return min(int((self.stood(at) + EARLY_S) // 60), self.last_minute)

    def next_reading(self, at: float) -> tuple[int, float] | None:
        """The next minute of a full reading and the seconds to it; None when the last is due."""
        stood = self.stood(at)
        return next(((minute, minute * 60 - stood) for minute in self.due if minute * 60 > stood), None)

    def finished(self, at: float, complete: bool) -> bool:
        """Whether the test is over: the last reading is in, or it did not come in its minute."""
        stood = self.stood(at)
        return stood >= self.last_minute * 60 + (0 if complete else LAST_READING_S)

    def stopped_minute(self) -> Decimal:
        """Minutes stood when the run ended, to a thousandth and never rounded up to a minute not reached.

        At most the last minute: waiting for its reading is no longer the test.
        """
        seconds = Decimal(str(round(self.stood(0.0), 6))) if self.ended is not None else Decimal(0)
        minutes = (seconds / 60).quantize(Decimal("0.001"), rounding=ROUND_DOWN)
        return min(minutes, Decimal(self.last_minute)).normalize() + 0


def full_schedule(protocol: StandProtocol) -> tuple[int, ...]:
    """A full reading every minute."""
    return schedule(protocol)


def short_schedule(protocol: StandProtocol) -> tuple[int, ...]:
    """The fewest minutes that make a complete series: the first of every stretch, and the end of the last one."""
    *stretches, last = protocol.windows
    return (*(stretch.first for stretch in stretches), last.last)


def screen_schedule(protocol: StandProtocol) -> tuple[int, ...]:
    """The minutes of a pressure screen: those of the short schedule by which a classical fall has shown, 1 and 3."""
    by = limit(protocol, "classical_by_min")
    return tuple(minute for minute in short_schedule(protocol) if minute <= by)


def new_run(protocol: StandProtocol, *, screen: bool = False) -> StandRun:
    """A test, or a pressure screen, not begun yet: full readings at the fewest minutes that make a complete series."""
    return StandRun(due=screen_schedule(protocol) if screen else short_schedule(protocol), screen=screen)


def rest_left(run: StandRun, at: float, protocol: StandProtocol) -> tuple[float, float]:
    """Seconds of lying still needed before readings may begin, and to the full rest; 0 where reached."""
    rested = run.rested(at)
    least, full = (float(limit(protocol, key)) for key in ("rest_min_s", "rest_min_s" if run.screen else "rest_s"))
    return max(0.0, least - rested), max(0.0, full - rested)
