"""What is said of a plan's changes, a dose being typed, and a day as it is typed. No screen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from textual.content import Content

from assess_tui.days import coming_day
from assess_tui.entry.dose import DoseEntry
from assess_tui.entry.plan import PlanEntry
from assess_tui.places import place_of, taken_back_at
from assess_tui.storage.ids import uuid7
from assess_tui.views.plan import around
from assess_tui.visit.said import change_words, plan_change, taught_words
from assess_tui.visit.session import VisitSession
from protocols.case import Wanted
from protocols.library import load
from protocols.model import Dose
from protocols.plans.dosing import minutes_of
from protocols.teaching import CHECK_IN, TeachBack, check_in_day, taught, teach_back, teach_cell, teach_value
from protocols.visit import PLAN_CARDS, Cell, Measurement, Value, cards_value
from tests.screens.stand_bench import Bench

LIBRARY = load()
VISIT = dt.date(2026, 11, 2)
TWIST, SQUEEZE, BAND = Wanted(card="M09"), Wanted(card="S01e"), Wanted(card="S01")


def row(cell: Cell, value: Value) -> Measurement:
    at = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)
    return Measurement(id="1", visit="v", **cell._asdict(), value=value, at=at, clinician="Kim Lee")


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ((TWIST, SQUEEZE), (TWIST, BAND), "Shoulder-blade squeeze, sitting -> Seated band row"),
        ((TWIST,), (TWIST, BAND), "added Seated band row"),
        ((TWIST, BAND), (BAND,), "removed Seated twist"),
        ((TWIST, SQUEEZE), (SQUEEZE, TWIST), "Shoulder-blade squeeze, sitting before Seated twist"),
        ((TWIST,), (Wanted(card="M09", side="left"),), "Seated twist: the side that needs it -> left side first"),
        ((TWIST,), (TWIST,), ""),
        ((Wanted(card="gone"),), (), "removed gone"),
    ],
)
def test_what_changed_is_said_in_the_names_of_the_cards(
    was: tuple[Wanted, ...], now: tuple[Wanted, ...], said: str
) -> None:
    assert plan_change(LIBRARY, was, now) == said


@given(st.lists(st.integers(1, 3), min_size=1, max_size=9), st.data(), st.integers(-9, 30))
def test_the_marked_card_is_among_the_rows_whatever_room_there_is(
    heights: list[int], drawn: st.DataObject, room: int
) -> None:
    marked = drawn.draw(st.integers(0, len(heights) - 1))
    blocks = [Content("\n".join([f"  {n}.", *["    because"] * (rows - 1)])) for n, rows in enumerate(heights)]
    rows = [row.plain for row in around(blocks, marked, room)]
    assert len(rows) <= max(1, room)
    assert any(row.endswith(f" {marked}.") for row in rows)


def test_only_the_numbers_of_a_dose_that_changed_are_said() -> None:
    own = LIBRARY.exercises["S01"].dose
    more = Dose(sets=own.sets + 1, reps=own.reps, sec_per_rep=own.sec_per_rep, sides=own.sides, rest_s=own.rest_s)
    said = plan_change(LIBRARY, (BAND,), (Wanted(card="S01", dose=more),))
    assert said == f"Seated band row: {own.sets} -> {own.sets + 1} rounds"


def test_undo_elsewhere_never_shows_how_a_plan_is_stored() -> None:
    before, after = row(PLAN_CARDS, cards_value([TWIST])), row(PLAN_CARDS, cards_value([BAND]))
    assert change_words(LIBRARY, PLAN_CARDS, before, after) == "Plan: Seated twist -> Seated band row"
    assert change_words(LIBRARY, PLAN_CARDS, None, after) == "Plan: the plan of the rules -> by hand"
    shown = row(teach_cell("M09"), teach_value(TeachBack(showed=True, cues=1)))
    assert change_words(LIBRARY, shown.cell, None, shown) == "Seated twist: not yet practised -> showed, 1 cue"
    agreed = row(CHECK_IN, "2026-11-09")
    assert change_words(LIBRARY, CHECK_IN, agreed, None) == "Check-in: 9 Nov 2026 -> the usual day"


@given(st.booleans(), st.integers(0, 9))
def test_teach_back_reads_as_it_was_stored(showed: bool, cues: int) -> None:
    told = TeachBack(showed=showed, cues=cues if showed else 0)
    assert teach_back(teach_value(told)) == told
    cell = teach_cell("M09")
    assert taught({cell: row(cell, teach_value(told)), PLAN_CARDS: row(PLAN_CARDS, [])}) == {"M09": told}
    assert (taught_words(told) == "not yet practised") is not showed


def test_without_an_agreed_day_the_check_in_is_in_two_weeks() -> None:
    assert check_in_day({}, VISIT) == dt.date(2026, 11, 16)
    assert check_in_day({CHECK_IN: row(CHECK_IN, "2026-11-05")}, VISIT) == dt.date(2026, 11, 5)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("4 12", dt.date(2026, 12, 4)),
        ("4.12.", dt.date(2026, 12, 4)),
        ("4/12/2026", dt.date(2026, 12, 4)),
        ("2026-12-04", dt.date(2026, 12, 4)),
        ("2 1", dt.date(2027, 1, 2)),
        ("2 11", dt.date(2027, 11, 2)),
    ],
)
def test_a_day_to_come_may_leave_the_year_out(typed: str, day: dt.date) -> None:
    assert coming_day(typed, VISIT) == day


@pytest.mark.parametrize("typed", ["", "soon", "4", "31 11", "2 11 2026", "1 11 2026", "4 12 2062", "0 0", "99999 1"])
def test_a_day_that_cannot_be_is_refused_in_words(typed: str) -> None:
    said = coming_day(typed, VISIT)
    assert isinstance(said, str)
    assert said.endswith(".")


@given(st.text(max_size=12))
def test_whatever_is_typed_a_day_comes_after_the_visit(typed: str) -> None:
    day = coming_day(typed, VISIT)
    assert isinstance(day, str) or VISIT < day <= VISIT + dt.timedelta(days=366)


@given(st.lists(st.sampled_from(["digit", "back", "up", "down", "next", "before"]), max_size=40), st.data())
def test_whatever_is_typed_a_dose_has_whole_numbers_and_their_minutes(keys: list[str], data: st.DataObject) -> None:
    card = LIBRARY.exercises[data.draw(st.sampled_from(sorted(LIBRARY.exercises)))]
    entry = DoseEntry(card, card.dose)
    for key in keys:
        pressed: dict[str, Callable[[], None]] = {
            "digit": lambda: entry.type(str(data.draw(st.integers(0, 9)))),
            "back": entry.backspace,
            "up": lambda: entry.nudge(1),
            "down": lambda: entry.nudge(-1),
            "next": lambda: entry.move(1),
            "before": lambda: entry.move(-1),
        }
        pressed[key]()
        assert min(entry.dose.sets, entry.dose.reps, entry.dose.sec_per_rep) >= 1
        assert entry.dose.rest_s >= 0
        assert entry.dose.sides == card.dose.sides
        assert entry.minutes == minutes_of(entry.dose)


def test_what_is_typed_replaces_the_open_number() -> None:
    entry = DoseEntry(LIBRARY.exercises["S01"], LIBRARY.exercises["S01"].dose)
    for digit in "15":
        entry.type(digit)
    assert (entry.open.name, entry.shown(entry.open), entry.dose.reps) == ("times", "15", 15)
    entry.backspace()
    assert entry.dose.reps == 1
    entry.move(1)
    entry.type("0")
    assert entry.shown(entry.open) == "0"
    assert entry.dose.sec_per_rep == 1, "a repetition lasts at least a second"


def test_the_seconds_of_a_breath_are_passed_over() -> None:
    card = LIBRARY.exercises["B03"]
    entry = DoseEntry(card, replace(card.dose, reps=1))
    names = []
    for _ in range(4):
        names.append(entry.open.name)
        entry.nudge(1)
        entry.move(1)
    assert names == ["breaths", "seconds rest", "rounds", "breaths"]
    assert entry.dose.sec_per_rep == card.dose.sec_per_rep


def test_the_plans_answers_are_taken_back_on_the_plan_and_its_minutes_there_too() -> None:
    assert {place_of(cell) for cell in (PLAN_CARDS, CHECK_IN, teach_cell("M09"))} == {"plan"}
    minutes = Cell("@intake", field="minutes")
    assert taken_back_at(minutes, "plan")
    assert taken_back_at(minutes, "intake")
    assert not taken_back_at(minutes, "tests")
    assert not taken_back_at(Cell("@intake", field="kit"), "plan")


@pytest.mark.parametrize(
    ("cell", "value", "said"),
    [
        (Cell("@flags", field="ces_bladder"), "yes", "Bladder, bowel and saddle, question 1: empty -> yes"),
        (Cell("@intake", field="precautions"), ["FLOOR"], "precautions: empty -> Cannot get to the floor"),
        (Cell("@intake", field="kit"), [], "at home: empty -> none"),
        (
            Cell("@stand", field="minute.6"),
            {"hr": Decimal(71), "second": Decimal(396)},
            "minute 6: empty -> heart rate 71",
        ),
        (Cell("@stand", field="supine.2"), {"hr": None}, "lying 2: empty -> heart rate missing"),
    ],
)
def test_undo_says_questions_and_codes_in_words(cell: Cell, value: Value, said: str) -> None:
    assert change_words(LIBRARY, cell, None, row(cell, value)) == said


def test_of_a_reading_undo_says_what_differs() -> None:
    cell = Cell("@stand", field="minute.3")
    before = {"hr": Decimal(91), "sbp": Decimal(101), "second": Decimal(181)}
    full = row(cell, {**before, "symptoms": Decimal(10), "second": Decimal(190)})
    assert change_words(LIBRARY, cell, full, row(cell, before)) == "minute 3: symptoms 10 -> empty"


def test_the_mark_stays_with_its_card_whatever_another_window_changes(tmp_path: Path) -> None:
    """Else a reason or a card chosen meanwhile would go to the card that took its place."""
    bench = Bench(tmp_path)
    mine = PlanEntry(bench.session)
    for card in ("M09", "S02", "A03"):
        mine.add(card)
    mine.row = mine.cards.index("A03")
    theirs = PlanEntry(VisitSession(bench.record, bench.session.visit, LIBRARY, bench.now, uuid7, "Mia"))
    theirs.remove()
    bench.session.look()
    assert (mine.cards, mine.marked) == (("A03", "S02"), "A03")
