"""Which plan the patient took home last, from the record to the case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import msgspec

from assess_tui.session import VisitSession
from assess_tui.storage.ids import Ids
from assess_tui.storage.record import Record
from protocols.model import Library
from protocols.visit import PatientDetails, Visit

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
