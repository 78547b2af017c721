"""Which test comes next: by position, core or extended, and what is left out for this patient, and why."""

from __future__ import annotations

from typing import NamedTuple, get_args

from protocols.model import Library, Side, Station, Test
from protocols.routes import omissions
from protocols.routes.lengths import EXTENDED_FROM, SCREENED_TO, USUAL_LENGTH, by_findings
from protocols.routes.omissions import CORE_ONLY, IRRITABLE, OMISSIONS, codes_of
from protocols.routes.pauses import AT, pauses
from protocols.standing import Verdict
from protocols.visit import Cell, Progress, Visit

__all__ = [
    "CORE_ONLY",
    "EXTENDED_FROM",
    "IRRITABLE",
    "OMISSIONS",
    "SCREENED_TO",
    "STAND",
    "STATIONS",
    "USUAL_LENGTH",
    "Step",
    "by_findings",
    "codes_of",
    "is_done",
    "next_open",
    "progress",
    "route",
    "side_done",
    "sides",
    "skipped",
    "step_done",
]

STAND = "@stand"
"""The id of the one step that is the whole stand test."""
STATIONS: tuple[Station, ...] = get_args(Station)
_SIDES: dict[str, tuple[Side, ...]] = {"LR": ("left", "right"), "one": ("value",), "pre_post": ("pre", "post")}
_STAND_ENDS = ("completed", "stopped", "not_done", "told")


class Step(NamedTuple):
    """One stop of the route: a test, or the stand test, and where the patient is for it."""

    test: str
    station: Station
    sides: tuple[Side, ...] = ()
    """The sides to take; none for the stand test."""
    pause: str = ""
    """What to do before it, where the patient has to rise with care."""
    caution: str = ""
    """Why it would be left out, where it is taken all the same."""


def route(
    library: Library,
    *,
    core_only: bool = True,
    extended: tuple[str, ...] = (),
    verdict: Verdict | None = None,
    in_force: frozenset[str] = frozenset(),
    presyncope: bool = False,
    begun: frozenset[str] = frozenset(),
) -> tuple[Step, ...]:
    """The steps in the order that spares position changes: every station once, the stand test first.

    `extended` names tests wanted beyond the core; `begun` are tests with a value already, or wanted in spite of what
    speaks against them, which are never taken away.
    """
    codes = omissions.with_stage(in_force, verdict, presyncope)
    wanted = _wanted(library, core_only, extended)
    left_out = omissions.left_out(library.tests.values(), codes)
    kept = {test.id for test in wanted if test.id not in left_out} | begun
    tests = [test for test in library.tests.values() if test.id in kept and _typed(test)]
    steps = [Step(test.id, test.station, sides(test), caution=left_out.get(test.id, "")) for test in tests]
    steps.append(Step(STAND, "stand_test"))
    places = {test.id: test.order for test in tests}
    ordered = sorted(steps, key=lambda step: (STATIONS.index(step.station), places.get(step.test, 0)))
    return _with_pauses(ordered) if codes & AT else tuple(ordered)


def _with_pauses(steps: list[Step]) -> tuple[Step, ...]:
    before = pauses([step.station for step in steps])
    return tuple(step._replace(pause=pause) for step, pause in zip(steps, before, strict=True))


def skipped(
    library: Library,
    *,
    core_only: bool = True,
    extended: tuple[str, ...] = (),
    verdict: Verdict | None = None,
    in_force: frozenset[str] = frozenset(),
    presyncope: bool = False,
    begun: frozenset[str] = frozenset(),
) -> dict[str, str]:
    """Test id -> why it is left out for this patient."""
    codes = omissions.with_stage(in_force, verdict, presyncope)
    left_out = omissions.left_out(_wanted(library, core_only, extended), codes)
    return {test: why for test, why in left_out.items() if test not in begun}


def sides(test: Test) -> tuple[Side, ...]:
    """The sides a test is taken on."""
    return _SIDES[test.measure.sides]


def _typed(test: Test) -> bool:
    return test.kind != "computed" and test.station != "stand_test"


def _wanted(library: Library, core_only: bool, extended: tuple[str, ...]) -> list[Test]:
    return [
        test for test in library.tests.values() if _typed(test) and (test.core or not core_only or test.id in extended)
    ]


def is_done(test: Test, visit: Visit) -> bool:
    """Every side has a value, a trial, was stopped, or the reason there is none."""
    return all(side_done(visit, test.id, side) for side in sides(test))


def side_done(visit: Visit, test: str, side: str) -> bool:
    """Whether there is anything on record that ends this side."""
    return any(Cell(test, side, field) in visit.cells for field in ("value", "trial.1", "stopped"))


def step_done(step: Step, visit: Visit) -> bool:
    """`is_done` for a step; the stand test is done when it was completed, stopped or refused."""
    if step.test == STAND:
        return any(Cell(STAND, "value", end) in visit.cells for end in _STAND_ENDS)
    return all(side_done(visit, step.test, side) for side in step.sides)


def next_open(route: tuple[Step, ...], visit: Visit, after: str | None = None) -> Step | None:
    """The next step still open after the one named, then from the start; None when all are done."""
    at = next((place for place, step in enumerate(route, 1) if step.test == after), 0)
    return next((step for step in route[at:] + route[:at] if not step_done(step, visit)), None)


def progress(route: tuple[Step, ...], visit: Visit, library: Library | None = None) -> Progress:
    """How far the visit is along its route."""
    still_open = tuple(step.test for step in route if not step_done(step, visit))
    return Progress(len(route) - len(still_open), len(route), still_open)
