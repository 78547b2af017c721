"""What holds for every number, age and sex: grading answers, better is never worse, left and right are alike."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from protocols.case import Entry, Taken
from protocols.grading import Person, TestGrade, grade_case, grade_test, grade_value
from protocols.library import load
from protocols.model import Side, Test
from tests.protocols.hand_made import hand_made, last, library_of, visit
from tests.protocols.stand_strategies import stands

LIBRARY = load()
GRADES = {"W", "B", "R", "H", "N", "INVALID"}
WORST_FIRST = ("R", "B", "W", "H")
NUMERIC = [test for test in LIBRARY.tests.values() if test.measure.hard is not None and test.kind != "response"]
ONE_WAY = [test for test in NUMERIC if test.measure.direction in ("hi", "lo") and test.measure.bands]
BANDS = [test for test in NUMERIC if test.measure.direction == "band"]
SIDED = [test for test in LIBRARY.tests.values() if test.measure.sides == "LR"]
OTHER: dict[Side, Side] = {"left": "right", "right": "left"}

people = st.builds(Person, st.sampled_from("FMX"), st.integers(0, 130))
any_number = st.decimals(allow_nan=False, allow_infinity=False) | st.decimals(-300, 300, places=2)


def inside(test: Test) -> st.SearchStrategy[Decimal]:
    assert test.measure.hard is not None
    low, high = test.measure.hard
    return st.integers(int(low * 20), int(high * 20)).map(lambda twentieth: Decimal(twentieth) / 20)


def some_taken(test: Test) -> st.SearchStrategy[Taken]:
    """A side as someone may fill it: a value or trials, inside the limits mostly, or a reason for none."""
    marks: dict[str, Any] = {
        "pain": st.none() | st.integers(0, 10).map(Decimal),
        "compensated": st.booleans(),
        "familiar": st.booleans(),
    }
    if test.measure.categories:
        return st.builds(Taken, value=st.sampled_from(sorted(test.measure.categories)), **marks)
    numbers = inside(test) | any_number if test.measure.hard else any_number
    return (
        st.builds(Taken, value=numbers, **marks)
        | st.builds(Taken, trials=st.lists(numbers, max_size=4).map(tuple), **marks)
        | st.builds(Taken, absent=st.sampled_from(["not_tested", "pain", "refused", "contraindicated"]))
    )


def entries(test: Test) -> st.SearchStrategy[Entry]:
    places: tuple[Side, ...] = {"LR": ("left", "right"), "one": ("value",)}.get(test.measure.sides, ("pre", "post"))  # type: ignore[assignment]
    return st.dictionaries(st.sampled_from(places), some_taken(test))


# -- total -----------------------------------------------------------------------------------------------------------


@given(st.sampled_from(NUMERIC), any_number, people, st.booleans())
def test_every_number_has_a_grade(test: Test, value: Decimal, person: Person, compensated: bool) -> None:
    assert test.measure.hard is not None
    low, high = test.measure.hard
    found, permissive = grade_value(test, value, person.sex, person.age, compensated=compensated)
    assert found in GRADES
    assert (found == "INVALID") is not (low <= value <= high)
    assert found in ("N", "INVALID") or person.age >= 18
    assert permissive is (person.sex == "X" and test.kind != "score")


@given(st.sampled_from([*LIBRARY.tests.values()]), people, st.data())
def test_every_entry_is_graded_side_by_side(test: Test, person: Person, data: Any) -> None:
    entry = data.draw(entries(test))
    found = grade_test(test, entry, person)
    assert set(found.sides) <= ({"value"} if test.kind == "response" else set(entry))


@given(st.data(), stands, st.integers(0, 100))
def test_a_visit_with_any_stand_test_is_graded(data: Any, stand: Any, age: int) -> None:
    some = data.draw(st.lists(st.sampled_from(sorted(LIBRARY.tests)), max_size=3, unique=True))
    tests = {test: data.draw(entries(LIBRARY.tests[test])) for test in some}
    assert set(tests) <= set(grade_case(visit(tests, age=age, standing=stand), LIBRARY))


# -- better is never worse -------------------------------------------------------------------------------------------


@given(st.sampled_from(ONE_WAY), people, st.data())
def test_better_is_never_graded_worse(test: Test, person: Person, data: Any) -> None:
    one, other = sorted(data.draw(st.tuples(inside(test), inside(test))))
    worse, better = (one, other) if test.measure.direction == "hi" else (other, one)
    lower, upper = (grade_value(test, value, person.sex, person.age)[0] for value in (worse, better))
    if lower == "N":
        assert upper == "N"
    else:
        assert WORST_FIRST.index(lower) <= WORST_FIRST.index(upper)


@given(st.sampled_from(BANDS), people, st.data())
def test_between_two_values_none_is_worse_than_both(test: Test, person: Person, data: Any) -> None:
    values = sorted(data.draw(st.tuples(inside(test), inside(test), inside(test))))
    low, middle, high = (grade_value(test, value, person.sex, person.age)[0] for value in values)
    if low == "N":  # a child, or older than the last row
        assert (middle, high) == ("N", "N")
    else:
        assert WORST_FIRST.index(middle) >= min(WORST_FIRST.index(low), WORST_FIRST.index(high))


# -- left and right --------------------------------------------------------------------------------------------------


def mirrored(found: TestGrade) -> TestGrade:
    return TestGrade(
        sides={OTHER[side]: grade for side, grade in found.sides.items()},
        kind=found.kind,
        asymmetry=found.asymmetry,
        difference=found.difference,
        basis=found.basis,
        permissive=found.permissive,
        band=found.band,
    )


@given(st.sampled_from(SIDED), people, st.data())
def test_grading_does_not_know_left_from_right(test: Test, person: Person, data: Any) -> None:
    now, before = data.draw(entries(test)), data.draw(entries(test))

    def graded(entry: Entry, earlier: Entry) -> TestGrade:
        case = visit({test.id: entry}, sex=person.sex, age=person.age, previous=last({test.id: earlier}))
        return grade_case(case, LIBRARY)[test.id]

    turned, turned_before = ({OTHER[side]: taken for side, taken in one.items()} for one in (now, before))
    assert graded(turned, turned_before) == mirrored(graded(now, before))


WIDE = hand_made(asymmetry=10, hard=[-300, 300])


@given(st.decimals(-300, 300, places=3), st.decimals(-300, 300, places=3))
def test_sides_differ_by_their_difference_as_typed(left: Decimal, right: Decimal) -> None:
    case = visit({WIDE.id: {"left": Taken(value=left), "right": Taken(value=right)}})
    found = grade_case(case, library_of(WIDE))[WIDE.id]
    thousandths = abs(int(left * 1000) - int(right * 1000))
    assert (found.difference, found.asymmetry) == (Decimal(thousandths) / 1000, thousandths >= 10_000)
