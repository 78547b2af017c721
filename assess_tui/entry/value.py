"""A value while it is typed: a number that waits, is in doubt, or was refused and stays. No screen."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from assess_tui.entry.typed import Typed
from assess_tui.keyboard.words import key_of
from assess_tui.visit.session import VisitSession
from protocols.entry import Refusal, read, unusual
from protocols.model import Test


class ValueEntry:
    """The value of a test that is being typed. What it is kept as says who inherits."""

    place: ClassVar[str]
    """Has the keys that the sentences name."""

    def __init__(self, session: VisitSession, test: Test) -> None:
        self.session = session
        self.test = test
        self.buffer = ""
        self._confirmed = ""
        self._stays = ""
        """What was refused on the way out, or is asked about, and stays typed; what is typed next takes its place."""

    def accept(self) -> Typed:
        """Keep what was typed."""
        raise NotImplementedError  # the step and the second rater have their own

    def _store(self, value: Decimal) -> Typed:
        raise NotImplementedError  # the step and the second rater have their own

    def backspace(self) -> Typed:
        self.buffer = self.buffer[:-1]
        return Typed()

    def clear(self) -> Typed:
        """Nothing typed any more."""
        self.buffer = ""
        return Typed()

    def count(self) -> Typed:
        """One repetition more; stored with Enter."""
        self.buffer = str(int(self.buffer) + 1) if self.buffer.isdecimal() else "1"
        return Typed()

    def propose(self, value: Decimal, say: str) -> Typed:
        """A number that waits for Enter, and why."""
        self.buffer = self._confirmed = str(value)
        return Typed(say, "ask")

    def put(self, value: Decimal) -> Typed:
        """Store a number in the open cell, asking once when it is far from the reference; outside the limits never."""
        if isinstance(refused := read(self.test, str(value)), Refusal):
            return Typed(refused.reason, "refused")
        question = unusual(self.test, value, self.session.patient.sex, self.session.age)
        if question and self._confirmed != str(value):
            self.buffer = self._confirmed = self._stays = str(value)
            return Typed(f"{question} {key_of(f'{self.place}.next')} keeps it.", "ask")
        return self._store(value)

    def _type_on(self, character: str) -> None:
        self._confirmed = ""
        self.buffer = ("" if self.buffer == self._stays else self.buffer) + character
        self._stays = ""

    @property
    def _in_doubt(self) -> bool:
        """Whether the number was asked about and waits for the answer."""
        return self.buffer == self._confirmed

    def keep_typed(self) -> Typed:
        """Keep what still waits for Enter before the page is left; with a tone where that cannot be: it says why.

        A number that is in doubt is never kept by going away; neither is it thrown away.
        """
        if not self.buffer:
            return Typed()
        return self.still_waits() if self._in_doubt else self._accept_or_stay()

    def still_waits(self) -> Typed:
        """That the number in doubt is not kept by going away."""
        keep, erase = key_of(f"{self.place}.next"), key_of(f"{self.place}.erase")
        return Typed(f"{self.buffer} still waits: {keep} keeps it, {erase} takes it away.", "ask")

    def _accept_or_stay(self) -> Typed:
        """Keep what is typed; what is refused stays typed, and that is said."""
        text, typed = self.buffer, self.accept()
        if typed.tone != "refused" or typed.stored:
            return typed
        self.buffer = self._stays = text
        erase = key_of(f"{self.place}.erase")
        return typed._replace(say=f"{typed.say} {text} stays typed: type it anew, or {erase}.")
