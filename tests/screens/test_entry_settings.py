"""What the settings change in typing a value, going back one, the same on both sides, a reason with its words."""

from __future__ import annotations

from decimal import Decimal
from itertools import permutations

import pytest

from assess_tui.entry.jump import found
from assess_tui.entry.second import SecondEntry
from assess_tui.entry.step import AS_USUAL, StepEntry
from assess_tui.settings import Entry
from assess_tui.visit.session import VisitSession
from protocols.library import load
from protocols.visit import Cell

LIBRARY = load()
AUTO, RIGHT = Entry(auto_advance=True), Entry(right_first=True)


def entry(session: VisitSession, test: str, prefers: Entry = AS_USUAL) -> StepEntry:
    return StepEntry(session, LIBRARY.tests[test], prefers)


def typed(at: StepEntry, text: str) -> StepEntry:
    """Each sign typed; ! is Enter."""
    for sign in text:
        at.accept() if sign == "!" else at.type(sign)
    return at


def values(session: VisitSession, test: str, *fields: str) -> list[object]:
    sides = ("left", "right")
    return [session.visit.value(Cell(test, side, field)) for side in sides for field in fields or ("value",)]


# -- auto-advance ------------------------------------------------------------------------------------------------------


def test_two_digits_go_on_by_themselves_where_all_of_a_test_fit(session: VisitSession) -> None:
    at = entry(session, "frt", AUTO)  # 0 to 70 degrees
    assert not at.type("4").stored
    assert at.type("2").stored
    assert at.cells[at.index] != at.cells[0]
    assert session.visit.value(at.cells[0]) == Decimal(42)


@pytest.mark.parametrize(
    ("test", "text"),
    [("hip_ir_supine", "24"), ("wall_hinge", "16"), ("frt", "4"), ("frt", "71"), ("mtt_hip_ext", "-3")],
    ids=["a sign is possible", "three digits are possible", "one digit", "beyond the limits", "a sign"],
)
def test_nothing_goes_on_by_itself_that_may_not_be_whole(session: VisitSession, test: str, text: str) -> None:
    at = typed(entry(session, test, AUTO), text)
    assert (at.buffer, at.index) == (text, 0)


def test_without_the_setting_enter_is_always_needed(session: VisitSession) -> None:
    assert typed(entry(session, "frt"), "42").buffer == "42"


def test_only_tests_of_two_plain_digits_ever_go_on_by_themselves(session: VisitSession) -> None:
    for test in LIBRARY.tests.values():
        if test.kind == "computed" or test.measure.categories or test.measure.hard is None:
            continue
        low, high = test.measure.hard
        at = typed(entry(session, test.id, AUTO), "10")
        went_on = at.buffer != "10"
        assert not went_on or (low >= 0 and high <= 99)


@pytest.mark.parametrize(("test", "keys"), [("frt", "42"), ("hilo", "1"), ("hip_ir_supine", "30!p4")])
def test_what_needed_no_enter_says_so_and_the_next_cell_is_untouched(
    session: VisitSession, test: str, keys: str
) -> None:
    at = entry(session, test, AUTO)
    for sign in keys:
        done = at.accept() if sign == "!" else at.ask_pain() if sign == "p" else at.type(sign)
    assert done.stored
    assert done.by_itself
    assert at.untouched != done.finished
    assert not typed(at, "3").untouched or done.finished


def test_what_was_kept_with_enter_is_no_habit(session: VisitSession) -> None:
    done = typed(entry(session, "hip_ir_supine"), "30").accept()
    assert done.stored
    assert not done.by_itself


# -- sides -------------------------------------------------------------------------------------------------------------


def test_right_first_asks_the_right_side_first(session: VisitSession) -> None:
    at = typed(entry(session, "wall_hinge", RIGHT), "150!160!")
    assert values(session, "wall_hinge") == [Decimal(160), Decimal(150)]
    assert at.cells[0].side == "right"
    session.put(Cell("wall_hinge", "right"), Decimal(150))
    assert SecondEntry(session, LIBRARY.tests["wall_hinge"], right_first=True).sides == ("right", "left")


