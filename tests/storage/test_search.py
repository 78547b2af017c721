"""Searching patients: against a plain walk through all of them."""

from __future__ import annotations

import datetime as dt
import re
import tempfile
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assess_tui.storage.errors import NotFoundError
from assess_tui.storage.ids import uuid7
from assess_tui.storage.record import Record, open_record
from protocols.model import Library

BORN = dt.date(1980, 5, 6)
letters = "aAäbÀnñoOłŁßéeΕελОос陳"
names = st.text(letters + " -'", min_size=1, max_size=9)
people = st.lists(st.tuples(names, names), min_size=1, max_size=8)


def add(record: Record, family: str, given: str, code: str = "") -> str:
    return record.add_patient(family_name=family, given_name=given, birth_date=BORN, sex="F", code=code).id


@pytest.mark.parametrize(
    ("family", "given", "search"),
    [
        ("Łukasiewicz", "Łukasz", "lukasi"),
        ("Nguyễn", "Thị Minh", "nguyen minh"),
        ("Παπαδοπούλου", "Ελένη", "ΕΛΕΝΗ παπ"),
        ("Шевченко", "Олександра", "олекс ШЕВ"),
        ("陳", "大文", "大"),
        ("الزهراء", "عائشة", "عائ"),
        ("O'Brien", "Máire", "obrien maire"),
        ("O'Brien", "Máire", "o'br"),
        ("García-López", "José", "lopez jose"),
        ("van der Berg", "Åsa", "berg asa van"),
        ("Strauß", "Øystein", "strauss oys"),
        ("İnci", "Işıl", "inci isil"),
    ],
)
def test_a_name_is_found_however_it_is_typed(record: Record, family: str, given: str, search: str) -> None:
    add(record, "Other", "Person")
    wanted = add(record, family, given)
    assert [one.id for one in record.patients(search)] == [wanted]


def test_a_patient_is_found_by_code(record: Record) -> None:
    wanted = add(record, "Ruiz", "Ana", "KX-0042")
    add(record, "Ruiz", "Ana", "KX-0142")
    for search in ("kx-0042", "kx0042", "0042 ruiz"):
        assert [one.id for one in record.patients(search)] == [wanted]


def test_signs_alone_find_nobody_and_wildcards_are_letters_like_others(record: Record) -> None:
    add(record, "Ruiz", "Ana")
    assert [record.patients(search) for search in ("%", "_", "*", "' OR 1 --", "\x00")] == [[]] * 5


def test_the_limit_counts_patients(record: Record) -> None:
    for number in range(9):
        add(record, "Anders", "Anna", f"AN{number}")
    assert len({one.id for one in record.patients("an", limit=4)}) == 4


def test_without_a_search_those_seen_last_come_first(record: Record, library: Library) -> None:
    first, second, third = (add(record, family, "X") for family in "ABC")
    record.open_visit(second, "M. Vogel", library)
    assert [one.id for one in record.patients()] == [second, third, first]
    assert [one.id for one in record.patients("   ", limit=1)] == [second]
    assert (record.patients()[0].visits, record.patients()[1].last_visit) == (1, None)


def test_nothing_on_the_way_to_a_patient_or_a_visit_walks_through_a_whole_table(record: Record) -> None:
    """Counts, not clocks: what stays fast among 100,000 patients is a query that only searches indexes."""
    asked: list[str] = []
    record._db.set_trace_callback(asked.append)
    add(record, "Ruiz", "Ana")
    record.patients("ru an")
    record.similar("Ruiz", "Ana", BORN)
    record.unfinished()
    record.visits("someone")
    with pytest.raises(NotFoundError):
        record.visit("0")
    record.with_code("P1")
    record._db.set_trace_callback(None)
    queries = [one for one in asked if one.startswith("SELECT")]
    plans = {one: record._db.execute(f"EXPLAIN QUERY PLAN {one}").fetchall() for one in queries}
    walks = {
        one
        for one, steps in plans.items()
        for step in steps
        if step[3].startswith("SCAN") and "(subquery" not in step[3] and step[3] != "SCAN CONSTANT ROW"
    }
    assert len(plans) > 6
    # The list of open visits is as long as the list of visits that are open.
    assert all("FROM visit_open" in one for one in walks), walks


@given(people=people, search=st.text(letters + "  -", max_size=5))
@settings(max_examples=40, deadline=None)
def test_every_word_must_start_a_word_of_the_name(people: list[tuple[str, str]], search: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        record = open_record(Path(folder), lambda: dt.datetime(2026, 1, 1, tzinfo=dt.UTC), uuid7)
        ids = {add(record, *one): one for one in people}
        found = {one.id for one in record.patients(search)}
        record.close()
    wanted = split(search)
    if search.strip() and not wanted:
        assert not found
        return
    for patient, (family, given_name) in ids.items():
        starts = split(family) + split(given_name) + [joined(part) for part in f"{family} {given_name}".split()]
        code_may_match = not all(one in "陳" or not one.isascii() for one in "".join(wanted))
        fits = all(any(start.startswith(word) for start in starts) for word in wanted)
        assert patient in found or not fits
        assert patient not in found or fits or code_may_match


def split(text: str) -> list[str]:
    """An independent reading of the rule, for the letters used above."""
    return [word for word in re.split(r"[ '-]+", simple(text)) if word]


def joined(text: str) -> str:
    return re.sub(r"[ '-]", "", simple(text))


def simple(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.lower().replace("ß", "ss").replace("ł", "l"))
    return re.sub(r"[\u0300-\u036f]", "", decomposed)
