"""The plans kept of a patient up to a visit, the newest first; the one papers tell of, and the one taken home last."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from protocols import editing
from protocols.case import Wanted
from protocols.devices import DEVICES
from protocols.editing import Cards
from protocols.follow_up import WEEKS_TO_JUDGE
from protocols.grading import plain_number
from protocols.kept import KeptPlanError, kept_plan
from protocols.model import Library
from protocols.planning import Plan, minutes_of
from protocols.teaching import CHECK_IN, TEACH_BACK
from protocols.visit import RATER, SECOND, Measurement, TakenHome, Visit, newest_stands, taken_home

if TYPE_CHECKING:
    from assess_tui.storage.record import Record
    from assess_tui.storage.visits import StoredPlan, VisitSummary
    from assess_tui.visit.session import VisitSession

BESIDE = frozenset({"@consent", DEVICES, RATER.test, "@finish", TEACH_BACK})
"""Groups of answers no plan is made from."""


class KeptPlan(NamedTuple):
    """One version of one visit's plan; without `plan` where it cannot be read, and `unread` says why."""

    visit: int
    """The number of the visit."""
    version: int
    clinician: str
    day: dt.date
    """Of the visit."""
    plan: Plan | None
    unread: str = ""

    @property
    def cards(self) -> Cards:
        """The cards to take up again."""
        return editing.wanted(self.plan) if self.plan is not None else ()


def kept_plans(record: Record, visit: Visit) -> tuple[KeptPlan, ...]:
    """Every version kept in this visit and the patient's earlier ones."""
    summaries = [one for one in record.visits(visit.patient.id) if one.number <= visit.number]
    return tuple(_kept(one, stored) for one in summaries for stored in reversed(record.plans(one.id)))


def newest_plan(record: Record, visit: VisitSummary) -> KeptPlan | None:
    """The version kept last in a visit, if one was."""
    return next((_kept(visit, stored) for stored in reversed(record.plans(visit.id))), None)


def plan_told(session: VisitSession, record: Record) -> Plan:
    """The plan every paper of the visit tells of: the version kept last, as long as no answer a plan is made from came
    after it; else the plan as it is now, which a newer answer may bar a card of. Raises KeptPlanError.
    """
    now, kept = session.assessment().plan, record.plans(session.visit.id)
    if now.blocked or not kept:
        return now
    since = (row for row in record.history(session.visit.id) if row.id > kept[-1].id)
    return now if any(_matters(row) for row in since) else kept_plan(kept[-1].body)


def _matters(row: Measurement) -> bool:
    """Whether a plan may be another after this answer. What was open and is closed as not tested changes none."""
    beside = row.cell.test in BESIDE or row.cell.field == SECOND or row.cell == CHECK_IN
    return not beside and not (row.absent == "not_tested" and row.supersedes is None)


def plan_taken_home(record: Record, visit: Visit, previous: Visit | None) -> tuple[TakenHome | None, str]:
    """The plan the patient took home last, with the earlier measures it is judged by; "" or why it cannot be read.

    Its cards are followed as far back as the plans can be read.
    """
    plans: list[tuple[dt.date, Plan]] = []
    visits: dict[dt.date, str] = {}
    unread = ""
    try:
        for earlier in record.plans_before(visit):
            plans.append((earlier.day, kept_plan(earlier.plan.body)))
            visits[earlier.day] = earlier.visit
    except KeptPlanError as error:
        unread = "" if plans else str(error)
    home = taken_home(plans)
    if home is None or previous is None:
        return home, unread
    judged = visit.date - dt.timedelta(weeks=WEEKS_TO_JUDGE)
    days = {day for day in home.since.values() if day <= judged and day < previous.date}
    first = {day: record.visit(visits[day]) for day in sorted(days)}
    return home._replace(stands=newest_stands(record.stands_before(visit)), first=first), unread


def minutes_words(cards: Iterable[Wanted], library: Library) -> str:
    """ "3 cards, 9.5 min": what the cards of the session take in the doses wanted; those of the day take none."""
    held = tuple(cards)
    known = [(library.exercises[one.card], one) for one in held if one.card in library.exercises]
    doses = (one.dose or card.dose for card, one in known if not card.snack)
    total = sum((minutes_of(dose) for dose in doses), Decimal(0))
    return f"{len(held)} card{'s' if len(held) != 1 else ''}, {plain_number(total)} min"


def _kept(visit: VisitSummary, stored: StoredPlan) -> KeptPlan:
    try:
        plan, unread = kept_plan(stored.body), ""
    except KeptPlanError as error:
        plan, unread = None, str(error)
    return KeptPlan(visit.number, stored.version, stored.clinician, visit.started.date(), plan, unread)
