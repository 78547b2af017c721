"""The sample clinic: the people and patterns it promises, the same every time, built in a moment."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from assess_tui.sample.build import build
from assess_tui.sample.people import people
from assess_tui.storage.ids import uuid7
from assess_tui.storage.record import Record, open_record
from protocols.assessment import Assessment, assess
from protocols.devices import used
from protocols.grading import SideGrade
from protocols.library import load
from protocols.model import Library
from protocols.visit import Visit, to_case

TODAY = dt.date(2026, 11, 22)


def now() -> dt.datetime:
    return dt.datetime(2026, 11, 22, 10, 0, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def known() -> Library:
    return load()


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory, known: Library) -> Record:
    record = open_record(tmp_path_factory.mktemp("demo"), now, uuid7)
    build(record, known, TODAY)
    return record


@pytest.fixture(scope="module")
def visits(clinic: Record) -> list[Visit]:
    return [clinic.visit(one.id) for patient in clinic.patients(limit=99) for one in clinic.visits(patient.id)]


@pytest.fixture(scope="module")
def assessed(clinic: Record, visits: list[Visit], known: Library) -> list[Assessment]:
    return [assess(to_case(visit, known, clinic.previous(visit)), known) for visit in visits]


def test_twenty_people_and_several_with_two_to_four_visits(clinic: Record) -> None:
    counts = [patient.visits for patient in clinic.patients(limit=99)]
    assert 18 <= len(counts) <= 25
    assert sum(2 <= count <= 4 for count in counts) >= 5
    assert max(counts) == 4
    assert all(
        one.started.date() <= TODAY for patient in clinic.patients(limit=99) for one in clinic.visits(patient.id)
    )


@pytest.mark.parametrize(
    "search", ["lukasz", "nguyen", "ελενη", "олександра", "陳", "عائشة", "obrien", "thordis", "garcia"]
)
def test_names_in_many_letters_are_found(clinic: Record, search: str) -> None:
    assert len(clinic.patients(search)) == 1


def test_the_patterns_it_promises(assessed: list[Assessment], visits: list[Visit]) -> None:
    stages = {one.verdict.stage for one in assessed if one.verdict}
    assert stages >= {1, 2, 3, "none"}
    assert any(one.concern.level == 2 and one.plan.blocked for one in assessed)
    assert any("HYPER" in one.blocks for one in assessed)
    assert any("PREG_SUP" in one.blocks for one in assessed)
    assert [visit.finished for visit in visits].count(False) == 1
    ages = {to_age(visit) for visit in visits}
    assert min(ages) < 18
    assert max(ages) > 80


def to_age(visit: Visit) -> int:
    return int((visit.started.date() - visit.patient.birth_date).days / 365.2425)


def test_ages_are_those_of_the_story(clinic: Record) -> None:
    born = {patient.code: patient.birth_date for patient in clinic.patients(limit=99)}
    for person in people():
        birthday = born[person.code]
        assert TODAY.year - birthday.year - ((TODAY.month, TODAY.day) < (birthday.month, birthday.day)) == person.age


def test_every_value_is_one_that_could_be_typed(assessed: list[Assessment]) -> None:
    grades = [
        side.grade
        for one in assessed
        for test in one.grades.values()
        for side in test.sides.values()
        if isinstance(side, SideGrade)
    ]
    assert "INVALID" not in grades
    assert grades.count("W") > len(grades) / 2
    assert grades.count("R") > 20


def test_finished_visits_have_their_plan_and_the_open_one_a_place_to_resume(
    clinic: Record, visits: list[Visit]
) -> None:
    planned = [bool(clinic.plans(visit.id)) for visit in visits if visit.finished]
    assert planned.count(False) == 1  # the one the red flags stopped
    (left,) = clinic.unfinished()
    assert left.hint
    assert 0 < left.done < left.total


def test_the_same_clinic_every_time(tmp_path: Path, known: Library, clinic: Record, visits: list[Visit]) -> None:
    again = open_record(tmp_path, now, uuid7)
    build(again, known, TODAY)
    rebuilt = [again.visit(one.id) for patient in again.patients(limit=99) for one in again.visits(patient.id)]
    assert [values(visit) for visit in rebuilt] == [values(visit) for visit in visits]
    assert devices(again) == devices(clinic)
    again.close()


def values(visit: Visit) -> dict[object, object]:
    return {(visit.patient.code, visit.number, cell): row.value for cell, row in visit.cells.items()}


def devices(record: Record) -> list[tuple[str, str, dt.date | None]]:
    return [(device.kind, device.name, device.checked) for device in record.devices()]


def test_every_device_reads_something_and_those_of_two_people_are_named(clinic: Record, visits: list[Visit]) -> None:
    names = {device.id: device.name for device in clinic.devices()}
    assert len({device.kind for device in clinic.devices()}) == len(names) >= 3
    read = [visit for visit in visits if used(visit.cells)]
    assert {visit.patient.code for visit in read} == {"P0001", "P0003"}
    assert {device for visit in read for ids in used(visit.cells).values() for device in ids} == set(names)
    assert all(len(used(visit.cells)) > 3 for visit in read), "at every visit, so that changes are of one device"
