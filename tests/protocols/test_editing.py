"""Changes of a plan by hand, one by one: where a card comes, what it takes along, and what is refused in words."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from protocols.case import Case, Wanted
from protocols.editing import (
    BarredError,
    Cards,
    EditError,
    add,
    dosed,
    easier,
    harder,
    instead_of,
    move,
    remove,
    sided,
    swap,
    wanted,
)
from protocols.model import Dose
from protocols.red_flags import concern_of
from tests.protocols.hand_plans import bench, by_hand, of_the_rules, visit
from tests.protocols.visits import known, one, sides

PLAIN = visit()
UNSTEADY = visit(precautions=("BAL",))


def cards(*ids: str) -> Cards:
    return tuple(Wanted(card=card) for card in ids)


def ids(some: Cards) -> list[str]:
    return [one.card for one in some]


def refused(change: Callable[[], object], kind: type[EditError] = EditError) -> str:
    with pytest.raises(EditError) as caught:
        change()
    assert type(caught.value) is kind
    return str(caught.value)


# -- what a change begins with ---------------------------------------------------------------------------------------


def test_the_first_change_begins_with_the_plan_as_it_stands() -> None:
    at, start = of_the_rules(visit(minutes=5))
    made = at.assessment.plan
    assert ids(start) == [*(given.id for given in made.exercises), *made.snacks]
    assert [one.dose for one in start] == [given.dose for given in made.exercises]
    again = by_hand(visit(minutes=5), *start)
    assert again.exercises == made.exercises


def test_and_keeps_what_was_forced() -> None:
    told = visit(precautions=("BAL", "POTS1"))
    forced = (Wanted(card="S07", forced="holds the rail"), Wanted(card="M12", forced="sits well"))
    made = by_hand(told, *forced)
    assert [(one.card, one.forced) for one in wanted(made)] == [("S07", "holds the rail"), ("M12", "sits well")]


# -- add and remove --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("card", "there"),
    [
        ("B05", ["B05", "M07", "A03", "S01", "A11"]),
        ("R03", ["R03", "M07", "A03", "S01", "A11"]),
        ("M06", ["M07", "M06", "A03", "S01", "A11"]),  # on all fours after lying
        ("S03", ["M07", "A03", "S03", "S01", "A11"]),  # lying before sitting
        ("A07", ["M07", "A03", "S01", "A07", "A11"]),
        ("M12", ["M07", "A03", "S01", "A11", "M12"]),  # a snack
    ],
)
def test_a_card_comes_where_the_order_of_a_session_puts_it(card: str, there: list[str]) -> None:
    start = cards("M07", "A03", "S01", "A11")
    assert ids(add(start, card, bench(PLAIN, start))) == there


def test_balance_comes_before_the_muscles_tire_where_the_ankle_is_worked_on() -> None:
    wobbly = visit(tests={"ybt_ant_diff": one(9)})
    start = cards("M07", "A03", "S01")
    assert bench(wobbly).assessment.findings[0].code == "ANK"
    assert ids(add(start, "S07", bench(wobbly, start))) == ["M07", "S07", "A03", "S01"]
    assert ids(add(start, "S07", bench(PLAIN, start))) == ["M07", "A03", "S01", "S07"]


def test_a_card_added_has_its_own_dose_and_the_side_of_the_findings() -> None:
    start = cards("M07")
    assert add(start, "A04", bench(PLAIN, start)) == (Wanted(card="M07"), Wanted(card="A04"))


def test_a_card_stands_once() -> None:
    start = cards("M07", "A03")
    assert refused(lambda: add(start, "A03", bench(PLAIN, start))) == "Glute bridge is in the plan already."


def test_a_barred_card_needs_a_reason_and_takes_it_along() -> None:
    start = cards("M07", "A03")
    at = bench(UNSTEADY, start)
    assert refused(lambda: add(start, "S07", at), BarredError) == "One-leg balance: barred by falls risk (BAL)."
    assert refused(lambda: add(start, "S07", at, forced=" "), BarredError)
    assert add(start, "S07", at, forced="holds the rail")[-1] == Wanted(card="S07", forced="holds the rail")


def test_a_card_that_left_by_itself_is_added_anew() -> None:
    start = cards("S07", "A03")
    at = bench(UNSTEADY, start)
    assert refused(lambda: add(start, "S07", at), BarredError)
    assert ids(add(start, "S07", at, forced="holds the rail")) == ["A03", "S07"]


def test_an_unknown_card_is_refused() -> None:
    assert refused(lambda: add((), "X99", bench(PLAIN, ()))) == "There is no card X99 in the library."


def test_no_card_comes_into_a_blocked_plan() -> None:
    told = visit(red_flags=("ces_bladder",))
    assert concern_of(told, known().red_flags).plan_blocked
    assert "No exercise plan" in refused(lambda: add((), "A03", bench(told, ()), forced="I insist"))


def test_a_card_taken_out_is_gone_and_the_rest_stays() -> None:
    start = (Wanted(card="M07"), Wanted(card="A03", side="left"), Wanted(card="A11"))
    assert remove(start, "M07") == start[1:]
    assert refused(lambda: remove(start, "S01")) == "S01 is not in the plan: nothing was changed."


# -- another card in its place ---------------------------------------------------------------------------------------


def test_a_swap_keeps_the_place_and_nothing_else() -> None:
    dose = Dose(sets=1, reps=6, sec_per_rep=9, sides=2, rest_s=5)
    start = (Wanted(card="A03"), Wanted(card="M07", dose=dose, side="left"), Wanted(card="S01"))
    assert swap(start, "M07", "M06", bench(PLAIN, start)) == (start[0], Wanted(card="M06"), start[2])


@pytest.mark.parametrize("change", [easier, harder])
def test_an_easier_or_harder_card_keeps_the_side_and_has_its_own_dose(change: Callable[..., Cards]) -> None:
    dose = Dose(sets=1, reps=6, sec_per_rep=9, sides=2, rest_s=5)
    start = (Wanted(card="M07", dose=dose, side="left"), Wanted(card="A03"))
    other = {easier: "M13", harder: "M14"}[change]
    assert change(start, "M07", bench(PLAIN, start)) == (Wanted(card=other, side="left"), start[1])


def test_there_and_back_is_the_same_card() -> None:
    start = cards("A03", "S01")
    up = harder(start, "A03", bench(PLAIN, start))
    assert easier(up, "A03h", bench(PLAIN, up)) == start


def test_where_the_ladder_ends_it_is_said() -> None:
    start = cards("M13", "S03h")
    assert "has no easier form" in refused(lambda: easier(start, "M13", bench(PLAIN, start)))
    assert "has no harder form" in refused(lambda: harder(start, "S03h", bench(PLAIN, start)))


def test_a_harder_card_that_is_barred_needs_a_reason() -> None:
    start = cards("S07e")
    at = bench(UNSTEADY, start)
    assert refused(lambda: harder(start, "S07e", at), BarredError).startswith("One-leg balance: barred")
    assert harder(start, "S07e", at, forced="rail")[0] == Wanted(card="S07", forced="rail")


def test_a_swap_between_session_and_day_moves_the_card() -> None:
    start = cards("R04", "A03", "A11")
    day = swap(start, "R04", "R06", bench(PLAIN, start))
    assert ids(day) == ["A03", "A11", "R06"]
    assert ids(swap(day, "R06", "M06", bench(PLAIN, day))) == ["M06", "A03", "A11"]


def test_a_swap_for_a_card_that_is_there_is_refused() -> None:
    start = cards("M07", "A03")
    assert "already" in refused(lambda: swap(start, "M07", "A03", bench(PLAIN, start)))
    assert "not in the plan" in refused(lambda: swap(start, "S01", "M06", bench(PLAIN, start)))


# -- what may take its place -----------------------------------------------------------------------------------------


def nearest(told: Case, card: str, *others: str) -> list[str]:
    start = cards(card, *others)
    return [one.id for one in instead_of(start, card, bench(told, start))]


def test_the_same_rung_comes_first_then_the_next() -> None:
    turns = visit(tests={"seated_rot": sides(20, 40)}, main_problem=None)
    assert nearest(turns, "M07") == ["M06", "M13", "M09", "M14", "M08"]
    assert nearest(turns, "M13") == ["M09", "M07", "M06", "M14", "M08"]


def test_no_barred_card_is_proposed() -> None:
    turns = visit(tests={"seated_rot": sides(20, 40)}, main_problem=None, precautions=("KNEEL",))
    assert nearest(turns, "M07") == ["M13", "M09"]


def test_nor_one_that_is_there_or_does_the_work_of_another() -> None:
    turns = visit(tests={"seated_rot": sides(20, 40)}, main_problem=None)
    assert nearest(turns, "M06", "M07") == []
    assert nearest(turns, "M07", "M06") == ["M13", "M09", "M14", "M08"]


def test_nothing_that_presses_or_stretches_what_hurts() -> None:
    hurts = visit(tests={"wall_hinge": one(4, pain=5)}, main_problem=None)
    assert [finding.code for finding in bench(hurts).assessment.findings] == ["SHO"]
    assert {known().exercises[card].phase for card in nearest(hurts, "S03")} <= {"activate", "strengthen"}


def test_a_card_that_answers_nothing_found_has_the_ladders_of_what_it_is_for() -> None:
    turns = visit(tests={"seated_rot": sides(20, 40)}, main_problem=None)
    assert nearest(turns, "R06")[:2] == ["R04", "M24"]


# -- order -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("by", "there"),
    [
        (1, ["A03", "M07", "S01", "A11"]),
        (2, ["A03", "S01", "M07", "A11"]),
        (9, ["A03", "S01", "M07", "A11"]),
        (0, ["M07", "A03", "S01", "A11"]),
        (-1, ["M07", "A03", "S01", "A11"]),
    ],
)
def test_a_card_moves_among_the_cards_of_the_session(by: int, there: list[str]) -> None:
    start = cards("M07", "A03", "S01", "A11")
    assert ids(move(start, "M07", by, bench(PLAIN, start))) == there


def test_a_card_moves_past_one_that_left_the_plan() -> None:
    start = cards("M07", "S07", "A03")
    assert ids(move(start, "M07", 1, bench(UNSTEADY, start))) == ["A03", "S07", "M07"]


def test_a_snack_has_no_place_in_the_session() -> None:
    start = cards("M07", "A11")
    assert "through the day" in refused(lambda: move(start, "A11", -1, bench(PLAIN, start)))


# -- dose and side ---------------------------------------------------------------------------------------------------


def test_a_dose_is_taken_as_given_and_the_cards_own_is_not_stored() -> None:
    start = cards("M07", "A03")
    more = Dose(sets=3, reps=12, sec_per_rep=6, rest_s=30)
    again = dosed(start, "A03", more, bench(PLAIN, start))
    assert again == (start[0], Wanted(card="A03", dose=more))
    assert dosed(again, "A03", known().exercises["A03"].dose, bench(PLAIN, again)) == start


@pytest.mark.parametrize(
    ("dose", "words"),
    [
        (Dose(sets=0, reps=10, sec_per_rep=6), "from 1 to 99"),
        (Dose(sets=1, reps=100, sec_per_rep=1), "from 1 to 99"),
        (Dose(sets=1, reps=0, sec_per_rep=6), "from 1 to 99"),
        (Dose(sets=1, reps=10, sec_per_rep=0), "from 1 to 1200 seconds"),
        (Dose(sets=2, reps=10, sec_per_rep=6, rest_s=-1), "from 0 to 1200"),
        (Dose(sets=1, reps=10, sec_per_rep=6, sides=2), "has no sides"),
        (Dose(sets=2, reps=99, sec_per_rep=6), "takes 20.5 minutes, and a session has at most 20"),
    ],
)
def test_a_dose_no_session_holds_is_refused(dose: Dose, words: str) -> None:
    start = cards("A03")
    assert words in refused(lambda: dosed(start, "A03", dose, bench(PLAIN, start)))


BREATHS = sorted(card.id for card in known().exercises.values() if card.dose_unit == "breaths" and not card.snack)


@pytest.mark.parametrize("card", BREATHS)
def test_a_breath_lasts_as_long_as_its_steps_count_it(card: str) -> None:
    start, own = cards(card), known().exercises[card].dose
    longer = replace(own, sec_per_rep=own.sec_per_rep + 1)
    said = refused(lambda: dosed(start, card, longer, bench(PLAIN, start)))
    assert f"a breath lasts {own.sec_per_rep} seconds, as its steps count it; change how many breaths." in said
    fewer = replace(own, reps=own.reps - 1)
    assert dosed(start, card, fewer, bench(PLAIN, start)) == (Wanted(card=card, dose=fewer),)
    kept = by_hand(PLAIN, Wanted(card=card, dose=longer)).exercises[0]
    assert kept.dose == own, "a template of before has the card's own"


def test_the_longest_card_fills_the_longest_session() -> None:
    start = cards("A03")
    full = Dose(sets=1, reps=1, sec_per_rep=20 * 60 - 30)
    assert by_hand(PLAIN, *dosed(start, "A03", full, bench(PLAIN, start))).minutes == 20


def test_both_sides_of_a_card_stay_two() -> None:
    start = cards("M07")
    dose = Dose(sets=1, reps=6, sec_per_rep=9, sides=1)
    assert "both sides" in refused(lambda: dosed(start, "M07", dose, bench(PLAIN, start)))


def test_a_side_is_chosen_for_a_card_that_has_sides() -> None:
    start = cards("M07", "A03", "A11")
    at = bench(PLAIN, start)
    assert sided(start, "M07", "left", at)[0] == Wanted(card="M07", side="left")
    assert sided(sided(start, "M07", "left", at), "M07", None, at) == start
    assert "no side to choose" in refused(lambda: sided(start, "A03", "left", at))
    assert "left, right or both" in refused(lambda: sided(start, "M07", "near", at))


def test_a_snack_has_neither() -> None:
    start = cards("A03", "A11")
    at = bench(PLAIN, start)
    assert "through the day" in refused(lambda: dosed(start, "A11", Dose(sec_per_rep=2), at))
    assert "through the day" in refused(lambda: sided(start, "A11", "left", at))
