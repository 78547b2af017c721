"""From graded tests to findings (rules 5): severity, side, because, pain, and the blocks the screen sets."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocols import findings, grading
from protocols.case import Entry, Reading, Stand, Taken
from protocols.plans.raising import RULES
from protocols.red_flags import Concern
from tests.protocols.visits import CALM, blocks, case, found, known, one, sides

ON_FEET = Stand(standing=(Reading(minute=1),))


def severities(**tests: Entry) -> dict[str, int]:
    return {code: one.severity for code, one in found(case(tests=tests)).items()}


# -- severity --------------------------------------------------------------------------------------------------------


def test_within_reference_nothing_is_found() -> None:
    assert found(case(tests={"mtt_hip_ext": sides(5, 5), "fpi6": sides(2, 3)})) == {}


def test_a_borderline_side_is_mild() -> None:
    assert severities(mtt_hip_ext=sides(-3, 5)) == {"PSO": 1}


def test_one_restricted_test_is_moderate() -> None:
    assert severities(mtt_hip_ext=sides(-8, -6)) == {"PSO": 2}


def test_two_restricted_tests_are_marked() -> None:
    assert severities(mtt_hip_ext=sides(-8, -6), hip_pinch=sides(5, 0)) == {"PSO": 3}


def test_a_borderline_test_beside_a_restricted_one_adds_nothing() -> None:
    assert severities(mtt_hip_ext=sides(-8, -6), hip_pinch=sides(1, 0)) == {"PSO": 2}


def test_a_restricted_test_that_differs_between_sides_is_marked() -> None:
    assert severities(mtt_hip_ext=sides(-8, 5)) == {"PSO": 3}


def test_a_borderline_test_that_differs_between_sides_stays_mild() -> None:
    assert severities(mtt_hip_ext=sides(-5, 5)) == {"PSO": 1}


def test_this_is_my_pain_makes_it_marked() -> None:
    assert severities(mtt_hip_ext=sides(-8, -6, left_familiar=True)) == {"PSO": 3}


def test_familiar_pain_on_a_side_that_is_not_restricted_does_not() -> None:
    assert severities(mtt_hip_ext=sides(-3, 5, left_familiar=True)) == {"PSO": 1}


def test_absent_sides_and_numbers_out_of_limits_raise_nothing() -> None:
    assert severities(mtt_hip_ext={"left": Taken(absent="pain"), "right": Taken(absent="refused")}) == {}
    assert severities(mtt_hip_ext=sides(-999, 5)) == {}


def test_below_18_nothing_is_graded_and_nothing_found() -> None:
    assert found(case(age=17, tests={"mtt_hip_ext": sides(-20, -20)})) == {}


@given(st.integers(-40, 20), st.integers(-40, 20), st.integers(0, 10), st.integers(0, 10), st.integers(0, 5))
def test_a_worse_pair_of_sides_is_never_milder(left: int, right: int, pinch: int, other: int, worse: int) -> None:
    """Both sides lose the same, so no difference between them is won or lost."""
    before = severities(mtt_hip_ext=sides(left, right), hip_pinch=sides(pinch, other))
    after = severities(
        mtt_hip_ext=sides(left - worse, right - worse), hip_pinch=sides(min(pinch + worse, 10), min(other + worse, 10))
    )
    assert after.get("PSO", 0) >= before.get("PSO", 0)


# -- side, because, pain ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("left", "right", "side"), [(-8, 5, "left"), (5, -3, "right"), (-8, -3, "both")])
def test_the_side_is_the_one_outside_reference(left: float, right: float, side: str) -> None:
    assert found(case(tests={"mtt_hip_ext": sides(left, right)}))["PSO"].side == side


def test_tests_without_sides_give_no_side() -> None:
    assert found(case(tests={"chest_exp": one(1)}))["TEX"].side is None


def test_a_test_with_sides_decides_beside_one_without() -> None:
    assert found(case(tests={"chest_exp": one(1), "bts_gap": sides(9, 1)}))["TEX"].side == "left"


def test_because_follows_the_table_not_the_order_sent() -> None:
    sent = {"hip_pinch": sides(1, 0), "mtt_hip_ext": sides(-3, 5)}
    assert found(case(tests=sent))["PSO"].because == ("mtt_hip_ext", "hip_pinch")


def test_because_leaves_out_a_test_within_reference() -> None:
    sent = {"hip_pinch": sides(0, 0), "mtt_hip_ext": sides(-3, 5)}
    assert found(case(tests=sent))["PSO"].because == ("mtt_hip_ext",)


def test_pain_counts_only_on_a_side_that_raised_the_finding() -> None:
    assert found(case(tests={"mtt_hip_ext": sides(-8, 5, left_pain=3)}))["PSO"].pain_limited
    assert not found(case(tests={"mtt_hip_ext": sides(-8, 5, right_pain=9)}))["PSO"].pain_limited
    assert not found(case(tests={"mtt_hip_ext": sides(-8, 5, left_pain=2)}))["PSO"].pain_limited


def test_asymmetry_is_kept_for_the_rank() -> None:
    assert found(case(tests={"mtt_hip_ext": sides(-3, 5)}))["PSO"].asymmetry
    assert not found(case(tests={"mtt_hip_ext": sides(-3, 0)}))["PSO"].asymmetry


def test_findings_come_in_the_order_of_the_ladder_table() -> None:
    sent = {"trp": sides("active", "none"), "cva": one(46), "mtt_hip_ext": sides(-3, 5)}
    assert list(found(case(tests=sent))) == ["PSO", "FHP", "TRP"]


# -- findings with a rule of their own -------------------------------------------------------------------------------


def test_a_forward_tilt_names_the_short_hip_flexor_beside_it() -> None:
    apt = found(case(tests={"pelvic_tilt": sides(14, 15), "mtt_hip_ext": sides(-3, 5, left_pain=4)}))["APT"]
    assert (apt.severity, apt.because, apt.side) == (1, ("pelvic_tilt", "mtt_hip_ext"), "both")
    assert apt.pain_limited


@pytest.mark.parametrize(("tilt", "hip", "severity"), [(14, -8, 1), (18, 5, 2), (18, -3, 2), (18, -8, 3)])
def test_a_forward_tilt_is_marked_only_with_a_restricted_hip_flexor(tilt: int, hip: int, severity: int) -> None:
    sent = {"pelvic_tilt": sides(tilt, tilt), "mtt_hip_ext": sides(hip, hip)}
    assert found(case(tests=sent))["APT"].severity == severity


@pytest.mark.parametrize(
    ("other", "severity"),
    [({}, 2), ({"ake_deficit": sides(30, 30)}, 3), ({"pslr": sides(50, 50)}, 3), ({"pslr": sides(60, 60)}, 2)],
)
def test_a_backward_tilt_with_short_hamstrings(other: dict[str, Entry], severity: int) -> None:
    ppt = found(case(tests={"pelvic_tilt": sides(-4, -5), **other}))["PPT"]
    assert (ppt.severity, ppt.because) == (severity, ("pelvic_tilt",))


def test_hamstrings_or_hip_flexors_alone_say_nothing_of_the_tilt() -> None:
    assert {"APT", "PPT"}.isdisjoint(found(case(tests={"mtt_hip_ext": sides(-8, -8), "pslr": sides(40, 40)})))


def test_a_compensated_tilt_inside_the_band_is_no_tilt() -> None:
    assert found(case(tests={"pelvic_tilt": sides(10, 10, left_compensated=True)})) == {}


@pytest.mark.parametrize(
    ("sent", "code", "severity"),
    [
        ({"fpi6": sides(6, 2)}, "PRN", 1),
        ({"fpi6": sides(11, 10)}, "PRN", 2),
        ({"fpi6": sides(-1, 2)}, "SUP", 1),
        ({"nav_drop": sides(12, 8)}, "PRN", 1),
        ({"gait_foot": sides("marked-pronation", "neutral")}, "PRN", 2),
        ({"gait_foot": sides("mild-supination", "neutral")}, "SUP", 1),
    ],
)
def test_which_way_a_foot_rolls(sent: dict[str, Entry], code: str, severity: int) -> None:
    assert {one.code: one.severity for one in found(case(tests=sent)).values()} == {code: severity}


def test_a_small_navicular_drop_is_no_sign_of_rolling_out() -> None:
    assert found(case(tests={"nav_drop": sides(1, 1)})) == {}


def test_one_foot_rolls_in_and_the_other_out() -> None:
    both = found(case(tests={"fpi6": sides(7, -2)}))
    assert (both["PRN"].side, both["SUP"].side) == ("left", "right")


def test_both_ways_to_read_the_ankle_bend_are_one_movement() -> None:
    assert severities(wblt_cm=sides(5, 5), wblt_deg=sides(25, 25)) == {"ADF": 2}
    assert severities(wblt_cm=sides(5, 9), wblt_deg=sides(25, 25)) == {"ADF": 3}


def test_thoracic_rotation_is_marked_only_by_two_tests() -> None:
    assert severities(seated_rot=sides(20, 50, left_familiar=True)) == {"TRO": 2}
    assert severities(seated_rot=sides(20, 50), ll_rot=sides(20, 40)) == {"TRO": 3}


def test_palpation_and_jaw_are_never_marked() -> None:
    assert severities(trp=sides("active", "active", left_familiar=True), tmj_open=one(20, familiar=True)) == {
        "TRP": 2,
        "JAW": 2,
    }


def test_prone_instability_adds_one_to_trunk_control_and_raises_nothing() -> None:
    assert severities(pit=one("positive")) == {}
    assert severities(pit=one("positive"), aslr_total=one(1)) == {"COR": 2}
    assert severities(pit=one("negative"), aslr_total=one(1)) == {"COR": 1}
    assert severities(pit=one("positive"), aslr_total=one(5), flexor_hold=one(5)) == {"COR": 3}


@pytest.mark.parametrize(("score", "severity"), [(19, None), (20, 1), (22, 1), (23, 2)])
def test_the_breathing_questionnaire(score: int, severity: int | None) -> None:
    bre = found(case(tests={"nijmegen": one(score)})).get("BRE")
    assert (bre.severity if bre else None) == severity
    assert bre is None or bre.because == ("nijmegen",)


def test_breathing_seen_and_told_is_the_higher_of_both() -> None:
    both = found(case(tests={"nijmegen": one(20), "hilo": one("paradoxical")}))["BRE"]
    assert (both.severity, both.because) == (2, ("hilo", "nijmegen"))


RESPONDED: dict[str, Entry] = {"reset3": {"pre": one(6)["value"], "post": one(3)["value"]}}


def test_dizziness_is_answered_only_when_cleared_calm_and_seen_standing() -> None:
    cleared = case(tests=RESPONDED, dizziness_cleared=True, standing=ON_FEET)
    assert found(cleared, stage="none")["DIZ"].severity == 1
    assert "DIZ" in found(cleared, stage="none", concern=Concern(1, ("night_pain",)))
    assert "DIZ" not in found(cleared, stage="none", concern=Concern(2, ("cord",)))
    assert "DIZ" not in found(msgspec.structs.replace(cleared, dizziness_cleared=False), stage="none")
    assert "DIZ" not in found(msgspec.structs.replace(cleared, standing=None))
    assert "DIZ" not in found(msgspec.structs.replace(cleared, standing=Stand()), stage="unknown")


def test_no_response_to_the_reset_raises_nothing() -> None:
    same: dict[str, Entry] = {"reset3": {"pre": one(6)["value"], "post": one(5)["value"]}}
    assert found(case(tests=same, dizziness_cleared=True, standing=ON_FEET), stage="none") == {}


@pytest.mark.parametrize(("nprs", "severity"), [(None, 1), (4, 1), (5, 2)])
def test_a_sore_low_back_as_main_problem(nprs: int | None, severity: int) -> None:
    tests = {"nprs": one(nprs)} if nprs is not None else {}
    lbt = found(case(main_problem="LBT", tests=tests))["LBT"]
    assert (lbt.severity, lbt.side, lbt.because) == (severity, None, ("main_problem",))


def test_pain_that_grows_on_standing_raises_low_back_tension() -> None:
    assert found(case(tests={"stand_pain_delta": one(2)}))["LBT"].because == ("stand_pain_delta",)
    assert found(case(main_problem="LBT", tests={"stand_pain_delta": one(2)}))["LBT"].severity == 2


def test_pain_alone_is_no_finding() -> None:
    assert found(case(tests={"nprs": one(9)})) == {}


@pytest.mark.parametrize(("stage", "code", "severity"), [(1, "OI1", 3), (2, "OI2", 2), (3, "OI3", 2)])
def test_a_standing_stage_is_a_finding(stage: Any, code: str, severity: int) -> None:
    oi = found(case(), stage=stage)
    assert [(one.code, one.severity, one.side, one.because) for one in oi.values()] == [
        (code, severity, None, ("standing",))
    ]


def test_no_stage_no_finding() -> None:
    assert found(case(), stage="none") == found(case(), stage="unknown") == found(case()) == {}


def test_what_the_patient_reports() -> None:
    told = found(case(reported={"STR": 2, "SIT": 1, "SLP": 3, "HYD": 1}))
    assert {code: one.severity for code, one in told.items()} == {"SIT": 1, "STR": 2, "HYD": 1, "SLP": 3}
    assert told["STR"].because == ("reported",)


def test_every_rule_named_in_the_data_exists_and_every_rule_is_used() -> None:
    assert {rule.rule for rule in known().findings.values()} == set(RULES)


# -- outside reference without a card --------------------------------------------------------------------------------


def test_tests_outside_reference_that_raise_nothing_are_listed() -> None:
    visit = case(
        tests={"sorensen": one(40), "pit": one("positive"), "nav_drop": sides(1, 5), "mtt_hip_ext": sides(-8, 5)}
    )
    grades = grading.grade_case(visit, known())
    raised = findings.find(visit, grades, CALM, None, known())
    assert findings.unanswered(grades, raised) == ("sorensen", "pit", "nav_drop")


# -- blocks ----------------------------------------------------------------------------------------------------------


def test_the_intake_sets_its_blocks() -> None:
    assert blocks(case(precautions=("PREG_SUP", "KNEEL"))) == {"PREG_SUP", "KNEEL"}


@pytest.mark.parametrize(
    ("tests", "code"),
    [
        ({"fadir": sides("negative", "positive")}, "HIP_R"),
        ({"ple": one("positive")}, "PLE"),
        ({"sls_eo": sides(4.9, 40)}, "BAL"),
        ({"nijmegen": one(23)}, "HOLD"),
        ({"beighton": one(5)}, "HYPER"),
    ],
)
def test_a_test_sets_its_block(tests: dict[str, Entry], code: str) -> None:
    assert blocks(case(tests=tests)) == {code}


def test_a_side_that_was_stopped_still_sets_the_safer_block() -> None:
    """What was seen until the stop bars cards; it raises no finding and adds no weight."""
    stopped = sides("negative", "positive", right_stopped="pain")
    assert blocks(case(tests={"fadir": stopped})) == {"HIP_R"}
    assert blocks(case(tests={"fadir": sides("negative", "negative", right_stopped="pain")})) == frozenset()
    assert blocks(case(tests={"fadir": {"right": Taken(stopped="pain")}})) == frozenset()
    assert blocks(case(tests={"ple": one("positive", stopped="asked")})) == {"PLE"}
    unstable = found(case(tests={"sorensen": one(1), "side_bridge": sides(5, 5), "pit": one("positive")}))
    asked = found(case(tests={"sorensen": one(1), "side_bridge": sides(5, 5), "pit": one("positive", stopped="pain")}))
    assert asked["COR"].severity == unstable["COR"].severity - 1


@pytest.mark.parametrize(
    "tests",
    [
        {"fadir": sides("negative", "negative")},
        {"ple": one("negative")},
        {"sls_eo": sides(5, 5)},
        {"nijmegen": one(22)},
        {"beighton": one(4)},
        {"sls_eo": sides(-1, 40)},
    ],
)
def test_a_test_short_of_its_line_sets_none(tests: dict[str, Entry]) -> None:
    assert blocks(case(tests=tests)) == frozenset()


def test_the_hypermobility_line_is_lower_over_50() -> None:
    four: dict[str, Entry] = {"beighton": one(4)}
    assert blocks(case(age=50, tests=four)) == frozenset()
    assert blocks(case(age=51, tests=four)) == {"HYPER"}


@pytest.mark.parametrize(("stage", "codes"), [(1, {"POTS1", "HOLD"}), (2, {"POTS2", "HOLD"}), (3, {"HOLD"})])
def test_a_stage_sets_its_blocks(stage: Any, codes: set[str]) -> None:
    assert blocks(case(), stage=stage) == codes


def test_an_unknown_stage_with_strong_symptoms_counts_as_stage_2() -> None:
    assert blocks(case(standing=Stand(peak_symptoms=5)), stage="unknown") == {"POTS2", "HOLD"}
    assert blocks(case(standing=Stand(peak_symptoms=4)), stage="unknown") == frozenset()


def test_a_stage_named_at_the_intake_holds_back_breath_holds_too() -> None:
    assert blocks(case(precautions=("POTS2",)), stage="none") == {"POTS2", "HOLD"}
    assert blocks(case(precautions=("POTS2",)), stage=1) == {"POTS1", "POTS2", "HOLD"}


def test_red_flags_set_their_blocks() -> None:
    assert "NECK" in blocks(case(red_flags=("neck_risk",)))
    assert "OSTEO" in blocks(case(red_flags=("fx_osteo",)))
    assert "AAA" in blocks(case(red_flags=("aaa",)))
    assert blocks(case(red_flags_unknown=("aaa",))) == frozenset()


def test_a_crash_after_effort_is_in_force_as_a_block() -> None:
    assert blocks(case(pem=True)) == {"PEM"}
