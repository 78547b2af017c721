"""One row of readings being typed: the open cell, its buffer, and what each key writes to the record. No screen."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Final, Literal, NamedTuple

from assess_tui.keyboard.words import key_of
from assess_tui.visit.session import VisitSession
from protocols.standing import PLAUSIBLE
from protocols.visit import Cell, Value

NAMES: Final = {
    "hr": "Heart rate",
    "sbp": "Systolic",
    "dbp": "Diastolic",
    "symptoms": "Symptoms",
    "spo2": "Oxygen",
}
VITALS: Final = ("hr", "sbp", "dbp")
RATED: Final = (*VITALS, "symptoms")

Tone = Literal["", "refused", "warn", "good"]


class Did(NamedTuple):
    """What a key did."""

    say: str = ""
    tone: Tone = ""
    stored: bool = False
    complete: bool = False
    """The last cell of the row was filled."""
    go: str = ""
    """The place of the visit to go to now."""
    bell: bool = False
    card: bool = False
    """The faint card opens."""


def refused(say: str) -> Did:
    return Did(say, "refused")


class Digits:
    """A whole number typed digit by digit, complete as soon as no further digit could belong to it."""

    def __init__(self, name: str, limits: tuple[int, int]) -> None:
        self.name = name
        self.low, self.high = limits
        self.text = ""

    def type(self, digit: str) -> bool:
        """Add a digit; whether the number is complete."""
        self.text += digit
        return self.text.startswith("0") or int(self.text) * 10 > self.high

    def backspace(self) -> bool:
        """Take the last digit back; False when there was none."""
        had, self.text = self.text, self.text[:-1]
        return bool(had)

    def take(self) -> Decimal | str:
        """The number, or why it cannot be one. What was typed is cleared either way."""
        text, self.text = self.text, ""
        number = int(text)
        if self.low <= number <= self.high:
            return Decimal(number)
        return f"{self.name} {text} is not possible: {self.low} to {self.high}. Type it again."


class Row:
    """The cells of one reading, written one by one, so that a crash or STOP in the middle loses nothing confirmed.

    `stamp` gives what is stored beside the values each time, such as the second.
    """

    def __init__(
        self,
        session: VisitSession,
        cell: Cell,
        keys: tuple[str, ...],
        stamp: Callable[[], dict[str, Value]] = dict,
    ) -> None:
        self.session, self.cell, self.keys = session, cell, keys
        self._stamp = stamp
        held = self.held
        self.index = next((place for place, key in enumerate(keys) if key not in held), 0)
        self.digits = Digits(NAMES[self.key], PLAUSIBLE[self.key])

    @property
    def key(self) -> str:
        return self.keys[self.index]

    @property
    def held(self) -> dict[str, Value]:
        value = self.session.visit.value(self.cell)
        return dict(value) if isinstance(value, dict) else {}

    @property
    def complete(self) -> bool:
        return all(key in self.held for key in self.keys)

    @property
    def begun(self) -> bool:
        return bool(self.digits.text) or bool(self.held)

    def type(self, digit: str) -> Did:
        return self.accept() if self.digits.type(digit) else Did()

    def accept(self) -> Did:
        if not self.digits.text:
            return refused(f"Type the {NAMES[self.key].lower()}, or {key_of('stand.missing')} when it is missing.")
        value = self.digits.take()
        if isinstance(value, str):
            return refused(value)
        systolic = self.held.get("sbp")
        if self.key == "dbp" and isinstance(systolic, Decimal) and value >= systolic:
            return refused(f"Diastolic {value} is not below systolic {systolic}. Type it again.")
        return self._put(value)

    def missing(self) -> Did:
        """This value could not be read: said on the record, never left to guess."""
        return self._put(None)

    def backspace(self) -> Did:
        """Take a digit back; on an empty cell, go back to the one before and type it anew."""
        if not self.digits.backspace() and self.index:
            self._open(self.index - 1)
        return Did()

    def _put(self, value: Decimal | None) -> Did:
        held = self.held
        why = "corrected" if held.get(self.key) is not None else ""
        self.session.put(self.cell, {**held, self.key: value, **self._stamp()}, why=why)
        last = self.index + 1 == len(self.keys)
        if not last:
            self._open(self.index + 1)
        return Did(stored=True, complete=last)

    def _open(self, index: int) -> None:
        self.index = index
        self.digits = Digits(NAMES[self.key], PLAUSIBLE[self.key])
