"""The sample clinic for `demo`: about twenty invented patients, the same ones every time, with dates up to today."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

import msgspec

from assess_tui.sample.course import asked, taught
from assess_tui.sample.people import Person, owned, people
from assess_tui.sample.stand import stand_fields
from assess_tui.sample.values import measured, toward, trials
from assess_tui.visit.plans import plan_taken_home
from protocols.assessment import assess
from protocols.devices import chosen, kinds_read
from protocols.follow_up import propose, taken_up
from protocols.model import Library, Side, Test
from protocols.planning import Plan
from protocols.route import STAND, Step, route
from protocols.visit import (
    PLAN_CARDS,
    Cell,
    Told,
    Value,
    Visit,
    cards_value,
    plain,
    to_case,
    told_row,
)

if TYPE_CHECKING:
    from assess_tui.storage.record import Record

CLINICIAN = "M. Vogel"
CLINIC = "Sample clinic"
FIXED = 20261101
"""The same start of the random numbers gives the same clinic."""
AT = dt.time(9, 20)
Register = dict[str, str]
"""Kind of device -> the id of the clinic's."""
NEARER = 0.45
"""How much of the way to reference a limited test goes until the last visit."""
GIVEN_BACK = 0.5
"""Share of an unfinished visit's steps that are done."""


def build(record: Record, library: Library, today: dt.date) -> None:
    """Fill an empty record with the sample clinic."""
    with record.together():
        record.set_setting("clinic", CLINIC)
        register = _registered(record, today)
        for person in people():
            _store(person, record, library, today, register if person.devices else {})


def _registered(record: Record, today: dt.date) -> Register:
    """The clinic's devices: kind -> id."""
    made = (
        record.register_device(one.kind, one.name, checked=today - dt.timedelta(days=one.checked), clinician=CLINICIAN)
        for one in owned()
    )
    return {device.kind: device.id for device in made}


def _store(person: Person, record: Record, library: Library, today: dt.date, register: Register) -> None:
    chance = random.Random(f"{FIXED} {person.code}")  # noqa: S311  # the same each time, nothing secret
    born = _born(person, today, chance)
    patient = record.add_patient(
        family_name=person.family_name,
        given_name=person.given_name,
        birth_date=born,
        sex=person.sex,
        code=person.code,
    )
    story = _Story(person, library, chance, today)
    for number, days in enumerate(person.visits):
        day = today - dt.timedelta(days=days)
        started = dt.datetime.combine(day, AT, tzinfo=record.now().tzinfo) + dt.timedelta(minutes=chance.randrange(300))
        visit = record.open_visit(patient.id, CLINICIAN, library, started)
        told = tuple(story.cells(number))
        _tell(told, record, visit, library, register)
        _close(person, record, record.visit(visit.id), story, last=number == len(person.visits) - 1)


def _tell(
    told: Iterable[Told], record: Record, visit: Visit, library: Library, register: Register | None = None
) -> None:
    for one in told:
        row = told_row(record.new_id(), visit, one, library, visit.started)
        device = None if one.absent else chosen(register or {}, one.cell.test, kinds_read(one.cell, library))
        record.append(msgspec.structs.replace(row, device=device or None))


def _close(person: Person, record: Record, visit: Visit, story: _Story, *, last: bool) -> None:
    if person.unfinished and last:
        step, done, total = story.left_at()
        record.event(visit.id, "at", f"{step} {done}/{total}")
        return
    plan = _plan(person, record, visit, story.library)
    if not plan.blocked:
        body = plain(msgspec.to_builtins(plan, builtin_types=(Decimal,)))
        record.save_plan(visit.id, cast("dict[str, Any]", body), CLINICIAN)
    record.event(visit.id, "finished")


def _plan(person: Person, record: Record, visit: Visit, library: Library) -> Plan:
    """The plan of the rules; where the last one is followed up, what is proposed for its cards."""
    previous = record.previous(visit)
    home, _ = plan_taken_home(record, visit, previous)
    if person.at_home is None:
        return assess(to_case(visit, library, previous, home), library).plan
    chance = random.Random(f"{FIXED} {person.code} at home {visit.number}")  # noqa: S311  # the same each time, nothing secret
    if last := to_case(visit, library, previous, home).last_plan:
        _tell(asked(last, person.at_home, chance), record, visit, library)
        case = to_case(record.visit(visit.id), library, previous, home)
        cards = taken_up(propose(case, assess(case, library), library))
        _tell([Told(PLAN_CARDS, cards_value(cards))], record, visit, library)
    plan = assess(to_case(record.visit(visit.id), library, previous, home), library).plan
    _tell(taught(plan, chance), record, visit, library)
    return plan


