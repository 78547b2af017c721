"""Which plan the patient took home last, from the record to the case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from assess_tui.storage.ids import Ids
from assess_tui.storage.record import Record
from assess_tui.visit.session import VisitSession
from protocols.case import Stand
from protocols.model import Library
from protocols.visit import Cell, PatientDetails, Told, Value, Visit, told_row

NOON = dt.datetime(2026, 11, 1, 12, 0, tzinfo=dt.UTC)
DOSE = {"sets": 1, "reps": 10, "sec_per_rep": 6}


def body(*cards: str, **rest: Any) -> dict[str, Any]:
    return {"exercises": [{"id": card, "dose": DOSE} for card in cards], "stage": 1, **rest}


def visit_on(record: Record, patient: PatientDetails, library: Library, day: int) -> Visit:
    return record.open_visit(patient.id, "M. Vogel", library, dt.datetime(2026, 10, day, 9, tzinfo=dt.UTC))


def test_the_newest_earlier_visit_that_has_a_plan(record: Record, patient: PatientDetails, library: Library) -> None:
    first, second, third, fourth = (visit_on(record, patient, library, day) for day in (1, 8, 15, 22))
    record.save_plan(first.id, body("A03"), "M. Vogel")
    record.save_plan(second.id, body("A04"), "M. Vogel")
    record.save_plan(second.id, body("A01", "A04"), "M. Vogel")
    record.save_plan(fourth.id, body("A10"), "M. Vogel")
    assert record.last_plan(first) is None
    last = record.last_plan(third)
    assert last is not None
    assert (last.day, last.plan.version) == (dt.date(2026, 10, 8), 2)
    assert [card["id"] for card in last.plan.body["exercises"]] == ["A01", "A04"]
    assert record.last_plan(fourth) == last


def test_a_blocked_plan_was_not_taken_home(record: Record, patient: PatientDetails, library: Library) -> None:
    first, second, third = (visit_on(record, patient, library, day) for day in (1, 8, 15))
    record.save_plan(first.id, body("A03"), "M. Vogel")
    record.save_plan(second.id, body(blocked=True), "M. Vogel")
    last = record.last_plan(third)
    assert last is not None
    assert last.day == dt.date(2026, 10, 1)


def test_another_patients_plan_is_another_patients(record: Record, patient: PatientDetails, library: Library) -> None:
    other = record.add_patient(family_name="Lee", given_name="Ann", birth_date=dt.date(1980, 1, 1), sex="F")
    record.save_plan(visit_on(record, other, library, 1).id, body("A03"), "M. Vogel")
    assert record.last_plan(visit_on(record, patient, library, 8)) is None


def test_the_session_reads_it_into_the_case(
    record: Record, patient: PatientDetails, library: Library, now: Callable[[], dt.datetime], new_id: Ids
) -> None:
    first, second = (visit_on(record, patient, library, day) for day in (1, 8))
    session = VisitSession(record, first, library, now, new_id, "M. Vogel")
    assert session.case().last_plan is None
    made = body("A03", "A04", snacks=["A11"])
    record.save_plan(first.id, msgspec.to_builtins(made), "M. Vogel")
    last = VisitSession(record, second, library, now, new_id, "M. Vogel").case().last_plan
    assert last is not None
    assert (last.date, last.stage) == (dt.date(2026, 10, 1), 1)
    assert [card.card for card in last.cards] == ["A03", "A04", "A11"]


def test_since_when_a_card_is_given_without_a_break(
    record: Record, patient: PatientDetails, library: Library, now: Callable[[], dt.datetime], new_id: Ids
) -> None:
    plans: list[dict[str, Any]] = [
        {"cards": "not a plan"},
        body("A03", "A04"),
        body("A04", "A01"),
        body("A03", "A04", "A01", snacks=["A11"]),
    ]
    for day, plan in enumerate(plans, 1):
        record.save_plan(visit_on(record, patient, library, day).id, plan, "M. Vogel")
    session = VisitSession(record, visit_on(record, patient, library, 9), library, now, new_id, "M. Vogel")
    last = session.case().last_plan
    assert last is not None
    assert {card: day.day for card, day in last.since.items()} == {"A03": 4, "A04": 2, "A01": 3, "A11": 4}
    assert session.last_unread == ""


def test_a_plan_nobody_can_read_does_not_close_the_visit(
    record: Record, patient: PatientDetails, library: Library, now: Callable[[], dt.datetime], new_id: Ids
) -> None:
    first, second = (visit_on(record, patient, library, day) for day in (1, 8))
    record.save_plan(first.id, {"cards": 3}, "M. Vogel")
    session = VisitSession(record, second, library, now, new_id, "M. Vogel")
    assert session.case().last_plan is None
    assert "cannot be read" in session.last_unread


# -- the earlier measures it is judged by ------------------------------------------------------------------------------

Opened = Callable[[int], VisitSession]
"""The visit of a day, opened after those before it."""


@pytest.fixture
def opened(
    record: Record, patient: PatientDetails, library: Library, now: Callable[[], dt.datetime], new_id: Ids
) -> Opened:
    def opens(day: int) -> VisitSession:
        started = dt.datetime(2026, 8, 1, 9, tzinfo=dt.UTC) + dt.timedelta(days=day)
        return VisitSession(
            record, record.open_visit(patient.id, "M. Vogel", library, started), library, now, new_id, "M. Vogel"
        )

    return opens


def told(record: Record, session: VisitSession, cells: Mapping[str, Value]) -> None:
    """Answers of the stand test, by field."""
    for field, value in cells.items():
        row = told_row(record.new_id(), session.visit, Told(Cell("@stand", field=field), value), session.library, NOON)
        record.append(row)


def stopped(minute: int, protocol: str = "lean") -> dict[str, Value]:
    return {"protocol": protocol, "stopped": {"minute": Decimal(minute), "reason": "asked"}}


def stand_before(session: VisitSession) -> Stand | None:
    last = session.case().last_plan
    assert last is not None
    return last.stand


def minutes_before(session: VisitSession) -> Decimal | None:
    stand = stand_before(session)
    return stand.stopped_min if stand is not None else None


def test_the_newest_visit_that_has_a_stand_test(record: Record, opened: Opened) -> None:
    first, second = opened(0), opened(14)
    told(record, first, stopped(3))
    told(record, second, stopped(4))
    record.save_plan(second.visit.id, body("A03"), "M. Vogel")
    left_out = opened(28)
    left_out.leave_stand_out("not tested")
    screened = opened(42)
    told(record, screened, {"screen": True} | stopped(2))
    assert minutes_before(opened(56)) == 4


def test_a_stand_test_taken_back_is_none(record: Record, opened: Opened) -> None:
    first, second = opened(0), opened(14)
    told(record, first, stopped(3))
    record.save_plan(first.visit.id, body("A03"), "M. Vogel")
    cell = Cell("@stand", field="stopped")
    second.put(cell, {"minute": Decimal(4), "reason": "asked"})
    assert minutes_before(opened(28)) == 4
    second.withdraw(cell)
    assert minutes_before(opened(28)) == 3


def test_the_stand_test_of_the_same_protocol(record: Record, opened: Opened) -> None:
    first, second = opened(0), opened(14)
    told(record, first, stopped(3, "active_stand"))
    told(record, second, stopped(4))
    record.save_plan(second.visit.id, body("A03"), "M. Vogel")
    today = opened(28)
    assert minutes_before(today) == 4
    today.put(Cell("@stand", field="stopped"), {"minute": Decimal(9), "reason": "asked"})
    assert minutes_before(today) == 4
    today.put(Cell("@stand", field="protocol"), "active_stand")
    assert minutes_before(today) == 3


def test_without_any_stand_test_there_is_none(record: Record, opened: Opened) -> None:
    record.save_plan(opened(0).visit.id, body("A03"), "M. Vogel")
    assert stand_before(opened(14)) is None


@pytest.mark.parametrize(("passed", "known"), [(42, {0}), (41, set())])
def test_the_measures_of_the_day_a_card_was_first_given(
    record: Record, opened: Opened, passed: int, known: set[int]
) -> None:
    """Of the cards given for six weeks, and not of the last visit, which is compared with in any case."""
    for day, cards in ((0, ("A03",)), (14, ("A03", "A04")), (28, ("A03", "A04"))):
        session = opened(day)
        session.put(Cell("sl_bridge", "left"), Decimal(day + 5))
        record.save_plan(session.visit.id, body(*cards), "M. Vogel")
    last = opened(passed).case().last_plan
    assert last is not None
    begun = dt.date(2026, 8, 1)
    assert {(day - begun).days for day in last.first} == known
    for given, then in last.first.items():
        assert then.date == given
        assert then.same_rater
        assert then.tests["sl_bridge"]["left"].value == 5


def test_a_first_day_that_is_the_last_visit_is_not_read_twice(record: Record, opened: Opened) -> None:
    record.save_plan(opened(0).visit.id, body("A03"), "M. Vogel")
    last = opened(60).case().last_plan
    assert last is not None
    assert last.first == {}
