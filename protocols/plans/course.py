"""How the last plan went, card by card: what the rules of a follow-up look at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction
from typing import Final, Literal, NamedTuple

import msgspec

from protocols.assessment import Assessment
from protocols.case import Case, LastPlan, Practice
from protocols.grading import grade_case
from protocols.model import Dose, Exercise, Library
from protocols.plans.aims import TILTS, columns, too_painful
from protocols.plans.gates import Bounds, barred
from protocols.plans.ordering import BALANCE_CARDS
from protocols.plans.outcome import Outcome, outcome
from protocols.plans.pairing import clash
from protocols.plans.ticks import AS_PLANNED, PLANNED

WEEKS_TO_JUDGE: Final = 6
"""Without change for so long, a card that was done as planned is changed (exercises 7.9)."""
WEEKS_OF_TRIAL: Final = {"release": 2, "mobilise": 2}
"""By phase: so long a card is tried before its effect is judged; in any other phase six weeks (exercises 7.6)."""
WEEKS_OF_BALANCE: Final = 4
FOOT_FINDINGS: Final = ("PRN", "SUP")
"""The arch changes only after more than five weeks: six for every card."""


class Course(NamedTuple):
    """The visit and the plan that is followed up in it."""

    case: Case
    last: LastPlan
    assessment: Assessment
    library: Library
    bounds: Bounds

    def is_barred(self, card: Exercise) -> bool:
        return barred(card, self.bounds, self.library) is not None

    def ranked(self) -> tuple[str, ...]:
        """The session cards that may be given today, that of the first-ranked finding first."""
        ranks = {finding.code: rank for rank, finding in enumerate(self.assessment.findings)}

        def rank(card: str) -> int:
            return min((ranks.get(code, len(ranks)) for code in self.last.because.get(card, ())), default=len(ranks))

        known = (self.library.exercises.get(one.card) for one in self.last.cards)
        return tuple(sorted((one.id for one in known if one and not one.snack and not self.is_barred(one)), key=rank))


class Practised(NamedTuple):
    """One card of the last plan that may be given today."""

    exercise: Exercise
    dose: Dose
    side: Literal["left", "right", "both"] | None
    practice: Practice
    codes: tuple[str, ...]
    """Of the findings it was given for."""
    outcome: Outcome
    taken: frozenset[str]
    """The other cards of the last plan, and those proposed in their place."""

    @property
    def done_as_planned(self) -> bool:
        return self.practice.done is not None and Fraction(self.practice.done, PLANNED) >= AS_PLANNED

    @property
    def trial(self) -> int:
        """Weeks before its effect is judged."""
        if self.exercise.id in BALANCE_CARDS:
            return WEEKS_OF_BALANCE
        if any(code in FOOT_FINDINGS for code in self.codes):
            return WEEKS_TO_JUDGE
        return WEEKS_OF_TRIAL.get(self.exercise.phase, WEEKS_TO_JUDGE)


def weeks_done(course: Course, card: Practised) -> int:
    """Whole weeks since the card was first given."""
    return (course.case.date - _since(course, card)) // dt.timedelta(weeks=1)


def over_all(course: Course, card: Practised) -> Outcome | None:
    """What the measures say since the day the card was first given; None where none of that day are known."""
    since, previous = _since(course, card), course.case.previous
    if previous is not None and previous.date <= since:
        return card.outcome
    first = course.last.first.get(since)
    if first is None:
        return None
    case = msgspec.structs.replace(course.case, previous=first)
    graded = msgspec.structs.replace(course.assessment, grades=grade_case(case, course.library))
    return outcome(card.codes, case, graded, course.bounds.stage, course.library)


def may_come(exercise: Exercise, course: Course, card: Practised) -> bool:
    """Whether a card may take the place of another: allowed today, of the same part of the day, beside the others."""
    if exercise.id in card.taken or exercise.snack != card.exercise.snack or course.is_barred(exercise):
        return False
    return exercise.snack or not any(_clash(exercise, other, course) for other in card.taken)


def next_cards(course: Course, card: Practised) -> Iterator[Exercise]:
    """Other cards for what is still found: of its ladders, from this card on and round, without its own family."""
    own = next((set(family) for family in course.library.families if card.exercise.id in family), {card.exercise.id})
    for finding in card.outcome.found:
        ladder = course.library.findings[finding.code].ladder
        rungs = [rung for column in columns(ladder, finding.severity) for rung in column]
        after = rungs.index(card.exercise.id) + 1 if card.exercise.id in rungs else 0
        for rung in (*rungs[after:], *rungs[:after]):
            other = course.library.exercises[rung]
            if rung not in own and not too_painful(other, finding) and may_come(other, course, card):
                yield other


def _since(course: Course, card: Practised) -> dt.date:
    return course.last.since.get(card.exercise.id, course.last.date)


def _clash(exercise: Exercise, card: str, course: Course) -> bool:
    other = course.library.exercises.get(card)
    if other is None or other.snack:
        return False
    tilt_measured = any(finding.code in TILTS for finding in course.assessment.findings)
    return clash(exercise, other, stage="none", tilt_measured=tilt_measured, library=course.library) is not None
