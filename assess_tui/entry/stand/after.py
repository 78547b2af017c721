"""The parts once the patient stands, and after: the minutes, three questions lying down, the result."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from assess_tui.entry.stand.pages import PAIN, at, count, next_row
from assess_tui.entry.stand.part import NumberPart, Part, RowPart
from assess_tui.entry.stand.row import NAMES, Did, Digits, refused
from assess_tui.keyboard.words import key_of
from protocols.standing import PLAUSIBLE

if TYPE_CHECKING:
    from assess_tui.entry.stand.flow import StandEntry

MOST_RECOVERY: Final = 2
"""Readings after lying down again; none is needed."""


class Standing(Part):
    """The ten minutes: every key goes to the live run."""

    id = "standing"

    def __init__(self, entry: StandEntry) -> None:
        super().__init__(entry)
        self.live.follow()

    def type(self, digit: str) -> Did:
        if self.digits is not None:
            return self._keep_oxygen() if self.digits.type(digit) else Did()
        return self.entry.over(self.live.type(digit))

    def backspace(self) -> Did:
        if self.digits is None:
            return self.live.backspace()
        if not self.digits.backspace():
            self.digits = None
        return Did()

    def accept(self) -> Did:
        if self.digits is not None:
            return self._keep_oxygen()
        return self.entry.over(self.live.accept())

    def missing(self) -> Did:
        if self.digits is not None:
            self.digits = None
            return Did("Oxygen is left out.")
        return self.entry.over(self.live.missing())

    @property
    def marked(self) -> int:
        return self.live.marked

    def oxygen(self) -> Did:
        """The next digits are oxygen in percent; the readings go on after it, and s stops as ever."""
        self.digits = Digits(NAMES["spo2"], PLAUSIBLE["spo2"])
        return Did(f"Oxygen in percent; {key_of('stand.missing')} leaves it out.")

    def _keep_oxygen(self) -> Did:
        digits, self.digits = self.digits, None
        if digits is None or not digits.text:
            return Did()
        value = digits.take()
        return refused(value) if isinstance(value, str) else self.live.oxygen(value)

    def again(self) -> Did:
        return self.live.again()

    def move(self, by: int) -> Did:
        return self.live.move(by)


class Interrupted(Part):
    """Stood, and no end on record: the instrument was closed meanwhile, or the end was taken back."""

    id = "interrupted"

    def __init__(self, entry: StandEntry) -> None:
        super().__init__(entry)
        self.ran_through = _ran_through(entry)
        """It had lasted its full time, and that was taken back."""

    @property
    def minute(self) -> int:
        return count(self.session, "minute")

    def type(self, digit: str) -> Did:
        if digit == "1":
            return self.entry.start_anew("interrupted")
        if digit == "2" and self.ran_through:
            self.session.put(at("completed"), True)
            return self.entry.open("upright")
        if digit == "2":
            self.session.put(at("stopped"), {"minute": Decimal(self.minute), "reason": "Interrupted"})
            return self.entry.open("upright")
        return refused("Press 1 or 2.")

    def accept(self) -> Did:
        return refused("Press 1 or 2.")


def _ran_through(entry: StandEntry) -> bool:
    """Whether the last thing that happened on the feet, undo aside, is that the time was over."""
    happened = [
        row.field
        for row in entry.session.rows_of(("@stand",))
        if row.why != "undo" and not row.withdrawn and row.field.startswith(("minute.", "stopped", "completed"))
    ]
    return happened[-1:] == ["completed"]


class Upright(Part):
    """Whether symptoms were worse standing and better lying."""

    id = "upright"

    def type(self, digit: str) -> Did:
        return (
            self._keep(digit == "1")
            if digit in "12"
            else refused(f"Press {key_of('stand.yes')} or {key_of('stand.missing')}.")
        )

    def yes(self) -> Did:
        return self._keep(True)

    def missing(self) -> Did:
        return self._keep(False)

    def accept(self) -> Did:
        return refused(f"Press {key_of('stand.yes')} or {key_of('stand.missing')}.")

    def _keep(self, worse: bool) -> Did:
        self.session.put(at("upright_symptoms"), worse)
        return self.entry.open("pain_end")


class PainEnd(NumberPart):
    """Back pain after standing, to set beside the pain before."""

    id = "pain_end"

    def __init__(self, entry: StandEntry) -> None:
        super().__init__(entry)
        self.digits = Digits("Back pain", PAIN)

    def keep(self, value: Decimal | None) -> Did:
        if value is not None:
            self.session.put(at("pain_end"), value)
        return self.entry.open("recovery")


class Recovery(RowPart):
    """Up to two readings lying again."""

    id = "recovery"

    def __init__(self, entry: StandEntry) -> None:
        super().__init__(entry)
        self.row = next_row(self.session, "recovery")

    def accept(self) -> Did:
        return super().accept() if self.row.begun else self.entry.open("result")

    def full(self) -> Did:
        enough = count(self.session, "recovery") >= MOST_RECOVERY
        return self.entry.open("result" if enough else "recovery")


class Result(Part):
    """What the readings are consistent with."""

    id = "result"

    def accept(self) -> Did:
        return Did(go="tests")

    def again(self) -> Did:
        return self.entry.start_anew("repeated")


class LeftOut(Result):
    """The test is not done in this visit, and why."""

    id = "left_out"
