"""What may be said since the last visit (rules 2)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from protocols.case import Case, Entry, Patient, Reading, Stand, Supine, Taken
from protocols.grading import SideChange, SideGrade, grade_case
from protocols.model import Test
from tests.protocols.hand_made import LAST_MONTH, TODAY, hand_made, last, library_of, taken, trials, visit

MDC = {"mdc": {"*": 7}, "mdc_different": 10, "kind": "F"}
HI = hand_made(change=MDC)
LO = hand_made(direction="lo", bands=[{"ages": [18, 120], "cuts": [10, 20]}], change=MDC)
FINE = hand_made(change={"mdc": {"*": "0.5"}, "kind": "F"})
BAND = hand_made(
    direction="band",
    hard=[-20, 40],
    bands=[{"ages": [18, 120], "cuts": [-3, 0, 13, 17]}],
    change={"mdc": {"*": 3}, "kind": "F"},
)


def said(test: Test, old: Taken | str, new: Taken | str, *, sex: Any = "F", **previous: Any) -> SideChange | None:
    before, now = (one if isinstance(one, Taken) else taken(one) for one in (old, new))
    case = visit({test.id: {"left": now}}, sex=sex, previous=last({test.id: {"left": before}}, **previous))
    return change_of(case, test)


def change_of(case: Case, test: Test, side: Any = "left") -> SideChange | None:
    grade = grade_case(case, library_of(test))[test.id].sides[side]
    return grade.change if isinstance(grade, SideGrade) else None


@pytest.mark.parametrize(
    ("test", "old", "new", "delta", "beyond", "say"),
    [
        (HI, "15", "22", 7, True, "improved"),
        (HI, "22", "15", -7, True, "worsened"),
        (LO, "22", "15", -7, True, "improved"),
        (LO, "15", "22", 7, True, "worsened"),
        (HI, "15", "19.9", "4.9", False, "within measurement error"),
        (HI, "15", "15", 0, False, "within measurement error"),
        (HI, "15", "21.9", "6.9", False, "class changed, difference within measurement error"),
        (HI, "2.6", "9.6", 7, True, "improved"),
        (FINE, "2.6", "3.1", "0.5", True, "improved"),
        (FINE, "3.1", "2.6", "-0.5", True, "worsened"),
        (BAND, "20", "17", -3, True, "changed toward the reference band"),
        (BAND, "-6", "-2", 4, True, "changed toward the reference band"),
        (BAND, "13", "16", 3, True, "changed away from the reference band"),
        (BAND, "-2", "15", 17, False, "within measurement error"),
        (BAND, "1", "12", 11, False, "within measurement error"),
    ],
)
def test_the_first_rule_that_fits(test: Test, old: str, new: str, delta: str | int, beyond: bool, say: str) -> None:
    change = said(test, old, new)
    assert change is not None
    assert (change.delta, change.beyond_error, change.say) == (Decimal(delta), beyond, say)
    assert test.measure.change is not None
    assert change.mdc == test.measure.change.mdc["*"]


NO_ERROR = hand_made()
CONSTRUCTED = hand_made(change={"mdc": {"*": 4}, "kind": "C"})
ONE_RATER = hand_made(change={"mdc": {"*": 7}, "kind": "F"})


@pytest.mark.parametrize(
    ("test", "previous"),
    [
        (NO_ERROR, {}),
        (CONSTRUCTED, {}),
        (ONE_RATER, {"same_rater": False}),
        (HI, {"same_device": False}),
        (HI, {"same_position": False}),
    ],
    ids=["no error figure", "constructed", "other rater", "other device", "other position"],
)
def test_without_an_error_figure_a_difference_is_only_described(test: Test, previous: dict[str, Any]) -> None:
    assert said(test, "5", "45", **previous) == SideChange(Decimal(40), None, None, "describe only")


def test_another_rater_needs_the_larger_difference() -> None:
    other = said(HI, "15", "24", same_rater=False)
    assert other is not None
    assert (other.mdc, other.beyond_error) == (Decimal(10), False)


def test_the_error_follows_the_sex_row_and_x_takes_the_larger() -> None:
    test = hand_made(change={"mdc": {"*": 32, "F": 22}, "kind": "D"})
    found = {sex: said(test, "5", "30", sex=sex) for sex in ("F", "M", "X")}
    assert {sex: change.mdc for sex, change in found.items() if change} == {"F": 22, "M": 32, "X": 32}


def test_a_birthday_changes_the_row_and_not_the_value() -> None:
    test = hand_made(bands=[{"ages": [18, 59], "cuts": [22, 14]}, {"ages": [60, 120], "cuts": [19, 12]}], change=MDC)
    born = dt.date(1966, 10, 15)
    case = visit(
        {test.id: {"left": taken(20)}},
        patient=Patient(sex="F", birth_date=born),
        previous=last({test.id: {"left": taken(20)}}),
    )
    assert born.replace(year=2026) > LAST_MONTH
    change = change_of(case, test)
    assert change is not None
    assert (change.delta, change.beyond_error, change.say) == (Decimal(0), False, "age row changed")


def test_without_a_birth_date_the_age_then_is_counted_back_in_whole_years() -> None:
    test = hand_made(bands=[{"ages": [18, 59], "cuts": [22, 14]}, {"ages": [60, 120], "cuts": [19, 12]}], change=MDC)

    def say(day: dt.date) -> str | None:
        case = visit({test.id: {"left": taken(20)}}, age=60, previous=last({test.id: {"left": taken(20)}}, date=day))
        change = change_of(case, test)
        return change.say if change else None

    assert say(TODAY - dt.timedelta(days=30)) == "within measurement error"
    assert say(TODAY.replace(year=2025)) == "age row changed"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (Taken(absent="pain"), taken(20)),
        (taken(20), Taken(absent="pain")),
        (taken(91), taken(20)),
        (taken(20), taken(91)),
    ],
)
def test_nothing_is_said_where_one_value_is_missing_or_invalid(old: Taken, new: Taken) -> None:
    assert said(HI, old, new) is None


def test_nothing_is_said_of_categories_and_responses() -> None:
    tests: dict[str, Entry] = {
        "fadir": {"left": Taken(value="positive")},
        "reset3": {"pre": taken(6), "post": taken(3)},
    }
    found = grade_case(visit(tests, previous=last(tests)), library_of())
    assert [grade.change for one in found.values() for grade in one.sides.values() if isinstance(grade, SideGrade)] == [
        None,
        None,
    ]


def test_the_change_is_taken_on_capped_values_and_exact_means() -> None:
    capped = hand_made(cap=45, hard=[0, 120], change={"mdc": {"*": 24}, "kind": "F"}, summary="mean")
    change = said(capped, "30", "120")
    assert change is not None
    assert change.delta == 15
    exact = said(capped, trials("9", "9", "10"), trials("33", "33", "34"))
    assert exact is not None
    assert (exact.delta, exact.beyond_error) == (Decimal(24), True)


@pytest.mark.parametrize(
    ("test", "old", "new", "say"),
    [
        ("nprs", 6, 4, "improved"), ("nprs", 6, 5, "within measurement error"), ("nprs", 4, 6, "worsened"),
        ("psfs_mean", 4, 6, "improved"), ("psfs_mean", 6, 4, "worsened"),
        ("rmdq", 20, 15, "improved"), ("rmdq", 20, 16, "within measurement error"), ("rmdq", 10, 7, "improved"),
        ("rmdq", 11, "7.72", "within measurement error"), ("rmdq", 11, "7.7", "improved"),
        ("rmdq", 6, 4, "within measurement error"), ("rmdq", 10, 13, "worsened"),
        ("odi_pct", 40, 30, "improved"), ("odi_pct", 20, 14, "improved"),
        ("odi_pct", 12, 8, "within measurement error"),
        ("dhi", 60, 42, "improved"), ("dhi", 60, 44, "within measurement error"),
        ("nijmegen", 40, 10, "describe only"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("same_rater", [True, False])
def test_questionnaires_change_by_their_own_steps_whoever_asks(
    test: str, old: int, new: int | str, say: str, same_rater: bool
) -> None:
    case = visit({test: {"value": taken(new)}}, previous=last({test: {"value": taken(old)}}, same_rater=same_rater))
    grade = grade_case(case, library_of())[test].sides["value"]
    assert isinstance(grade, SideGrade)
    assert grade.change is not None
    assert grade.change.say == say


def stand(protocol: Any, pain_end: int) -> Stand:
    return Stand(
        protocol=protocol,
        supine=(Supine(hr=Decimal(70), sbp=Decimal(110), dbp=Decimal(70)),),
        standing=(Reading(minute=1, hr=Decimal(80)),),
        pain_start=Decimal(1),
        pain_end=Decimal(pain_end),
    )


@pytest.mark.parametrize(("protocol", "say"), [("lean", "improved"), ("active_stand", "describe only")])
def test_the_stand_test_compares_with_the_same_protocol_only(protocol: Any, say: str) -> None:
    case = visit({}, standing=stand("lean", 1), previous=last({}, standing=stand(protocol, 4)))
    grade = grade_case(case, library_of())["stand_pain_delta"].sides["value"]
    assert isinstance(grade, SideGrade)
    assert grade.change is not None
    assert (grade.change.delta, grade.change.say) == (Decimal(-3), say)


def test_another_protocol_does_not_touch_the_other_tests() -> None:
    case = visit(
        {HI.id: {"left": taken(25)}},
        standing=stand("lean", 1),
        previous=last({HI.id: {"left": taken(15)}}, protocol="active_stand"),
    )
    change = change_of(case, HI)
    assert change is not None
    assert change.say == "improved"
