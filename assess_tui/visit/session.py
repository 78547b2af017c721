"""One visit being taken: every answer goes to the record first, then shows. Knows no screen and no database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

import msgspec

from assess_tui.visit.changes import Change, Changes, Turn
from assess_tui.visit.devices import VisitDevices
from assess_tui.visit.meanwhile import Meanwhile
from assess_tui.visit.plans import plan_taken_home
from assess_tui.visit.said import change_words
from assess_tui.visit.waiting import Waiting
from assess_tui.visit.way import SKIPPED, Way
from protocols import route as routes
from protocols.agreement import Pair, pairs_of, repeatable
from protocols.assessment import Assessment, assess
from protocols.case import Absent, Case, Wanted
from protocols.devices import DEVICES
from protocols.grading import TestGrade
from protocols.model import Library, Test
from protocols.visit import (
    PLAN_CARDS,
    Cell,
    Measurement,
    PatientDetails,
    Value,
    Visit,
    cards_value,
    plain,
    record,
    to_case,
    unit_of,
)

if TYPE_CHECKING:
    from assess_tui.storage.record import Record
    from assess_tui.storage.visits import Event
    from protocols.planning import Plan


class VisitSession:
    """The open visit, its history of answers for undo and redo, and what follows from it."""

    def __init__(
        self,
        record: Record,
        visit: Visit,
        library: Library,
        now: Callable[[], dt.datetime],
        new_id: Callable[[], str],
        clinician: str,
    ) -> None:
        self._meanwhile = Meanwhile(record, visit)
        self.visit = visit = self._meanwhile.visit
        self.library = library
        self.clinician = clinician
        self.previous: Visit | None = record.previous(visit)
        self.last, self.last_unread = plan_taken_home(record, visit, self.previous)
        """The plan the patient took home last, and why it cannot be read, where it cannot."""
        self.devices = VisitDevices(self, record)
        """The clinic's register, and what this visit is read with."""
        self.way = Way(self)
        """Which steps come, and which are left out."""
        self.waiting = Waiting(self)
        """What was typed and not entered."""
        self._record = record
        self._now = now
        self._new_id = new_id
        self._tips = {cell: row.id for cell, row in visit.cells.items()}
        self._changes = Changes()
        self._assessment: Assessment | None = None
        self.plan_saved = bool(record.plans(visit.id))

    @property
    def patient(self) -> PatientDetails:
        return self.visit.patient

    @property
    def age(self) -> int:
        """Completed years on the day of the visit."""
        return self.patient.graded.age_on(self.visit.date)

    # -- answers -------------------------------------------------------------------------------------------------------

    def put(
        self,
        cell: Cell,
        value: Value = None,
        *,
        absent: Absent | None = None,
        note: str = "",
        why: str = "",
        by: str = "",
    ) -> Measurement:
        """Store an answer and return its row; the same answer again, read with the same device, stores nothing.

        `by` is who gave it where that is not the visit's clinician.

        Raises StorageError when it could not be stored, and then the visit is unchanged.
        """
        if value is None and absent is None:
            raise ValueError("an answer has a value or a reason; use withdraw to empty a cell")
        told = plain(value)
        with self._writing():
            before = self.visit.cells.get(cell)
            read_with = None if absent else self.devices.reading(cell)
            if before is not None and _says(before) == (repr(told), absent, note, read_with):
                return before
            after = self._append(cell, told, absent, note, why, by, read_with)
        self._remember(before, after)
        return after

    def annotate(self, cell: Cell, note: str) -> None:
        """Keep a note beside an answer; what was answered, by whom and with what, stays."""
        with self._writing():
            before = self.visit.cells.get(cell)
            if before is None or note == before.note:
                return
            after = self._restate(msgspec.structs.replace(before, note=note), "note")
        self._remember(before, after)

    def withdraw(self, cell: Cell, why: str = "") -> None:
        """Empty a cell; what it held stays in the record."""
        with self._writing():
            before = self.visit.cells.get(cell)
            if before is None:
                return
            after = self._append(cell, None, None, "", why)
        self._remember(before, after)

    def to_undo(self) -> Cell | None:
        """The cell the next undo would restore."""
        change = self._changes.next("undo")
        return change.cell if change is not None else None

    def to_redo(self) -> Cell | None:
        """The cell the next redo would fill again."""
        change = self._changes.next("redo")
        return change.cell if change is not None else None

    def undo(self) -> str | None:
        """Take the last answer back by a new row; says what changed, or None when there is nothing to undo.

        One's own alone: an answer that came from another window since stays, and what it took the place of is history.
        """
        return self._turn("undo")

    def undo_all(self, cells: Iterable[Cell]) -> list[str]:
        """Take back one's last answers as long as they are of these cells, once each; says what changed."""
        left, said = set(cells), []
        while (cell := self.to_undo()) in left:
            left.discard(cell)
            said += [words] if (words := self.undo()) is not None else []
        return said

    def redo(self) -> str | None:
        """Give the answer taken back again; says what changed, or None when there is nothing to redo."""
        return self._turn("redo")

    def _turn(self, turn: Turn) -> str | None:
        change = self._changes.next(turn)
        with self._writing():
            if change is None or change is not self._changes.next(turn):
                return None
            was, now = (change.after, change.before) if turn == "undo" else (change.before, change.after)
            row = self._restore(change.cell, now, turn)
        self._take_up(row)
        self._changes.turned(turn)
        return self._told(change.cell, was, now)

    def _told(self, cell: Cell, was: Measurement | None, now: Measurement | None) -> str:
        if cell.test == DEVICES:
            return self.devices.change_words(cell, was, now)
        return change_words(self.library, cell, was, now)

    def _remember(self, before: Measurement | None, row: Measurement) -> None:
        """The row is on disk: show it, and let undo take it back."""
        self._take_up(row)
        self._changes.add(Change(row.cell, before, None if row.withdrawn else row))

    def _restore(self, cell: Cell, row: Measurement | None, why: str) -> Measurement:
        return self._append(cell, None, None, "", why) if row is None else self._restate(row, why)

    def _restate(self, row: Measurement, why: str) -> Measurement:
        """The same answer in a new row, as it was given then."""
        return self._append(row.cell, row.value, row.absent, row.note, why, row.clinician, row.device)

    def _append(
        self,
        cell: Cell,
        value: Value,
        absent: Absent | None,
        note: str,
        why: str,
        by: str = "",
        device: str | None = None,
    ) -> Measurement:
        row = Measurement(
            id=self._new_id(),
            visit=self.visit.id,
            test=cell.test,
            side=cell.side,
            field=cell.field,
            value=value,
            unit=unit_of(cell, self.library),
            absent=absent,
            note=note,
            at=self._now(),
            clinician=by or self.clinician,
            supersedes=self._tips.get(cell),
            why=why,
            device=device,
        )
        self._meanwhile.mine(row)
        self._record.append(row)
        return row

    def _take_up(self, row: Measurement) -> None:
        self._tips[row.cell] = row.id
        self.visit = record(self.visit, row)
        self._assessment = None

    def rows_of(self, tests: Collection[str]) -> list[Measurement]:
        """Every row of these tests or `@` groups in this visit, replaced and withdrawn ones too, oldest first."""
        return [row for row in self._record.history(self.visit.id) if row.test in tests]

    # -- another window ------------------------------------------------------------------------------------------------

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One transaction, which begins with what another window stored: no answer is given over one not known."""
        with self._record.together():
            self.look()
            yield

    def look(self) -> bool:
        """Take in what another window put in this visit; says whether anything changed. `news` tells of it."""
        news = self._meanwhile.come(self.visit)
        if news is None:
            return False
        self.visit, came = news
        self._assessment = None
        self.plan_saved = bool(self._record.plans(self.visit.id))
        self._tips |= {row.cell: row.id for row in (*came, *self.visit.cells.values())}
        self._changes.leave({row.cell for row in came})
        return True

    def news(self) -> str:
        """One line of what came in from another window since this was asked last; "" where nothing did."""
        return self._meanwhile.told(self.visit, self.clinician, self._told)

    # -- what follows --------------------------------------------------------------------------------------------------

    def case(self) -> Case:
        return to_case(self.visit, self.library, self.previous, self.last)

    def assessment(self) -> Assessment:
        """What the instrument concludes so far; kept until the next answer."""
        if self._assessment is None:
            self._assessment = assess(self.case(), self.library)
        return self._assessment

    def grade(self, test_id: str) -> TestGrade | None:
        return self.assessment().grades.get(test_id)

    def leave_stand_out(self, reason: str) -> None:
        """The stand test is not done in this visit, and why."""
        self.put(Cell(routes.STAND, field="not_done"), reason)

    def read_twice(self, test: Test) -> list[Pair]:
        """What two raters of this clinic read of the test, in all visits on record."""
        return pairs_of(test, self._record.read_twice(test.id)) if repeatable(test) else []

    # -- the course of the visit ---------------------------------------------------------------------------------------

    def event(self, kind: str, detail: str = "") -> None:
        """Note something that happened. "at" names the step on screen and carries the progress for the next start."""
        if kind == "at":
            done, total, _ = self.way.progress()
            detail = f"{detail} {done}/{total}"
        self._record.event(self.visit.id, kind, detail)

    def events(self) -> list[Event]:
        """What happened in the visit so far, oldest first."""
        return self._record.events(self.visit.id)

    def leave_open_out(self) -> None:
        """Every step still open is put on record as not tested."""
        for step in self.way.route():
            if routes.step_done(step, self.visit):
                continue
            if step.test == routes.STAND:
                self.leave_stand_out("not tested")
            for side in step.sides:
                if not routes.side_done(self.visit, step.test, side):
                    self.put(Cell(step.test, side), absent="not_tested")

    def finish(self) -> None:
        """Close the visit; what was left out and why is kept. Later corrections are still possible, as new rows."""
        if self.visit.finished:
            return
        if left_out := self.way.left_out():
            self.put(SKIPPED, left_out)
        with self._writing():
            if not self.visit.finished:
                self._record.event(self.visit.id, "finished")
        self.visit = msgspec.structs.replace(self.visit, finished=True)

    def edit_plan(self, cards: Iterable[Wanted], why: str) -> None:
        """The plan holds these cards from now on; each is looked at again (`Case.by_hand`)."""
        self.put(PLAN_CARDS, cards_value(cards), why=why)

    def save_plan(self, plan: Plan) -> int:
        """Keep this plan as a new version, unless it is the one kept last; returns its number."""
        body = cast("dict[str, Any]", plain(msgspec.to_builtins(plan, builtin_types=(Decimal,))))
        with self._record.together():
            kept = self._record.plans(self.visit.id)
            if kept and {key: plain(value) for key, value in kept[-1].body.items()} == body:
                return kept[-1].version
            version = self._record.save_plan(self.visit.id, body, self.clinician)
        self.plan_saved = True
        return version


def _says(row: Measurement) -> tuple[str, Absent | None, str, str | None]:
    """What an answer says. By its written form: 24 and 24.0 are typed differently, True is not 1."""
    return repr(row.value), row.absent, row.note, row.device
