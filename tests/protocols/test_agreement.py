"""The clinic's own error between two raters, against the standard library's statistics."""

from __future__ import annotations

import datetime as dt
import math
import statistics
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocols.agreement import Pair, agreement, own_error, pairs, pairs_of, repeatable
from protocols.assessment import assess
from protocols.library import load
from protocols.visit import Cell, Measurement, PatientDetails, Value, Visit, to_case
from protocols.visits.cells import SECOND
from tests.protocols.hand_made import hand_made

LIBRARY = load()
NOON = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)
values = st.decimals(-10, 90, places=1)
both = st.lists(st.tuples(values, values), min_size=2, max_size=30)


def as_pairs(read: list[tuple[Decimal, Decimal]]) -> list[Pair]:
    return [Pair("left", first, second) for first, second in read]


@given(both)
def test_the_figures_are_those_of_the_standard_library(read: list[tuple[Decimal, Decimal]]) -> None:
    told = agreement(as_pairs(read))
    assert told is not None
    apart = [float(second) - float(first) for first, second in read]
    sd = statistics.stdev(apart)
    assert told.pairs == len(read)
    assert math.isclose(told.mean, statistics.fmean(apart), abs_tol=1e-9)
    assert math.isclose(told.sd, sd, abs_tol=1e-6)
    assert math.isclose(told.sem, sd / math.sqrt(2), abs_tol=1e-6)
    assert math.isclose(told.mdc, 2.77 * sd / math.sqrt(2), abs_tol=1e-6)


@given(both, values)
def test_who_is_second_changes_the_sign_and_no_error(read: list[tuple[Decimal, Decimal]], shift: Decimal) -> None:
    told, turned = agreement(as_pairs(read)), agreement(as_pairs([(second, first) for first, second in read]))
    moved = agreement(as_pairs([(first, second + shift) for first, second in read]))
    assert told is not None
    assert turned is not None
    assert moved is not None
    assert (turned.mean, turned.mdc) == (-told.mean, told.mdc)
    assert moved.mdc == told.mdc, "a rater who always reads more is a bias, not a spread"


def test_a_worked_example_by_hand() -> None:
    # differences 1, 3, 5: mean 3, SD 2, SEM 1.414..., MDC95 3.917...
    told = agreement([Pair("left", Decimal(20), Decimal(20 + apart)) for apart in (1, 3, 5)])
    assert told is not None
    assert (told.mean, told.sd) == (Decimal(3), Decimal(2))
    assert round(told.sem, 9) == Decimal("1.414213562")
    assert round(told.mdc, 6) == Decimal("3.917372")


@pytest.mark.parametrize("count", [0, 1])
def test_fewer_than_two_pairs_show_no_error(count: int) -> None:
    assert agreement([Pair("left", Decimal(20), Decimal(24))] * count) is None


def test_a_mean_that_never_ends_is_kept_as_it_is() -> None:
    third = Pair("left", Fraction(100, 3), Decimal(34))
    assert third.difference == Decimal(2) / Decimal(3)


# -- which values make a pair ------------------------------------------------------------------------------------------


def row(cell: Cell, value: Value, device: str | None = None, **more: str) -> tuple[Cell, Measurement]:
    told = {"clinician": "M. Vogel", **more}
    return cell, Measurement(id="1", visit="v", **cell._asdict(), value=value, at=NOON, device=device, **told)  # type: ignore[arg-type]  # `more` holds clinician or absent


ONE = hand_made("reach")
THRICE = hand_made("reach", trials=3, summary="mean")
LEFT, RIGHT = Cell("reach", "left"), Cell("reach", "right")
AGAIN, AGAIN_RIGHT = LEFT._replace(field=SECOND), RIGHT._replace(field=SECOND)


def test_each_side_read_by_both_is_a_pair() -> None:
    cells = dict(
        [row(LEFT, Decimal(20)), row(AGAIN, Decimal(23)), row(RIGHT, Decimal(18)), row(AGAIN_RIGHT, Decimal("17.5"))]
    )
    assert [(pair.side, pair.difference) for pair in pairs(ONE, cells)] == [
        ("left", Decimal(3)),
        ("right", Decimal("-0.5")),
    ]
    assert len(pairs_of(ONE, [cells, cells])) == 4


