"""What each key of the guided screen does to the record; no screen is needed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from itertools import count
from pathlib import Path

import pytest

from assess_tui.entry.step import StepEntry
from assess_tui.entry.typed import Typed
from assess_tui.storage.ids import uuid7
from assess_tui.storage.record import Record, open_record
from assess_tui.views.step import StepView
from assess_tui.views.step_list import step_list
from assess_tui.visit.session import VisitSession
from protocols.library import load
from protocols.visit import Cell

LIBRARY = load()


@pytest.fixture
def session(tmp_path: Path) -> Iterator[VisitSession]:
    seconds = count()

    def now() -> dt.datetime:
        return dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC) + dt.timedelta(seconds=next(seconds))

    record: Record = open_record(tmp_path, now, uuid7)
    patient = record.add_patient(family_name="Ruiz", given_name="Ana", birth_date=dt.date(1992, 4, 3), sex="F")
    visit = record.open_visit(patient.id, "Kim Lee", LIBRARY)
    yield VisitSession(record, visit, LIBRARY, now, uuid7, "Kim Lee")
    record.close()


def entry(session: VisitSession, test_id: str) -> StepEntry:
    return StepEntry(session, LIBRARY.tests[test_id])


def keys(at: StepEntry, text: str) -> Typed:
    """Types each character; `!` is Enter."""
    typed = Typed()
    for character in text:
        typed = at.accept() if character == "!" else at.type(character)
    return typed


def value(session: VisitSession, test: str, side: str, field: str = "value") -> object:
    return session.visit.value(Cell(test, side, field))


def test_both_sides_are_typed_and_the_step_is_finished(session: VisitSession) -> None:
    at = entry(session, "wall_hinge")
    assert not keys(at, "160!").finished
    assert keys(at, "148!").finished
    assert (value(session, "wall_hinge", "left"), value(session, "wall_hinge", "right")) == (Decimal(160), Decimal(148))


def test_where_the_second_side_is_measured_first_the_other_opens(session: VisitSession) -> None:
    at = entry(session, "wall_hinge")
    at.other_side()
    assert not keys(at, "148!").finished
    assert (at.cell.side, at.buffer) == ("left", "")
    keys(at, "160!")
    assert (value(session, "wall_hinge", "left"), value(session, "wall_hinge", "right")) == (Decimal(160), Decimal(148))
    assert keys(at, "!").finished


def test_trials_are_kept_and_an_empty_enter_passes_to_the_other_side(session: VisitSession) -> None:
    at = entry(session, "sls_eo")
    keys(at, "31!28,5!")
    sides = [at.side]
    keys(at, "!")
    sides.append(at.side)
    assert sides == ["left", "right"]
    assert value(session, "sls_eo", "left", "trial.2") == Decimal("28.5")
    keys(at, "40!!")
    grade = session.grade("sls_eo")
    assert grade is not None
    assert grade.sides["right"].grade == "W"  # type: ignore[union-attr]  # a value was typed


def test_a_number_outside_the_limits_is_refused_by_name_and_nothing_is_stored(session: VisitSession) -> None:
    at = entry(session, "hip_ir_supine")
    typed = keys(at, "95!")
    assert typed.tone == "refused"
    assert "-10" in typed.say
    assert "90" in typed.say
    assert value(session, "hip_ir_supine", "left", "trial.1") is None


def test_a_minus_a_comma_and_a_half(session: VisitSession) -> None:
    at = entry(session, "posture_hip_offset")
    keys(at, "-3h")
    assert StepView(session, at).sides(36)[0].shown == "-3.5_"
    assert at.ask_pain().say.startswith("Pain at end range: ")
    at = entry(session, "posture_hip_offset")
    keys(at, "-3h!")
    stored = value(session, "posture_hip_offset", "value") or value(session, "posture_hip_offset", "value", "trial.1")
    assert stored == Decimal("-3.5")


def test_far_from_the_reference_asks_once_and_then_keeps(session: VisitSession) -> None:
    at = entry(session, "sls_eo")
    assert keys(at, "2!").tone == "ask"  # 43.3 +- 5.1 s at this age
    assert value(session, "sls_eo", "left", "trial.1") is None
    assert keys(at, "!").stored
    assert value(session, "sls_eo", "left", "trial.1") == Decimal(2)


def test_a_category_is_one_key(session: VisitSession) -> None:
    at = entry(session, "gait_foot")
    assert "\n4 marked-pronation" in StepView(session, at).text(49, 10).plain, "no digit is parted from its answer"
    assert not keys(at, "2").finished
    assert keys(at, "9").tone == "refused"
    assert keys(at, "1").finished
    assert value(session, "gait_foot", "left") == "mild-pronation"
    assert value(session, "gait_foot", "right") == "neutral"


def test_left_out_with_a_reason_and_taken_after_all(session: VisitSession) -> None:
    at = entry(session, "hip_ir_supine")
    at.leave_out("pain")
    assert at.side == "right"
    at.other_side()
    keys(at, "20!")
    assert Cell("hip_ir_supine", "left") not in session.visit.cells
    assert value(session, "hip_ir_supine", "left", "trial.1") == Decimal(20)


def test_pain_belongs_to_the_side_just_typed(session: VisitSession) -> None:
    at = entry(session, "wall_hinge")
    keys(at, "150!")
    at.ask_pain()
    keys(at, "4")
    assert value(session, "wall_hinge", "left", "pain") == Decimal(4)
    assert at.side == "right"
    grade = session.grade("wall_hinge")
    assert grade is not None
    assert grade.sides["left"].pain_limited  # type: ignore[union-attr]  # a value was typed


def test_a_number_that_waits_for_enter_is_kept_before_its_pain_and_before_the_other_side(session: VisitSession) -> None:
    session.put(Cell("wall_hinge", "right"), Decimal(160))
    at = entry(session, "wall_hinge")
    keys(at, "150")
    assert at.ask_pain().stored
    keys(at, "4")
    assert value(session, "wall_hinge", "left") == Decimal(150)
    assert value(session, "wall_hinge", "left", "pain") == Decimal(4)
    assert value(session, "wall_hinge", "right", "pain") is None
    at = entry(session, "hip_ir_supine")
    keys(at, "20")
    assert at.other_side().stored
    assert value(session, "hip_ir_supine", "left", "trial.1") == Decimal(20)
    assert at.side == "right"


def test_what_waits_for_enter_is_kept_before_the_step_is_left(session: VisitSession) -> None:
    at = entry(session, "wall_hinge")
    assert at.keep_typed() == Typed()
    keys(at, "150")
    at.ask_stop()
    typed = at.keep_typed()
    assert (typed.stored, typed.tone) == (True, "")
    assert value(session, "wall_hinge", "left") == Decimal(150)
    at.ask_pain()
    keys(at, "1")
    typed = at.keep_typed()
    assert (typed.stored, typed.tone) == (True, "")
    assert value(session, "wall_hinge", "left", "pain") == Decimal(1)


def test_what_is_refused_or_in_doubt_is_said_and_not_kept_by_going_away(session: VisitSession) -> None:
    at = entry(session, "hip_ir_supine")
    keys(at, "95")
    refused = at.keep_typed()
    assert (refused.stored, refused.tone) == (False, "refused")
    assert "90" in refused.say
    at = entry(session, "sls_eo")
    keys(at, "2")
    for _ in range(3):
        assert (at.keep_typed().tone, at.buffer) == ("ask", "2")
    assert value(session, "sls_eo", "left", "trial.1") is None
    assert keys(at, "!").stored


def test_a_number_that_cannot_be_stays_before_its_pain_is_asked(session: VisitSession) -> None:
    at = entry(session, "wall_hinge")
    keys(at, "999")
    assert at.ask_pain().tone == "refused"
    assert not at.asks


def test_pain_of_ten_needs_both_digits(session: VisitSession) -> None:
    at = entry(session, "wall_hinge")
    at.ask_pain()
    assert at.type("1").tone == "ask"
    at.type("0")
    assert value(session, "wall_hinge", "left", "pain") == Decimal(10)


def test_the_same_value_on_the_other_side_in_one_key(session: VisitSession) -> None:
    at = entry(session, "wall_hinge")
    at.type("1"), at.type("6"), at.type("0")
    assert at.same().finished
    assert value(session, "wall_hinge", "left") == value(session, "wall_hinge", "right") == Decimal(160)


def test_compensation_caps_the_grade_and_is_taken_back_by_the_same_key(session: VisitSession) -> None:
    at = entry(session, "wall_hinge")
    keys(at, "170!")
    at.toggle("compensated")
    assert session.grade("wall_hinge").sides["left"].grade == "B"  # type: ignore[union-attr]  # typed
    at.toggle("compensated")
    assert session.grade("wall_hinge").sides["left"].grade == "W"  # type: ignore[union-attr]  # typed


def test_nudging_changes_by_the_resolution_and_enter_stores(session: VisitSession) -> None:
    at = entry(session, "supine_twist_gap")
    keys(at, "4")
    at.nudge(1)
    at.accept()
    stored = session.grade("supine_twist_gap").sides["left"].value  # type: ignore[union-attr]  # typed
    assert stored == Decimal("4.5")


def test_a_filled_step_opens_at_its_first_empty_cell(session: VisitSession) -> None:
    keys(entry(session, "wall_hinge"), "160!")
    assert entry(session, "wall_hinge").side == "right"


def test_a_note_stands_beside_the_value_and_changes_nothing_else(session: VisitSession) -> None:
    at = entry(session, "psfs_mean")
    assert at.write("stairs").tone == "refused", "there is no value yet"
    keys(at, "5!")
    assert at.write("stairs, lifting, [b]sleep").stored
    row = session.visit.cells[Cell("psfs_mean")]
    assert (row.value, row.note) == (Decimal(5), "stairs, lifting, [b]sleep")
    keys(at, "6!")
    assert entry(session, "psfs_mean").note == row.note, "a corrected value keeps its note"


def test_what_is_typed_when_asked_whether_a_number_is_right_takes_its_place(session: VisitSession) -> None:
    at = entry(session, "sls_eo")
    assert keys(at, "2!").tone == "ask"
    assert keys(at, "43!").stored
    assert value(session, "sls_eo", "left", "trial.1") == Decimal(43)


def test_a_value_before_and_after_is_told_in_words_and_in_the_list_too(session: VisitSession) -> None:
    at = entry(session, "reset3")
    assert at.turn == "before"
    keys(at, "4!3!")
    assert session.undo() == "Three-breath reset, after: 3 -> empty"
    session.redo()
    reset = next(step for step in session.way.route() if step.test == "reset3")
    shown = "".join(row.plain for row in step_list(session, (reset,), "reset3", 9, 60))
    assert "no response" in shown
