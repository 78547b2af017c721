"""Tests that are computed, never typed on the screen (rules 1.7). What can be computed wins over what was sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction

import msgspec

from protocols import standing
from protocols.case import Entry, Stand, Taken
from protocols.grades.change import as_decimal
from protocols.grades.cuts import Number
from protocols.grades.trials import number
from protocols.model import Library, Side

Tests = Mapping[str, Entry]
_Rule = Callable[[Tests, Stand | None, Library], dict[Side, Decimal | None]]

SIDES: tuple[Side, Side] = ("left", "right")
FULL_TIME = Decimal(600)
"""Seconds of a stand test that was not stopped."""
LAST_MINUTES = (9, 10)
"""A reading at one of these says that the patient stood to the end."""


def with_computed(tests: Tests, stand: Stand | None, library: Library) -> dict[str, Entry]:
    """The tests as sent, with every computed value that its parts give laid over them; new ones stand at the end.

    A pressure screen is no stand test: nothing is computed from it.
    """
    done = dict(tests)
    stand = None if stand is not None and stand.screen else stand
    for test, rule in _RULES.items():
        sides = rule(tests, stand, library) if test in library.tests else {}
        for side, value in sides.items():
            entry = done.get(test, {})
            if value is None:
                done[test] = {side: Taken(), **entry}
            else:
                own = msgspec.structs.replace(entry.get(side, Taken()), value=value, trials=(), absent=None)
                done[test] = {**entry, side: own}
    return done


def _arc(tests: Tests, stand: Stand | None, library: Library) -> dict[Side, Decimal | None]:
    """Seated internal plus external rotation, side by side."""
    arcs: dict[Side, Decimal | None] = {}
    for side in SIDES:
        inward = _part(tests, library, "hip_ir_seated", side)
        outward = _part(tests, library, "hip_er_seated", side)
        if inward is not None and outward is not None:
            arcs[side] = _sum(inward, outward)
    return arcs


def _reach_difference(tests: Tests, stand: Stand | None, library: Library) -> dict[Side, Decimal | None]:
    left, right = (_part(tests, library, "ybt_ant", side) for side in SIDES)
    return {} if left is None or right is None else {"value": abs(_sum(left, -right))}


def _heart_rate_rise(tests: Tests, stand: Stand | None, library: Library) -> dict[Side, Decimal | None]:
    """The second-highest standing rate of minutes 2-10 minus the lying baseline; None where they do not give one."""
    if stand is None:
        return {}
    rates = sorted(row.hr for row in stand.standing if row.hr is not None and 2 <= row.minute <= 10)
    lying = standing.baseline(stand.supine) if standing.concordant(stand.supine, library.stand) else None
    return {"value": None if lying is None or len(rates) < 2 else rates[-2] - lying.hr}


def _time(tests: Tests, stand: Stand | None, library: Library) -> dict[Side, Decimal | None]:
    if stand is None:
        return {}
    if stand.stopped_min is not None:
        return {"value": stand.stopped_min * 60}
    completed = any(row.minute in LAST_MINUTES for row in stand.standing)
    return {"value": FULL_TIME} if completed else {}


def _pain_change(tests: Tests, stand: Stand | None, library: Library) -> dict[Side, Decimal | None]:
    if stand is None or stand.pain_start is None or stand.pain_end is None:
        return {}
    return {"value": stand.pain_end - stand.pain_start}


_RULES: dict[str, _Rule] = {
    "hip_arc_seated": _arc,
    "ybt_ant_diff": _reach_difference,
    "stand_dhr": _heart_rate_rise,
    "stand_time": _time,
    "stand_pain_delta": _pain_change,
}


_PARTS: dict[str, frozenset[str]] = {
    "hip_arc_seated": frozenset({"hip_ir_seated", "hip_er_seated"}),
    "ybt_ant_diff": frozenset({"ybt_ant"}),
}
"""The tests a computed one is made of, where they are tests of their own."""


def with_following(tests: frozenset[str]) -> frozenset[str]:
    """These tests, and every test computed from one of them."""
    return tests | {test for test, parts in _PARTS.items() if parts & tests}


def _part(tests: Tests, library: Library, test: str, side: Side) -> Number | None:
    known = library.tests.get(test)
    return None if known is None else number(known.measure, tests.get(test, {}).get(side))


def _sum(one: Number, other: Number) -> Decimal:
    return as_decimal(Fraction(one) + Fraction(other))
