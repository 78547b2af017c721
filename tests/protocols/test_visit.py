"""A visit told in cells reads back as the same case, and cells come and go without a trace in the values."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from itertools import count

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocols.assessment import assess
from protocols.case import (
    BeatToBeat,
    Case,
    Clearance,
    Entry,
    Patient,
    Previous,
    Reading,
    Stand,
    Supine,
    Taken,
)
from protocols.library import load
from protocols.visit import Cell, Measurement, PatientDetails, Value, Visit, from_case, plain, record, to_case

LIBRARY = load()
BORN = dt.date(1992, 3, 4)
NOON = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)
ANA = PatientDetails(id="p", code="P1", family_name="Ruiz", given_name="Ana", birth_date=BORN, sex="F")

numbers = st.decimals(-50, 150, places=1)
scores = st.decimals(0, 10, places=0)
words = st.text(max_size=6)
maybe_vital = st.none() | st.decimals(30, 180, places=0)
flags = [flag.id for flag in LIBRARY.red_flags.flags]


def some(known: list[str], most: int = 3) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(known), unique=True, max_size=most).map(tuple)


marks = {"pain": st.none() | scores, "compensated": st.booleans(), "familiar": st.booleans()}
valued = st.builds(Taken, value=numbers, note=words, **marks)
tried = st.builds(Taken, trials=st.lists(numbers, min_size=1, max_size=3).map(tuple), **marks)
left_out = st.builds(Taken, absent=st.sampled_from(["not_tested", "pain", "refused", "contraindicated"]), note=words)
takens = valued | tried | left_out
SIDES = {"LR": ["left", "right"], "one": ["value"], "pre_post": ["pre", "post"]}


@st.composite
def entries(draw: st.DrawFn) -> dict[str, Entry]:
    numeric = [test.id for test in LIBRARY.tests.values() if test.measure.direction != "category"]
    chosen = draw(some(numeric, 5))
    entry = {test: SIDES[LIBRARY.tests[test].measure.sides] for test in chosen}
    return {test: {side: draw(takens) for side in sides} for test, sides in entry.items()}  # type: ignore[misc]


readings = st.lists(
    st.builds(
        Reading,
        minute=st.integers(0, 10),
        hr=maybe_vital,
        sbp=maybe_vital,
        dbp=maybe_vital,
        symptoms=st.none() | st.integers(0, 10),
        second=st.none() | st.integers(0, 700),
        gap=st.booleans(),
    ),
    unique_by=lambda reading: reading.minute,
    max_size=5,
).map(lambda rows: tuple(sorted(rows, key=lambda row: row.minute)))
stands = st.builds(
    Stand,
    protocol=st.sampled_from(["lean", "active_stand"]),
    supine=st.lists(st.builds(Supine, hr=maybe_vital, sbp=maybe_vital, dbp=maybe_vital), max_size=12).map(tuple),
    standing=readings,
    upright_symptoms=st.none() | st.booleans(),
    peak_symptoms=st.none() | st.integers(0, 10),
    presyncope=st.booleans(),
    syncope=st.booleans(),
    chest_pain=st.booleans(),
    neuro_sign=st.booleans(),
    symptom_months=st.none() | numbers,
    medications=some(["ivabradine", "beta_blocker", "tea"]),
    confounders=some(["fever", "heat"]),
    pain_start=st.none() | scores,
    pain_end=st.none() | scores,
    stopped_min=st.none() | st.decimals(0, 10, places=1),
    dizzy_first_30s=st.booleans(),
    beat_to_beat=st.none()
    | st.builds(BeatToBeat, nadir_sbp=numbers, nadir_dbp=numbers, nadir_s=numbers, recovered_s=numbers),
)
previous = st.builds(
    Previous,
    date=st.dates(dt.date(2026, 1, 1), dt.date(2026, 10, 31)),
    same_rater=st.booleans(),
    same_device=st.booleans(),
    same_position=st.booleans(),
    other_device=st.frozensets(st.sampled_from(["hip_ir_supine", "stand_dhr"])),
    tests=entries(),
    protocol=st.sampled_from([None, "lean", "active_stand"]),
    standing=st.none() | stands,
)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    told = draw(some(flags, 6))
    half = draw(st.integers(0, len(told)))
    return Case(
        patient=Patient(sex="F", birth_date=BORN),
        date=NOON.date(),
        red_flags=told[:half],
        red_flags_unknown=told[half:],
        precautions=draw(some(list(LIBRARY.precautions))),
        reported=draw(st.dictionaries(st.sampled_from(["SIT", "STR", "HYD"]), st.integers(1, 3))),
        main_problem=draw(st.none() | st.sampled_from(["LBT", "TRO"])),
        kit=draw(st.none() | some(list(LIBRARY.kit))),
        minutes=draw(st.integers(1, 40)),
        medical_clearance=draw(st.none() | st.just(Clearance(by="Dr. Łoś", date=dt.date(2026, 10, 1)))),
        pem=draw(st.booleans()),
        dizziness_cleared=draw(st.booleans()),
        taught=draw(some(["R01b"])),
        agreed=draw(some(["salt", "compression"])),
        tests=draw(entries()),
        standing=draw(st.none() | stands),
        previous=draw(st.none() | previous),
    )


def visit_of(case: Case) -> Visit:
    visit = empty()
    numbered = count()
    for told in from_case(case):
        visit = record(visit, row(told.cell, told.value, f"{next(numbered):06}", told.absent, told.note))
    return visit


def empty(started: dt.datetime = NOON) -> Visit:
    return Visit(id="v", patient=ANA, started=started, clinician="M. Vogel", number=1, digest=LIBRARY.digest)


def row(cell: Cell, value: Value = None, row_id: str = "r", absent: str | None = None, note: str = "") -> Measurement:
    return Measurement(
        id=row_id,
        visit="v",
        test=cell.test,
        side=cell.side,
        field=cell.field,
        value=value,
        absent=absent,  # type: ignore[arg-type]  # drawn from its literals
        note=note,
        at=NOON,
        clinician="M. Vogel",
    )


@given(case=cases())
def test_a_case_told_in_cells_reads_back_as_it_was(case: Case) -> None:
    again = to_case(visit_of(case), LIBRARY)
    assert again == case
    assert list(again.tests) == list(case.tests)


@given(case=cases())
def test_and_gives_the_same_assessment(case: Case) -> None:
    assert assess(to_case(visit_of(case), LIBRARY), LIBRARY) == assess(case, LIBRARY)


@given(case=cases())
def test_what_is_told_is_what_the_record_gives_back(case: Case) -> None:
    for told in from_case(case):
        assert repr(plain(told.value)) == repr(told.value)


def test_there_is_no_stand_test_before_a_reading_or_the_stop() -> None:
    visit = empty()
    for field, value in (("protocol", "lean"), ("supine.1", {"hr": Decimal(70)}), ("device", "cuff")):
        visit = record(visit, row(Cell("@stand", field=field), value))
        assert to_case(visit, LIBRARY).standing is None
    stopped = record(visit, row(Cell("@stand", field="stopped"), {"minute": Decimal("0.5"), "reason": "faint"}))
    stand = to_case(stopped, LIBRARY).standing
    assert stand is not None
    assert (stand.stopped_min, len(stand.supine)) == (Decimal("0.5"), 1)
    stood = record(visit, row(Cell("@stand", field="minute.1"), {"hr": Decimal(90), "symptoms": Decimal(3)}))
    reading = Reading(minute=1, hr=Decimal(90), symptoms=3)
    assert to_case(stood, LIBRARY).standing == Stand(supine=(Supine(hr=Decimal(70)),), standing=(reading,))


def test_readings_stand_in_order_of_time_whenever_they_were_corrected() -> None:
    visit = empty()
    for minute in (1, 2, 10, 2):
        visit = record(visit, row(Cell("@stand", field=f"minute.{minute}"), {"hr": Decimal(90)}))
    stand = to_case(visit, LIBRARY).standing
    assert stand is not None
    assert [reading.minute for reading in stand.standing] == [1, 2, 10]


def test_the_last_visit_is_what_is_compared_with() -> None:
    tilt = Cell("pelvic_tilt", "left")
    earlier = record(empty(NOON - dt.timedelta(days=30)), row(tilt, Decimal(12)))
    now = to_case(record(empty(), row(tilt, Decimal(15))), LIBRARY, earlier).previous
    assert now == Previous(
        date=dt.date(2026, 10, 2), same_rater=True, tests={"pelvic_tilt": {"left": Taken(value=Decimal(12))}}
    )
    other = msgspec.structs.replace(earlier, clinician="B. Roth")
    then = to_case(empty(), LIBRARY, other).previous
    assert then is not None
    assert not then.same_rater


def test_a_test_the_library_does_not_know_stays_out_of_the_case() -> None:
    visit = record(empty(), row(Cell("our_own_test", "left"), Decimal(3)))
    assert to_case(visit, LIBRARY).tests == {}
    assert len(visit.cells) == 1


def test_a_withdrawn_cell_is_gone_and_a_reason_is_no_value() -> None:
    cell = Cell("fpi6", "left")
    visit = record(empty(), row(cell, Decimal(3)))
    assert visit.value(cell) == Decimal(3)
    reason = record(visit, row(cell, absent="refused"))
    assert reason.value(cell, "none") == "none"
    assert to_case(reason, LIBRARY).tests == {"fpi6": {"left": Taken(absent="refused")}}
    assert record(reason, row(cell)).cells == {}


@pytest.mark.parametrize("value", [2.5, Decimal("NaN"), [1.0], {"hr": float("inf")}, b"x", dt.date(2026, 1, 1)])
def test_the_record_refuses_what_it_cannot_hold_exactly(value: object) -> None:
    with pytest.raises(TypeError, match="the record holds no"):
        plain(value)
