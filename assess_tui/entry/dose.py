"""A dose being typed: its numbers, one of them open. No screen."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, NamedTuple

import msgspec

from assess_tui.visit.said import number_names
from assess_tui.visit.waiting import DOSE
from protocols.model import Dose, Exercise
from protocols.planning import minutes_of
from protocols.visit import Cell

DIGITS: Final = frozenset("0123456789")
LONGEST: Final = 4
"""Digits of one number; no dose has more."""
_MOVES: Final = {"tab": 1, "right": 1, "shift+tab": -1, "left": -1}
_NUDGES: Final = {"up": 1, "down": -1}


class Number(NamedTuple):
    """One number of a dose: its field of `Dose` and what it is called."""

    field: str
    name: str


class DoseEntry:
    """Typed digits replace the open number; Up and Down nudge it. Nothing is on record before it is kept."""

    def __init__(self, card: Exercise, dose: Dose) -> None:
        self.card = card
        self.dose = dose
        fixed = ("sec_per_rep",) if card.dose_unit == "breaths" else ()  # its steps count a breath's seconds
        self.numbers = tuple(Number(field, name) for field, name in number_names(card).items() if field not in fixed)
        first = "reps" if dose.reps > 1 or fixed else "sec_per_rep"
        self.index = next(place for place, number in enumerate(self.numbers) if number.field == first)
        self._typed = ""
        self._before = dose

    @property
    def waits(self) -> tuple[Cell, str]:
        """The numbers as they stand, where one was changed, and the card they are meant for."""
        text = " ".join(str(self.value(number)) for number in self.numbers)
        return Cell(DOSE, field=self.card.id), text if self.dose != self._before else ""

    def take_up(self, text: str) -> None:
        """Go on with the numbers that were typed and not kept."""
        values = [int(one) for one in text.split()]
        if len(values) == len(self.numbers):
            fields = {number.field: value for number, value in zip(self.numbers, values, strict=True)}
            self.dose = msgspec.structs.replace(self.dose, **fields)

    @property
    def open(self) -> Number:
        return self.numbers[self.index]

    @property
    def minutes(self) -> Decimal:
        return minutes_of(self.dose)

    def value(self, number: Number) -> int:
        held: int = getattr(self.dose, number.field)
        return held

    def shown(self, number: Number) -> str:
        """The number as it stands, or as it is being typed."""
        return self._typed if self._typed and number == self.open else str(self.value(number))

    def press(self, key: str, character: str | None) -> bool:
        """What a key does: digits replace the open number, Up and Down nudge it, Tab, Left and Right change it.

        Says whether it belongs to the dose. A letter does too, and does nothing.
        """
        if key in _MOVES:
            self.move(_MOVES[key])
        elif key in _NUDGES:
            self.nudge(_NUDGES[key])
        elif key == "backspace":
            self.backspace()
        elif character is not None and character in DIGITS:
            self.type(character)
        else:
            return character is not None and character.isprintable()
        return True

    def type(self, digit: str) -> None:
        self._typed = (self._typed + digit)[-LONGEST:]
        self._set(int(self._typed))

    def backspace(self) -> None:
        self._typed = str(self.value(self.open))[:-1] if not self._typed else self._typed[:-1]
        self._set(int(self._typed or 0))

    def nudge(self, by: int) -> None:
        self._typed = ""
        self._set(self.value(self.open) + by)

    def move(self, by: int) -> None:
        """To the next number or the one before, round and round."""
        self._typed = ""
        self.index = (self.index + by) % len(self.numbers)

    def _set(self, value: int) -> None:
        least = 0 if self.open.field == "rest_s" else 1
        kept = max(least, min(value, 10**LONGEST - 1))
        self.dose = msgspec.structs.replace(self.dose, **{self.open.field: kept})
