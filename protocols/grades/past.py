"""The last visit, made ready to compare with."""

from __future__ import annotations

import datetime as dt

import msgspec

from protocols.case import Case, Entry, Previous
from protocols.grades.change import Footing
from protocols.grades.computed import with_computed, with_following
from protocols.grades.results import Person
from protocols.model import Library


class Past(msgspec.Struct, frozen=True):
    """What was taken then, by whom it is graded, and on what footing the two visits are compared."""

    tests: dict[str, Entry]
    person: Person
    footing: Footing


def past_of(case: Case, person: Person, library: Library) -> Past | None:
    """The visit before this one, or None."""
    previous = case.previous
    if previous is None:
        return None
    return Past(
        tests=with_computed(previous.tests, previous.standing, library),
        person=person._replace(age=_age_then(case, person.age, previous.date)),
        footing=Footing(
            sex=person.sex,
            age=person.age,
            same_rater=previous.same_rater,
            same_device=previous.same_device,
            same_position=previous.same_position,
            same_protocol=_same_protocol(case, previous),
            other_device=with_following(previous.other_device),
        ),
    )


def _same_protocol(case: Case, previous: Previous) -> bool:
    """Whether the two stand tests can be compared; a protocol nobody wrote down is taken as the same."""
    now = case.standing.protocol if case.standing else None
    then = previous.standing.protocol if previous.standing else previous.protocol
    return now is None or then is None or now == then


def _age_then(case: Case, age: int, then: dt.date) -> int:
    """Completed years at the last visit; without a birth date, today's years less the whole years between."""
    if case.patient.birth_date is not None:
        return case.patient.age_on(then)
    passed = case.date.year - then.year - ((case.date.month, case.date.day) < (then.month, then.day))
    return age - max(passed, 0)
