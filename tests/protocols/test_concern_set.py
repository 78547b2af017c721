"""The clinician's own level of concern over the one the answers give."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocols.assessment import assess
from protocols.case import Case, ConcernSet, Patient
from protocols.library import load
from protocols.red_flags import concern_of, set_words, weigh
from protocols.visit import Cell
from protocols.visits.intake import concern_set
from protocols.visits.telling import from_case

LIBRARY = load()
FLAGS = LIBRARY.red_flags
IDS = sorted(flag.id for flag in FLAGS.flags)
SOME = st.lists(st.sampled_from(IDS), max_size=4, unique=True).map(tuple)
LEVELS = st.integers(0, 3)


def case(yes: tuple[str, ...] = (), unknown: tuple[str, ...] = (), own: ConcernSet | None = None) -> Case:
    patient = Patient(sex="F", age=40)
    return Case(patient=patient, date=dt.date(2026, 11, 2), red_flags=yes, red_flags_unknown=unknown, concern_set=own)


def lowered(to: int, was: int, *yes: str, unknown: tuple[str, ...] = ()) -> ConcernSet:
    return ConcernSet(to=to, was=was, by="Kim Lee", why="known for years", yes=yes, unknown=unknown)


def test_a_raised_level_stops_the_tests_and_blocks_the_plan() -> None:
    concluded = assess(case(own=ConcernSet(to=2, was=0, by="Kim Lee")), LIBRARY)
    assert (concluded.concern.level, concluded.concern.stop, concluded.plan.blocked) == (2, True, True)
    assert concluded.plan.exercises == ()


def test_a_lowered_level_opens_the_plan_again_even_from_the_highest() -> None:
    own = lowered(1, 3, "ces_bladder")
    assert assess(case(("ces_bladder",)), LIBRARY).plan.blocked
    concluded = assess(case(("ces_bladder",), own=own), LIBRARY)
    assert (concluded.concern.level, concluded.plan.blocked) == (1, False)


@pytest.mark.parametrize("later", [("motor_stable",), ("ca_hist",)])
def test_a_later_yes_is_never_covered_by_a_lowered_level(later: tuple[str, ...]) -> None:
    own = lowered(0, 2, "cord")
    found = concern_of(case(("cord", *later), own=own), FLAGS)
    assert found.level == weigh(("cord", *later), (), FLAGS).level
    assert f"The answers since then give level {found.level}" in set_words(found)


def test_an_answer_not_known_then_and_yes_now_counts_again() -> None:
    own = lowered(1, 3, unknown=("ces_sex",))
    assert concern_of(case((), ("ces_sex",), own), FLAGS).level == 1
    assert concern_of(case(("ces_sex",), (), own), FLAGS).level == 3


@given(SOME, SOME, SOME, LEVELS, LEVELS)
def test_below_the_answers_only_where_every_answer_was_seen(
    seen: tuple[str, ...], yes: tuple[str, ...], unknown: tuple[str, ...], to: int, was: int
) -> None:
    found = concern_of(case(yes, unknown, lowered(to, was, *seen)), FLAGS)
    given_by_answers = weigh(yes, unknown, FLAGS)
    if found.level < given_by_answers.level:
        assert found.level == to
        assert {*yes, *unknown} <= set(seen)
    assert found.level >= min(to, given_by_answers.level)
    assert found.because == given_by_answers.because


@given(SOME, st.text(max_size=20), LEVELS, LEVELS)
def test_it_is_stored_as_one_cell_and_read_back(yes: tuple[str, ...], why: str, to: int, was: int) -> None:
    own = ConcernSet(to=to, was=was, by="Kim Lee", why=why, yes=yes)
    cells = {told.cell: told for told in from_case(case(yes, own=own))}
    assert Cell("@concern", "value", "set") in cells
    assert concern_set(cells) == own


def test_the_words_name_who_and_why() -> None:
    own = lowered(1, 2, "cord")
    found = concern_of(case(("cord",), own=own), FLAGS)
    said = "Lowered from level 2 to 1 by Kim Lee, because: known for years. The answers give level 2."
    assert set_words(found) == said
    raised = concern_of(case(own=msgspec.structs.replace(own, to=3, was=0, why="", yes=())), FLAGS)
    assert set_words(raised) == "Raised from level 0 to 3 by Kim Lee. The answers give level 0."
    assert set_words(concern_of(case(("cord",)), FLAGS)) == ""
