"""Which test comes next: by position, core or extended, and what is left out for this patient, and why."""

from __future__ import annotations

from typing import NamedTuple, get_args

from protocols.model import Library, Side, Station, Test
from protocols.standing import Verdict
from protocols.visit import Cell, Progress, Visit

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


class Omission(NamedTuple):
    """When tests are left out: any of these codes in force. `stations` stand for all their tests."""

    codes: frozenset[str]
    why: str
    tests: tuple[str, ...] = ()
    stations: tuple[Station, ...] = ()


def _when(codes: str, why: str, tests: str = "", stations: tuple[Station, ...] = ()) -> Omission:
    return Omission(frozenset(codes.split()), why, tuple(tests.split()), stations)


OMISSIONS: tuple[Omission, ...] = (
    _when("PREG_SUP", "after 20 weeks of pregnancy: not flat on the back", stations=("supine",)),
    _when(
        "PREG_SUP PREG_PRONE PREG_ABD PREG3",
        "pregnancy: no lying face down, no bridges, no endurance holds",
        "sorensen flexor_hold side_bridge sl_bridge",
        ("prone",),
    ),
    _when("PREG3", "late pregnancy", "pelvic_tilt mtt_hip_ext mtt_knee_flex mtt_hip_abd supine_twist_gap"),
    _when("KNEEL", "cannot kneel", stations=("kneeling",)),
    _when("KNEE_MED", "inner knee ligament pain", "hip_ir_prone hip_er_prone"),
    _when(
        "SHO_AC",
        "acute, recently dislocated or operated shoulder",
        "wall_hinge sh_flex_supine bts_gap lat_deficit ll_rot side_bridge",
    ),
    _when("WRIST", "cannot bear weight on the wrist", "side_bridge"),
    _when(
        "HIP_R",
        "hip replacement or operation, or a hip flare: only within the surgeon's limits",
        "mtt_hip_ext mtt_knee_flex mtt_hip_abd hip_pinch hip_ir_supine hip_ir_seated hip_er_seated hip_ir_prone"
        " hip_er_prone fadir supine_twist_gap",
    ),
    _when(
        "OSTEO",
        "fracture risk: no end-range twist, no endurance hold",
        "pit ple sorensen flexor_hold side_bridge supine_twist_gap seated_rot",
    ),
    _when("RADIC", "leg pain from the back", "supine_twist_gap seated_rot ely_knee_flex ake_deficit"),
    _when("RIB", "rib fracture or rib pain", "chest_exp"),
    _when("NECK", "neck precautions", "frt jpe dnf_hold cerv_rot cerv_ext cerv_flex cerv_sf"),
    _when("HEAD_DOWN GLAUC", "no head-down position", "wall_hinge ll_rot"),
    _when("POTS1 POTS2", "standing tolerance: no head-down position", "wall_hinge sorensen"),
    _when("PRESYNCOPE", "felt faint in the stand test", "hip_pinch sls_eo sls_ec ybt_ant wall_hinge"),
    _when("BAL", "falls risk", "sls_ec ybt_ant"),
    _when("BPPV", "positional vertigo", "sls_ec"),
    _when("VALS CARDIAC", "no straining", "sorensen flexor_hold side_bridge sl_bridge"),
    _when("ABDO", "hernia or recent abdominal surgery", "sorensen flexor_hold side_bridge"),
    _when("DVT", "suspected clot", "calf_raise"),
    _when("ANTICOAG", "blood thinners or easy bruising: no deep pressure", "trp"),
)
"""From the skip lines of the tests and the meaning of the precaution codes; the first that fits gives the reason."""


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
    """The steps in the order that spares position changes.

    `extended` names tests wanted beyond the core; `begun` are tests with a value already, which are never taken away.
    """
    wanted = _wanted(library, core_only, extended)
    left_out = _left_out(wanted, verdict, in_force, presyncope)
    kept = {test.id for test in wanted if test.id not in left_out} | begun
    tests = [test for test in library.tests.values() if test.id in kept]
    steps = [Step(test.id, test.station, sides(test)) for test in tests if _typed(test)]
    steps.append(Step(STAND, "stand_test"))
    places = {step.test: library.tests[step.test].order for step in steps if step.test != STAND}
    return tuple(sorted(steps, key=lambda step: (STATIONS.index(step.station), places.get(step.test, 0))))


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
    left_out = _left_out(_wanted(library, core_only, extended), verdict, in_force, presyncope)
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


def _left_out(
    wanted: list[Test], verdict: Verdict | None, in_force: frozenset[str], presyncope: bool
) -> dict[str, str]:
    codes = in_force | _codes_of(verdict, presyncope)
    active = [omission for omission in OMISSIONS if omission.codes & codes]
    reasons: dict[str, str] = {}
    for test in wanted:
        why = next((one.why for one in active if test.id in one.tests or test.station in one.stations), None)
        if why is not None:
            reasons[test.id] = why
    return reasons


def _codes_of(verdict: Verdict | None, presyncope: bool) -> frozenset[str]:
    codes = {"PRESYNCOPE"} if presyncope else set()
    if verdict is not None and verdict.stage in (1, 2):
        codes.add(f"POTS{verdict.stage}")
    return frozenset(codes)


def is_done(test: Test, visit: Visit) -> bool:
    """Every side has a value, a trial, or the reason there is none."""
    return all(_taken(visit, test.id, side) for side in sides(test))


def _taken(visit: Visit, test: str, side: str) -> bool:
    return Cell(test, side) in visit.cells or Cell(test, side, "trial.1") in visit.cells


def step_done(step: Step, visit: Visit) -> bool:
    """`is_done` for a step; the stand test is done when it was completed, stopped or refused."""
    if step.test == STAND:
        return any(Cell(STAND, "value", end) in visit.cells for end in _STAND_ENDS)
    return all(_taken(visit, step.test, side) for side in step.sides)


def next_open(route: tuple[Step, ...], visit: Visit, after: str | None = None) -> Step | None:
    """The next step still open after the one named, then from the start; None when all are done."""
    at = next((place for place, step in enumerate(route, 1) if step.test == after), 0)
    return next((step for step in route[at:] + route[:at] if not step_done(step, visit)), None)


def progress(route: tuple[Step, ...], visit: Visit, library: Library | None = None) -> Progress:
    """How far the visit is along its route."""
    still_open = tuple(step.test for step in route if not step_done(step, visit))
    return Progress(len(route) - len(still_open), len(route), still_open)
