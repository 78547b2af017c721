"""Whatever is done to a plan by hand: no barred card without a recorded reason, and minutes that are the sum.

What bars a card is read from the card files by the checker of `test_plan_runs`, which shares no code with the planner.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from protocols import editing
from protocols.assessment import assess
from protocols.case import Case, Stand
from protocols.editing import Bench, Cards, EditError
from protocols.model import Dose
from protocols.planning import Plan
from protocols.visit import cards_of, cards_value
from tests.protocols.hand_plans import visit
from tests.protocols.stand_samples import COMPLETE, taken
from tests.protocols.test_plan_runs import Patient, barred_by_the_files, card_files
from tests.protocols.visits import CLEARED, case, known, one, sides

CARDS = sorted(known().exercises)
any_card = st.sampled_from(CARDS)
reasons = st.sampled_from(["", "", " ", "stands by the rail", "agreed with the surgeon"])
counts = st.one_of(st.integers(1, 12), st.integers(-1, 120))
doses = st.builds(
    Dose, sets=st.integers(0, 5), reps=counts, sec_per_rep=counts, sides=st.integers(1, 2), rest_s=st.integers(-1, 90)
)
FAINTED = Stand(syncope=True)
PATIENTS = [
    visit(),
    visit(minutes=5, main_problem=None),
    visit(standing=None),
    case(),
    case(tests={"ybt_ant_diff": one(9), "seated_rot": sides(20, 40, left_pain=5)}, standing=taken(*COMPLETE)),
    case(standing=taken((1, 80, 112, 74), stopped_min=Decimal(2)), medical_clearance=CLEARED),
]
TICKS = [code for code in known().precautions if known().precautions[code].ask]
Change = Callable[[Cards, Bench], Cards]


class PlanEdits(RuleBasedStateMachine):
    """A therapist with a plan; every state is stored and can be taken back."""

    told: Case
    history: list[Case]
    seen: Bench | None = None
    """What was concluded from the visit as it stands."""

    @initialize(patient=st.sampled_from(PATIENTS))
    def opened(self, patient: Case) -> None:
        self.told, self.history = patient, []

    # -- what is done ------------------------------------------------------------------------------------------------

    @rule(card=any_card, forced=reasons)
    def add(self, card: str, forced: str) -> None:
        self._edit(lambda cards, at: editing.add(cards, card, at, forced=forced))

    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        card = self._one_of(data)
        self._edit(lambda cards, at: editing.remove(cards, card))

    @rule(data=st.data(), other=any_card, forced=reasons)
    def swap(self, data: st.DataObject, other: str, forced: str) -> None:
        card = self._one_of(data)
        self._edit(lambda cards, at: editing.swap(cards, card, other, at, forced=forced))

    @rule(data=st.data(), change=st.sampled_from([editing.easier, editing.harder]), forced=reasons)
    def step(self, data: st.DataObject, change: Callable[..., Cards], forced: str) -> None:
        card = self._one_of(data)
        self._edit(lambda cards, at: change(cards, card, at, forced=forced))

    @rule(data=st.data(), by=st.integers(-4, 4))
    def move(self, data: st.DataObject, by: int) -> None:
        card = self._one_of(data)
        self._edit(lambda cards, at: editing.move(cards, card, by, at))

    @rule(data=st.data(), dose=doses)
    def dosed(self, data: st.DataObject, dose: Dose) -> None:
        card = self._one_of(data)
        self._edit(lambda cards, at: editing.dosed(cards, card, dose, at))

    @rule(data=st.data(), side=st.sampled_from(["left", "right", "both", None, "near"]))
    def sided(self, data: st.DataObject, side: str | None) -> None:
        card = self._one_of(data)
        self._edit(lambda cards, at: editing.sided(cards, card, side, at))

    @rule(data=st.data())
    def take_a_proposal(self, data: st.DataObject) -> None:
        """What is proposed in place of a card is never refused."""
        at, cards = self._bench(), self._cards()
        here = [one.card for one in cards if one.card in self._shown()]
        if at.assessment.plan.blocked or not here:
            return
        card = data.draw(st.sampled_from(here))
        for other in editing.instead_of(cards, card, at):
            editing.swap(cards, card, other.id, at)

    @rule(minutes=st.sampled_from([5, 10, 15, 20]))
    def other_minutes(self, minutes: int) -> None:
        self._tell(minutes=minutes)

    @rule(code=st.sampled_from(TICKS))
    def tick(self, code: str) -> None:
        held = self.told.precautions
        self._tell(precautions=tuple(one for one in held if one != code) if code in held else (*held, code))

    @rule(what=st.sampled_from([{"pem": True}, {"pem": False}, {"kit": ()}, {"kit": None}, {"standing": FAINTED}]))
    def learn(self, what: dict[str, Any]) -> None:
        self._tell(**what)

    @rule()
    def by_the_rules_again(self) -> None:
        self._tell(by_hand=None)

    @precondition(lambda self: self.history)
    @rule()
    def undo(self) -> None:
        self.told = self.history.pop()

    # -- what always holds -------------------------------------------------------------------------------------------

    @invariant()
    def no_barred_card_without_its_reason(self) -> None:
        for card, reason in self._held_reasons().items():
            barred = self._barred(card)
            assert not barred or reason.strip(), f"{card} stands without a reason: {barred}"

    @invariant()
    def a_reason_prints_only_where_something_bars_the_card(self) -> None:
        made = self._plan()
        printed = {one.id: one.forced for one in made.exercises} | made.forced_snacks
        wanted = {one.card: one.forced.strip() for one in self._cards()}
        for card, reason in printed.items():
            assert not reason or (reason == wanted[card] and self._barred(card))

    @invariant()
    def minutes_are_the_sum(self) -> None:
        made = self._plan()
        assert made.minutes == sum((_minutes(one.dose) for one in made.exercises), Decimal(0))
        assert all(one.minutes == _minutes(one.dose) for one in made.exercises)

    @invariant()
    def each_card_once_and_snacks_apart(self) -> None:
        made = self._plan()
        everything = [*(one.id for one in made.exercises), *made.snacks]
        assert len(set(everything)) == len(everything)
        assert not any(card_files()[one.id].get("snack") for one in made.exercises)
        assert all(card_files()[snack].get("snack") for snack in made.snacks)

    @invariant()
    def a_blocked_plan_holds_nothing(self) -> None:
        made = self._plan()
        assert not made.blocked or not (made.exercises or made.snacks)

    @invariant()
    def every_sentence_is_one(self) -> None:
        assert all(_is_one_sentence(words) for words in self._plan().warnings)

    @invariant()
    def what_is_stored_is_what_was_wanted(self) -> None:
        assert cards_of(cards_value(self._cards())) == self._cards()

    # -- parts -------------------------------------------------------------------------------------------------------

    def _edit(self, change: Change) -> None:
        refused, after = "", self._cards()
        try:
            after = change(after, self._bench())
        except EditError as error:
            refused = str(error)
        assert not refused or _is_one_sentence(refused)
        if not refused:
            self._tell(by_hand=after)

    def _tell(self, **what: Any) -> None:
        self.history.append(self.told)
        self.told = msgspec.structs.replace(self.told, **what)

    def _bench(self) -> Bench:
        if self.seen is None or self.seen.case is not self.told:
            self.seen = Bench(self.told, assess(self.told, known()), known())
        return self.seen

    def _plan(self) -> Plan:
        return self._bench().assessment.plan

    def _cards(self) -> Cards:
        """As stored; of the plan of the rules, as it stands."""
        return editing.wanted(self._plan()) if self.told.by_hand is None else self.told.by_hand

    def _one_of(self, data: st.DataObject) -> str:
        here = [one.card for one in self._cards()]
        return data.draw(st.sampled_from(here) | any_card if here else any_card)

    def _shown(self) -> list[str]:
        made = self._plan()
        return [*(one.id for one in made.exercises), *made.snacks]

    def _held_reasons(self) -> dict[str, str]:
        wanted = {one.card: one.forced for one in self._cards()}
        return {card: wanted.get(card, "") for card in self._shown()}

    def _barred(self, card: str) -> list[str]:
        """What bars a card, by the card files alone."""
        now = self._bench().assessment
        stage = self._plan().planned_stage
        crashes = self.told.pem or "PEM" in self.told.precautions
        if crashes and card not in ("B05", "B06", "A11", "P02"):
            return ["pacing only"]
        told = msgspec.structs.replace(self.told, precautions=tuple(now.blocks))
        return list(barred_by_the_files(Patient(told, (), stage), [card_files()[card]]))


def _minutes(dose: Dose) -> Decimal:
    """Half a minute to set up, every bout, the rests between; rounded up to the half minute."""
    bouts = [dose.reps * dose.sec_per_rep for _ in range(dose.sets * dose.sides)]
    seconds = 30 + sum(bouts) + dose.rest_s * (len(bouts) - 1)
    halves = seconds // 30 + (1 if seconds % 30 else 0)
    return Decimal(halves) / 2


def _is_one_sentence(words: str) -> bool:
    return words.endswith(".") and ". " not in words and "\n" not in words


TestPlanEdits = PlanEdits.TestCase
TestPlanEdits.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)


@pytest.mark.soak
def test_many_plan_edits() -> None:
    from hypothesis.stateful import run_state_machine_as_test

    run_state_machine_as_test(PlanEdits, settings=settings(max_examples=800, stateful_step_count=40, deadline=None))