def _born(person: Person, today: dt.date, chance: random.Random) -> dt.date:
    """A birth date that makes the age right today."""
    return dt.date(today.year - person.age, today.month, 1) - dt.timedelta(days=chance.randrange(1, 300))


class _Story:
    """One person's visits: first values and where they are heading, drawn once."""

    def __init__(self, person: Person, library: Library, chance: random.Random, today: dt.date) -> None:
        self.person = person
        self.today = today
        self.library = library
        self.chance = chance
        extended = ("beighton",) if person.hypermobile else ()
        self.steps = route(library, extended=extended, in_force=frozenset(person.precautions))
        self.first = {(test.id, side): self._draw(test, side, start=True) for test, side in self._taken()}
        self.goal = {(test.id, side): self._draw(test, side, start=False) for test, side in self._taken()}

    def left_at(self) -> tuple[str, int, int]:
        """The step an unfinished visit was left at, and how many were done of how many."""
        done = self._begun()
        return self.steps[done].test, done, len(self.steps)

    def cells(self, number: int) -> Iterator[Told]:
        """Every cell of the visit of this number, 0 for the first."""
        yield from (Told(Cell("@consent", field=field), True) for field in ("consent", "chaperone"))
        for flag in self.library.red_flags.flags:
            yield Told(Cell("@flags", field=flag.id), self.person.flags.get(flag.id, "no"))
        yield from (Told(Cell("@intake", field=field), value) for field, value in self._intake())
        if self.person.red_flags_only:
            return
        last = number == len(self.person.visits) - 1
        steps = self.steps[: self._begun()] if self.person.unfinished and last else self.steps
        share = NEARER * number / max(1, len(self.person.visits) - 1)
        for step in steps:
            yield from self._step(step, share)

    def _begun(self) -> int:
        return int(len(self.steps) * GIVEN_BACK)

    def _taken(self) -> Iterator[tuple[Test, Side]]:
        for step in self.steps:
            for side in step.sides:
                yield self.library.tests[step.test], side

    def _intake(self) -> Iterator[tuple[str, Value]]:
        person = self.person
        yield "precautions", list(person.precautions)
        yield "precautions_asked", [item.code for item in self.library.precautions.values() if item.ask]
        yield "reported", plain(person.reported)
        yield "minutes", Decimal(person.minutes)
        yield "pem", False
        if person.main_problem:
            yield "main_problem", person.main_problem
        if person.kit is not None:
            yield "kit", list(person.kit)
        if person.clearance:
            cleared = self.today - dt.timedelta(days=person.visits[0] + 12)
            yield "clearance", {"by": person.clearance, "date": cleared.isoformat()}

    def _step(self, step: Step, share: float) -> Iterator[Told]:
        if step.test == STAND:
            fields = stand_fields(self.person.stand, self.chance, 1 - share)
            yield from (Told(Cell(STAND, field=field), value) for field, value in fields)
            return
        for side in step.sides:
            yield from self._side(self.library.tests[step.test], side, share)

    def _side(self, test: Test, side: Side, share: float) -> Iterator[Told]:
        if test.id in self.person.absent:
            yield Told(Cell(test.id, side), absent=self.person.absent[test.id])
            return
        value = self.first[test.id, side]
        goal = self.goal[test.id, side]
        if isinstance(value, Decimal) and isinstance(goal, Decimal):
            value = toward(test, value, goal, share, self.chance)
        if test.measure.trials > 1 and isinstance(value, Decimal):
            for number, trial in enumerate(trials(test, value, self.chance), 1):
                yield Told(Cell(test.id, side, f"trial.{number}"), trial)
        else:
            yield Told(Cell(test.id, side), value)
        if self.person.is_painful(test.id, side):
            yield Told(Cell(test.id, side, "pain"), Decimal(4))

    def _draw(self, test: Test, side: Side, *, start: bool) -> Decimal | str:
        """A value at the first visit, or the one the person is heading for."""
        if test.id in _TOLD:
            return _TOLD[test.id](self.person, side, start)
        limited = start and self.person.is_limited(test.id, side)
        return measured(test, self.person.sex, self.person.age, self.chance, limited=limited)


def _reset(person: Person, side: Side, start: bool) -> Decimal:
    dizzy = person.is_limited("reset3", side)
    return Decimal({"pre": 6, "post": 3}[side] if dizzy else 0)


_TOLD = {
    "nprs": lambda person, side, start: Decimal(person.pain if start else max(0, person.pain - 4)),
    "psfs_mean": lambda person, side, start: Decimal(10 - person.pain - (0 if start else -2)),
    "beighton": lambda person, side, start: Decimal(7),
    "reset3": _reset,
}
"""Tests whose values follow from the person's story."""
