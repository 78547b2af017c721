"""A visit and what is concluded from it, for the tests of plans changed by hand."""

from __future__ import annotations

from typing import Any

import msgspec

from protocols.assessment import Assessment, assess
from protocols.case import Case, Wanted
from protocols.editing import Bench, Cards, wanted
from protocols.planning import Plan
from tests.protocols.stand_samples import COMPLETE, taken
from tests.protocols.visits import case, known, sides


def visit(**rest: Any) -> Case:
    """Stiff to turn, weak on one leg, low-back pain; the stand test is steady."""
    tests = {"seated_rot": sides(20, 40), "sl_bridge": sides(5, 5), "hip_ir_supine": sides(20, 20)}
    usual: dict[str, Any] = {"tests": tests, "main_problem": "LBT", "standing": taken(*COMPLETE)}
    return case(**(usual | rest))


def bench(told: Case, cards: Cards | None = None) -> Bench:
    """The bench of a visit whose plan is as wanted; None is the plan of the rules."""
    told = msgspec.structs.replace(told, by_hand=cards)
    return Bench(told, concluded(told), known())


def concluded(told: Case) -> Assessment:
    return assess(told, known())


def by_hand(told: Case, *cards: str | Wanted) -> Plan:
    """The plan of these cards."""
    chosen = tuple(Wanted(card=card) if isinstance(card, str) else card for card in cards)
    return bench(told, chosen).assessment.plan


def of_the_rules(told: Case) -> tuple[Bench, Cards]:
    at = bench(told)
    return at, wanted(at.assessment.plan)
