"""The last plan's cards with what is proposed for each: as proposed, as it was, or left out. No screen."""

from __future__ import annotations

from functools import cached_property
from typing import Final, Literal, NamedTuple

import msgspec

from assess_tui.entry.follow import followed
from assess_tui.entry.plan import AFRESH, Changed, PlanEntry
from assess_tui.visit.session import VisitSession
from protocols.case import LastPlan, Practice, Wanted
from protocols.follow_up import Proposal, Step, propose
from protocols.model import Exercise
from protocols.planning import Plan, bounds_of, columns, place, plan, task_of
from protocols.visit import PLAN_CARDS

STEPS: Final[tuple[Step, ...]] = ("progress", "keep", "swap", "regress", "cut")

Way = Literal["as proposed", "as it was", "left out", "added"]


class Choice(NamedTuple):
    """One way to go on with a card."""

    way: Way
    to: Wanted | None
    """None leaves it out."""


class Row:
    """One card of the last plan, or one added here."""

    def __init__(self, card: str, proposal: Proposal | None, choices: tuple[Choice, ...]) -> None:
        self.card = card
        self.proposal = proposal
        self.choices = choices
        self.chosen = 0

    @property
    def choice(self) -> Choice:
        return self.choices[self.chosen]


def undecided(session: VisitSession) -> bool:
    """Whether a plan was taken home and it is still to be said what becomes of it."""
    visit = session.visit
    if visit.finished or session.plan_saved or PLAN_CARDS in visit.cells or visit.value(AFRESH) is True:
        return False
    return followed(session) is not None and not session.assessment().plan.blocked


