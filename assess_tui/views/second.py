"""What the second rater's screen shows. The first values are asked for only once every side is read."""

from __future__ import annotations

from decimal import Decimal

from textual.content import Content

from assess_tui.entry.second import SecondEntry
from assess_tui.keyboard.words import key_of
from assess_tui.text import line, lines, literal
from assess_tui.views.step import HEADINGS, how, typed_words
from assess_tui.widgets.side import SideView
from protocols.agreement import Pair
from protocols.grading import as_decimal, plain_number, summarise, with_unit
from protocols.model import Side

HIDDEN = "The first values and the last visit's are hidden until every side is read."


class SecondView:
    """One drawing of the second rater's screen."""

    def __init__(self, entry: SecondEntry) -> None:
        self.entry = entry
        self.test = entry.test
        self._pairs = {pair.side: pair for pair in entry.pairs()}

    def title(self) -> Content:
        device = self.entry.session.devices.read_with(self.test)
        with_it = f" · read with {device.name}" if device is not None else ""
        return line((self.test.name, "$accent bold"), (f"   second rater: {self.entry.rater}{with_it}", "$quiet"))

    def how(self, width: int) -> Content:
        """Position and steps, as the first rater had them; they give way to the result."""
        if self.entry.done:
            return Content("")
        return lines([Content(""), how(self.test, width)])

    def sides(self) -> tuple[SideView, ...]:
        """Left stands on the left, whichever is read first."""
        return tuple(self._side(side) for side in sorted(self.entry.sides))

    def note(self) -> Content:
        if not self.entry.done:
            return literal(HIDDEN, "$quiet")
        rows = [self._both(pair) for pair in self._pairs.values()]
        said = "" if rows else "The two values make no pair: they were read with different devices."
        return lines([*rows, literal(f"{said}{key_of('second.next')} goes back to the step.", "$quiet")])

    def _both(self, pair: Pair) -> Content:
        unit = self.test.measure.unit
        first, second = (with_unit(as_decimal(value), unit) for value in (pair.first, pair.second))
        lead = f"{HEADINGS[pair.side].lower()}: " if len(self.entry.sides) > 1 else ""
        apart = f"{'+' if pair.difference > 0 else ''}{with_unit(pair.difference, unit)}"
        return line((f"{lead}first {first}, second {second}", "bold"), (f"   difference {apart}", "$accent"))

    def _side(self, side: Side) -> SideView:
        active = side == self.entry.side and not self.entry.done
        typed = f"{typed_words(self.entry.buffer)}_" if active and self.entry.buffer else ""
        shown = typed or self._value(side)
        return SideView(
            heading=HEADINGS[side],
            shown=shown or ("_" if active else ""),
            unit=with_unit(Decimal(0), self.test.measure.unit).lstrip("0 "),
            active=active,
            grade="",
            word="read" if self.entry.complete(side) else "",
            trials=self._trials(side),
            before="",
            bar=Content(""),
        )

    def _value(self, side: Side) -> str:
        value = summarise(self.test, self.entry.taken(side))
        return plain_number(value) if isinstance(value, Decimal) else ""

    def _trials(self, side: Side) -> str:
        wanted, trials = self.test.measure.trials, self.entry.taken(side).trials
        tried = " · ".join(plain_number(trial) for trial in trials)
        return f"{len(trials)} of {wanted} trials  {tried}".rstrip() if wanted > 1 else ""
