"""A visit some weeks after a plan, and what is proposed for the cards of that plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from protocols.assessment import assess
from protocols.case import Case, Entry, LastPlan, Practice, Previous, Wanted
from protocols.follow_up import Proposal, propose
from protocols.model import Dose
from tests.protocols.stand_samples import COMPLETE
from tests.protocols.stand_samples import taken as stood
from tests.protocols.visits import CLEARED, DAY, case, known, sides

GLU_WEAK: dict[str, Entry] = {"sl_bridge": sides(5, 5)}
GLU_FINE: dict[str, Entry] = {"sl_bridge": sides(40, 40)}
TWICE_TEN = Dose(sets=2, reps=10, sec_per_rep=6, rest_s=30)
STEADY = stood(*COMPLETE, upright_symptoms=False)
"""Ten minutes of standing without limit."""
STAGE_3 = stood(*COMPLETE, upright_symptoms=True, peak_symptoms=3)
DONE = Practice(done=10, pain=0)
EASY = Practice(done=10, pain=2, spare=True)


def followed(
    *cards: str | Wanted,
    weeks: int = 4,
    practice: dict[str, Practice] | None = None,
    because: Mapping[str, tuple[str, ...]] | None = None,
    crash: bool | None = False,
    then: dict[str, Entry] | None = None,
    since: dict[str, dt.date] | None = None,
    first: dict[dt.date, Previous] | None = None,
    **rest: Any,
) -> Case:
    """A visit some weeks after a plan of these cards, each given for weak glutes unless said otherwise."""
    day = DAY - dt.timedelta(weeks=weeks)
    wanted = tuple(Wanted(card=card) if isinstance(card, str) else card for card in cards)
    codes: dict[str, tuple[str, ...]] = {card.card: ("GLU",) for card in wanted}
    last = LastPlan(
        date=day,
        stage="none",
        cards=wanted,
        because=codes if because is None else dict(because),
        practice=practice or {},
        crash=crash,
        since=since or {},
        first=first or {},
    )
    previous = Previous(date=day, same_rater=True, tests=then) if then is not None else None
    told: dict[str, Any] = {"tests": GLU_WEAK, "standing": STEADY, "medical_clearance": CLEARED} | rest
    return case(last_plan=last, previous=previous, **told)


def proposed(visit: Case) -> dict[str, Proposal]:
    return {made.card: made for made in propose(visit, assess(visit, known()), known())}


def only(visit: Case) -> Proposal:
    (made,) = proposed(visit).values()
    return made
