"""Where a rule turns: the last case on one side of it and the first on the other."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from protocols.case import Case, Entry, Patient, Reading, Stand, Supine, Taken
from protocols.grades.words import reference_words, side_word
from protocols.grading import SideGrade, TestGrade, grade_case
from protocols.library import load
from protocols.stand.run import LATE_S, new_run
from tests.protocols.hand_made import TODAY, hand_made, last, library_of, taken, trials, visit

LIBRARY = load()
CALM = tuple(Supine(hr=Decimal(70), sbp=Decimal(115), dbp=Decimal(72)) for _ in range(2))


def graded(tests: dict[str, Any], *, test: str, side: str = "value", **rest: Any) -> SideGrade:
    one = grade_case(visit(tests, **rest), LIBRARY)[test].sides[side]  # type: ignore[index]  # named by the caller
    assert isinstance(one, SideGrade)
    return one


def stood(*minutes: int, **rest: Any) -> dict[str, TestGrade]:
    rows = tuple(
        Reading(minute=minute, hr=Decimal(80 + minute), sbp=Decimal(115), dbp=Decimal(72)) for minute in minutes
    )
    return grade_case(visit({}, standing=Stand(supine=CALM, standing=rows, **rest)), LIBRARY)


# -- computed values ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("minutes", "to_the_end"), [((1, 8), False), ((1, 9), True), ((1, 10), True), ((11,), False)])
def test_a_reading_at_minute_nine_or_ten_says_that_the_patient_stood_to_the_end(
    minutes: tuple[int, ...], to_the_end: bool
) -> None:
    assert ("stand_time" in stood(*minutes)) is to_the_end


@pytest.mark.parametrize(
    ("minutes", "rise"), [((1, 2, 3), 12), ((2, 10), 12), ((3, 10), 13), ((1, 2), None), ((10, 11), None)]
)
def test_the_rise_is_of_minutes_two_to_ten_and_takes_the_second_highest(
    minutes: tuple[int, ...], rise: int | None
) -> None:
    found = stood(*minutes)["stand_dhr"].sides["value"]
    assert isinstance(found, SideGrade)
    assert found.value == rise


@pytest.mark.parametrize("alone", ["left", "right"])
def test_one_side_gives_no_difference_of_reach(alone: Any) -> None:
    assert "ybt_ant_diff" not in grade_case(visit({"ybt_ant": {alone: taken(60)}}), LIBRARY)


# -- trials ------------------------------------------------------------------------------------------------------------


def test_the_best_trial_of_a_band_is_the_nearest_to_it() -> None:
    cuts = [{"ages": [18, 120], "cuts": [-3, 0, 13, 17]}]
    band = hand_made(direction="band", hard=[-20, 40], bands=cuts, trials=3, summary="best")
    found = grade_case(visit({"reach": {"left": trials("-8", "19", "-5")}}), library_of(band))["reach"].sides["left"]
    assert isinstance(found, SideGrade)
    assert found.value == -5


def test_the_best_trial_without_a_reference_is_the_highest() -> None:
    band = hand_made(direction="band", hard=[-20, 40], bands=[], trials=3, summary="best")
    found = grade_case(visit({"reach": {"left": trials("-8", "19", "-5")}}), library_of(band))["reach"].sides["left"]
    assert isinstance(found, SideGrade)
    assert (found.value, found.grade) == (Decimal(19), "N")


# -- what was not taken, and where no grade stands ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sex", "left", "permissive"),
    [
        ("X", taken(25), True),
        ("X", Taken(absent="refused"), False),
        ("F", taken(25), False),
    ],
)
def test_the_permissive_row_is_flagged_only_where_a_side_was_graded(sex: Any, left: Taken, permissive: bool) -> None:
    found = grade_case(visit({"hip_ir_supine": {"left": left}}, sex=sex), LIBRARY)["hip_ir_supine"]
    assert found.permissive is permissive


def test_one_graded_side_is_enough_for_the_flag() -> None:
    sides: Entry = {"left": taken(25), "right": Taken(absent="refused")}
    assert grade_case(visit({"hip_ir_supine": sides}, sex="X"), LIBRARY)["hip_ir_supine"].permissive


@pytest.mark.parametrize("value", [None, Decimal(12)])
def test_a_stopped_side_keeps_what_was_read_and_is_pain_limited(value: Decimal | None) -> None:
    found = graded({"hip_ir_supine": {"left": Taken(value=value, stopped="limb")}}, test="hip_ir_supine", side="left")
    assert (found.grade, found.value, found.pain_limited) == ("INVALID", value, True)


@pytest.mark.parametrize(("age", "grade"), [(17, "N"), (18, "POS")])
def test_a_response_is_for_adults(age: int, grade: str) -> None:
    assert graded({"reset3": {"pre": taken(6), "post": taken(3)}}, test="reset3", age=age).grade == grade


@pytest.mark.parametrize(("before", "grade"), [(1, "NT"), (2, "POS"), (Decimal("1.5"), "NEG")])
def test_a_complaint_of_one_or_less_cannot_be_tested(before: Any, grade: str) -> None:
    assert graded({"reset3": {"pre": taken(before), "post": taken(0)}}, test="reset3").grade == grade


@pytest.mark.parametrize(("age", "band"), [(17, ""), (18, "severe")])
def test_a_score_is_banded_for_adults(age: int, band: str) -> None:
    assert grade_case(visit({"dhi": {"value": taken(62)}}, age=age), LIBRARY)["dhi"].band == band


def test_a_risk_group_needs_both_scores_inside_their_limits() -> None:
    scores = {"startback_total": {"value": taken(6)}, "startback_psych": {"value": taken(1)}}
    found = grade_case(visit(scores), LIBRARY)  # type: ignore[arg-type]  # sides are named here
    assert (found["startback_total"].band, found["startback_psych"].band) == ("medium", "medium")
    young = grade_case(visit(scores, age=17), LIBRARY)  # type: ignore[arg-type]  # as above
    assert (young["startback_total"].band, young["startback_psych"].band) == ("", "")


# -- since the last visit ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("test", ["reset3"])
def test_no_change_is_told_of_a_response(test: str) -> None:
    then = last({test: {"pre": taken(8), "post": taken(8), "value": taken(8)}})
    now = {test: {"pre": taken(6), "post": taken(3), "value": taken(3)}}
    assert graded(now, test=test, previous=then).change is None


def test_a_side_not_taken_last_time_has_no_change() -> None:
    then = last({"hip_ir_supine": {"right": taken(20)}})
    found = graded({"hip_ir_supine": {"left": taken(30)}}, test="hip_ir_supine", side="left", previous=then)
    assert found.change is None


@pytest.mark.parametrize(
    ("then", "say"),
    [
        (dt.date(2026, 10, 1), "within measurement error"),
        (dt.date(2025, 11, 1), "class changed, difference within measurement error"),
        (dt.date(2025, 11, 2), "within measurement error"),
        (dt.date(2025, 12, 30), "within measurement error"),
        (dt.date(2024, 11, 2), "class changed, difference within measurement error"),
    ],
)
def test_without_a_birth_date_the_age_then_counts_whole_years_back(then: dt.date, say: str) -> None:
    """40 today and 39 before a whole year ago, when another row held: 15 was restricted there and is within here."""
    bands = [{"ages": [18, 39], "cuts": [30, 20]}, {"ages": [40, 120], "cuts": [12, 8]}]
    test = hand_made(bands=bands, change={"mdc": {"*": 7}, "kind": "F"})
    case = visit({"reach": {"left": taken(16)}}, age=40, previous=last({"reach": {"left": taken(15)}}, date=then))
    found = grade_case(case, library_of(test))["reach"].sides["left"]
    assert isinstance(found, SideGrade)
    assert found.change is not None
    assert found.change.say == say


def test_a_visit_entered_with_a_day_to_come_makes_nobody_older() -> None:
    bands = [{"ages": [18, 40], "cuts": [12, 8]}, {"ages": [41, 120], "cuts": [30, 20]}]
    test = hand_made(bands=bands, change={"mdc": {"*": 7}, "kind": "F"})
    then = last({"reach": {"left": taken(15)}}, date=dt.date(TODAY.year + 2, 1, 1))
    found = grade_case(visit({"reach": {"left": taken(16)}}, age=40, previous=then), library_of(test))["reach"]
    one = found.sides["left"]
    assert isinstance(one, SideGrade)
    assert one.change is not None
    assert one.change.say == "within measurement error"


def test_sex_x_is_measured_to_the_nearer_of_the_two_bands() -> None:
    """F from 0 to 10, M from 20 to 30: from 12 to 19 is 2 to 1 off, toward the nearer; seen from F alone it is away."""
    bands = [
        {"ages": [18, 120], "sex": "F", "cuts": [-5, 0, 10, 15]},
        {"ages": [18, 120], "sex": "M", "cuts": [15, 20, 30, 35]},
    ]
    test = hand_made(direction="band", hard=[-20, 60], bands=bands, change={"mdc": {"*": 3}, "kind": "F"})
    then = last({"reach": {"left": taken(12)}}, same_rater=True)
    for sex, say in (("X", "changed toward the reference band"), ("F", "changed away from the reference band")):
        case = visit({"reach": {"left": taken(19)}}, sex=sex, previous=then)
        one = grade_case(case, library_of(test))["reach"].sides["left"]
        assert isinstance(one, SideGrade)
        assert one.change is not None
        assert one.change.say == say


# -- words -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("age", "words"), [(17, "no reference under 18"), (18, "22° and up")])
def test_the_reference_is_for_adults(age: int, words: str) -> None:
    bands = [{"ages": [18, 120], "cuts": [22, 15]}]
    assert reference_words(hand_made(bands=bands), "F", age) == words


def test_a_stopped_side_is_said_to_be_stopped() -> None:
    assert side_word("W", None) == "within"
    assert side_word("INVALID", "limb").startswith("stopped: new leg or arm symptoms")


# -- the clock of the stand test ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("late", "gap"), [(LATE_S, False), (LATE_S + 1, True)])
def test_a_look_at_the_clock_is_late_only_beyond_its_limit(late: float, gap: bool) -> None:
    run = new_run(LIBRARY.stand).lie_down(0.0).begin_readings(600.0).stand_up(660.0).tick(660.0, 660.0)
    at = 661.0 + late
    assert run.tick(at, at).gap is gap


def test_before_anything_began_nobody_has_lain_or_stood() -> None:
    run = new_run(LIBRARY.stand)
    assert (run.rested(900.0), run.stood(900.0), run.gap) == (0.0, 0.0, False)
    assert run.stopped_minute() == 0


def test_a_gap_of_less_than_a_second_is_a_gap() -> None:
    run = new_run(LIBRARY.stand).lie_down(0.0).begin_readings(600.0).stand_up(660.0)
    assert not run.gap
    assert run.tick(660.0, 660.0).tick(661.0, 661.0).gap is False


def test_a_case_of_sex_and_age_alone_is_graded() -> None:
    assert grade_case(Case(patient=Patient(sex="M", age=50), date=TODAY), LIBRARY) == {}
