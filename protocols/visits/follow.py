"""The plan the patient took home last, and what is answered about it in this visit: the `@follow` group."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import takewhile
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple, cast, get_args

from protocols.case import LastPlan, Practice, Previous, Stand, WayOfStanding
from protocols.visits.cells import Cell, Cells, holds
from protocols.visits.stand import stand
from protocols.visits.visit import Visit
from protocols.visits.wanted import cards_in

if TYPE_CHECKING:
    from protocols.planning import Plan
    from protocols.standing import Stage

FOLLOW: Final = "@follow"
CRASH: Final = Cell(FOLLOW, "value", "crash")
"""Whether effort was followed by a crash of more than a day."""
ASKED: Final = ("done", "pain", "spare", "red")
"""What is asked of each card: ticks of ten, the worst pain, repetitions to spare, red days."""


class TakenHome(NamedTuple):
    """A plan and the day of the visit it was made in."""

    day: dt.date
    plan: Plan
    since: Mapping[str, dt.date] = MappingProxyType({})
    """Card id -> the day it was first given, without a break since."""
    stage_since: dt.date | None = None
    """The day from which plans were made for its stage, without a break."""
    stands: tuple[Stand, ...] = ()
    """The newest earlier stand test of each protocol, newest first."""
    first: Mapping[dt.date, Visit] = MappingProxyType({})
    """The visits in which cards were first given, by day, where a card is to be judged by its measures of then."""


def taken_home(plans: Sequence[tuple[dt.date, Plan]]) -> TakenHome | None:
    """Of the earlier plans and their days, newest first: the newest, and since when its cards are given."""
    if not plans:
        return None
    (day, newest), *older = plans
    since = dict.fromkeys(_ids(newest), day)
    running = set(since)
    for earlier, plan in older:
        running &= set(_ids(plan))
        since |= dict.fromkeys(running, earlier)
    return TakenHome(day, newest, since, _stage_since(plans))


def _stage_since(plans: Sequence[tuple[dt.date, Plan]]) -> dt.date:
    stage = stage_planned(plans[0][1])
    return [day for day, _ in takewhile(lambda kept: stage_planned(kept[1]) == stage, plans)][-1]


def stage_planned(plan: Plan) -> Stage:
    """The stage a plan was made for; an older plan tells only the one measured."""
    return plan.planned_stage or plan.stage


def newest_stands(visits: Iterable[Cells]) -> tuple[Stand, ...]:
    """The newest stand test of each protocol, from the cells of visits, newest first; reads no further than it has to.

    A pressure screen is no stand test.
    """
    found: dict[str, Stand] = {}
    for cells in visits:
        one = stand(cells)
        if one is not None and one.tested:
            found.setdefault(one.protocol, one)
        if len(found) == len(get_args(WayOfStanding)):
            break
    return tuple(found.values())


def follow_cell(asked: str, card: str) -> Cell:
    """The cell of one answer about one card; `asked` is one of ASKED."""
    return Cell(FOLLOW, "value", f"{asked}.{card}")


def last_plan(last: TakenHome, cells: Cells, first: Mapping[dt.date, Previous]) -> LastPlan | None:
    """How the plan went by the answers of this visit; None where nothing was taken home.

    `first` are the visits of `last.first` as this one is compared with them.
    """
    if last.plan.blocked:
        return None
    cards = cards_in(last.plan)
    practised = {card.card: _practice(cells, card.card) for card in cards}
    return LastPlan(
        date=last.day,
        stage=stage_planned(last.plan),
        stage_since=last.stage_since or last.day,
        cards=cards,
        because={given.id: given.because for given in last.plan.exercises},
        since=dict(last.since),
        practice={card: practice for card, practice in practised.items() if practice != Practice()},
        crash=holds(cells, FOLLOW, CRASH.field),
        stand=_stand_before(last.stands, stand(cells)),
        first=dict(first),
    )


def _stand_before(earlier: tuple[Stand, ...], now: Stand | None) -> Stand | None:
    alike = (one for one in earlier if now is not None and one.protocol == now.protocol)
    return next(alike, None) or next(iter(earlier), None)


def _ids(plan: Plan) -> tuple[str, ...]:
    return (*(given.id for given in plan.exercises), *plan.snacks)


def _practice(cells: Cells, card: str) -> Practice:
    held = {asked: holds(cells, FOLLOW, f"{asked}.{card}") for asked in ASKED}
    return Practice(
        done=_whole(held["done"]), pain=_whole(held["pain"]), spare=held["spare"] is True, red_days=held["red"] is True
    )


def _whole(number: object) -> int | None:
    return None if number is None else int(cast(Decimal, number))
