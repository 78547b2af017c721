"""The standing stage a plan is made for, from one plan to the next: up by its rule only, down at once.

The numbers are those of exercises 7.2, last paragraph, and 7.7; that they hold at home is a clinic rule.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Final, NamedTuple

from protocols.case import Case, LastPlan, Stand
from protocols.grades.computed import FULL_TIME, LAST_MINUTES
from protocols.plans.ticks import AS_PLANNED, done_of_all, percent
from protocols.standing import Stage

WEEKS_AT_A_STAGE: Final = 2
"""So long at the planned dose before a stage more."""
LONGER_S: Final = 120
"""So much longer must standing last than in the last stand test ..."""
MILDER: Final = 1
"""... or so many points lower must the worst symptoms be (0-10)."""
CAREFUL_FIRST: Final[tuple[Stage, ...]] = (1, 2, 3, "unknown", "none")
"""An unknown stage has the upright limits of stage 3, and nothing that shows more."""
UP: Final[dict[Stage, Stage]] = {1: 2, 2: 3, 3: "none"}
DOWN: Final[dict[Stage, Stage]] = {1: 1, 2: 1, 3: 2, "unknown": 2, "none": 3}


class Stepped(NamedTuple):
    """The stage to plan for, and why it is not the one seen today; "" where it is, or where nothing has to be said."""

    stage: Stage
    why: str = ""
    untested: bool = False
    """Whether it is that of the last plan for want of a stand test today."""


def stepped(case: Case, seen: Stage, measured: Stage) -> Stepped:
    """The stage to plan for after the last plan. `seen` is what today asks for, `measured` what the stand test gave.

    One step up at most, and only by the rule; a worse stage counts at once; a crash after effort is a step down.
    Without a stand test the stage of the last plan holds.
    """
    last = case.last_plan
    if last is None:
        return Stepped(seen)
    if last.crash:
        down = min(DOWN[last.stage], seen, key=CAREFUL_FIRST.index)
        return Stepped(down, "" if down == seen else "one stage down after a crash of more than a day")
    now = case.standing
    if now is None or not now.tested:
        return _held(last.stage, seen)
    if last.stage not in UP or CAREFUL_FIRST.index(seen) <= CAREFUL_FIRST.index(last.stage):
        return Stepped(seen)
    missing = _missing(case, last, measured) or _not_better(now, _stands_before(case, last))
    if missing:
        return Stepped(last.stage, f"as last time: {missing}")
    up = min(UP[last.stage], seen, key=CAREFUL_FIRST.index)
    return Stepped(up, "" if up == seen else "one stage at a time")


def _held(last: Stage, seen: Stage) -> Stepped:
    """The stage of the last plan, unless precautions, symptoms or a pressure screen ask for more care today."""
    if seen != "unknown" and CAREFUL_FIRST.index(seen) < CAREFUL_FIRST.index(last):
        return Stepped(seen)
    return Stepped(last, untested=True)


def _missing(case: Case, last: LastPlan, measured: Stage) -> str:
    """What the rule for a step up still asks for beside a better stand test; "" where it is met."""
    if measured == "unknown":
        return "how well standing is tolerated is not known today"
    if case.date - (last.stage_since or last.date) < dt.timedelta(weeks=WEEKS_AT_A_STAGE):
        return f"less than {WEEKS_AT_A_STAGE} weeks at this stage"
    if last.crash is None:
        return "whether effort was followed by a crash was not asked"
    if done_of_all(last) < AS_PLANNED:
        return f"it is not known that {percent(AS_PLANNED)} of the planned times were done"
    return ""


def _stands_before(case: Case, last: LastPlan) -> list[Stand]:
    """The last stand tests that are known: the newest on record, and what was told of the last visit."""
    known = (last.stand, case.previous.standing if case.previous else None)
    return [stand for stand in known if stand is not None and stand.tested]


def _not_better(now: Stand, earlier: list[Stand]) -> str:
    """Why the stand test is not better than the last one done in the same way; "" where it is."""
    alike = [then for then in earlier if then.protocol == now.protocol]
    if not earlier:
        return "there is no earlier stand test to compare with"
    if not alike:
        return "the last stand test was done in another way"
    if all(_longer(now, then) or _milder(now, then) for then in alike):
        return ""
    return f"standing lasts less than {LONGER_S // 60} minutes longer and symptoms are no point lower"


def _longer(now: Stand, then: Stand) -> bool:
    lasts, lasted = _seconds(now), _seconds(then)
    return lasts is not None and lasted is not None and lasts - lasted >= LONGER_S


def _seconds(stand: Stand) -> Decimal | None:
    if stand.stopped_min is not None:
        return stand.stopped_min * 60
    return FULL_TIME if any(row.minute in LAST_MINUTES for row in stand.standing) else None


def _milder(now: Stand, then: Stand) -> bool:
    worst, before = _worst(now), _worst(then)
    return worst is not None and before is not None and before - worst >= MILDER


def _worst(stand: Stand) -> int | None:
    """The highest rating that was given; no symptoms at all is 0. What nobody rated is not compared."""
    ratings = [row.symptoms for row in stand.standing] + [stand.peak_symptoms]
    recorded = [rating for rating in ratings if rating is not None]
    return max(recorded) if recorded else (0 if stand.upright_symptoms is False else None)
