"""What was typed -> a value or a refusal; the question beyond 3 SD; when the next cell opens by itself; words."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocols.entry import Refusal, complete, read, unusual
from protocols.grading import grade_word, reference_words, with_unit
from protocols.library import load
from tests.protocols.hand_made import hand_made

HIP = hand_made()
FEET = hand_made(
    name="Feet",
    unit="cat",
    direction="category",
    hard=None,
    resolution=None,
    bands=[],
    categories={"neutral": "W", "mild-pronation": "B", "mild-supination": "B"},
)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("12", "12"), ("12.5", "12.5"), ("12,5", "12.5"), ("12h", "12.5"), ("-3h", "-3.5"), ("h", "0.5"), (" 7 ", "7"),
        ("-3", "-3"), ("+3", "3"), ("\N{MINUS SIGN}4", "-4"), ("12.", "12"), (".5", "0.5"), ("-0", "0"), ("90", "90"),
        ("-10", "-10"), ("7.123", "7.123"),
    ],
)  # fmt: skip
def test_numbers_as_people_type_them(typed: str, value: str) -> None:
    found = read(HIP, typed)
    assert isinstance(found, Decimal)
    assert str(found) == value


@pytest.mark.parametrize(
    "typed", ["x", "1e5", "nan", "inf", "-", ".", "1.2.3", "12.5h", "1 2", "٣", "12°", "--3", "9" * 50]
)
def test_what_is_not_a_number_is_refused_with_the_limits(typed: str) -> None:
    found = read(HIP, typed)
    assert isinstance(found, Refusal)
    assert "is not a number" in found.reason
    assert "Hip turn-in takes -10 to 90°" in found.reason
    assert len(found.reason) < 100


@pytest.mark.parametrize("typed", ["91", "-11", "90.1", "999"])
def test_a_number_outside_the_hard_limits_is_refused_with_the_limits(typed: str) -> None:
    assert read(HIP, typed) == Refusal("Hip turn-in takes -10 to 90°.")


def test_nothing_typed() -> None:
    assert isinstance(read(HIP, "  "), Refusal)
    assert isinstance(read(FEET, ""), Refusal)


def test_categories_by_name_or_a_clear_beginning() -> None:
    assert read(FEET, "neutral") == "neutral"
    assert read(FEET, "N") == "neutral"
    assert read(FEET, "mild-p") == "mild-pronation"
    assert read(FEET, "mild") == Refusal("Feet takes neutral, mild-pronation or mild-supination.")


@given(st.text(max_size=12))
def test_whatever_is_typed_is_taken_inside_the_limits_or_refused(typed: str) -> None:
    found = read(HIP, typed)
    assert isinstance(found, Refusal) or (isinstance(found, Decimal) and -10 <= found <= 90)


@given(st.decimals(min_value=-10, max_value=90, places=2))
def test_a_number_reads_back_as_itself(value: Decimal) -> None:
    assert read(HIP, str(value)) == value
    assert read(HIP, str(value).replace(".", ",")) == value


# -- confirm? ------------------------------------------------------------------------------------------------------


def norm(mean: int, sd: int | None, sex: str = "*", ages: tuple[int, int] = (18, 59)) -> dict[str, Any]:
    return {"ages": ages, "sex": sex, "mean": mean, "sd": sd, "source": "Roach 1991"}


@pytest.mark.parametrize(
    ("norms", "value", "sex", "age", "asks"),
    [
        ([norm(35, 7)], 14, "F", 34, False),
        ([norm(35, 7)], 13, "F", 34, True),
        ([norm(35, 7)], 57, "F", 34, True),
        ([norm(35, 7)], 13, "F", 60, False),
        ([norm(35, None)], -10, "F", 34, False),
        ([norm(35, 7, "F")], 13, "M", 34, False),
        ([norm(35, 7, "F")], 13, "X", 34, False),
        ([norm(35, 7, "F"), norm(20, 7, "M")], 13, "X", 34, False),
        ([norm(35, 7, "F"), norm(20, 7, "M")], -2, "X", 34, True),
        ([norm(35, 7), norm(35, 20)], 13, "F", 34, False),
    ],
)
def test_a_value_beyond_3_sd_is_asked_once_more(norms: Any, value: int, sex: Any, age: int, asks: bool) -> None:
    question = unusual(hand_made(norms=norms), Decimal(value), sex, age)
    assert (question is not None) is asks
    if question:
        assert question.startswith(f"{value}° is more than 3 SD from the published mean of 35° (Roach 1991).")


def test_categories_are_never_unusual() -> None:
    assert unusual(FEET, "neutral", "F", 34) is None


@pytest.mark.parametrize(
    ("hard", "resolution", "text", "opens"),
    [
        ([0, 90], 1, "45", True), ([0, 90], 1, "4", False), ([0, 90], 1, "95", False), ([0, 10], 1, "10", True),
        ([-10, 90], 1, "45", False), ([0, 140], 1, "45", False), ([0, 60], 0.5, "45", False), ([0, 90], 1, "4x", False),
    ],
)  # fmt: skip
def test_the_next_cell_opens_by_itself_only_where_two_digits_say_all(
    hard: Any, resolution: float, text: str, opens: bool
) -> None:
    assert complete(hand_made(hard=hard, resolution=resolution), text) is opens


# -- words ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        ("22", "deg", "22°"), ("-3.50", "deg", "-3.5°"), ("10.0", "cm", "10 cm"), ("1E+2", "s", "100 s"),
        ("4", "NPRS", "4/10"),
        ("29.8666666", "s", "29.87 s"), ("12", "score", "12"), ("7", "kg", "7 kg"), ("0", "cm", "0 cm"),
    ],
)  # fmt: skip
def test_values_with_their_unit(value: str, unit: str, words: str) -> None:
    assert with_unit(Decimal(value), unit) == words


def test_a_number_too_long_to_write_out_keeps_its_exponent() -> None:
    assert with_unit(Decimal("1e400"), "deg") == "1E+400°"
    assert with_unit(Decimal("1e20"), "deg") == "1E+20°"
    assert with_unit(Decimal("1e19"), "deg") == "10000000000000000000°"


BY_SEX = [{"ages": [18, 59], "sex": "F", "cuts": [27, 19]}, {"ages": [18, 59], "sex": "M", "cuts": [23, 15]}]


@pytest.mark.parametrize(
    ("measure", "sex", "age", "words"),
    [
        ({}, "F", 34, "20° and up"),
        ({}, "F", 17, "no reference under 18"),
        ({"bands": BY_SEX}, "F", 34, "27° and up"),
        ({"bands": BY_SEX}, "X", 34, "23° and up"),
        ({"bands": BY_SEX, "excess": {"F": 52, "M": 47}}, "M", 34, "23 to 47°"),
        ({"bands": BY_SEX, "excess": {"F": 52, "M": 47}}, "X", 34, "23 to 52°"),
        ({"bands": BY_SEX}, "F", 60, "no reference"),
        ({"direction": "lo", "unit": "cm", "bands": [{"ages": [18, 120], "cuts": [10, 20]}]}, "F", 34, "up to 10 cm"),
        ({"direction": "lo", "hard": [0, 9], "bands": [{"ages": [18, 120], "cuts": [0, 2]}]}, "F", 34, "0°"),
        ({"direction": "band", "bands": [{"ages": [18, 120], "cuts": [-3, 0, 13, 17]}]}, "F", 34, "0 to 13°"),
        ({"unit": "s", "hard": [0, 20]}, "F", 34, "20 s"),
    ],
)
def test_the_reference_in_words(measure: Any, sex: Any, age: int, words: str) -> None:
    assert reference_words(hand_made(**measure), sex, age) == words


def test_the_reference_of_a_category_and_of_a_score() -> None:
    assert reference_words(FEET, "F", 34) == "neutral"
    assert reference_words(load().tests["hilo"], "F", 34) == "abdominal or mixed"
    assert reference_words(load().tests["nprs"], "F", 34) == "not graded"


def test_every_grade_has_a_word_of_its_own() -> None:
    grades = ["W", "B", "R", "H", "N", "INVALID", "POS", "NEG", "NT", "WORSE"]
    assert len({grade_word(grade) for grade in grades}) == len(grades)
