"""Answers, corrections, undo and redo, with restarts in between: against a plain dict and a plain list."""

from __future__ import annotations

import datetime as dt
import random
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from assess_tui.storage.errors import StorageError
from assess_tui.storage.ids import Ids
from assess_tui.storage.record import Record, open_record
from assess_tui.storage.verify import verify
from assess_tui.visit.session import VisitSession
from protocols.library import load
from protocols.visit import Cell, Value, Visit
from tests.memory import new_folder

LIBRARY = load()
NOON = dt.datetime(2026, 11, 1, 12, 0, tzinfo=dt.UTC)
CELLS = [
    Cell("hip_ir_supine", "left"),
    Cell("hip_ir_supine", "left", "pain"),
    Cell("sls_eo", "right", "trial.1"),
    Cell("@flags", field="cord"),
    Cell("@intake", field="precautions"),
]
cells = st.sampled_from(CELLS)
answers = st.sampled_from([Decimal(24), Decimal("24.0"), Decimal(1), True, "yes", ["PREG_SUP", "HYPER"], [], "pain"])


class Answers(RuleBasedStateMachine):
    """`held` is what the cells should hold, `past` and `future` the states that undo and redo lead to."""

    def __init__(self) -> None:
        super().__init__()
        self.home = new_folder()
        self.ids = Ids(lambda: 1_793_520_000_000, random.Random(3).getrandbits)  # noqa: S311  # the same each time, nothing secret
        self.rows = 0
        self.finished = False
        self.held: dict[Cell, object] = {}
        self.past: list[dict[Cell, object]] = []
        self.future: list[dict[Cell, object]] = []
        record = self._open()
        patient = record.add_patient(family_name="Ruiz", given_name="Ana", birth_date=NOON.date(), sex="F")
        self.visit_id = record.open_visit(patient.id, "M. Vogel", LIBRARY).id
        self._begin(record)

    def _open(self) -> Record:
        return open_record(Path(self.home.name), lambda: NOON, self.ids)

    def _begin(self, record: Record) -> None:
        self.record = record
        visit = record.visit(self.visit_id)
        self.session = VisitSession(record, visit, LIBRARY, lambda: NOON, self.ids, "M. Vogel")

    def teardown(self) -> None:
        self.record.close()
        verdict = verify(Path(self.home.name) / "clinic.db")
        assert (verdict.problems, verdict.rows) == ((), sum(end for end, _ in verdict.tips.values()))
        self.home.cleanup()

    def _becomes(self, held: dict[Cell, object]) -> None:
        if {cell: repr(value) for cell, value in held.items()} != {cell: repr(v) for cell, v in self.held.items()}:
            self.past.append(self.held)
            self.future.clear()
            self.held = held
            self.rows += 1

    @rule(cell=cells, value=answers)
    def put(self, cell: Cell, value: Value) -> None:
        self.session.put(cell, value)
        self._becomes({**self.held, cell: value})

    @rule(cell=cells)
    def give_a_reason(self, cell: Cell) -> None:
        self.session.put(cell, absent="pain")
        self._becomes({**self.held, cell: ("absent", "pain")})

    @rule(cell=cells)
    def withdraw(self, cell: Cell) -> None:
        self.session.withdraw(cell)
        self._becomes({kept: value for kept, value in self.held.items() if kept != cell})

    @rule()
    def undo(self) -> None:
        assert (self.session.undo() is None) == (not self.past)
        if self.past:
            self.future.append(self.held)
            self.held = self.past.pop()
            self.rows += 1

    @rule()
    def redo(self) -> None:
        assert (self.session.redo() is None) == (not self.future)
        if self.future:
            self.past.append(self.held)
            self.held = self.future.pop()
            self.rows += 1

    @rule()
    @precondition(lambda self: self.rows)
    def reopen(self) -> None:
        self.record.close()
        self._begin(self._open())
        self.past.clear()
        self.future.clear()

    @rule(cell=cells, value=answers)
    def answer_in_a_second_instance(self, cell: Cell, value: Value) -> None:
        """The front desk answers while the treatment room has the visit open; then that takes it up anew."""
        other = self._open()
        visit = other.visit(self.visit_id)
        VisitSession(other, visit, LIBRARY, lambda: NOON, self.ids, "M. Vogel").put(cell, value)
        other.close()
        self._becomes({**self.held, cell: value})
        self.reopen()

    @rule()
    def finish(self) -> None:
        """Nothing of the answers changes, and more may follow."""
        self.record.event(self.visit_id, "finished")
        self.finished = True
        self.reopen()

    @invariant()
    def finished_once_finished_for_good(self) -> None:
        assert self.record.visit(self.visit_id).finished == self.session.visit.finished == self.finished
        assert [one.id for one in self.record.unfinished()] == ([] if self.finished else [self.visit_id])

    @invariant()
    def shown_and_stored_are_what_was_answered(self) -> None:
        for visit in (self.session.visit, self.record.visit(self.visit_id)):
            assert {cell: repr(value) for cell, value in shown(visit).items()} == {
                cell: repr(value) for cell, value in self.held.items()
            }

    @invariant()
    def nothing_was_taken_away(self) -> None:
        history = self.record.history(self.visit_id)
        assert len(history) == self.rows
        older = {row.id for row in history}
        assert all(row.supersedes in older for row in history if row.supersedes)


