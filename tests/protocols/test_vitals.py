"""Vital signs between the tests, against the numbers of the reference as literals."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocols.assessment import assess
from protocols.case import Case, Patient
from protocols.check import check
from protocols.entry import Refusal
from protocols.library import DATA, load
from protocols.stand.run import PLAUSIBLE
from protocols.visit import from_case
from protocols.visits.taken import vitals as taken_vitals
from protocols.vitals import asked_of, read, signs, stop_words, what_to_do

FLAGS = load().red_flags
LIMITS = {"hr": (25, 250), "sbp": (50, 260), "dbp": (30, 160), "spo2": (50, 100), "rr": (2, 60)}
STOPS: dict[str, Callable[[int], bool]] = {
    "hr": lambda v: v > 170,
    "sbp": lambda v: v >= 180 or v < 80,
    "dbp": lambda v: v >= 120,
    "spo2": lambda v: v < 90,
    "rr": lambda v: False,
}
"""musculoskeletal G5 and table J; the diastolic is that of the red flag bp_180, whose level stops the tests."""
values = st.fixed_dictionaries({}, optional={sign: st.integers(*limits) for sign, limits in LIMITS.items()})


def measured(**signs_of: int) -> dict[str, Decimal]:
    return {sign: Decimal(value) for sign, value in signs_of.items()}


def test_the_signs_and_what_they_can_be() -> None:
    assert {vital.id: (vital.lowest, vital.highest) for vital in FLAGS.vitals} == LIMITS
    assert {sign: limits for sign, limits in LIMITS.items() if PLAUSIBLE.get(sign, limits) != limits} == {}


@pytest.mark.parametrize("sign", LIMITS)
def test_every_value_stops_the_screen_exactly_where_the_reference_says(sign: str) -> None:
    low, high = LIMITS[sign]
    stopped = {value for value in range(low, high + 1) if stop_words(measured(**{sign: value}), FLAGS)}
    assert stopped == {value for value in range(low, high + 1) if STOPS[sign](value)}


@given(values)
def test_any_value_that_stops_is_enough_and_each_is_named(given_now: dict[str, int]) -> None:
    vitals = measured(**given_now)
    said = stop_words(vitals, FLAGS)
    stopping = {sign for sign, value in given_now.items() if STOPS[sign](value)}
    assert bool(said) == bool(stopping)
    assert sum(one.stop for one in signs(vitals, FLAGS)) == len(stopping)
    assert all(f" {given_now[sign]} " in said for sign in stopping)


@pytest.mark.parametrize(
    ("sbp", "dbp", "asked"),
    [
        (139, 89, set()),
        (140, 89, {"bp_140_179"}),
        (139, 90, {"bp_140_179"}),
        (179, 119, {"bp_140_179"}),
        (180, 119, {"bp_180", "bp_180_symptoms"}),
        (179, 120, {"bp_180", "bp_180_symptoms"}),
        (79, 50, set()),
    ],
)
def test_a_pressure_speaks_to_its_red_flag_and_raises_nothing(sbp: int, dbp: int, asked: set[str]) -> None:
    vitals = measured(sbp=sbp, dbp=dbp)
    assert {flag.id for flag in asked_of(vitals, FLAGS)} == asked
    case = Case(patient=Patient(sex="F", age=40), date=dt.date(2026, 11, 2), vitals=vitals)
    assert assess(case, load()).concern.level == 0


def test_what_stops_the_screen_stands_first() -> None:
    assert [one.vital for one in signs(measured(sbp=150, spo2=85), FLAGS)] == ["spo2", "sbp"]


def test_what_to_do_is_said_in_the_words_of_the_level_that_stops_the_tests() -> None:
    level_2 = next(action for action in FLAGS.actions if action.level == 2)
    assert what_to_do(FLAGS) == level_2.do
    assert stop_words(measured(hr=171, spo2=89), FLAGS) == "Stop physical tests: heart rate 171 bpm, oxygen 89 %"
    assert level_2.do.startswith("Stop physical tests.")


def test_definitions_without_these_rules_say_nothing() -> None:
    old = msgspec.structs.replace(FLAGS, vitals=(), vital_rules=())
    assert stop_words(measured(hr=240), old) == ""
    assert asked_of(measured(sbp=240), old) == ()


@pytest.mark.parametrize(
    ("sign", "text", "taken"),
    [
        ("hr", "250", True),
        ("hr", "251", False),
        ("hr", "25", True),
        ("hr", "24", False),
        ("spo2", "100", True),
        ("rr", "1", False),
    ]
    + [("hr", text, False) for text in ("", "7.5", "-80", "٨٠", "8e1", "abc")]
    + [("dbp", "119", True), ("dbp", "120", False), ("dbp", "121", False)],
)
def test_what_cannot_be_a_reading_is_refused_with_what_can(sign: str, text: str, taken: bool) -> None:
    vital = next(one for one in FLAGS.vitals if one.id == sign)
    value = read(vital, text, measured(sbp=120))
    if taken:
        assert value == Decimal(text)
    else:
        assert isinstance(value, Refusal)
        assert value.reason.startswith(vital.name)
        assert "Type it again." in value.reason


@given(values)
def test_they_are_stored_and_read_back(given_now: dict[str, int]) -> None:
    vitals = measured(**given_now)
    case = Case(patient=Patient(sex="F", age=40), date=dt.date(2026, 11, 2), vitals=vitals)
    assert taken_vitals({told.cell: told for told in from_case(case)}) == vitals


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('vital = "spo2"\nbelow = 90', 'vital = "spo3"\nbelow = 90', "unknown_vital_sign"),
        ('vital = "spo2"\nbelow = 90', 'vital = "spo2"\nbelow = 90\nabove = 99', "border"),
        ('answers = ["bp_140_179"]', 'answers = ["bp_140"]', "unknown_red_flag"),
        ('source = "Oxygen below this"', 'source = ""', "no_source"),
        ('source = "Pain of this much or more, 0-10"', 'source = ""', "no_source"),
        ('id = "rr"', 'id = "hr"', "id_twice"),
    ],
)
def test_each_fault_of_their_rules_is_found(tmp_path: Path, old: str, new: str, code: str) -> None:
    whole = Path(shutil.copytree(DATA, tmp_path / "data"))
    file = whole / "red_flags.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert code in {problem.code for problem in check(whole) if problem.file == "red_flags.toml"}
