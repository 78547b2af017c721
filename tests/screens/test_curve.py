"""The heart-rate curve: its size, its lines, its labels."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess_tui.widgets.curve import ABOVE, BELOW, LABEL, Reading, curve

LYING, RISE = 70.0, 30.0
RATES = st.lists(st.tuples(st.integers(1, 10), st.integers(25, 250)), max_size=10, unique_by=lambda r: r[0]).map(sorted)


def dots(row: str) -> int:
    return sum(bin(ord(cell) - 0x2800).count("1") for cell in row if 0x2800 <= ord(cell) <= 0x28FF)


def styles(readings: list[Reading]) -> set[str]:
    return {str(span.style) for span in curve(readings, LYING, RISE, 45, 11).spans}


@given(RATES, st.integers(21, 120), st.integers(4, 40))
def test_it_fills_its_place_and_no_more(rates: list[tuple[int, int]], width: int, height: int) -> None:
    drawn = curve([Reading(0, LYING), *(Reading(*one) for one in rates)], LYING, RISE, width, height)
    rows = drawn.plain.split("\n")
    assert len(rows) == height
    assert all(len(row) <= width for row in rows)


@pytest.mark.parametrize(("width", "height"), [(20, 10), (60, 3)])
def test_too_small_a_place_stays_empty(width: int, height: int) -> None:
    assert not curve([Reading(0, 70)], LYING, RISE, width, height).plain


def test_lying_and_rise_are_named_with_their_values() -> None:
    text = curve([], 72.0, 30.0, 45, 11).plain
    assert "lying 72" in text
    assert "+30 102" in text
    assert "+30 109" in curve([], 78.5, 30.0, 45, 11).plain, "108 does not meet it yet"


def test_teenagers_have_a_line_of_their_own() -> None:
    assert "+40 112" in curve([], 72.0, 40.0, 45, 11).plain


def test_no_rise_line_where_no_criterion_exists() -> None:
    assert "+" not in curve([Reading(0, 80), Reading(1, 90)], 80.0, None, 45, 11).plain


def test_a_higher_rate_stands_higher() -> None:
    rows = curve([Reading(9, 140), Reading(10, 140)], None, None, 45, 12).plain.split("\n")
    low = curve([Reading(9, 65), Reading(10, 65)], None, None, 45, 12).plain.split("\n")
    top = next(place for place, row in enumerate(rows) if dots(row))
    bottom = next(place for place, row in enumerate(low) if dots(row))
    assert top < bottom


def test_only_what_reaches_the_rise_is_marked() -> None:
    assert ABOVE not in styles([Reading(0, 70), Reading(1, 90), Reading(2, 99)])
    assert {ABOVE, BELOW} <= styles([Reading(0, 70), Reading(1, 90), Reading(2, 100)])


def test_a_stretch_not_read_is_drawn_thin() -> None:
    dense = curve([Reading(m, 90) for m in range(1, 6)], None, None, 60, 11).plain
    sparse = curve([Reading(1, 90), Reading(5, 90)], None, None, 60, 11).plain
    assert dots(sparse) * 2 == dots(dense)


def test_minutes_stand_under_their_place() -> None:
    *_, axis = curve([], LYING, RISE, LABEL + 61, 11).plain.split("\n")
    assert axis.split() == [str(minute) for minute in range(11)]
    places = [axis.index(f"{minute}") for minute in range(2, 10)]
    assert {after - before for before, after in pairwise(places)} <= {6, 7}


def test_minutes_never_touch_in_a_narrow_place() -> None:
    *_, axis = curve([], LYING, RISE, 36, 11).plain.split("\n")
    assert axis.split() == ["0", "2", "4", "6", "8", "10"]