def test_trials_are_compared_by_the_tests_own_summary() -> None:
    first = [row(LEFT._replace(field=f"trial.{n}"), Decimal(trial)) for n, trial in enumerate((20, 22, 24), 1)]
    cells = dict([*first, row(AGAIN, [Decimal(24), Decimal(25), Decimal(29)])])
    assert [(pair.first, pair.second) for pair in pairs(THRICE, cells)] == [(Decimal(22), Decimal(26))]


@pytest.mark.parametrize(
    "cells",
    [
        [row(LEFT, Decimal(20))],
        [row(AGAIN, Decimal(20))],
        [row(LEFT, None, absent="pain"), row(AGAIN, Decimal(20))],
        [row(LEFT, Decimal(20)), row(LEFT._replace(field="stopped"), "pain"), row(AGAIN, Decimal(20))],
        [row(LEFT, Decimal(20)), row(AGAIN, Decimal(91))],  # outside the hard limits
        [row(LEFT, Decimal(20), "level"), row(AGAIN, Decimal(22), "phone")],
        [row(LEFT, Decimal(20)), row(AGAIN_RIGHT, Decimal(22))],
    ],
)
def test_what_is_no_pair_does_not_count(cells: list[tuple[Cell, Measurement]]) -> None:
    assert pairs(ONE, dict(cells)) == []


def test_a_device_nobody_named_is_taken_as_the_same() -> None:
    assert len(pairs(ONE, dict([row(LEFT, Decimal(20)), row(AGAIN, Decimal(22), "level")]))) == 1


def test_the_second_reading_never_touches_a_grade() -> None:
    patient = PatientDetails(
        id="p", code="P", family_name="Ruiz", given_name="Ana", birth_date=dt.date(1992, 4, 3), sex="F"
    )
    visit = Visit(id="v", patient=patient, started=NOON, clinician="M. Vogel", number=1, digest=LIBRARY.digest)
    first = dict([row(Cell("wall_hinge", "left"), Decimal(150)), row(Cell("wall_hinge", "right"), Decimal(170))])
    again = dict(
        [row(Cell("wall_hinge", "left", SECOND), Decimal(180)), row(Cell("wblt_deg", "left", SECOND), Decimal(9))]
    )
    alone, together = (
        Visit(**{name: getattr(visit, name) for name in visit.__struct_fields__} | {"cells": cells})
        for cells in (first, {**first, **again})
    )
    assert to_case(together, LIBRARY) == to_case(alone, LIBRARY)
    assert assess(to_case(together, LIBRARY), LIBRARY) == assess(to_case(alone, LIBRARY), LIBRARY)


def test_a_second_rater_measures_what_a_person_reads_off_the_patient() -> None:
    offered = {test.id for test in LIBRARY.tests.values() if repeatable(test)}
    assert {"hip_ir_supine", "sls_eo", "wblt_cm"} <= offered
    assert offered.isdisjoint({"hip_arc_seated", "odi_pct", "reset3", "gait_foot", "stand_dhr"})


# -- words -------------------------------------------------------------------------------------------------------------


def test_the_clinics_error_stands_beside_the_published_one() -> None:
    test = hand_made("reach", change={"mdc": {"*": 7}, "mdc_different": 9, "kind": "F"})
    read = [Pair("left", Decimal(20), Decimal(20 + apart)) for apart in (1, 3, 5)]
    assert own_error(test, []) == ""
    assert own_error(test, read[:1]).startswith("1 pair by two raters; an error can be told from 2 pairs on")
    assert own_error(test, read) == (
        "3 pairs by two raters, error 3.92° (published between raters 9°); second minus first +3° on average, "
        "SD 2°, SEM 1.41°"
    )
    assert "none published between raters" in own_error(ONE, read)
