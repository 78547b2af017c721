"""Classes, pain, asymmetry, trials, computed tests and scores (rules 1)."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import Any

import msgspec
import pytest

from protocols.case import Entry, Reading, Stand, Supine, Taken
from protocols.grading import Person, SideGrade, TestGrade, grade_case, grade_test, grade_value, summarise
from protocols.library import load
from protocols.model import Test
from tests.protocols.hand_made import hand_made, library_of, taken, trials, visit

LIBRARY = load()
HI = hand_made()
LO = hand_made(direction="lo", bands=[{"ages": [18, 120], "cuts": [0, 2]}])
BAND = hand_made(direction="band", hard=[-20, 40], bands=[{"ages": [18, 120], "cuts": [-3, 0, 13, 17]}])
BY_SEX = hand_made(
    bands=[{"ages": [18, 59], "sex": "F", "cuts": [27, 19]}, {"ages": [18, 59], "sex": "M", "cuts": [23, 15]}],
    excess={"F": 52, "M": 47},
)
CATEGORIES = hand_made(
    unit="cat",
    direction="category",
    hard=None,
    resolution=None,
    bands=[],
    categories={"ok": "W", "odd": "B", "off": "R"},
)


def grade(test: Test, value: str | int, sex: Any = "F", age: int = 34, **rest: bool) -> str:
    return grade_value(test, Decimal(value), sex, age, **rest)[0]


def graded(test: Test, entry: Entry, sex: Any = "F", age: int = 34) -> TestGrade:
    return grade_test(test, entry, Person(sex, age))


def side(found: TestGrade, name: Any) -> SideGrade:
    one = found.sides[name]
    assert isinstance(one, SideGrade)
    return one


# -- classes -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("test", "value", "expected"),
    [
        (HI, "20", "W"), (HI, "19.9", "B"), (HI, "10", "B"), (HI, "9.9", "R"), (HI, "90", "W"), (HI, "-10", "R"),
        (LO, "0", "W"), (LO, "0.1", "B"), (LO, "2", "B"), (LO, "2.1", "R"), (LO, "-10", "W"),
        (BAND, "-3.1", "R"), (BAND, "-3", "B"), (BAND, "-0.1", "B"), (BAND, "0", "W"), (BAND, "13", "W"),
        (BAND, "13.1", "B"), (BAND, "17", "B"), (BAND, "17.1", "R"),
        (BY_SEX, "52", "W"), (BY_SEX, "52.1", "H"),
        (HI, "90.1", "INVALID"), (HI, "-10.1", "INVALID"),
    ],
)  # fmt: skip
def test_cuts_are_met_exactly(test: Test, value: str, expected: str) -> None:
    assert grade(test, value) == expected


def test_the_first_rule_that_fits() -> None:
    assert grade(HI, 91, age=12) == "INVALID"  # before the age
    assert grade(HI, 15, age=17) == "N"
    assert grade(HI, 15, age=18) == "B"
    assert grade(BY_SEX, 15, age=60) == "N"  # no row
    assert grade(BY_SEX, 60, age=60) == "N"  # before the excess
    capped = hand_made(cap=45, excess={"*": 40})
    assert grade(capped, 80) == "H"  # 45 after the cap, above 40
    assert grade(hand_made(cap=45, excess={"*": 45}), 80) == "W"


@pytest.mark.parametrize(
    ("name", "age", "expected"), [("ok", 34, "W"), ("odd", 34, "B"), ("off", 34, "R"), ("off", 17, "N")]
)
def test_categories(name: str, age: int, expected: str) -> None:
    assert grade_value(CATEGORIES, name, "F", age) == (expected, False)


def test_a_category_of_an_older_library_is_n() -> None:
    assert grade_value(CATEGORIES, "gone", "F", 34)[0] == "N"
    assert grade_value(HI, "gone", "F", 34)[0] == "N"
    assert grade_value(CATEGORIES, Decimal(3), "F", 34)[0] == "N"


@pytest.mark.parametrize(
    ("value", "expected"),
    [("23", "W"), ("22.9", "B"), ("14.9", "R"), ("48", "W"), ("52.1", "H"), ("91", "INVALID")],
)
def test_sex_x_keeps_the_better_row_and_says_so(value: str, expected: str) -> None:
    assert grade_value(BY_SEX, Decimal(value), "X", 34) == (expected, True)


def test_sex_x_prefers_more_than_usual_to_limited() -> None:
    rows = [{"ages": [18, 59], "sex": "F", "cuts": [27, 19]}, {"ages": [18, 59], "sex": "M", "cuts": [70, 60]}]
    test = hand_made(bands=rows, excess={"F": 40})
    assert grade_value(test, Decimal(50), "F", 34)[0] == "H"
    assert grade_value(test, Decimal(50), "M", 34)[0] == "R"
    assert grade_value(test, Decimal(50), "X", 34)[0] == "H"


def test_sex_x_is_n_only_without_either_row() -> None:
    only_women = hand_made(bands=[{"ages": [18, 59], "sex": "F", "cuts": [27, 19]}])
    assert grade_value(only_women, Decimal(30), "M", 34) == ("N", False)
    assert grade_value(only_women, Decimal(30), "X", 34) == ("W", True)
    assert grade_value(only_women, Decimal(30), "X", 60) == ("N", True)


def test_a_compensation_turns_within_into_borderline_and_nothing_else() -> None:
    assert [grade(HI, value, compensated=True) for value in (25, 15, 5, 95)] == ["B", "B", "R", "INVALID"]
    assert grade(HI, 25, age=10, compensated=True) == "N"
    assert grade(BY_SEX, 53, compensated=True) == "H"
    assert grade_value(CATEGORIES, "ok", "F", 34, compensated=True)[0] == "B"


@pytest.mark.parametrize(("pain", "limited"), [(None, False), ("2.9", False), ("3", True), ("10", True)])
def test_pain_at_end_range_marks_the_side_and_keeps_the_class(pain: str | None, limited: bool) -> None:
    found = graded(HI, {"left": taken(15, pain=Decimal(pain) if pain else None), "right": taken(15)})
    assert (side(found, "left").grade, side(found, "left").pain_limited) == ("B", limited)
    assert not side(found, "right").pain_limited


# -- trials and sides ----------------------------------------------------------------------------------------------


def test_trials_are_capped_then_summarised_exactly() -> None:
    mean = hand_made(trials=3, summary="mean", cap=45, hard=[0, 120])
    assert summarise(mean, trials("60", "45", "45")) == 45
    assert summarise(mean, trials("31.0", "28.5", "30.1")) == Decimal("29.86666666666666666666666667")
    assert summarise(hand_made(summary="best"), trials("3", "9", "5")) == 9
    assert summarise(hand_made(summary="best", direction="lo"), trials("3", "9", "5")) == 3
    assert summarise(hand_made(summary="mean_of_last_two"), trials("1", "6", "7")) == Decimal("6.5")


def test_a_category_and_nothing_need_no_summary() -> None:
    assert summarise(CATEGORIES, Taken(value="odd")) == "odd"
    assert summarise(HI, Taken()) is None
    assert summarise(HI, Taken(absent="pain")) is None


def test_the_best_of_a_band_is_the_one_nearest_to_it() -> None:
    best = hand_made(direction="band", summary="best", bands=[{"ages": [18, 120], "cuts": [2, 4, 10, 60]}])
    assert summarise(best, trials("3", "12", "6")) == 6
    assert summarise(best, trials("3", "12")) == 3


def test_a_mean_of_thirds_meets_a_cut_exactly() -> None:
    mean = hand_made(summary="mean", bands=[{"ages": [18, 120], "cuts": ["20.1", 10]}])
    assert side(graded(mean, {"left": trials("20.0", "20.1", "20.2")}), "left").grade == "W"
    assert side(graded(mean, {"left": trials("20.0", "20.1", "20.1999")}), "left").grade == "B"


def test_the_difference_of_two_means_loses_nothing() -> None:
    """100/3 - 28/3 is 24; as rounded decimals it would be just below."""
    mean = hand_made(summary="mean", asymmetry=24, hard=[0, 120])
    found = graded(mean, {"left": trials("33", "33", "34"), "right": trials("9", "9", "10")})
    assert (found.asymmetry, found.difference) == (True, Decimal(24))


def test_a_trial_outside_the_limits_makes_the_side_invalid() -> None:
    mean = hand_made(summary="mean", hard=[0, 120], cap=45)
    assert side(graded(mean, {"left": trials("40", "121")}), "left").grade == "INVALID"


@pytest.mark.parametrize(
    ("left", "right", "asymmetry"),
    [("7.3", "2.6", True), ("7.3", "2.7", False), ("2.6", "7.3", True), ("7", "91", None), ("-10", "90", True)],
)
def test_asymmetry_is_taken_on_the_decimals_as_typed(left: str, right: str, asymmetry: bool | None) -> None:
    test = hand_made(asymmetry="4.7")
    assert graded(test, {"left": taken(left), "right": taken(right)}).asymmetry is asymmetry


def test_asymmetry_needs_two_numbers_and_a_rule() -> None:
    test = hand_made(asymmetry=5)
    assert graded(test, {"left": taken(5)}).asymmetry is None
    assert graded(test, {"left": taken(5), "right": Taken(absent="pain")}).asymmetry is None
    both: Entry = {"left": taken(5), "right": taken(50)}
    assert graded(hand_made(), both).asymmetry is None
    assert graded(hand_made(), both).difference == 45
    assert graded(test, both, age=10).asymmetry is True  # whatever the class


def test_an_absent_side_keeps_its_reason_and_the_basis_is_the_first() -> None:
    found = graded(HI, {"left": Taken(absent="refused"), "right": taken(5)})
    assert found.sides["left"] == "refused"
    assert found.basis == "derived"
    assert graded(hand_made(basis=["memory"]), {}).basis == "from memory, to be verified"
    assert graded(hand_made(basis=["clinic_rule"]), {}).basis == "clinic rule"
    assert graded(hand_made(basis=["published"]), {}).basis == "published cut-off"


def test_the_permissive_flag_stands_on_graded_tests_of_sex_x_only() -> None:
    both: Entry = {"left": taken(5)}
    assert graded(HI, both, sex="X").permissive
    assert not graded(HI, both, sex="F").permissive
    assert not graded(HI, {"left": Taken(absent="pain")}, sex="X").permissive


# -- before and after ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pre", "post", "age", "code"),
    [
        (6, 3, 34, "POS"), (6, 4, 34, "POS"), (6, 5, 34, "NEG"), (6, 6, 34, "NEG"), (6, 7, 34, "WORSE"),
        (1, 2, 34, "WORSE"), (1, 1, 34, "NT"), (0, 0, 34, "NT"), (1, 0, 34, "NT"), ("7.3", "5.3", 34, "POS"),
        (6, "6.9", 34, "NEG"), (11, 3, 34, "INVALID"), (6, 3, 17, "N"),
    ],
)  # fmt: skip
def test_reset3_codes(pre: str | int, post: str | int, age: int, code: str) -> None:
    found = graded(LIBRARY.tests["reset3"], {"pre": taken(pre), "post": taken(post)}, age=age)
    assert side(found, "value").grade == code


def test_reset3_with_one_half_missing() -> None:
    reset3 = LIBRARY.tests["reset3"]
    assert graded(reset3, {"pre": taken(6)}).sides == {}
    assert graded(reset3, {"pre": taken(6), "post": Taken(absent="refused")}).sides == {"value": "refused"}


# -- computed ------------------------------------------------------------------------------------------------------


def grades(tests: dict[str, Entry], **rest: Any) -> dict[str, TestGrade]:
    return grade_case(visit(tests, **rest), LIBRARY)


def value(found: dict[str, TestGrade], test: str, name: Any = "value") -> Any:
    return side(found[test], name).value


def test_the_seated_arc_is_the_sum_of_its_parts_side_by_side() -> None:
    sent: dict[str, Entry] = {
        "hip_arc_seated": {"left": taken(99), "right": taken(77)},
        "hip_ir_seated": {"left": trials("30.1", "30.2"), "right": taken(30)},
        "hip_er_seated": {"left": taken(29), "right": taken(95)},
    }
    found = grades(sent)
    assert list(found) == ["hip_arc_seated", "hip_ir_seated", "hip_er_seated"]
    assert value(found, "hip_arc_seated", "left") == Decimal("59.15")  # what can be computed wins
    assert value(found, "hip_arc_seated", "right") == 77  # one part is invalid: the value sent stays
    assert "hip_arc_seated" not in grades({"hip_ir_seated": {"left": taken(30)}})


def test_the_reach_difference_comes_from_both_reaches() -> None:
    found = grades({"ybt_ant": {"left": taken("62.5"), "right": taken("68.5")}})
    assert side(found["ybt_ant_diff"], "value").value == 6
    assert side(found["ybt_ant_diff"], "value").grade == "B"
    assert side(found["ybt_ant"], "left").grade == "N"


LYING = (
    Supine(hr=Decimal(72), sbp=Decimal(114), dbp=Decimal(72)),
    Supine(hr=Decimal(70), sbp=Decimal(112), dbp=Decimal(70)),
)


def stand(*rates: tuple[int, int | None], **rest: Any) -> Stand:
    rows = tuple(Reading(minute=minute, hr=None if hr is None else Decimal(hr)) for minute, hr in rates)
    return Stand(**{"supine": LYING, "standing": rows, **rest})


def test_the_heart_rate_rise_is_the_second_highest_of_minutes_2_to_10() -> None:
    found = grades({}, standing=stand((1, 150), (2, 104), (3, 112), (4, 118), (11, 160)))
    assert value(found, "stand_dhr") == 41
    assert value(grades({}, standing=stand((2, 104), (3, 104))), "stand_dhr") == 33


@pytest.mark.parametrize(
    "test",
    [
        stand((1, 150), (2, 104)),
        stand((2, 104), (3, None)),
        stand((2, 104), (3, 110), supine=LYING[:1]),
        stand((2, 104), (3, 110), supine=(LYING[0], Supine(hr=Decimal(90), sbp=Decimal(114), dbp=Decimal(72)))),
    ],
    ids=["one reading", "no rate", "one lying reading", "lying readings apart"],
)
def test_the_heart_rate_rise_is_n_without_its_parts(test: Stand) -> None:
    assert side(grades({}, standing=test)["stand_dhr"], "value").grade == "N"
    sent = grades({"stand_dhr": {"value": taken(25)}}, standing=test)
    assert value(sent, "stand_dhr") == 25


@pytest.mark.parametrize(
    ("test", "seconds"),
    [
        (stand((1, 90), stopped_min=Decimal(4)), 240),
        (stand((1, 90), stopped_min=Decimal("9.5")), 570),
        (stand((1, 90), (10, 90)), 600),
        (stand((1, 90), (4, 90)), None),
    ],
)
def test_the_standing_time(test: Stand, seconds: int | None) -> None:
    found = grades({}, standing=test)
    assert (value(found, "stand_time") if "stand_time" in found else None) == seconds


def test_the_pain_change_while_standing() -> None:
    found = grades(
        {"stand_pain_delta": {"value": taken(0)}}, standing=stand(pain_start=Decimal("2.6"), pain_end=Decimal("4.6"))
    )
    assert value(found, "stand_pain_delta") == 2
    assert "stand_pain_delta" not in grades({}, standing=stand(pain_start=Decimal(2)))


def test_computed_values_may_be_sent_alone() -> None:
    found = grades({"stand_time": {"value": taken(299)}, "hip_arc_seated": {"left": taken(55)}})
    assert [side(found["stand_time"], "value").grade, side(found["hip_arc_seated"], "left").grade] == ["R", "B"]


# -- scores --------------------------------------------------------------------------------------------------------


def band(tests: dict[str, int | str], age: int = 34) -> dict[str, str]:
    found = grades({test: {"value": taken(score)} for test, score in tests.items()}, age=age)
    return {test: one.band for test, one in found.items()}


def test_a_score_is_never_graded_and_names_its_level() -> None:
    found = grades({"dhi": {"value": taken(30)}})
    assert side(found["dhi"], "value").grade == "N"
    bands = [band({"dhi": score})["dhi"] for score in (0, 30, 31, 60, 61)]
    assert bands[0] == bands[1] != bands[2] == bands[3] != bands[4]
    assert band({"dhi": 101}) == {"dhi": ""}
    assert band({"dhi": 61}, age=15) == {"dhi": ""}


@pytest.mark.parametrize(
    ("total", "psych", "group"), [(3, 3, "low"), (4, 3, "medium"), (9, 3, "medium"), (4, 4, "high"), (9, 5, "high")]
)
def test_the_risk_group_needs_both_scores(total: int, psych: int, group: str) -> None:
    assert set(band({"startback_total": total, "startback_psych": psych}).values()) == {group}


def test_levels_rise() -> None:
    scores = [test for test in LIBRARY.tests.values() if test.measure.levels]
    assert scores
    for test in scores:
        steps = [level.at_least for level in test.measure.levels]
        assert all(one < other for one, other in pairwise(steps))


def test_a_test_of_the_clinic_is_graded_like_any_other() -> None:
    own = hand_made("own_reach")
    found = grade_case(visit({"own_reach": {"left": taken(19)}}), library_of(own))
    assert side(found["own_reach"], "left").grade == "B"
    assert msgspec.json.encode(found)
