"""The parts before lying down: the questions, and what to do where something speaks against the test."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from assess_tui.entry.intake import held, toggle
from assess_tui.entry.stand.pages import Page, against, answered, at, before, choose, proposed, take_over
from assess_tui.entry.stand.part import NumberPart, Part
from assess_tui.entry.stand.row import Did, Digits, refused
from assess_tui.keyboard.words import key_of, with_keys

if TYPE_CHECKING:
    from assess_tui.entry.stand.flow import StandEntry


class Questions(NumberPart):
    """A page at a time; a healthy person passes with one key a page."""

    id = "questions"

    def __init__(self, entry: StandEntry, index: int = 0) -> None:
        super().__init__(entry)
        self.pages = before(self.session.library)
        self.proposed = proposed(self.session, entry.last_protocol)
        self.cursor = 0
        self._open(index)

    @property
    def page(self) -> Page:
        return self.pages[self.index]

    def _open(self, index: int) -> Did:
        self.index, self.cursor = index, 0
        limits = self.page.limits
        self.digits = Digits(self.page.asks_for, limits) if limits is not None else None
        if self.page.id == "unsafe-1":
            take_over(self.session)
        return Did(stored=True)

    def type(self, digit: str) -> Did:
        return self._choose(int(digit)) if self.page.kind == "one" else super().type(digit)

    def keep(self, value: Decimal | None) -> Did:
        if self.page.kind == "one":
            return self._choose([choice.value for choice in self.page.choices].index(self.proposed) + 1)
        if self.page.kind == "ticks" and value is not None:
            return self._toggle(int(value) - 1)
        if self.page.kind == "number" and value is not None and self.page.cell is not None:
            self.session.put(self.page.cell, value)
        return self._next()

    def missing(self) -> Did:
        return Did() if self.page.kind == "one" else self.keep(None)

    @property
    def marked(self) -> int:
        return self.cursor

    def move(self, by: int) -> Did:
        if self.page.choices:
            self.cursor = (self.cursor + by) % len(self.page.choices)
        return Did()

    def tick(self) -> Did:
        return self._toggle(self.cursor) if self.page.kind == "ticks" else Did()

    def back(self) -> Did:
        return self._open(self.index - 1) if self.index else Did()

    def _choose(self, digit: int) -> Did:
        if not 1 <= digit <= len(self.page.choices):
            return refused(f"Press 1 to {len(self.page.choices)}.")
        choice = self.page.choices[digit - 1]
        choose(self.session, str(choice.value))
        self.proposed = str(choice.value)
        return self._next()

    def _toggle(self, place: int) -> Did:
        choice = self.page.choices[place]
        toggle(self.session, choice)
        self.cursor = place
        return Did(f"{'Yes' if held(self.session, choice) else 'No'}: {choice.text}.", stored=True)

    def _next(self) -> Did:
        if self.page.kind == "ticks":
            answered(self.session, self.page)
        if self.index + 1 == len(self.pages):
            return self.entry.lie_down()
        self._open(self.index + 1)
        last_list = self.pages[self.index - 1].id.startswith("unsafe") and not self.page.id.startswith("unsafe")
        return (self.entry.object() if last_list else None) or Did(stored=True)


class Refused(Part):
    """Something forbids the test: said with why, and left out."""

    id = "refused"

    def accept(self) -> Did:
        self.session.put(at("not_done"), "; ".join(against(self.session).absolute) or "not safe")
        return Did(stored=True, go="flags" if self.session.assessment().concern.stop else "tests")

    def back(self) -> Did:
        return self.entry.step_back()


class Override(Part):
    """Something speaks against the test: it is done only for a reason."""

    id = "override"

    def type(self, digit: str) -> Did:
        reasons = self.session.library.stand.override_reasons
        if not 1 <= int(digit) <= len(reasons):
            return refused(f"Press 1 to {len(reasons)}, or {key_of('stand.other')} to type a reason.")
        return self.because(reasons[int(digit) - 1])

    def accept(self) -> Did:
        return refused(
            with_keys(
                "A reason is needed: press its number, or {stand.other} to type one. {stand.stop} leaves the test out."
            )
        )

    def other(self) -> bool:
        return True

    def because(self, reason: str) -> Did:
        """Go on in spite of it, for this reason."""
        self.entry.accepted = frozenset(against(self.session).relative)
        earlier = self.session.visit.value(at("override"), "")
        lying = self.live.run.phase == "lying"
        self.session.put(at("override"), f"{earlier}; {reason}" if lying and earlier not in ("", reason) else reason)
        return self.entry.open("up") if lying else self.entry.past_lists()

    def back(self) -> Did:
        return self.entry.step_back()
