"""The route: its order, what is left out and why, and what is done."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from itertools import groupby, pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocols.assessment import assess
from protocols.case import Case, Entry, Patient, Taken
from protocols.findings import Finding
from protocols.library import load
from protocols.route import (
    OMISSIONS,
    STAND,
    STATIONS,
    Step,
    by_findings,
    codes_of,
    is_done,
    next_open,
    progress,
    route,
    skipped,
)
from protocols.routes.omissions import MARKS
from protocols.routes.pauses import SECOND_BLOCK
from protocols.standing import Stage, Verdict
from protocols.visit import Cell, Measurement, PatientDetails, Value, Visit, record

LIBRARY = load()
TYPED = {test.id for test in LIBRARY.tests.values() if test.kind != "computed"}
CORE = """posture_hip_offset pelvic_tilt mtt_hip_ext hip_pinch hip_ir_supine hip_ir_seated hip_er_seated
    supine_twist_gap ll_rot wall_hinge sh_flex_supine sls_eo gait_foot fpi6 wblt_cm reset3"""
WHEN = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
ANA = PatientDetails(id="p", code="P1", family_name="Ruiz", given_name="Ana", birth_date=dt.date(1992, 3, 4), sex="F")
codes = st.frozensets(st.sampled_from(sorted({code for one in OMISSIONS for code in one.codes})))


def visit(*cells: tuple[Cell, Value]) -> Visit:
    taken = Visit(id="v", patient=ANA, started=WHEN, clinician="M. Vogel", number=1, digest="")
    for cell, value in cells:
        row = Measurement(id="r", visit="v", **cell._asdict(), value=value, at=WHEN, clinician="M. Vogel")
        taken = record(taken, row)
    return taken


def of_stage(stage: Stage) -> Verdict:
    return Verdict(label="", tags=(), delta_hr_max=None, noh_ratio=None, stage=stage)


def test_the_core_screen_holds_the_core_tests_in_the_order_of_positions() -> None:
    steps = route(LIBRARY)
    assert {step.test for step in steps} >= {*CORE.split(), STAND}
    places = [STATIONS.index(step.station) for step in steps]
    assert places == sorted(places)
    within = [(step.station, LIBRARY.tests[step.test].order) for step in steps if step.test != STAND]
    assert [order for _, order in within] == [
        order for station in STATIONS for order in sorted(order for where, order in within if where == station)
    ]
    assert [step.test for step in steps].count(STAND) == 1


def test_the_stand_test_comes_before_anything_that_moves_the_patient() -> None:
    steps = [step.station for step in route(LIBRARY, core_only=False)]
    assert set(steps[: steps.index("stand_test")]) <= {"questions", "lying_rest"}


def test_computed_tests_are_no_step_and_extended_ones_come_on_request() -> None:
    everything = {step.test for step in route(LIBRARY, core_only=False)}
    assert everything <= TYPED | {STAND}
    core = {step.test for step in route(LIBRARY)}
    wider = {step.test for step in route(LIBRARY, extended=("sorensen", "hip_arc_seated", "unknown"))}
    assert wider - core == {"sorensen"}


@given(in_force=codes, presyncope=st.booleans(), stage=st.sampled_from([None, 1, 2, 3, "none", "unknown"]))
def test_a_wanted_test_is_on_the_route_or_has_a_reason(
    in_force: frozenset[str], presyncope: bool, stage: Stage | None
) -> None:
    verdict = None if stage is None else of_stage(stage)
    on_route = {
        step.test for step in route(LIBRARY, core_only=False, verdict=verdict, in_force=in_force, presyncope=presyncope)
    }
    left_out = skipped(LIBRARY, core_only=False, verdict=verdict, in_force=in_force, presyncope=presyncope)
    assert on_route.isdisjoint(left_out)
    assert (
        on_route | set(left_out) >= {test.id for test in LIBRARY.tests.values() if test.station != "stand_test"} & TYPED
    )
    assert all(left_out.values())


@pytest.mark.parametrize(
    ("code", "left_out", "kept"),
    [
        ("KNEEL", "ll_rot", "seated_rot"),
        ("HIP_R", "hip_ir_seated", "pelvic_tilt"),
        ("PREG_SUP", "mtt_hip_ext", "hip_ir_seated"),
        ("PREG_PRONE", "ely_knee_flex", "sh_flex_supine"),
        ("SHO_AC", "wall_hinge", "hip_ir_supine"),
        ("GLAUC", "wall_hinge", "sh_flex_supine"),
        ("OSTEO", "supine_twist_gap", "ll_rot"),
        ("ANTICOAG", "trp", "cva"),
    ],
)
def test_a_precaution_leaves_out_what_its_skip_line_says(code: str, left_out: str, kept: str) -> None:
    reasons = skipped(LIBRARY, core_only=False, in_force=frozenset({code}))
    assert left_out in reasons
    assert kept not in reasons


@pytest.mark.parametrize(("stage", "left_out"), [(1, True), (2, True), (3, False), ("none", False), ("unknown", False)])
def test_the_head_down_hinge_is_left_out_at_stages_1_and_2(stage: Stage, left_out: bool) -> None:
    assert ("wall_hinge" in skipped(LIBRARY, verdict=of_stage(stage))) == left_out


def test_feeling_faint_in_the_stand_test_leaves_out_squats_and_one_leg_balance() -> None:
    assert {"hip_pinch", "sls_eo"} <= set(skipped(LIBRARY, presyncope=True))
    assert not {"hip_pinch", "sls_eo"} & set(skipped(LIBRARY, verdict=of_stage(1)))


def test_a_test_already_begun_is_never_taken_away() -> None:
    begun = frozenset({"ll_rot", "fadir"})
    steps = {step.test for step in route(LIBRARY, in_force=frozenset({"KNEEL", "HIP_R"}), begun=begun)}
    assert begun <= steps
    assert begun.isdisjoint(skipped(LIBRARY, in_force=frozenset({"KNEEL", "HIP_R"}), begun=begun))


def test_every_omission_names_what_the_library_knows() -> None:
    for one in OMISSIONS:
        flags = {flag.id for flag in LIBRARY.red_flags.flags}
        assert one.codes - MARKS <= {*LIBRARY.precautions, *flags}
        assert set(one.tests) <= set(LIBRARY.tests)
        assert one.tests or one.stations


def test_a_test_is_done_when_every_side_has_a_value_a_trial_or_a_reason() -> None:
    balance = LIBRARY.tests["sls_eo"]
    left, right = Cell("sls_eo", "left", "trial.1"), Cell("sls_eo", "right")
    assert not is_done(balance, visit((left, Decimal(31))))
    assert is_done(balance, visit((left, Decimal(31)), (right, Decimal(30))))
    assert not is_done(balance, visit((left, Decimal(31)), (Cell("sls_eo", "right", "pain"), Decimal(3))))
    reset = LIBRARY.tests["reset3"]
    assert not is_done(reset, visit((Cell("reset3", "pre"), Decimal(6))))
    assert is_done(reset, visit((Cell("reset3", "pre"), Decimal(6)), (Cell("reset3", "post"), Decimal(3))))


STEPS = (Step("nprs", "questions", ("value",)), Step(STAND, "stand_test"), Step("fpi6", "standing", ("left", "right")))


def test_the_next_open_step_goes_round() -> None:
    only_pain = visit((Cell("nprs"), Decimal(4)))
    assert next_open(STEPS, only_pain, None) == STEPS[1]
    assert next_open(STEPS, only_pain, STAND) == STEPS[2]
    assert next_open(STEPS, only_pain, "fpi6") == STEPS[1]
    assert next_open(STEPS, visit(), "no such step") == STEPS[0]
    assert progress(STEPS, only_pain, LIBRARY) == (1, 3, (STAND, "fpi6"))


@pytest.mark.parametrize("end", ["completed", "stopped", "not_done"])
def test_the_stand_test_is_done_once_it_ended(end: str) -> None:
    assert next_open(STEPS[1:2], visit((Cell(STAND, field="minute.1"), {"hr": Decimal(90)}))) == STEPS[1]
    assert next_open(STEPS[1:2], visit((Cell(STAND, field=end), True))) is None


# -- for one patient: flags, stages, pauses, the length of the visit --------------------------------------------------


def at_visit(**told: Any) -> Case:
    return Case(patient=Patient(sex="F", age=40), date=WHEN.date(), **told)


def codes_for(case: Case) -> frozenset[str]:
    now = assess(case, LIBRARY)
    return codes_of(case, now.blocks, now.grades)


@pytest.mark.parametrize(
    ("flags", "left_out", "kept"),
    [
        (("neck_risk",), "frt jpe", "cerv_rot cerv_ext dnf_hold cva trp"),
        (("cad_risk_multi",), "frt jpe cerv_rot cerv_ext cerv_flex cerv_sf dnf_hold", "cva trp"),
        (("neck_risk", "cad_risk_multi"), "frt jpe cerv_rot dnf_hold", "cva"),
        (("cad_risk",), "", "frt jpe cerv_rot"),
        (("cad_risk", "bp_140_179"), "frt cerv_rot", "cva"),
        (("preg_or_post",), "ely_knee_flex pit sorensen sl_bridge side_bridge", "mtt_hip_ext ll_rot"),
        (("fx_osteo",), "pit ple supine_twist_gap", "frt"),
    ],
)
def test_a_red_flag_leaves_out_what_the_reference_says_and_no_more(
    flags: tuple[str, ...], left_out: str, kept: str
) -> None:
    reasons = skipped(LIBRARY, core_only=False, in_force=codes_for(at_visit(red_flags=flags)))
    assert set(left_out.split()) <= reasons.keys()
    assert not set(kept.split()) & reasons.keys()


def test_neck_caution_ticked_as_a_precaution_spares_all_end_range() -> None:
    reasons = skipped(LIBRARY, core_only=False, in_force=codes_for(at_visit(precautions=("NECK",))))
    assert {"frt", "jpe", "cerv_rot", "dnf_hold"} <= reasons.keys()


def test_strong_pain_takes_the_core_set_only() -> None:
    pain: dict[str, Entry] = {"nprs": {"value": Taken(value=Decimal(7))}}
    codes = codes_for(at_visit(tests=pain))
    assert "IRRITABLE" in codes
    assert "hip_pinch" in skipped(LIBRARY, in_force=codes)
    pain["nprs"] = {"value": Taken(value=Decimal("6.9"))}
    assert "IRRITABLE" not in codes_for(at_visit(tests=pain))


@given(in_force=codes, extended=st.lists(st.sampled_from(sorted(TYPED)), max_size=12))
def test_no_station_is_left_and_taken_up_again(in_force: frozenset[str], extended: list[str]) -> None:
    """The changes of station are as few as there are stations, less one; no test stands twice."""
    steps = route(LIBRARY, extended=tuple(extended), in_force=in_force)
    names = [step.test for step in steps]
    assert len(names) == len(set(names))
    changes = [station for station, _ in groupby(step.station for step in steps)]
    assert len(changes) == len(set(changes))


@given(in_force=codes)
def test_every_rise_has_its_pause_at_stages_1_and_2_only(in_force: frozenset[str]) -> None:
    steps = route(LIBRARY, core_only=False, in_force=in_force)
    paused = [step.pause for step in steps if step.pause]
    if not in_force & {"POTS1", "POTS2"}:
        assert not paused
        return
    lying = {"lying_rest", "stand_test", "supine", "side", "prone", "endurance"}
    for before, step in pairwise(steps):
        rises = before.station in lying and step.station in ("sitting", "kneeling", "standing")
        rises |= before.station in ("sitting", "kneeling") and step.station == "standing"
        assert bool(step.pause) == rises or step.pause == SECOND_BLOCK
    standing = [step for step in steps if step.station == "standing"]
    blocks = [place for place, step in enumerate(standing) if step.pause == SECOND_BLOCK]
    assert blocks == [len(standing) - len(standing) // 2]


def found(code: str, *because: str) -> Finding:
    return Finding(code=code, side=None, severity=1, because=because)


def test_what_was_found_adds_the_tests_of_its_region_from_its_station_on() -> None:
    hip = by_findings(LIBRARY, [found("HIR", "hip_ir_supine")])
    assert {"fadir", "hip_ir_prone", "hip_er_prone"} == set(hip)
    assert "cva" not in by_findings(LIBRARY, [found("FHP", "dnf_hold")]), "sitting is over by then"
    assert {"trp", "ucp_count"} <= set(by_findings(LIBRARY, [found("FHP", "dnf_hold")]))
    assert by_findings(LIBRARY, []) == ()
    assert by_findings(LIBRARY, [found("STR", "reported")]) == ()
    assert {"pit", "ple", "sorensen"} <= set(by_findings(LIBRARY, [], "LBT"))
    assert by_findings(LIBRARY, [], "no such code") == ()


@given(st.lists(st.sampled_from(sorted(LIBRARY.findings)), max_size=6), st.data())
def test_nothing_is_added_behind_the_patient(raised: list[str], data: st.DataObject) -> None:
    tests = sorted(TYPED)
    findings = [found(code, data.draw(st.sampled_from(tests))) for code in raised]
    earliest = min((STATIONS.index(LIBRARY.tests[one.because[0]].station) for one in findings), default=99)
    for test in by_findings(LIBRARY, findings):
        assert not LIBRARY.tests[test].core
        assert LIBRARY.tests[test].kind != "score"
        assert STATIONS.index(LIBRARY.tests[test].station) >= earliest


def test_a_test_wanted_in_spite_of_a_reason_carries_it() -> None:
    steps = route(LIBRARY, in_force=frozenset({"KNEEL"}), begun=frozenset({"ll_rot"}))
    assert {step.test: step.caution for step in steps if step.caution} == {"ll_rot": "cannot kneel"}
