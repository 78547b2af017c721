"""A plan being changed by hand: the marked card, and what each key does to the plan on record. No screen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Literal, NamedTuple

from assess_tui.days import short_day
from assess_tui.entry.dose import DoseEntry
from assess_tui.entry.intake_pages import MINUTES, MINUTES_CELL
from assess_tui.keyboard.words import key_of, with_keys
from assess_tui.visit.said import plan_change, taught_words
from assess_tui.visit.session import VisitSession
from assess_tui.visit.waiting import DOSE
from protocols import editing
from protocols.case import Wanted
from protocols.editing import BarredError, Bench, Cards, EditError
from protocols.model import Dose, Exercise
from protocols.planning import Given, Plan, barred
from protocols.teaching import CHECK_IN, TeachBack, check_in_day, teach_back, teach_cell, teach_value
from protocols.visit import PLAN_CARDS, Cell

AFRESH = Cell("@plan", field="afresh")
"""On a follow-up visit: the therapist wants the plan of the rules, not that of the last plan's cards."""
ROUND = ("both", "left", "right")
"""The sides in the order one key goes through them."""
NO_PLAN = "There is no exercise plan to change: {visit.paper} makes the referral letter."
NOTHING_MARKED = "The plan holds no card yet: {plan.add} adds one."


class Changed(NamedTuple):
    """What a key did to the plan."""

    say: str = ""
    tone: Literal["", "refused"] = ""
    barred: str = ""
    """Why the card is barred: nothing happened, and it needs a reason."""


