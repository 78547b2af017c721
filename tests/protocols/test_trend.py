"""Each measure over the visits, against its error."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from protocols.case import Case, Entry, Patient, Stand, Taken
from protocols.library import load
from protocols.model import Library
from protocols.trend import Point, Series, by_change, trend
from protocols.visit import Measurement, PatientDetails, Visit, from_case, record
from tests.protocols.hand_made import hand_made, library_of
from tests.protocols.stand_samples import COMPLETE
from tests.protocols.stand_samples import taken as stood

BUNDLED = load()
BORN = dt.date(1990, 1, 1)
ANA = PatientDetails(id="p", code="AA-11", family_name="Ruiz", given_name="Ana", birth_date=BORN, sex="F")
START = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
FIVE = {"mdc": {"*": 5}, "kind": "F"}
REACH = library_of(hand_made(change=FIVE))


def visits(
    *tests: dict[str, Entry], rater: str = "M. Vogel", raters: tuple[str, ...] = (), **stands: Any
) -> list[Visit]:
    """One visit a month with these tests, all by one rater unless said otherwise."""
    standing: list[Stand | None] = stands.get("standing") or [None] * len(tests)
    clinicians = raters or (rater,) * len(tests)
    return [
        _visit(
            number, Case(patient=Patient(sex="F", birth_date=BORN), date=START.date(), tests=one, standing=stand), by
        )
        for number, (one, stand, by) in enumerate(zip(tests, standing, clinicians, strict=True))
    ]


def _visit(number: int, case: Case, by: str) -> Visit:
    started = START + dt.timedelta(days=28 * number)
    visit = Visit(id=f"v{number}", patient=ANA, started=started, clinician=by, number=number + 1, digest="d")
    for place, told in enumerate(from_case(case)):
        row = Measurement(
            id=f"{number}.{place:03}",
            visit=visit.id,
            **told.cell._asdict(),
            value=told.value,
            absent=told.absent,
            note=told.note,
            at=started,
            clinician=by,
        )
        visit = record(visit, row)
    return visit


def left(value: float | None, test: str = "reach", **rest: Any) -> dict[str, Entry]:
    return {} if value is None else {test: {"left": Taken(value=Decimal(str(value)), **rest)}}


def points(*values: float | None, library: Library = REACH, **rest: Any) -> tuple[Point, ...]:
    (series,) = trend(visits(*(left(value) for value in values), **rest), library)
    return series.points


def said(made: tuple[Point, ...]) -> list[tuple[str | None, str | None]]:
    return [
        (one.since_first.say if one.since_first else None, one.since_last.say if one.since_last else None)
        for one in made
    ]


def test_a_slow_gain_is_real_since_the_first_and_not_since_the_last() -> None:
    made = points(10, 13, 16, 19)
    days = ["2026-03-02", "2026-03-30", "2026-04-27", "2026-05-25"]
    assert [one.date.isoformat() for one in made] == days
    assert [one.value for one in made] == [10, 13, 16, 19]
    assert {one.grade for one in made} == {"B"}
    within = "within measurement error"
    assert said(made) == [(None, None), (within, within), ("improved", within), ("improved", within)]


def test_exactly_the_error_is_real() -> None:
    assert said(points(10, 15))[1] == ("improved", "improved")
    assert said(points(10, 14.9))[1] == ("within measurement error", "within measurement error")
    assert said(points(15, 10))[1] == ("worsened", "worsened")


def test_a_visit_that_left_it_out_is_passed_over() -> None:
    made = points(10, None, 16)
    assert [one.visit for one in made] == ["v0", "v2"]
    assert said(made)[1] == ("improved", "improved")


def test_another_rater_is_compared_by_the_error_of_two_raters() -> None:
    made = points(10, 16, 17, raters=("M. Vogel", "A. Lee", "A. Lee"))
    assert said(made)[1] == ("describe only", "describe only")
    assert said(made)[2] == ("describe only", "within measurement error")
    both = library_of(hand_made(change=FIVE | {"mdc_different": 7}))
    assert said(points(10, 16, 17, raters=("M. Vogel", "A. Lee", "A. Lee"), library=both))[2] == (
        "improved",
        "within measurement error",
    )


def test_the_error_of_a_series() -> None:
    (series,) = trend(visits(left(10), left(12)), REACH)
    assert series.error == 5
    (alone,) = trend(visits(left(10)), REACH)
    assert alone.error is None
    (described,) = trend(visits(left(10), left(30)), library_of(hand_made(change={"mdc": {"*": 5}, "kind": "C"})))
    assert described.error is None
    assert said(described.points)[1] == ("describe only", "describe only")


def test_another_device_is_only_described() -> None:
    first, second = visits(left(10), left(20))
    (cell,) = (cell for cell in second.cells if cell.test == "reach")
    with_device = [
        msgspec.structs.replace(visit, cells={cell: msgspec.structs.replace(visit.cells[cell], device=device)})
        for visit, device in ((first, "old"), (second, "new"))
    ]
    (series,) = trend(with_device, REACH)
    assert said(series.points)[1] == ("describe only", "describe only")


def test_lying_against_a_wall_and_standing_free_are_two_series() -> None:
    stands = [
        stood(*COMPLETE, protocol="lean", stopped_min=Decimal(4)),
        stood(*COMPLETE, protocol="active_stand"),
        stood(*COMPLETE, protocol="lean"),
    ]
    made = {(one.test, one.protocol): one for one in trend(visits({}, {}, {}, standing=stands), BUNDLED)}
    times = made["stand_time", "lean"]
    assert [point.value for point in times.points] == [240, 600]
    assert [point.value for point in made["stand_time", "active_stand"].points] == [600]
    change = times.points[1].since_last
    assert change is not None
    assert change.delta == 360


def test_what_is_not_valid_or_not_taken_has_no_point() -> None:
    reasons = visits(
        left(10),
        {"reach": {"left": Taken(absent="refused")}},
        left(200),
        left(12, stopped="pain"),
        left(14),
    )
    (series,) = trend(reasons, REACH)
    assert [point.value for point in series.points] == [10, 14]


def test_a_category_has_its_grades_and_no_change() -> None:
    pinch: list[dict[str, Entry]] = [{"hip_pinch": {"left": Taken(value=value)}} for value in ("positive", "negative")]
    (series,) = trend(visits(*pinch), BUNDLED)
    assert [point.value for point in series.points] == ["positive", "negative"]
    assert all(point.since_first is None for point in series.points)


def test_no_visit_no_trend() -> None:
    assert trend([], BUNDLED) == ()


def test_what_changed_stands_first_the_worse_before_the_better() -> None:
    """Cuts at 20 and 10, an error of 5: six measures that differ by their values only."""
    values = {"once": (9,), "same": (30, 30), "low": (8, 9), "better": (10, 16), "much": (10, 40), "worse": (40, 34)}
    tests = [hand_made(name, change=FIVE) for name in reversed(values)]
    each: list[dict[str, Entry]] = [
        {name: {"left": Taken(value=Decimal(told[visit]))} for name, told in values.items() if visit < len(told)}
        for visit in (0, 1)
    ]
    ordered = [one.test for one in by_change(trend(visits(*each), library_of(*tests)))]
    assert ordered == ["worse", "much", "better", "low", "same", "once"]


VALUES = st.lists(st.none() | st.integers(-10, 90), min_size=1, max_size=5)


@given(VALUES, st.sampled_from(["hi", "lo"]), st.integers(1, 20))
def test_nothing_is_called_improved_within_its_error(values: list[int | None], direction: str, mdc: int) -> None:
    cuts = [20, 10] if direction == "hi" else [10, 20]
    test = hand_made(
        direction=direction, change={"mdc": {"*": mdc}, "kind": "F"}, bands=[{"ages": [18, 120], "cuts": cuts}]
    )
    made: tuple[Series, ...] = trend(visits(*(left(value) for value in values)), library_of(test))
    taken = [value for value in values if value is not None]
    assert [point.value for one in made for point in one.points] == taken
    for one in made:
        for place, point in enumerate(one.points):
            for change, old in ((point.since_first, taken[0]), (point.since_last, taken[max(place - 1, 0)])):
                gain = (taken[place] - old) * (1 if direction == "hi" else -1)
                word = change.say if change else ""
                assert (word == "improved") is (gain >= mdc)
                assert (word == "worsened") is (-gain >= mdc)
