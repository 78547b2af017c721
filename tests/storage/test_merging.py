"""Two records of one person: read as one on every way to them, two again by a word, and one record of two laptops."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess_tui.person import behind, entered_as, for_files
from assess_tui.storage.ids import Ids
from assess_tui.storage.persons import heads
from assess_tui.storage.record import Record
from assess_tui.storage.verify import verify
from assess_tui.visit.plans import kept_plans
from protocols.model import Library
from protocols.visit import Cell
from tests.storage.full_record import session_of, tamper
from tests.storage.laptops import Laptop

SAID = st.lists(st.tuples(st.sampled_from("abcde"), st.sampled_from("abcde"), st.integers(0, 1)), max_size=12)
BORN = dt.date(1992, 3, 4)


class Two(NamedTuple):
    """Two records of one person, a visit on each."""

    record: Record
    kept: str
    other: str
    first: str
    second: str

    def say(self, one: int = 1) -> None:
        self.record.say_one(self.kept, self.other, one=bool(one), why="one phone number", who="M. Vogel")


@pytest.fixture
def two(record: Record, library: Library, new_id: Ids) -> Two:
    ids = [
        record.add_patient(family_name=family, given_name="Ana", birth_date=BORN, sex="F", code=code).id
        for family, code in (("Ruiz", "K7"), ("Ruis", "K8"))
    ]
    visits = []
    for patient, angle in zip(ids, (14, 15), strict=True):
        session = session_of(record, record.open_visit(patient, "M. Vogel", library), library, new_id)
        session.put(Cell("pelvic_tilt", "left"), Decimal(angle))
        record.save_plan(session.visit.id, {"blocked": False}, "M. Vogel")
        record.add_document(session.visit.id, "handout", {}, "a.pdf", patient.encode())
        session.finish()
        visits.append(session.visit.id)
    return Two(record, ids[1], ids[0], *visits)


def test_every_way_to_one_leads_to_the_person(two: Two) -> None:
    record = two.record
    two.say()
    for search in ("ruiz", "ruis", "k7", "k8", "ana", ""):
        assert [(one.id, one.visits) for one in record.patients(search)] == [(two.kept, 2)]
    for either in (two.kept, two.other):
        assert record.patient(either).code == "K8"
        assert [(one.id, one.number) for one in record.visits(either)] == [(two.second, 2), (two.first, 1)]
        assert len(record.papers_of(either)) == 2
    later = record.visit(two.second)
    previous = record.previous(later)
    assert previous is not None
    assert (previous.id, previous.patient.code, later.number) == (two.first, "K8", 2)
    last = record.last_plan(later)
    assert last is not None
    assert last.visit == two.first
    assert len(kept_plans(record, later)) == 2
    assert record.with_code("K7") == record.patient(two.kept)
    assert verify(record.path).problems == ()


def test_the_page_says_what_stands_behind_it(two: Two) -> None:
    assert behind(two.record, two.kept) == []
    two.say()
    assert behind(two.record, two.other) == ["also on record as K7, Ana Ruiz, born 4 Mar 1992"]
    assert [entered_as(two.record, one) for one in two.record.visits(two.kept)] == ["", "K7"]


def test_parted_again_each_has_its_own(two: Two) -> None:
    before = [two.record.patients(search) for search in ("ruiz", "ruis", "")]
    two.say()
    two.say(0)
    assert [two.record.patients(search) for search in ("ruiz", "ruis", "")] == before
    assert [one.id for one in two.record.visits(two.other)] == [two.first]
    assert two.record.previous(two.record.visit(two.second)) is None
    assert [one.one for one in two.record.unions(two.kept)] == [True, False]


def test_a_person_that_does_not_fit_the_words_is_found(two: Two) -> None:
    two.say()
    tamper(two.record.path, ["DELETE FROM person"])
    assert len(verify(two.record.path).problems) == 2


@given(SAID)
def test_who_is_one_person_against_a_walk_along_the_words(said: list[tuple[str, str, int]]) -> None:
    said = [one for one in said if one[0] != one[1]]
    last = {frozenset(one[:2]): one[2] for one in said}
    joined = [pair for pair, one in last.items() if one]
    found = heads(said)
    for letter in "abcde":
        person, before = {letter}, set[str]()
        while person != before:
            before = set(person)
            person |= {one for pair in joined if pair & person for one in pair}
        assert {one for one, head in found.items() if head == found.get(letter)} == (
            person if len(person) > 1 else set()
        )
        assert letter not in found or found[letter] in person


def test_two_laptops_agree_on_who_is_one_person(tmp_path: Path) -> None:
    here, there = Laptop(tmp_path / "here", 1), Laptop(tmp_path / "there", 2)
    for deed in [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)]:
        here.do(*deed)
    there.take_in(here.exported())
    one, two, three = sorted(patient.id for patient in here.record.patients())
    here.record.say_one(one, two, one=True, why="same", who="M. Vogel")
    there.record.say_one(three, two, one=True, why="same", who="K. Nowak")
    for laptop, other in ((here, there), (there, here)):
        laptop.take_in(other.exported())
    assert here.exported() == there.exported()
    for laptop in (here, there):
        (person,) = laptop.record.patients()
        assert person.visits == 3
        told = [laptop.exported("patient", either).partition(b"\n")[2] for either in (one, three)]
        assert told[0] == told[1]
        assert verify(laptop.record.path).problems == ()


def test_files_of_two_patients_of_one_code_have_two_names(tmp_path: Path) -> None:
    here, there = Laptop(tmp_path / "here", 1), Laptop(tmp_path / "there", 2)
    for laptop, family in ((here, "Ruiz"), (there, "Lee")):
        laptop.record.add_patient(family_name=family, given_name="Ana", birth_date=BORN, sex="F", code="K7")
    alone = here.record.patients()[0].id
    assert for_files(here.record, here.record.patient(alone)).code == "K7"
    here.take_in(there.exported())
    codes = {for_files(here.record, here.record.patient(one.id)).code for one in here.record.patients()}
    assert len(codes) == 2
    assert all(code.startswith("K7-") for code in codes)
    assert "give one of them another" in behind(here.record, alone)[0]
    (note,) = verify(here.record.path).notes
    assert alone in note
    assert "K7" not in note
