"""What every part of the stand test answers to; a part overrides the keys that mean something in it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from assess_tui.entry.stand.live import Live
from assess_tui.entry.stand.row import Did, Digits, Row, refused
from assess_tui.visit.session import VisitSession

if TYPE_CHECKING:
    from assess_tui.entry.stand.flow import StandEntry


class Part:
    """One part of the test: what is being typed in it, and what its keys do to the record."""

    id: ClassVar[str] = ""
    row: Row | None = None
    digits: Digits | None = None

    def __init__(self, entry: StandEntry) -> None:
        self.entry = entry

    @property
    def session(self) -> VisitSession:
        return self.entry.session

    @property
    def live(self) -> Live:
        return self.entry.live

    @property
    def marked(self) -> int:
        """The line or the minute that is marked."""
        return 0

    @property
    def waits(self) -> Digits | None:
        """What digits go into now."""
        return self.digits or (self.row.digits if self.row is not None else None)

    def keep_typed(self) -> Did:
        """Keep digits that wait for Enter; what is refused stays typed."""
        digits, text = self.waits, self.waits.text if self.waits is not None else ""
        did = self.accept() if text else Did()
        if digits is not None and did.tone == "refused":
            digits.text = text
        return did

    def type(self, digit: str) -> Did:
        return Did()

    def backspace(self) -> Did:
        return Did()

    def accept(self) -> Did:
        return Did()

    def missing(self) -> Did:
        """n: missing, or no."""
        return Did()

    def yes(self) -> Did:
        return Did()

    def again(self) -> Did:
        return Did()

    def move(self, by: int) -> Did:
        return Did()

    def tick(self) -> Did:
        return Did()

    def back(self) -> Did:
        return Did()

    def oxygen(self) -> Did:
        """v: oxygen while standing."""
        return Did()

    def other(self) -> bool:
        """Whether a reason can be typed here."""
        return False


class NumberPart(Part):
    """One whole number, asked once; Enter alone leaves it open."""

    def type(self, digit: str) -> Did:
        return self._take() if self.digits is not None and self.digits.type(digit) else Did()

    def backspace(self) -> Did:
        if self.digits is not None:
            self.digits.backspace()
        return Did()

    def accept(self) -> Did:
        return self._take() if self.digits is not None and self.digits.text else self.keep(None)

    def missing(self) -> Did:
        return self.keep(None)

    def _take(self) -> Did:
        if self.digits is None:
            return Did()
        value = self.digits.take()
        return refused(value) if isinstance(value, str) else self.keep(value)

    def keep(self, value: Decimal | None) -> Did:
        """Store the number, or go on without; each part says how."""
        raise NotImplementedError  # each part says its own


class RowPart(Part):
    """Readings row by row."""

    row: Row

    def type(self, digit: str) -> Did:
        return self._after(self.row.type(digit))

    def backspace(self) -> Did:
        return self.row.backspace()

    def accept(self) -> Did:
        return self._after(self.row.accept())

    def missing(self) -> Did:
        return self._after(self.row.missing())

    def _after(self, did: Did) -> Did:
        return self.full() if did.complete else did

    def full(self) -> Did:
        """The row is complete; each part says what follows."""
        raise NotImplementedError  # each part says its own
