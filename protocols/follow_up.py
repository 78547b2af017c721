"""The last plan and how it went -> what to do with each of its cards (exercises 7.8, 7.9), with the reason in words.

The rules stand in the order in which they count: safety, then what hurt, then how much was done, then what was
measured. Nothing is called improved within its measurement error.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal

import msgspec

from protocols.assessment import Assessment
from protocols.case import Case, Practice, Wanted
from protocols.model import Dose, Exercise, Library
from protocols.plans.course import (
    WEEKS_TO_JUDGE,
    Course,
    Practised,
    may_come,
    next_cards,
    over_all,
    weeks_done,
)
from protocols.plans.dosing import no_such_dose
from protocols.plans.gates import barred
from protocols.plans.outcome import outcome
from protocols.plans.steps import halved, more_load, raised
from protocols.plans.ticks import AS_PLANNED, PLANNED, TOO_LITTLE, done_of_asked, percent

__all__ = [
    "AMBER_TO",
    "AS_PLANNED",
    "GREEN_TO",
    "PLANNED",
    "TOO_LITTLE",
    "WEEKS_TO_JUDGE",
    "Proposal",
    "Step",
    "done_of_asked",
    "halved",
    "percent",
    "propose",
    "raised",
    "taken_up",
]

Step = Literal["progress", "keep", "swap", "regress", "cut"]

GREEN_TO: Final = 2
"""Pain up to here (NPRS 0-10) goes on, and may progress ..."""
AMBER_TO: Final = 5
"""... up to here halves the range or the repetitions, and above it is red (exercises 7.7, pain-guided loading)."""
FEWER_CARDS: Final = 2
"""So many session cards where fewer than half the planned times were done (exercises 7.9)."""
TOO_MANY: Final = "Fewer than half the planned times were done: two cards first."
EASY: Final = "Two sessions with repetitions to spare"
NO_CHANGE: Final = (
    f"Done as planned for {WEEKS_TO_JUDGE} weeks without a change for the better beyond measurement error"
)


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """What is proposed for one card of the last plan."""

    card: str
    step: Step
    reason: str
    to: Wanted | None
    """The card as it would be given now; None where it is cut."""


def propose(case: Case, assessment: Assessment, library: Library) -> tuple[Proposal, ...]:
    """One proposal for each card of the last plan, in its order; empty without a last plan or where no plan is made."""
    last = case.last_plan
    if last is None or assessment.plan.blocked:
        return ()
    course = Course(case, last, assessment, library, assessment.bounds(case, library))
    made: tuple[Proposal, ...] = ()
    for wanted in last.cards:
        made = (*made, _proposal(course, wanted, made))
    return made


def taken_up(proposals: tuple[Proposal, ...]) -> tuple[Wanted, ...]:
    """The plan that follows when the proposals are taken as they are (for `Case.by_hand`)."""
    return tuple(proposal.to for proposal in proposals if proposal.to is not None)


# -- one card --------------------------------------------------------------------------------------------------------


def _proposal(course: Course, wanted: Wanted, made: tuple[Proposal, ...]) -> Proposal:
    exercise = course.library.exercises.get(wanted.card)
    if exercise is None:
        return Proposal(card=wanted.card, step="cut", reason="The library has no such card any more.", to=None)
    card = _practised(course, wanted, exercise, made)
    return next(proposal for rule in RULES if (proposal := rule(course, card)) is not None)


def _practised(course: Course, wanted: Wanted, exercise: Exercise, made: tuple[Proposal, ...]) -> Practised:
    codes = course.last.because.get(wanted.card, ())
    others = {one.card for one in course.last.cards} - {wanted.card}
    return Practised(
        exercise=exercise,
        dose=wanted.dose if wanted.dose and not no_such_dose(wanted.dose, exercise) else exercise.dose,
        side=wanted.side,
        practice=course.last.practice.get(wanted.card, Practice()),
        codes=codes,
        outcome=outcome(codes, course.case, course.assessment, course.bounds.stage, course.library),
        taken=frozenset(others | {one.to.card for one in made if one.to}),
    )


def _same(card: Practised, step: Step, reason: str, dose: Dose | None = None) -> Proposal:
    """The same card, with this dose or the last one."""
    given = dose or card.dose
    own = given == card.exercise.dose or card.exercise.snack
    to = Wanted(card=card.exercise.id, dose=None if own else given, side=card.side)
    return Proposal(card=card.exercise.id, step=step, reason=reason, to=to)


def _other(card: Practised, step: Step, reason: str, exercise: Exercise) -> Proposal:
    """Another card in its place, for the same side."""
    side = card.side if exercise.dose.sides == card.exercise.dose.sides else None
    return Proposal(card=card.exercise.id, step=step, reason=reason, to=Wanted(card=exercise.id, side=side))


def _cut(card: Practised, reason: str) -> Proposal:
    return Proposal(card=card.exercise.id, step="cut", reason=reason, to=None)


# -- the rules -------------------------------------------------------------------------------------------------------


def _barred(course: Course, card: Practised) -> Proposal | None:
    reason = barred(card.exercise, course.bounds, course.library)
    return _cut(card, f"{reason[0].upper()}{reason[1:]}.") if reason else None


def _after_a_crash(course: Course, card: Practised) -> Proposal | None:
    return _lighter(card, "Effort was followed by a crash of more than a day") if course.last.crash else None


def _red(course: Course, card: Practised) -> Proposal | None:
    hurt = card.practice.pain is not None and card.practice.pain > AMBER_TO
    if not (hurt or card.practice.red_days):
        return None
    why = f"Pain with it was above {AMBER_TO}" if hurt else "It had two red days"
    easier = course.library.exercises.get(card.exercise.easier)
    if easier is not None and may_come(easier, course, card):
        return _other(card, "regress", f"{why}: the easier card.", easier)
    return _lighter(card, why)


def _lighter(card: Practised, why: str) -> Proposal:
    """Half the dose; what is done through the day has the dose of its card, so it is done half as often."""
    if card.exercise.snack:
        return _same(card, "regress", f"{why}: half as often through the day.")
    half = halved(card.dose, card.exercise)
    return _same(card, "regress", f"{why}: half {'the dose' if half != card.dose else 'as often'}.", half)


def _too_many(course: Course, card: Practised) -> Proposal | None:
    """What is done through the day takes no time from the session, so that it is not counted here."""
    done = done_of_asked(course.last)
    if done is None or done >= TOO_LITTLE or card.exercise.snack:
        return None
    if card.exercise.id in course.ranked()[:FEWER_CARDS]:
        return _amber(course, card) or _same(card, "keep", TOO_MANY)
    return _cut(card, TOO_MANY)


def _amber(course: Course, card: Practised) -> Proposal | None:
    pain = card.practice.pain
    if pain is None or not GREEN_TO < pain <= AMBER_TO:
        return None
    return _same(card, "keep", f"Pain with it was {pain} of 10: half the range or repetitions until it settles.")


def _no_longer_found(course: Course, card: Practised) -> Proposal | None:
    if not card.outcome.gone:
        return None
    above = ", ".join(card.outcome.above)
    within = "What it was given for measured within reference now."
    return _cut(
        card, f"What it was given for is no longer found; above the usual range now: {above}." if above else within
    )


def _two_to_spare(course: Course, card: Practised) -> Proposal | None:
    """One change: the dose, else the harder card, else the load."""
    pain = card.practice.pain
    if not card.practice.spare or pain is None or pain > GREEN_TO or course.bounds.pem:
        return None
    heavier = raised(card.exercise, card.dose)
    if heavier:
        return _same(card, "progress", f"{EASY}: {heavier.what}.", heavier.dose)
    harder = course.library.exercises.get(card.exercise.harder)
    if harder is not None and may_come(harder, course, card):
        return _other(card, "progress", f"{EASY}: the harder card.", harder)
    load = more_load(card.exercise, course.bounds.in_force)
    return _same(card, "progress", f"{EASY}: {load}.") if load else None


def _no_change(course: Course, card: Practised) -> Proposal | None:
    """Done as planned for six weeks, measured over that time, and nothing changed for the better."""
    if weeks_done(course, card) < WEEKS_TO_JUDGE or not card.done_as_planned:
        return None
    since_given = over_all(course, card)
    if since_given is None or not since_given.compared or since_given.better or card.outcome.better:
        return None
    other = next(next_cards(course, card), None)
    if other is None:
        return _same(card, "keep", f"{NO_CHANGE}: change the hypothesis, review.")
    return _other(card, "swap", f"{NO_CHANGE}: another card for the same.", other)


def _keep(course: Course, card: Practised) -> Proposal:
    return _same(card, "keep", f"{_why_kept(course, card)}.")


RULES: Final[tuple[Callable[[Course, Practised], Proposal | None], ...]] = (
    _barred,
    _after_a_crash,
    _red,
    _too_many,
    _amber,
    _no_longer_found,
    _two_to_spare,
    _no_change,
    _keep,
)
"""In the order in which they count: the first that applies is the proposal."""


def _why_kept(course: Course, card: Practised) -> str:
    """The truest reason to go on as it is."""
    weeks = weeks_done(course, card)
    if card.outcome.better:
        return f"Improved beyond measurement error: {', '.join(card.outcome.better)}"
    if card.outcome.worse:
        return f"Worse beyond measurement error: {', '.join(card.outcome.worse)}; review"
    if card.practice == Practice():
        return "Not asked how it went"
    if card.practice.spare and course.bounds.pem:
        return "With a crash after effort nothing is increased by plan"
    if weeks < card.trial:
        return f"Too early to tell: week {weeks + 1} of {card.trial}"
    if card.practice.done is not None and not card.done_as_planned:
        return f"Fewer than {percent(AS_PLANNED)} of its planned times were done: too few to judge it by"
    since_given = over_all(course, card)
    if since_given is not None and since_given.better:
        return f"Improved beyond measurement error since it was first given: {', '.join(since_given.better)}"
    return "No real change yet" if card.outcome.compared else "No measure of it to compare with the last visit"
