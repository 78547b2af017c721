"""Reference bars and the stand-test curve stay in their box and agree with the grade."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocols.case import Patient, Reading, Stand, Supine, Taken
from protocols.grading import Person, SideGrade, grade_test
from protocols.model import Side, Test
from reports.blocks import Area, Chart, Dot, Line, Words
from reports.chart import reference_bar, stand_curve
from tests.reports.papers import known

BANDED = [test for test in known().tests.values() if test.kind == "graded" and test.measure.bands]
WOMAN = Patient(sex="F", age=34)


def bar(test: Test, number: Decimal, patient: Patient = WOMAN) -> tuple[Chart | None, str]:
    age = patient.age or 0
    side: Side = "left" if test.measure.sides == "LR" else "value"
    grade = grade_test(test, {side: Taken(value=number)}, Person(patient.sex, age))
    given = grade.sides[side]
    return reference_bar(test, grade, patient, age), given.grade if isinstance(given, SideGrade) else ""


@given(st.data(), st.sampled_from(BANDED), st.sampled_from(["F", "M", "X"]), st.integers(18, 95))
def test_a_mark_lies_on_the_shade_just_when_the_value_is_within(
    data: st.DataObject, test: Test, sex: str, age: int
) -> None:
    low, high = test.measure.hard or (Decimal(0), Decimal(100))
    number = data.draw(st.decimals(low, high, places=1))
    chart, grade = bar(test, number, Patient(sex="F" if sex == "F" else "M" if sex == "M" else "X", age=age))
    if chart is None:
        assert grade in ("N", "INVALID")
        return
    (shade,) = [mark for mark in chart.marks if isinstance(mark, Area)]
    tick = [mark for mark in chart.marks if isinstance(mark, Line)][-1].points[0][0]
    on_shade = shade.box[0] - 1e-6 <= tick <= shade.box[2] + 1e-6
    assert on_shade is (grade in ("W", "H")), (test.id, number, grade)


def test_no_bar_for_the_young_for_categories_and_without_numbers() -> None:
    tests = known().tests
    assert bar(tests["hip_ir_supine"], Decimal(24), Patient(sex="F", age=17))[0] is None
    word = grade_test(tests["lordosis_obs"], {"value": Taken(value="pronounced")}, Person("F", 34))
    assert reference_bar(tests["lordosis_obs"], word, WOMAN, 34) is None
    absent = grade_test(tests["hip_ir_supine"], {"left": Taken(absent="pain")}, Person("F", 34))
    assert reference_bar(tests["hip_ir_supine"], absent, WOMAN, 34) is None


def test_a_bar_says_in_words_what_it_shows() -> None:
    chart, _ = bar(known().tests["hip_ir_supine"], Decimal(24))
    assert chart is not None
    assert chart.alt == "Hip turn-in, lying: left 24°; reference 22° and up."


READINGS = st.lists(
    st.builds(
        Reading,
        minute=st.integers(1, 10),
        hr=st.none() | st.decimals(25, 250, places=0),
        sbp=st.none() | st.decimals(50, 260, places=0),
    ),
    max_size=10,
    unique_by=lambda row: row.minute,
)


@given(READINGS, st.booleans(), st.integers(5, 90))
def test_a_curve_stays_in_its_box(rows: list[Reading], lying: bool, age: int) -> None:
    rest = (Supine(hr=Decimal(70), sbp=Decimal(110), dbp=Decimal(70)),) * 2 if lying else ()
    chart = stand_curve(Stand(supine=rest, standing=tuple(rows)), age, known().stand)
    if chart is None:
        assert all(row.hr is None and row.sbp is None for row in rows)
        return
    points = [mark.at for mark in chart.marks if isinstance(mark, Dot | Words)]
    points += [point for mark in chart.marks if isinstance(mark, Line) for point in mark.points]
    assert all(0 <= x <= chart.width and 0 <= y <= chart.height for x, y in points)


@pytest.mark.parametrize(("age", "shown"), [(34, "+30"), (15, "+40"), (9, "")])
def test_the_criterion_of_the_age_is_drawn(age: int, shown: str) -> None:
    rest = (Supine(hr=Decimal(70), sbp=Decimal(110), dbp=Decimal(70)),) * 2
    chart = stand_curve(Stand(supine=rest, standing=(Reading(minute=1, hr=Decimal(90)),)), age, known().stand)
    assert chart is not None
    levels = {mark.text for mark in chart.marks if isinstance(mark, Words) and mark.text.startswith("+")}
    assert levels == ({shown} if shown else set())