@pytest.mark.parametrize("prefers", [AS_USUAL, RIGHT], ids=["left first", "right first"])
def test_the_same_on_both_sides_from_wherever_it_was_typed(session: VisitSession, prefers: Entry) -> None:
    at = entry(session, "wall_hinge", prefers)
    at.other_side()
    typed(at, "150")
    at.same()
    assert values(session, "wall_hinge") == [Decimal(150)] * 2


def test_the_same_after_enter_copies_what_was_just_typed(session: VisitSession) -> None:
    at = typed(entry(session, "hip_ir_supine"), "30!")
    at.same()
    assert values(session, "hip_ir_supine", "trial.1") == [Decimal(30)] * 2
    assert entry(session, "nprs").same().tone == "refused"
    assert entry(session, "frt").same().tone == "refused"


# -- going back --------------------------------------------------------------------------------------------------------


def test_the_last_value_can_be_corrected_by_going_back_one(session: VisitSession) -> None:
    at = typed(entry(session, "hip_ir_supine"), "30!31!")
    assert at.back()
    typed(at, "33!")
    assert values(session, "hip_ir_supine", "trial.1", "trial.2")[:2] == [Decimal(30), Decimal(33)]
    while at.back():
        pass
    assert at.index == 0


def test_back_in_the_test_before_the_value_typed_last_is_open(session: VisitSession) -> None:
    typed(entry(session, "wall_hinge"), "150!148!")
    again = entry(session, "wall_hinge")
    again.open_last()
    typed(again, "149!")
    assert values(session, "wall_hinge") == [Decimal(150), Decimal(149)]
    untouched = entry(session, "frt")
    untouched.open_last()
    assert untouched.index == 0


def test_undo_and_redo_have_no_end_and_say_what_changed(session: VisitSession) -> None:
    at = typed(entry(session, "wall_hinge"), "150!148!")
    at.index = 0
    typed(at, "151!")
    said = [session.undo() for _ in range(4)]
    name = LIBRARY.tests["wall_hinge"].name
    wanted = [f"{name}, left: 151 -> 150", f"{name}, right: 148 -> empty", f"{name}, left: 150 -> empty", None]
    assert said == wanted
    assert [session.redo() for _ in range(4)] == [
        f"{name}, left: empty -> 150",
        f"{name}, right: empty -> 148",
        f"{name}, left: 150 -> 151",
        None,
    ]


# -- reasons and remarks -----------------------------------------------------------------------------------------------


def test_a_reason_keeps_its_words_and_may_get_them_later(session: VisitSession) -> None:
    at = entry(session, "hip_ir_supine")
    at.leave_out("contraindicated", "six weeks after a new hip")
    row = session.visit.cells[Cell("hip_ir_supine", "left")]
    assert (row.absent, row.note) == ("contraindicated", "six weeks after a new hip")
    at.leave_out("refused")
    assert at.write("too cold today").stored
    row = session.visit.cells[Cell("hip_ir_supine", "right")]
    assert (row.absent, row.note) == ("refused", "too cold today")
    said = session.undo()
    assert said is not None
    assert said.endswith("right, note: too cold today -> empty")


@pytest.mark.parametrize("order", list(permutations(["pain", "compensated", "value"])), ids="-".join)
def test_a_value_its_pain_and_its_compensation_come_in_any_order(session: VisitSession, order: tuple[str, ...]) -> None:
    at = entry(session, "wall_hinge")
    for one in order:
        if one == "pain":
            at.ask_pain()
            at.type("3")
        elif one == "compensated":
            at.toggle("compensated")
        else:
            typed(at, "150!")
    held = {cell.field for cell in session.visit.cells if cell.side == "left"}
    assert held == {"value", "pain", "compensated"}


def test_the_stop_question_is_not_disturbed_by_a_nudge(session: VisitSession) -> None:
    at = typed(entry(session, "wall_hinge"), "150")
    at.ask_stop()
    at.nudge(1)
    assert at.buffer == "150"


def test_a_test_is_found_by_the_starts_of_its_words(session: VisitSession) -> None:
    names = [test.id for test in found(session, "hip ir")]
    assert "hip_ir_supine" in names
    assert "hip_ir_seated" in names
    assert all("hip" in name for name in names)