def shown(visit: Visit) -> dict[Cell, object]:
    return {cell: ("absent", row.absent) if row.absent else row.value for cell, row in visit.cells.items()}


Answers.TestCase.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)
test_answers = Answers.TestCase


def session_of(record: Record, visit: Visit, new_id: Ids) -> VisitSession:
    return VisitSession(record, visit, LIBRARY, lambda: NOON, new_id, "M. Vogel")


def test_undo_and_redo_say_what_changed(record: Record, visit: Visit, new_id: Ids) -> None:
    session = session_of(record, visit, new_id)
    session.put(Cell("hip_ir_supine", "left"), Decimal(32))
    session.put(Cell("hip_ir_supine", "left"), absent="not_tested")
    session.put(Cell("@intake", field="reported"), {"SIT": Decimal(2)})
    hip = LIBRARY.tests["hip_ir_supine"].name
    assert session.undo() == "how much it troubles: Long sitting 2 -> empty"
    assert session.undo() == f"{hip}, left: not tested -> 32"
    assert session.undo() == f"{hip}, left: 32 -> empty"
    assert session.undo() is None
    assert session.redo() == f"{hip}, left: empty -> 32"


def test_a_put_that_cannot_be_stored_changes_nothing(
    record: Record, visit: Visit, new_id: Ids, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = session_of(record, visit, new_id)
    session.put(Cell("fpi6", "left"), Decimal(2))
    before = session.visit

    def refuse(_: object) -> None:
        raise StorageError("The disk is full", "make room")

    monkeypatch.setattr(record, "append", refuse)
    for act in (lambda: session.put(Cell("fpi6", "right"), Decimal(3)), session.undo):
        with pytest.raises(StorageError):
            act()
        assert session.visit == before
    monkeypatch.undo()
    assert session.undo() == f"{LIBRARY.tests['fpi6'].name}, left: 2 -> empty"


def test_an_answer_has_a_value_or_a_reason_and_is_exact(record: Record, visit: Visit, new_id: Ids) -> None:
    session = session_of(record, visit, new_id)
    with pytest.raises(ValueError, match="withdraw"):
        session.put(Cell("fpi6", "left"))
    with pytest.raises(TypeError, match="float"):
        session.put(Cell("fpi6", "left"), 2.5)  # type: ignore[arg-type]  # what is refused
    assert record.history(visit.id) == []


def test_rows_carry_unit_time_clinician_and_what_they_supersede(record: Record, visit: Visit, new_id: Ids) -> None:
    session = session_of(record, visit, new_id)
    first = session.put(Cell("hip_ir_supine", "left"), Decimal(32))
    session.withdraw(Cell("hip_ir_supine", "left"), "wrong side")
    third = session.put(Cell("hip_ir_supine", "left"), Decimal(30), note="stiff")
    _, withdrawn, _ = record.history(visit.id)
    assert (first.unit, first.at, first.clinician) == ("deg", NOON, "M. Vogel")
    assert (withdrawn.supersedes, withdrawn.why, third.supersedes) == (first.id, "wrong side", withdrawn.id)


def test_a_visit_goes_on_where_it_was_left(record: Record, visit: Visit, new_id: Ids) -> None:
    session = session_of(record, visit, new_id)
    first, second, third, *_ = [step for step in session.way.route() if step.station != "stand_test"]
    assert session.way.here() == session.way.route()[0].test
    session.event("at", third.test)
    assert session_of(record, record.visit(visit.id), new_id).way.here() == third.test
    for side in third.sides:
        session.put(Cell(third.test, side), absent="refused")
    assert session_of(record, record.visit(visit.id), new_id).way.here() == session.way.route()[0].test
    assert record.unfinished()[0].hint == third.test
    assert (record.unfinished()[0].done, record.unfinished()[0].total) == (0, len(session.way.route()))
    assert {first.test, second.test} <= set(session.way.progress().open)


def test_finishing_and_the_plan(record: Record, visit: Visit, new_id: Ids) -> None:
    session = session_of(record, visit, new_id)
    assert not session.plan_saved
    assert session.save_plan(session.assessment().plan) == 1
    assert session_of(record, visit, new_id).plan_saved
    session.finish()
    session.finish()
    assert session.visit.finished
    assert [event.kind for event in record.events(visit.id)] == ["finished"]
    assert record.plans(visit.id)[0].body["blocked"] is False