class ProposalsEntry:
    """Every card of the last plan, one of them marked. Nothing is stored until it is all taken up."""

    def __init__(self, session: VisitSession) -> None:
        self.session = session
        self._plan = PlanEntry(session)
        self.row = 0
        self.rows: list[Row] = []
        self._read()

    def _read(self) -> None:
        """What is proposed by what is known now."""
        last = {wanted.card: wanted for wanted in self.last.cards}
        proposals = propose(self.session.case(), self.session.assessment(), self.session.library)
        self.rows = [Row(one.card, one, self._choices(one, last[one.card])) for one in proposals]
        self.row = max(0, min(self.row, len(self.rows) - 1))
        self._turned: list[Row] = []
        """Rows whose way was changed on this page, the last one last."""

    @property
    def last(self) -> LastPlan:
        last = followed(self.session)
        if last is None:
            raise RuntimeError("proposals are made only where a plan was taken home")
        return last

    def _choices(self, proposal: Proposal, was: Wanted) -> tuple[Choice, ...]:
        """As proposed first; as it was where that differs and the card may be given today; left out."""
        choices = [Choice("as proposed", proposal.to)]
        card = self.session.library.exercises.get(was.card)
        kept = Wanted(card=was.card, dose=was.dose, side=was.side)
        if card is not None and proposal.step != "keep" and self.barred(card) is None:
            choices.append(Choice("as it was", kept))
        if proposal.to is not None:
            choices.append(Choice("left out", None))
        return tuple(choices)

    # -- what is there -----------------------------------------------------------------------------------------------

    @property
    def marked(self) -> Row | None:
        return self.rows[self.row] if self.rows else None

    @property
    def asked(self) -> bool:
        """Whether anybody asked how it went."""
        return self.last.crash is not None or bool(self.last.practice)

    def practice(self, card: str) -> Practice:
        return self.last.practice.get(card, Practice())

    def was(self, card: str) -> Wanted | None:
        """The card as it was taken home; None for one added here."""
        return next((one for one in self.last.cards if one.card == card), None)

    @property
    def steps(self) -> str:
        """ "2 progress, 1 swap"."""
        made = [row.proposal.step for row in self.rows if row.proposal is not None]
        return ", ".join(f"{made.count(step)} {step}" for step in STEPS if step in made)

    @property
    def chosen(self) -> tuple[Wanted, ...]:
        """The cards of the plan to come, each once. In the order of the last plan; with a new card in the order of a
        session, and as near to the last one as that allows."""
        taken = [row.choice.to for row in self.rows if row.choice.to is not None]
        cards = tuple({one.card: one for one in taken}.values())
        last = {one.card for one in self.last.cards}
        return cards if all(one.card in last for one in cards) else tuple(sorted(cards, key=self._place))

    def _place(self, wanted: Wanted) -> tuple[float, int]:
        """Where a card stands in a session."""
        return place(self.session.library.exercises[wanted.card], balance_first=self._balance_first)

    @cached_property
    def _balance_first(self) -> bool:
        now, case, library = self.session.assessment(), self.session.case(), self.session.library
        bounds = bounds_of(case, now.blocks, now.verdict, library)
        return task_of(case, now.findings, bounds, library).balance_first

    @property
    def following(self) -> Plan:
        """The plan that these cards make."""
        now = self.session.assessment()
        case = msgspec.structs.replace(self.session.case(), by_hand=self.chosen)
        return plan(case, now.findings, now.blocks, now.concern, now.verdict, self.session.library)

    @property
    def minutes(self) -> int:
        """Minutes a day."""
        return self._plan.minutes

    @property
    def found(self) -> bool:
        """Whether anything was found today so far."""
        return bool(self.session.assessment().findings)

    def unanswered(self, following: Plan) -> tuple[str, ...]:
        """Codes of the findings of today that no card of the plan to come answers."""
        return tuple(parked.code for parked in following.parked)

    def fitting(self) -> tuple[str, ...]:
        """Cards of the ladders of what no card answers yet, that may be given today: the first-ranked first."""
        library, held = self.session.library, {one.card for one in self.chosen}
        unanswered = self.unanswered(self.following)
        found = [one for one in self.session.assessment().findings if one.code in unanswered]
        ladders = [columns(library.findings[one.code].ladder, one.severity) for one in found]
        rungs = dict.fromkeys(card for ladder in ladders for column in ladder for card in column)
        return tuple(card for card in rungs if card not in held and not self.barred(library.exercises[card]))

    # -- choosing ----------------------------------------------------------------------------------------------------

    def move(self, by: int) -> None:
        self.row = max(0, min(self.row + by, len(self.rows) - 1))

    def other(self) -> Changed:
        """The next way to go on with the marked card."""
        row = self.marked
        if row is None:
            return Changed("No card is marked.", "refused")
        if len(row.choices) == 1:
            return Changed("It may not be given today.", "refused")
        row.chosen = (row.chosen + 1) % len(row.choices)
        self._turned.append(row)
        return Changed(f"{self.name(row.card)}: {row.choice.way}.")

    def add(self, card: str) -> Changed:
        """A card more, at the end. One that is barred is added on the plan, with its reason."""
        exercise = self.session.library.exercises[card]
        if reason := self.barred(exercise):
            return Changed(f"{exercise.name} is {reason}. On the plan it can be added with a reason.", "refused")
        if card in {one.card for one in self.chosen}:
            return Changed(f"{exercise.name} is in it already.", "refused")
        self.rows.append(Row(card, None, (Choice("added", Wanted(card=card)), Choice("left out", None))))
        self.row = len(self.rows) - 1
        return Changed(f"{exercise.name}: added.")

    def name(self, card: str) -> str:
        known = self.session.library.exercises.get(card)
        return known.name if known is not None else card

    def barred(self, card: Exercise) -> str | None:
        """Why a card may not be given to this patient, or None."""
        return self._plan.barred(card)

    # -- deciding ----------------------------------------------------------------------------------------------------

    def take_up(self) -> Changed:
        """The plan holds these cards from now on: one answer, taken back by one key."""
        return self._plan.take_up(self.chosen, "from the last plan")

    def afresh(self) -> None:
        """The plan of the rules instead; whatever was taken up before goes."""
        self.session.put(AFRESH, True, why="a new plan of the rules")
        self.session.withdraw(PLAN_CARDS, "a new plan of the rules")

    @property
    def turned(self) -> bool:
        """Whether a way chosen on this page can be taken back: none of them is on record yet."""
        return bool(self._turned)

    def undo(self) -> str:
        """Take the last choice of this page back; without one, the last change of the plan."""
        if self._turned:
            row = self._turned.pop()
            row.chosen = (row.chosen - 1) % len(row.choices)
            self.row = self.rows.index(row)
            return f"{self.name(row.card)}: {row.choice.way}."
        said = self.session.undo() or ""
        self._read()
        return said

    def redo(self) -> str:
        said = self.session.redo() or ""
        self._read()
        return said