class PlanEntry:
    """The plan of the open visit, one of its cards marked. Every change is on record before it is said."""

    def __init__(self, session: VisitSession) -> None:
        self.session = session
        self._row = 0
        self._marked = ""

    # -- what is there -----------------------------------------------------------------------------------------------

    @property
    def plan(self) -> Plan:
        return self.session.assessment().plan

    @property
    def by_hand(self) -> bool:
        return PLAN_CARDS in self.session.visit.cells

    @property
    def cards(self) -> tuple[str, ...]:
        """Every card of the plan: those of the session first, then those through the day."""
        return (*(given.id for given in self.plan.exercises), *self.plan.snacks)

    @property
    def row(self) -> int:
        """Of the marked card, wherever it stands now; where it has gone, of what stands in its place, or last."""
        cards = self.cards
        at = cards.index(self._marked) if self._marked in cards else self._row
        self.row = at
        return self._row

    @row.setter
    def row(self, row: int) -> None:
        cards = self.cards
        self._row = max(0, min(row, len(cards) - 1))
        self._marked = cards[self._row] if cards else ""

    @property
    def marked(self) -> str:
        """The marked card; "" in a plan without cards."""
        cards = self.cards
        return cards[self.row] if cards else ""

    @property
    def card(self) -> Exercise | None:
        return self.session.library.exercises.get(self.marked)

    @property
    def given(self) -> Given | None:
        """The marked card as dosed; None for one done through the day."""
        return next((given for given in self.plan.exercises if given.id == self.marked), None)

    @property
    def minutes(self) -> int:
        """Minutes a day."""
        return int(self.session.visit.value(MINUTES_CELL, 10))

    @property
    def check_in(self) -> dt.date:
        return check_in_day(self.session.visit.cells, self.session.visit.date)

    def taught(self, card: str) -> TeachBack:
        return teach_back(self.session.visit.value(teach_cell(card)))

    @property
    def wanted(self) -> Cards:
        """The cards of the plan as it stands."""
        return editing.wanted(self.plan)

    @property
    def for_anyone(self) -> Cards:
        """The cards as a template keeps them: the side to begin with belongs to this patient."""
        return tuple(Wanted(card=one.card, dose=one.dose) for one in self.wanted)

    def barred(self, card: Exercise) -> str | None:
        """Why a card may not be given to this patient, or None."""
        now = self.session.assessment()
        bounds = now.bounds(self.session.case(), self.session.library)
        return barred(card, bounds, self.session.library)

    def nearest(self) -> tuple[str, ...]:
        """Cards that may stand in for the marked one, the nearest first."""
        found = editing.instead_of(self.wanted, self.marked, self._bench())
        return tuple(card.id for card in found)

    # -- changing the cards ------------------------------------------------------------------------------------------

    def add(self, card: str, forced: str = "") -> Changed:
        return self._edit(lambda cards: editing.add(cards, card, self._bench(), forced=forced), "added", card)

    def remove(self) -> Changed:
        return self._edit_marked(lambda cards, card: editing.remove(cards, card), "removed")

    def swap(self, other: str, forced: str = "") -> Changed:
        return self._edit_marked(
            lambda cards, card: editing.swap(cards, card, other, self._bench(), forced=forced), "swapped"
        )

    def easier(self, forced: str = "") -> Changed:
        return self._edit_marked(
            lambda cards, card: editing.easier(cards, card, self._bench(), forced=forced), "easier card"
        )

    def harder(self, forced: str = "") -> Changed:
        return self._edit_marked(
            lambda cards, card: editing.harder(cards, card, self._bench(), forced=forced), "harder card"
        )

    def move(self, by: int) -> Changed:
        """So many places later, or earlier below 0; the mark goes with the card."""
        card = self.marked
        return self._edit_marked(lambda cards, one: editing.move(cards, one, by, self._bench()), "moved", mark=card)

    def open_dose(self) -> DoseEntry | Changed:
        """The dose of the marked card, to be typed; or why it has none of its own."""
        card, given = self.card, self.given
        if card is None or given is None:
            return self.cannot() or self.dose(Dose(sec_per_rep=1))
        return DoseEntry(card, given.dose)

    def left_dose(self) -> DoseEntry | None:
        """The dose that was typed and not kept when the window was closed, open again on its card."""
        waits = self.session.waiting.take(DOSE)
        if waits.cell.field not in self.cards:
            return None
        self.row = self.cards.index(waits.cell.field)
        opened = self.open_dose()
        if not isinstance(opened, DoseEntry):
            return None
        opened.take_up(waits.text)
        return opened

    def dose(self, dose: Dose) -> Changed:
        return self._edit_marked(lambda cards, card: editing.dosed(cards, card, dose, self._bench()), "dose")

    def side(self) -> Changed:
        """The next side: both, left, right."""
        given = self.given
        here = ROUND.index(given.side) if given is not None and given.side in ROUND else 0
        following = ROUND[(here + 1) % len(ROUND)]
        return self._edit_marked(lambda cards, card: editing.sided(cards, card, following, self._bench()), "side")

    def take_up(self, cards: Cards, why: str) -> Changed:
        """These cards in place of those there are. No reason for a barred card comes with them: it is asked anew."""
        unforced = tuple(Wanted(card=one.card, dose=one.dose, side=one.side) for one in cards)
        return self._edit(lambda _: unforced, why)

    def by_rules(self) -> Changed:
        """Back to the plan the rules make."""
        if not self.by_hand:
            return Changed("This is the plan of the rules as it is.")
        was = self.wanted
        if self.session.last is not None:
            self.session.put(AFRESH, True, why="back to the rules")
        self.session.withdraw(PLAN_CARDS, "back to the rules")
        return Changed(self._said(was, "Back to the rules"))

    def cannot(self, *, marked: bool = True) -> Changed | None:
        """Why nothing can be changed: no plan may be made, or (where one has to be marked) it holds no card."""
        if self.plan.blocked:
            return Changed(with_keys(NO_PLAN), "refused")
        return Changed(with_keys(NOTHING_MARKED), "refused") if marked and not self.marked else None

    def _edit_marked(self, make: Callable[[Cards, str], Cards], why: str, mark: str = "") -> Changed:
        return self.cannot() or self._edit(lambda cards: make(cards, self.marked), why, mark)

    def _edit(self, make: Callable[[Cards], Cards], why: str, mark: str = "") -> Changed:
        if cannot := self.cannot(marked=False):
            return cannot
        was = self.wanted
        try:
            now = make(was)
        except BarredError as error:
            return Changed(barred=str(error))
        except EditError as error:
            return Changed(str(error), "refused")
        if now != was or not self.by_hand:
            self.session.edit_plan(now, why)
        self._mark(mark or next((one.card for one in now if one not in was), ""))
        return Changed(self._said(was))

    def _bench(self) -> Bench:
        return Bench(self.session.case(), self.session.assessment(), self.session.library)

    def _mark(self, card: str) -> None:
        self.row = self.cards.index(card) if card in self.cards else self.row

    def _said(self, was: Cards, lead: str = "Plan") -> str:
        return f"{lead}: {plan_change(self.session.library, was, self.wanted) or 'as it was'}"

    # -- minutes, teach-back, check-in -------------------------------------------------------------------------------

    def change_minutes(self, by: int) -> Changed:
        """The next of the usual numbers of minutes. A plan made by hand keeps its cards."""
        was = self.minutes
        place = MINUTES.index(was) if was in MINUTES else 1
        now = MINUTES[max(0, min(len(MINUTES) - 1, place + by))]
        if now == was:
            return Changed(f"{MINUTES[0]} to {MINUTES[-1]} minutes: no further.")
        self.session.put(MINUTES_CELL, Decimal(now), why="changed on the plan")
        kept = f"; your cards stay, {key_of('plan.by_rules')} makes the plan anew" if self.by_hand else ""
        return Changed(f"{was} -> {now} minutes{kept}.")

    def showed(self, cues: int) -> Changed:
        """The patient showed the marked card with so many cues."""
        return self._teach(TeachBack(showed=True, cues=cues))

    def not_yet(self) -> Changed:
        return self._teach(TeachBack())

    def _teach(self, taught: TeachBack) -> Changed:
        card = self.card
        if card is None:
            return Changed(with_keys(NOTHING_MARKED), "refused")
        self.session.put(teach_cell(card.id), teach_value(taught))
        return Changed(f"{card.name}: {taught_words(taught)}.")

    def agree_check_in(self, day: dt.date) -> Changed:
        self.session.put(CHECK_IN, day.isoformat())
        return Changed(f"Check-in on {short_day(day)}.")

    # -- undo --------------------------------------------------------------------------------------------------------

    def undo(self) -> Changed:
        return self._back(self.session.to_undo(), self.session.undo)

    def redo(self) -> Changed:
        return self._back(self.session.to_redo(), self.session.redo)

    def _back(self, cell: Cell | None, change: Callable[[], str | None]) -> Changed:
        """The plan before and after it are compared themselves; the mark goes where something changed."""
        was, before = self.wanted, self.cards
        said = change() or ""
        if cell == PLAN_CARDS:
            self._mark(next((card for card in self.cards if card not in before), ""))
            return Changed(self._said(was))
        if cell is not None and cell == teach_cell(cell.field):
            self._mark(cell.field)
        return Changed(said)
