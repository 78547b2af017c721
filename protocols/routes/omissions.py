"""What is left out for one patient, and why: the skip lines of the tests, read as a table.

A code is a precaution, a red flag answered yes, or one of the marks named here. The first omission that fits gives the
reason. Skip lines that name something nobody asks before the test (a fresh fracture, a repair under 12 weeks) stay
with the test, for the therapist to read.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from protocols.case import Case
from protocols.grading import SideGrade, TestGrade
from protocols.model import Station, Test
from protocols.standing import Verdict

PRESYNCOPE: Final = "PRESYNCOPE"
"""Fainted or nearly fainted in the stand test."""
IRRITABLE: Final = "IRRITABLE"
"""Pain so strong, or so slow to settle, that only the core set is taken: a precaution, and a mark of its own."""
IRRITABLE_FROM: Final = 7
"""NPRS 0-10. Clinic rule: the core set only."""
CORE_ONLY: Final = "pain of 7 or more, or slow to settle: the core tests only, no deep squat, no endurance hold"
MARKS: Final = frozenset({PRESYNCOPE, IRRITABLE})
ARTERY_FACTORS: Final = frozenset({"cad_risk", "bp_140_179"})
"""Each counts as one risk factor for the neck arteries; both together as several."""


class Omission(NamedTuple):
    """When tests are left out: any of these codes in force. `stations` stand for all their tests."""

    codes: frozenset[str]
    why: str
    tests: tuple[str, ...] = ()
    stations: tuple[Station, ...] = ()


def _when(codes: str, why: str, tests: str = "", stations: tuple[Station, ...] = ()) -> Omission:
    return Omission(frozenset(codes.split()), why, tuple(tests.split()), stations)


OMISSIONS: Final[tuple[Omission, ...]] = (
    _when("PREG_SUP", "after 20 weeks of pregnancy: not flat on the back", stations=("supine",)),
    _when(
        "PREG_SUP PREG_PRONE PREG_ABD PREG3 preg_or_post",
        "pregnancy, or six weeks after it: no lying face down, no bridges, no endurance holds",
        "sorensen flexor_hold side_bridge sl_bridge",
        ("prone",),
    ),
    _when("PREG3", "late pregnancy", "pelvic_tilt mtt_hip_ext mtt_knee_flex mtt_hip_abd supine_twist_gap seated_rot"),
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
    _when(
        "NECK neck_instab cad_risk_multi",
        "neck signs, or several risk factors for the neck arteries: no end-range or sustained neck tests",
        "frt jpe dnf_hold cerv_rot cerv_ext cerv_flex cerv_sf",
    ),
    _when("neck_risk", "neck caution: no passive end range, no repositioning test", "frt jpe"),
    _when("HEAD_DOWN GLAUC", "no head-down position", "wall_hinge ll_rot sorensen"),
    _when("POTS1 POTS2", "standing tolerance: no head-down position", "wall_hinge sorensen"),
    _when("POTS1 POTS2", "standing tolerance: no endurance holds", "flexor_hold side_bridge"),
    _when(PRESYNCOPE, "felt faint in the stand test", "hip_pinch sls_eo sls_ec ybt_ant wall_hinge"),
    _when("BAL", "falls risk", "sls_ec ybt_ant"),
    _when("BPPV", "positional vertigo", "sls_ec"),
    _when("VALS", "no straining, and not head down with pressure", "wall_hinge"),
    _when("VALS CARDIAC", "no straining", "sorensen flexor_hold side_bridge sl_bridge"),
    _when("ABDO", "hernia or recent abdominal surgery", "sorensen flexor_hold side_bridge"),
    _when("DVT", "suspected clot", "calf_raise"),
    _when("ANTICOAG", "blood thinners or easy bruising: no deep pressure", "trp"),
    _when(
        IRRITABLE,
        CORE_ONLY,
        "hip_pinch sorensen flexor_hold side_bridge",
    ),
)


def left_out(tests: Iterable[Test], codes: frozenset[str]) -> dict[str, str]:
    """Test id -> why, for those of the tests that a code in force leaves out."""
    active = [one for one in OMISSIONS if one.codes & codes]
    reasons: dict[str, str] = {}
    for test in tests:
        why = next((one.why for one in active if test.id in one.tests or test.station in one.stations), None)
        if why is not None:
            reasons[test.id] = why
    return reasons


def codes_of(case: Case, blocks: frozenset[str], grades: dict[str, TestGrade]) -> frozenset[str]:
    """Everything a test can be left out for: blocks in force, flags answered yes, and the marks.

    The block NECK is set by red flags of different weight. Unless it was ticked as a precaution, the flag itself
    decides: an old neck condition without signs spares two tests, signs and artery risks spare them all.
    """
    flags = frozenset(case.red_flags)
    codes = blocks | flags
    if "NECK" not in case.precautions:
        codes -= {"NECK"}
    if flags >= ARTERY_FACTORS:
        codes |= {"cad_risk_multi"}
    stand = case.standing
    if stand is not None and (stand.presyncope or stand.syncope):
        codes |= {PRESYNCOPE}
    return codes | {IRRITABLE} if _irritable(grades) else codes


def with_stage(codes: frozenset[str], verdict: Verdict | None, presyncope: bool) -> frozenset[str]:
    """The codes with those of a stand test that ended at stage 1 or 2, or in a near-faint."""
    stage = {f"POTS{verdict.stage}"} if verdict is not None and verdict.stage in (1, 2) else set()
    return codes | stage | ({PRESYNCOPE} if presyncope else set())


def _irritable(grades: dict[str, TestGrade]) -> bool:
    given = grades["nprs"].sides.get("value") if "nprs" in grades else None
    value = given.value if isinstance(given, SideGrade) and given.grade != "INVALID" else None
    return value is not None and not isinstance(value, str) and value >= IRRITABLE_FROM
