"""The parts lying down: the rest, readings until two agree, oxygen, and the word to stand up."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from assess_tui.clock import minutes_seconds
from assess_tui.entry.stand.pages import against, at, count, lying, next_row
from assess_tui.entry.stand.part import NumberPart, Part, RowPart
from assess_tui.entry.stand.row import NAMES, Did, Digits, refused
from assess_tui.keyboard.words import key_of
from protocols.case import Supine
from protocols.standing import PLAUSIBLE, concordant, rest_left
from protocols.visit import Cell

if TYPE_CHECKING:
    from assess_tui.entry.stand.flow import StandEntry

CRISIS: Final = "bp_180"
"""A contraindication and a red flag alike."""
HABIT_S: Final = 2.0
"""Seconds after a value that closed by itself in which Enter may still be meant for it."""


class Rest(Part):
    """Lying still. The clock runs on while other screens are open."""

    id = "rest"

    @property
    def left(self) -> tuple[float, float]:
        """Seconds to the least and to the full rest."""
        return rest_left(self.live.run, self.live.seconds, self.session.library.stand)

    def accept(self) -> Did:
        least, full = self.left
        if least > 0:
            return refused(f"Too early: lie {minutes_seconds(least + 0.999)} more before the readings.")
        self.live.run = self.live.run.begin_readings(self.live.seconds)
        self.entry.open("lying")
        return Did(f"{minutes_seconds(full)} short of the full rest." if full > 0 else "", "warn", stored=True)


class Lying(RowPart):
    """Heart rate and pressure until the last two readings agree."""

    id = "lying"

    def __init__(self, entry: StandEntry) -> None:
        super().__init__(entry)
        self.row = next_row(self.session, "supine")

    def full(self) -> Did:
        agree = concordant(lying(self.session), self.session.library.stand)
        if agree:
            return self.entry.open("oxygen")
        high = self._very_high(lying(self.session)[-1])
        self.entry.open("lying")
        if high:
            return Did("Very high pressure. Read again in a minute; if it stays, there is no test.", "warn", True)
        say = "Read again in a minute." if agree is None else "The last two differ too much: read again in a minute."
        return Did(say, "" if agree is None else "warn", stored=True)

    def again(self) -> Did:
        """The last reading anew."""
        number = count(self.session, "supine")
        if not number:
            return refused("There is no lying reading yet.")
        self.session.withdraw(at(f"supine.{number}"), "read again")
        self.entry.open("lying")
        return Did(f"Reading {number} is open again.", stored=True)

    def _very_high(self, reading: Supine) -> bool:
        limits = self.session.library.stand.thresholds
        high = ((reading.sbp, "start_sbp_crisis"), (reading.dbp, "start_dbp_crisis"))
        return any(value is not None and value >= limits[key].value for value, key in high)


class Oxygen(NumberPart):
    """Once, where an oximeter is at hand; then the lying values decide whether the patient may stand."""

    id = "oxygen"

    def __init__(self, entry: StandEntry) -> None:
        super().__init__(entry)
        self.digits = Digits(NAMES["spo2"], PLAUSIBLE["spo2"])

    def type(self, digit: str) -> Did:
        did = super().type(digit)
        if isinstance(self.entry.part, Up):
            self.entry.part.habit_until = self.live.seconds + HABIT_S
        return did

    def keep(self, value: Decimal | None) -> Did:
        if value is not None:
            self.session.put(at("vitals"), {"spo2": value})
        words = {one.id: one.text for one in self.session.library.stand.contraindications}
        if words.get(CRISIS) in against(self.session).absolute:
            self.session.put(Cell("@flags", field=CRISIS), "yes")
        return self.entry.object() or self.entry.open("up")


class Up(Part):
    """Everything is ready; the clock starts when both feet are on the floor."""

    id = "up"
    habit_until = 0.0
    """Until then Enter is still meant for the oxygen, which closed by itself."""

    def accept(self) -> Did:
        if self.live.seconds < self.habit_until:
            self.habit_until = 0.0
            return refused(f"The oxygen is kept. {key_of('stand.next')}: both feet are on the floor.")
        hour = self.live.clock.now().hour
        self.session.put(at("time_of_day"), "morning" if hour < 12 else "afternoon")
        self.live.run = self.live.run.stand_up(self.live.seconds)
        return self.entry.open("standing")

    def again(self) -> Did:
        """One more lying reading after all."""
        return self.entry.open("lying")
