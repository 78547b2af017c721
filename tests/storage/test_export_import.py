"""What is exported is taken in again to the letter; two laptops that take in each other hold the same."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assess_tui.sample.build import build
from assess_tui.storage import export_file
from assess_tui.storage.exchange import NotTakenError
from assess_tui.storage.rows import ROWS, Scope
from assess_tui.storage.shape import AUDITED
from assess_tui.storage.store import from_json, to_json
from assess_tui.storage.verify import verify
from tests.storage.laptops import LIBRARY, VALUES, Laptop

DEEDS = st.lists(st.tuples(st.integers(0, 10), st.integers(0, 400)), max_size=30)
BEGIN = [(0, 0), (0, 1), (1, 0), (9, 1), (2, 0), (2, 1)]
"""Two patients, a visit, a device, two values."""


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Laptop:
    laptop = Laptop(tmp_path_factory.mktemp("sample"), 1)
    build(laptop.record, LIBRARY, dt.date(2026, 11, 22))
    patient = laptop.record.patients()[0].id
    visit = laptop.record.visits(patient)[0].id
    laptop.record.register_device("cuff", "Cuff 1", clinician="M. Vogel")
    laptop.record.add_document(visit, "handout", {"size": 14}, "a.pdf", b"%PDF the plan")
    return laptop


@pytest.fixture
def empty(tmp_path: Path) -> Laptop:
    return Laptop(tmp_path, 2)


@pytest.fixture
def filled(tmp_path: Path) -> Laptop:
    laptop = Laptop(tmp_path / "filled", 3)
    for deed in [*BEGIN, (8, 5), (7, 0), (6, 1), (10, 0)]:
        laptop.do(*deed)
    return laptop


def fresh(number: int) -> Laptop:
    return Laptop(Path(tempfile.mkdtemp()), number)


# -- to the letter -----------------------------------------------------------------------------------------------------


def test_the_whole_sample_clinic_comes_back_byte_for_byte(sample: Laptop, empty: Laptop) -> None:
    data = sample.exported()
    taken = empty.take_in(data)
    assert taken.known == 0
    assert empty.exported() == data
    assert verify(empty.record.path).problems == ()
    assert empty.record.patients("lukasz") == sample.record.patients("lukasz") != []
    assert empty.record.unfinished() == sample.record.unfinished() != []


@pytest.mark.soak
def test_each_patient_and_each_visit_comes_back_byte_for_byte(sample: Laptop, empty: Laptop) -> None:
    for patient in sample.record.patients():
        scopes: list[tuple[Scope, str]] = [("visit", one.id) for one in sample.record.visits(patient.id)[-1:]]
        for scope, of in [*scopes, ("patient", patient.id)]:
            data = sample.exported(scope, of)
            empty.take_in(data)
            assert empty.exported(scope, of) == data
    assert [one.id for one in empty.record.patients()] == [one.id for one in sample.record.patients()]


@given(DEEDS)
@settings(max_examples=5, deadline=None)
def test_any_record_comes_back_byte_for_byte(deeds: list[tuple[int, int]]) -> None:
    one, other = fresh(1), fresh(2)
    for deed in deeds:
        one.do(*deed)
    data = one.exported()
    other.take_in(data)
    assert other.exported() == data
    assert not (again := other.take_in(data)).new
    assert again.visits == ()
    assert verify(other.record.path).problems == ()


def test_the_same_file_twice_changes_nothing(filled: Laptop, empty: Laptop) -> None:
    empty.take_in(filled.exported())
    before = empty.record.path.read_bytes()
    assert empty.take_in(filled.exported()).new == 0
    assert empty.record.path.read_bytes() == before


def test_every_column_of_every_table_is_in_the_file(empty: Laptop) -> None:
    assert tuple(ROWS) == tuple(sorted(AUDITED, key=tuple(ROWS).index))
    for table, row in ROWS.items():
        columns = [name for _, name, *_ in empty.record._rows(f"PRAGMA table_info({table})")]
        if table == "library":
            columns.remove("at")  # the moment it was kept is each record's own
        assert sorted(row.__struct_fields__) == sorted(columns), table


def test_numbers_stand_in_the_file_as_they_were_typed(filled: Laptop) -> None:
    for which in range(len(VALUES)):
        filled.value(which)
    data = filled.exported()
    for typed in ("-3", "24.0", "-0.50", "1E+2", "0.1000000000000000000001"):
        assert f'"value":{typed},'.encode() in data


def test_a_file_written_anew_by_another_program_is_taken_in(filled: Laptop, empty: Laptop) -> None:
    data = json.dumps(json.loads(filled.exported()), indent=2).encode()
    empty.take_in(data)
    assert [row["id"] for row in empty.record.told("measurement", "clinic")] == [
        row["id"] for row in filled.record.told("measurement", "clinic")
    ]
    assert verify(empty.record.path).problems == ()


def test_papers_may_be_left_out_and_follow_later(filled: Laptop, empty: Laptop) -> None:
    without = filled.exported(papers=False)
    assert json.loads(without)["paper"] == []
    empty.take_in(without)
    (visit,) = (row["id"] for row in filled.record.told("visit", "clinic"))
    assert empty.record.papers(str(visit))[0].size is None
    empty.take_in(filled.exported())
    assert empty.record.paper(empty.record.papers(str(visit))[0]) == filled.record.paper(
        filled.record.papers(str(visit))[0]
    )


# -- two laptops -------------------------------------------------------------------------------------------------------


@given(DEEDS, DEEDS, DEEDS)
@settings(max_examples=5, deadline=None)
def test_two_laptops_that_take_in_each_other_hold_the_same(
    before: list[tuple[int, int]], here: list[tuple[int, int]], there: list[tuple[int, int]]
) -> None:
    """From one record, copied, changed on both: by hand, nothing lost, nothing at odds."""
    one, folder = fresh(1), Path(tempfile.mkdtemp())
    for deed in [*BEGIN, *before]:
        one.do(*deed)
    shutil.copy(one.record.path, folder)
    other = Laptop(folder, 2)
    other.record.set_setting("site", other.record.new_id())
    for laptop, deeds in ((one, here), (other, there)):
        for deed in deeds:
            laptop.do(*deed)
    ours, theirs = one.exported(), other.exported()
    one.take_in(theirs)
    other.take_in(ours)
    assert one.exported() == other.exported()
    held = ids(one.exported())
    assert held == ids(ours) | ids(theirs)
    for laptop in (one, other):
        assert verify(laptop.record.path).problems == ()
    assert standing(one) == standing(other)


def ids(data: bytes) -> set[tuple[str, str]]:
    """Every row of a file, read by a parser that is not ours."""
    told = json.loads(data)
    return {
        (table, row.get("id") or row.get("digest") or row["document"])
        for table, rows in told.items()
        if isinstance(rows, list)
        for row in rows
    }


def standing(laptop: Laptop) -> dict[str, object]:
    """What the screens show: the patients and their visits, the current values, the plans."""
    record = laptop.record
    return {
        patient.id: [
            (
                patient,
                visit,
                {cell: row.value for cell, row in record.visit(visit.id).cells.items()},
                record.plans(visit.id),
            )
            for visit in record.visits(patient.id)
        ]
        for patient in record.patients(limit=999)
    }


# -- what is refused ---------------------------------------------------------------------------------------------------


def edited(data: bytes, change: Callable[[dict[str, Any]], object]) -> bytes:
    told = from_json(data)
    change(told)
    return to_json(told).encode()


def refused(laptop: Laptop, data: bytes) -> str:
    before = laptop.record.path.read_bytes()
    with pytest.raises(NotTakenError) as error:
        laptop.take_in(data)
    assert laptop.record.path.read_bytes() == before
    return str(error.value)


def contents() -> Iterator[tuple[str, str, object]]:
    yield "patient_detail", "family_name", "Other"
    yield "measurement", "note", "other"
    yield "visit", "clinician", "other"
    yield "plan", "body", {"blocked": True}
    yield "device", "name", "other"
    yield "document", "sha256", "0" * 64


@pytest.mark.parametrize(("table", "field", "other"), list(contents()))
def test_a_row_that_is_there_with_other_content_is_refused_by_its_id(
    filled: Laptop, table: str, field: str, other: object
) -> None:
    filled.value(1)
    data = filled.exported()
    row = json.loads(data)[table][-1]

    def change(told: dict[str, Any]) -> None:
        told[table][-1][field] = other
        told["patient"].append({"id": row["id"][:-4] + "beef", "at": "2026-11-01T09:00:00+01:00"})  # new, and not taken

    said = refused(filled, edited(data, change))
    assert row["id"] in said
    assert field in said


def wrongs() -> Iterator[tuple[str, Callable[[dict[str, Any]], object], str]]:
    other = "01a0b0c0-0000-7000-8000-000000000000"
    yield "a visit of nobody", lambda told: told["patient"].clear(), "neither in the file nor in this record"
    yield "nothing known of", lambda told: told["patient_detail"].clear(), "nothing is said of it"
    yield "its device is missing", lambda told: told["device"].clear(), "its device"
    yield "its library is missing", lambda told: told["library"].clear(), "its library"
    yield "a side of none", lambda told: told["measurement"][0].update(side="up"), "measurement[0].side"
    yield "a number that is text", lambda told: told["plan"][0].update(version="1"), "plan[0].version"
    yield "an unknown field", lambda told: told["visit"][0].update(room="2"), "room"
    yield "no id", lambda told: told["visit"][0].update(id="../x"), "expected an id"
    yield "no moment", lambda told: told["visit"][0].update(started="2026-02-30T09:00:00+01:00"), "a moment"
    yield "no zone", lambda told: told["visit"][0].update(started="2026-02-03T09:00:00"), "a moment"
    yield "another paper", lambda told: told["paper"][0].update(body="AAAA"), "sha256 differs"
    yield "beyond measure", lambda told: told["measurement"][0].update(value=10**300), "can be measured"
    yield (
        "another's cell",
        lambda told: told["measurement"][1].update(supersedes=told["measurement"][0]["id"]),
        "its own",
    )
    yield "of nothing", lambda told: told["measurement"][1].update(supersedes=other), "neither in the file"
    yield "no value", lambda told: told["measurement"][0].update(value={"a": [True]}), "cannot be read"
    yield "a later version", lambda told: told.update(version=2), "newer"
    yield "version unknown", lambda told: told.update(version="1"), "version"
    yield "another library", lambda told: told["library"][0]["body"].update(digest="x"), "library[0]"


@pytest.mark.parametrize(("change", "words"), [pytest.param(*rest, id=name) for name, *rest in wrongs()])
def test_what_is_wrong_is_said_in_one_sentence_and_nothing_is_taken_in(
    filled: Laptop, empty: Laptop, change: Callable[[dict[str, Any]], object], words: str
) -> None:
    filled.value(2)
    said = refused(empty, edited(filled.exported(), change))
    assert words in said
    assert "\n" not in said


@pytest.mark.parametrize("number", [b"1e99999999999999999999", b"-1e-99999999999999999999", b"1e101", b"9" * 5000])
def test_a_number_nobody_measured_is_refused(filled: Laptop, empty: Laptop, number: bytes) -> None:
    data = filled.exported()
    value = json.dumps(json.loads(data)["measurement"][0]["value"]).encode()
    assert refused(empty, data.replace(b'"value":' + value, b'"value":' + number, 1))


def test_a_correction_of_one_patient_never_touches_another(filled: Laptop, empty: Laptop) -> None:
    """A row of a known visit that supersedes the value of a visit this record alone has."""
    for deed in BEGIN:
        empty.do(*deed)
    (theirs,) = [row["id"] for row in empty.record.told("measurement", "clinic")][:1]
    data = edited(filled.exported(), lambda told: told["measurement"][0].update(supersedes=theirs))
    assert "which is not its own" in refused(empty, data)


def test_a_file_cut_short_at_any_place_is_refused(filled: Laptop, empty: Laptop) -> None:
    data = filled.exported()
    for cut in range(1, len(data) - 2, max(1, len(data) // 97)):
        assert refused(empty, data[:cut])


def test_what_is_no_export_is_told_apart() -> None:
    line = b'{"ref": 1, "patient": {"age": 34, "sex": "F"}, "note": "assess-tui-export"}'
    assert not export_file.is_export(line)
    assert export_file.is_export(b'{"version": 9, "format": "assess-tui-export"}')
    assert export_file.is_export(b'{"format":"assess-tui-export","ver')
