"""The questionnaires, the reset and the parts of the stand test against the facts of the literature, as literals.

Shapes: a score has hard limits, named levels where its source names them, and the change that counts as real.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from functools import cache

import pytest

from protocols.case import Case, Patient, Taken
from protocols.grading import SideGrade, TestGrade, grade_case
from protocols.library import load
from protocols.model import Change, Test

D = Decimal

LIMITS = {
    "nprs": (0, 10),
    "psfs_mean": (0, 10),
    "rmdq": (0, 24),
    "odi_pct": (0, 100),
    "startback_total": (0, 9),
    "startback_psych": (0, 5),
    "dhi": (0, 100),
    "nijmegen": (0, 64),
    "noh10": (0, 10),
    "beighton": (0, 9),
    "compass31": (0, 100),
    "ohq": (0, 10),
    "maps": (0, 120),
}

CHANGES = {
    "nprs": ("lo", Change(mdc={"*": D(2)}, kind="F")),
    "psfs_mean": ("hi", Change(mdc={"*": D("2.0")}, kind="F")),
    "rmdq": ("lo", Change(mdc={"*": D(5)}, kind="M", percent=D(30), percent_floor=D(3))),
    "odi_pct": ("lo", Change(mdc={"*": D(10)}, kind="M", percent=D(30), percent_floor=D(6))),
    "dhi": ("lo", Change(mdc={"*": D(18)}, kind="F")),
}
"""NPRS Childs 2005, PSFS Cleland 2006, RMDQ and ODI Ostelo 2008, DHI true change 18."""

RANGES = [
    ("nijmegen", "19.9", "usual"),
    ("nijmegen", "20", "raised"),
    ("nijmegen", "22", "raised"),
    ("nijmegen", "23", "high"),
    ("dhi", "0", "mild"),
    ("dhi", "30", "mild"),
    ("dhi", "32", "moderate"),
    ("dhi", "60", "moderate"),
    ("dhi", "62", "severe"),
    ("odi_pct", "20", "minimal"),
    ("odi_pct", "22", "above minimal"),
    ("startback_total", "3", "low"),
    ("startback_total", "4", "medium or high"),
    ("startback_psych", "3", "low or medium"),
    ("startback_psych", "4", "high"),
    ("noh10", "0", "none"),
    ("noh10", "1", "measure standing pressure"),
]
"""Nijmegen: clinic rule; DHI Whitney 2004; ODI Mapi; STarT Back Keele; ten questions Gibbons 2017."""

SCORE_ENTRY_ONLY = {"odi_pct", "startback_total", "startback_psych", "dhi", "compass31", "ohq", "maps", "rmdq"}
WITHOUT_MANY_WORDS = 45
"""Words of the steps of a form whose items are not ours to print: how to score it, and no more."""


@cache
def bundled() -> dict[str, Test]:
    return load().tests


def between(low: int, high: int) -> tuple[Decimal, Decimal]:
    return D(low), D(high)


def graded(test_id: str, score: str) -> TestGrade:
    visit = Case(
        patient=Patient(sex="F", age=40), date=dt.date(2026, 11, 1), tests={test_id: {"value": Taken(value=D(score))}}
    )
    return grade_case(visit, load())[test_id]


def test_the_questionnaires_are_all_there_and_only_they_are_asked_at_that_station() -> None:
    assert {test.id for test in bundled().values() if test.station == "questions"} == LIMITS.keys()


@pytest.mark.parametrize("test_id", LIMITS)
def test_a_questionnaire_is_a_score_without_cuts(test_id: str) -> None:
    test = bundled()[test_id]
    assert (test.kind, test.measure.sides) == ("score", "one")
    assert test.measure.hard == between(*LIMITS[test_id])
    assert not test.measure.bands
    assert not test.measure.categories


@pytest.mark.parametrize("test_id", LIMITS)
def test_only_a_published_change_counts_as_real(test_id: str) -> None:
    direction, change = CHANGES.get(test_id, ("lo", None))
    assert (bundled()[test_id].measure.direction, bundled()[test_id].measure.change) == (direction, change)


@pytest.mark.parametrize(("test_id", "score", "name"), RANGES)
def test_named_ranges_meet_their_borders(test_id: str, score: str, name: str) -> None:
    answer = graded(test_id, score)
    assert answer.band == name
    assert answer.sides == {"value": SideGrade(grade="N", value=D(score))}


def test_no_range_is_named_where_the_reference_has_none() -> None:
    with_levels = {test.id for test in bundled().values() if test.measure.levels}
    assert with_levels == {test_id for test_id, _, _ in RANGES}


@pytest.mark.parametrize("test", bundled().values(), ids=lambda test: test.id)
def test_levels_start_at_the_lowest_score_and_rise(test: Test) -> None:
    starts = [level.at_least for level in test.measure.levels]
    assert starts == sorted(set(starts))
    if starts:
        assert test.measure.hard is not None
        assert starts[0] == test.measure.hard[0]


@pytest.mark.parametrize("test_id", sorted(SCORE_ENTRY_ONLY))
def test_a_form_that_is_not_ours_is_entered_as_a_score(test_id: str) -> None:
    test = bundled()[test_id]
    assert re.search(r"only the total is entered|Score entry only, no items", test.evidence.reliability)
    assert sum(len(step.split()) for step in test.steps) <= WITHOUT_MANY_WORDS


def test_the_foot_posture_index_names_its_owner() -> None:
    assert "© Anthony Redmond 1998" in bundled()["fpi6"].evidence.reliability


def test_the_reset_is_a_response_of_two_ratings_and_is_never_compared_between_visits() -> None:
    reset = bundled()["reset3"]
    assert (reset.kind, reset.measure.sides) == ("response", "pre_post")
    assert reset.measure.hard == between(0, 10)
    assert reset.measure.change is None
    assert reset.evidence.basis == ("clinic_rule",)


def test_what_can_be_computed_is_never_typed() -> None:
    computed = {test.id for test in bundled().values() if test.kind == "computed"}
    assert computed == {"hip_arc_seated", "ybt_ant_diff", "stand_dhr", "stand_time", "stand_pain_delta"}


def test_the_reaches_are_taken_and_not_graded() -> None:
    reach = bundled()["ybt_ant"].measure
    assert (reach.sides, reach.trials, reach.summary) == ("LR", 3, "mean")
    assert reach.hard == between(20, 150)
    assert not reach.bands


@pytest.mark.parametrize(
    ("test_id", "trials", "summary"),
    [
        ("sls_eo", 3, "mean"),
        ("sls_ec", 3, "mean"),
        ("wblt_cm", 3, "mean_of_last_two"),
        ("nav_drop", 2, "mean"),
        ("cva", 3, "mean"),
        ("cerv_rot", 2, "mean"),
        ("jpe", 6, "mean"),
        ("tmj_open", 3, "best"),
    ],
)
def test_trials_are_summed_up_as_the_test_asks(test_id: str, trials: int, summary: str) -> None:
    measure = bundled()[test_id].measure
    assert (measure.trials, measure.summary) == (trials, summary)


@pytest.mark.parametrize(
    ("test_id", "age", "sex", "mean", "sd"),
    [
        ("sls_eo", 39, "*", "43.3", "5.1"),
        ("sls_eo", 60, "*", "26.9", "16.6"),
        ("sls_ec", 85, "*", "1.3", "0.6"),
        ("wblt_cm", 40, "*", "12.0", "2.8"),
        ("cva", 70, "F", "48.84", "7.86"),
        ("cerv_rot", 29, "*", "71.1", "10.5"),
        ("dnf_hold", 50, "M", "38.9", "20.1"),
        ("calf_raise", 65, "F", "19", None),
    ],
)
def test_norms_are_those_of_the_papers(test_id: str, age: int, sex: str, mean: str, sd: str | None) -> None:
    rows = [row for row in bundled()[test_id].norms if row.ages[0] <= age <= row.ages[1] and row.sex == sex]
    assert [(row.mean, row.sd) for row in rows] == [(D(mean), D(sd) if sd else None)]
