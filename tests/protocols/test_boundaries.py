"""Every boundary of every test: at, just below and just above each cut, cap, excess and hard limit.

The points come twice, from the bundled TOML and from the clinical reference. Each is graded three times: by a few lines
written from the rules here, by `grade_value`, and by a line of `interpret`. A tenth runs always, all with -m soak.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache
from itertools import product, zip_longest
from random import Random
from typing import Any, Literal, NamedTuple

import pytest

from protocols.case import Taken
from protocols.grading import Person, grade_test, grade_value
from protocols.interchange import interpret_lines
from protocols.library import load
from tests.protocols.reference import Numbers, bundled, needs_reference, numbers, reference

JUST = Decimal("0.001")
ADULT = 18
SEXES: tuple[Literal["F", "M", "X"], ...] = ("F", "M", "X")
LIBRARY = load()
COMPUTED = {test.id for test in LIBRARY.tests.values() if test.kind == "computed"}
BEST_FIRST = "WBHRN"


class Point(NamedTuple):
    test: str
    age: int
    sex: Literal["F", "M", "X"]
    value: Decimal | str


# -- the rules, a second time ----------------------------------------------------------------------------------------


def by_the_book(known: Numbers, point: Point) -> str:
    """The first that fits: limits, age, category, then the better of the rows the person is read in."""
    if isinstance(point.value, str):
        return "N" if point.age < ADULT else known.map[point.value]
    if known.hard is not None and not known.hard[0] <= point.value <= known.hard[1]:
        return "INVALID"
    if point.age < ADULT:
        return "N"
    rows = "FM" if point.sex == "X" else point.sex
    return min((in_one_row(known, row, point.age, point.value) for row in rows), key=BEST_FIRST.index)


def in_one_row(known: Numbers, row: str, age: int, value: Decimal) -> str:
    cuts = next((cuts for first, last, of, cuts in known.bands if of in ("*", row) and first <= age <= last), None)
    if cuts is None:
        return "N"
    counts = value if known.cap is None else min(value, known.cap)
    over = known.excess.get(row, known.excess.get("*"))
    if over is not None and counts > over:
        return "H"
    if known.dir == "band":
        border, low, high, far_border = cuts
        return "W" if low <= counts <= high else "B" if border <= counts <= far_border else "R"
    good, limit = cuts
    if known.dir == "hi":
        return "W" if counts >= good else "B" if counts >= limit else "R"
    return "W" if counts <= good else "B" if counts <= limit else "R"


# -- the points ------------------------------------------------------------------------------------------------------


def points(test: str, known: Numbers) -> list[Point]:
    typed: Sequence[Decimal | str] = sorted(known.map) or values(known)
    return [Point(test, age, sex, value) for age, sex, value in product(ages(known), SEXES, typed)]


def ages(known: Numbers) -> list[int]:
    """Both ends of every age band and the years beside them; the last child and the first adult."""
    edges = {age for first, last, *_ in known.bands for age in (first - 1, first, last, last + 1)}
    return sorted(edges | {ADULT - 1, ADULT})


def values(known: Numbers) -> list[Decimal]:
    """Around every number of the test, those of the other rows too: to a thousandth and to one step of the key pad."""
    decide = [cut for *_, cuts in known.bands for cut in cuts]
    decide += [*(known.hard or ()), *([known.cap] if known.cap is not None else ()), *known.excess.values()]
    steps = {Decimal(0), JUST, known.res or JUST}
    return sorted({number + sign * step for number in decide for step in steps for sign in (-1, 1)})


@cache
def ours() -> dict[str, Numbers]:
    return {test.id: numbers(test) for test in bundled().values() if test.kind != "response"}


def all_points(known: dict[str, Numbers]) -> list[Point]:
    return [point for test in sorted(known) for point in points(test, known[test])]


def a_tenth(every: list[Point]) -> list[Point]:
    return Random(58).sample(every, len(every) // 10)  # noqa: S311 - the same points on every run


# -- the three answers -----------------------------------------------------------------------------------------------


def misgraded(every: Iterable[Point], known: dict[str, Numbers]) -> list[tuple[Point, str, str]]:
    """Where `grade_value` and the rules differ: the point, what was expected, what came."""
    answers = ((one, by_the_book(known[one.test], one), graded(one)) for one in every)
    return [(one, wanted, got) for one, wanted, got in answers if wanted != got]


def graded(one: Point) -> str:
    return grade_value(LIBRARY.tests[one.test], one.value, one.sex, one.age)[0]


def misread(every: Iterable[Point], known: dict[str, Numbers]) -> list[tuple[Point, str, Any]]:
    """Where a line of `interpret` and the rules differ."""
    sent = [filled for person, of in by_person(every).items() for filled in full_lines(person, of)]
    answers = interpret_lines((text for text, _ in sent), LIBRARY)
    wrong = []
    for (_, asked), (answer, _) in zip(sent, answers, strict=True):
        told = json.loads(answer)["tests"]
        got = ((place, one, told[one.test][place]["class"]) for place, one in asked)
        wrong += [(one, wanted, it) for _, one, it in got if (wanted := by_the_book(known[one.test], one)) != it]
    return wrong


def by_person(every: Iterable[Point]) -> dict[tuple[int, str, bool], dict[str, list[Point]]]:
    """Points of one age and sex share a line; computed values stand apart from the parts that would replace them."""
    found: dict[tuple[int, str, bool], dict[str, list[Point]]] = defaultdict(lambda: defaultdict(list))
    for one in every:
        found[one.age, one.sex, one.test in COMPUTED][one.test].append(one)
    return found


def full_lines(
    person: tuple[int, str, bool], of: dict[str, list[Point]]
) -> Iterator[tuple[str, list[tuple[str, Point]]]]:
    """Lines that carry every test at once, a point on each side it has, with what was asked where."""
    age, sex, _ = person
    for row in zip_longest(*(pairs(test, asked) for test, asked in of.items())):
        asked = [place for entry in row if entry for place in entry]
        tests: dict[str, dict[str, Any]] = defaultdict(dict)
        for place, one in asked:
            tests[one.test][place] = one.value if isinstance(one.value, str) else f"<{one.value}>"
        text = json.dumps({"patient": {"age": age, "sex": sex}, "red_flags": ["aaa"], "tests": tests})
        yield text.replace('"<', "").replace('>"', ""), asked  # decimals as typed, never as floats


def pairs(test: str, asked: list[Point]) -> Iterator[list[tuple[str, Point]]]:
    places = ["left", "right"] if LIBRARY.tests[test].measure.sides == "LR" else ["value"]
    for start in range(0, len(asked), len(places)):
        yield list(zip(places, asked[start:], strict=False))


# -- a tenth, always -------------------------------------------------------------------------------------------------


def test_a_tenth_of_the_boundaries_of_the_bundled_tests() -> None:
    some = a_tenth(all_points(ours()))
    assert len(some) > 2_500
    assert misgraded(some, ours()) == []


@needs_reference
def test_a_tenth_of_the_boundaries_of_the_reference() -> None:
    assert misgraded(a_tenth(all_points(reference())), reference()) == []


@needs_reference
def test_the_reference_and_the_bundled_tests_have_the_same_boundaries() -> None:
    assert set(all_points(reference())) == {one for one in all_points(ours()) if one.test in reference()}


def test_lines_of_interpret_meet_the_boundaries() -> None:
    assert misread(a_tenth(a_tenth(all_points(ours()))), ours()) == []


SIDED = [test for test in LIBRARY.tests.values() if test.measure.asymmetry is not None]


@pytest.mark.parametrize("test", SIDED, ids=lambda test: test.id)
def test_sides_differ_from_the_printed_limit_on(test: Any) -> None:
    limit, (low, _) = test.measure.asymmetry, test.measure.hard
    for apart in (limit - JUST, limit, limit + JUST):
        found = grade_test(test, {"left": Taken(value=low), "right": Taken(value=low + apart)}, Person("F", 40))
        assert (found.asymmetry, found.difference) == (apart >= limit, apart)


# -- all of them -----------------------------------------------------------------------------------------------------


@pytest.mark.soak
def test_every_boundary_of_the_bundled_tests(capsys: pytest.CaptureFixture[str]) -> None:
    every = all_points(ours())
    assert misgraded(every, ours()) == []
    assert misread(every, ours()) == []
    say(f"{len(every):,} boundary points of {len(ours())} bundled tests: rules, grade_value, interpret agree", capsys)


@pytest.mark.soak
@needs_reference
def test_every_boundary_of_the_reference(capsys: pytest.CaptureFixture[str]) -> None:
    every = all_points(reference())
    assert misgraded(every, reference()) == []
    assert misread(every, reference()) == []
    say(f"{len(every):,} boundary points of the {len(reference())} reference tests: all agree", capsys)


def say(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        sys.stdout.write(f"\n{words}\n")
