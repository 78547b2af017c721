"""The 3-minute pressure screen: it sees a fall of pressure, and is never taken for a stand test."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from protocols.assessment import Assessment, assess
from protocols.case import Case, Entry, Patient, Reading, Stand, Supine, Taken
from protocols.interchange import interpret_lines
from protocols.library import load
from protocols.stand.run import new_run, rest_left, screen_schedule
from protocols.standing import Verdict, classify, pattern_of
from protocols.visit import Told, from_case
from protocols.visits.stand import stand as taken

LIBRARY = load()
PROTOCOL = LIBRARY.stand
LYING = (Supine(hr=Decimal(70), sbp=Decimal(120), dbp=Decimal(75)),) * 2
numbers = st.none() | st.integers(40, 200).map(Decimal)
readings = st.lists(
    st.builds(Reading, minute=st.integers(1, 10), hr=numbers, sbp=numbers, dbp=numbers, symptoms=st.integers(0, 10)),
    max_size=10,
    unique_by=lambda row: row.minute,
)


def screen(*rows: tuple[int, int, int, int], **told: Any) -> Stand:
    """A screen with readings (minute, HR, SBP, DBP)."""
    standing = tuple(Reading(minute=m, hr=Decimal(h), sbp=Decimal(s), dbp=Decimal(d)) for m, h, s, d in rows)
    return Stand(protocol="active_stand", screen=True, supine=LYING, standing=standing, **told)


STEADY = ((1, 80, 118, 76), (3, 82, 118, 76))


def concluded(stand: Stand, **told: Any) -> Assessment:
    return assess(Case(patient=Patient(sex="F", age=40), date=dt.date(2026, 11, 2), standing=stand, **told), LIBRARY)


def test_readings_come_at_1_and_3_minutes_after_five_minutes_of_rest() -> None:
    run = new_run(PROTOCOL, screen=True)
    assert run.due == screen_schedule(PROTOCOL) == (1, 3)
    assert rest_left(run.lie_down(0.0), 0.0, PROTOCOL) == (300.0, 300.0)
    assert new_run(PROTOCOL).due == (1, 3, 5, 10)


def test_a_steady_screen_is_incomplete_and_its_stage_unknown() -> None:
    verdict = classify(screen(*STEADY, upright_symptoms=False), 40, PROTOCOL)
    assert (verdict.label, verdict.stage) == ("INCOMPLETE", "unknown")
    assert "pressure_screen" in verdict.tags


@given(
    readings,
    st.integers(8, 90),
    st.none() | st.sampled_from([True, False]),
    st.none() | st.integers(0, 3).map(Decimal),
    st.sampled_from([(), LYING]),
)
def test_no_screen_is_called_normal_or_given_a_mild_stage(
    rows: list[Reading], age: int, worse: bool | None, stop: Decimal | None, lying: tuple[Supine, ...]
) -> None:
    stand = Stand(screen=True, supine=lying, standing=tuple(rows), upright_symptoms=worse, stopped_min=stop)
    verdict = classify(stand, age, PROTOCOL)
    full = classify(msgspec.structs.replace(stand, screen=False), age, PROTOCOL)
    assert verdict.label not in ("NORMAL", "OI_WITHOUT_HAEMODYNAMIC_CRITERION", "INITIAL_OH")
    assert verdict.stage == (1 if full.stage == 1 else "unknown")
    assert "pressure_screen" in verdict.tags


def test_even_with_ten_minutes_of_readings_a_screen_is_not_normal() -> None:
    rows = tuple((minute, 80, 118, 76) for minute in range(1, 11))
    assert classify(msgspec.structs.replace(screen(*rows), screen=False), 40, PROTOCOL).label == "NORMAL"
    assert classify(screen(*rows), 40, PROTOCOL).label == "INCOMPLETE"


def test_a_fall_of_pressure_and_an_early_stop_count_as_in_the_test() -> None:
    fall = classify(screen((1, 85, 95, 70), (3, 86, 96, 70)), 40, PROTOCOL)
    assert (fall.label, fall.stage) == ("CLASSICAL_OH", 1)
    assert classify(screen(STEADY[0], stopped_min=Decimal("1.5")), 40, PROTOCOL).stage == 1
    assert classify(screen(*STEADY, stopped_min=Decimal(3)), 40, PROTOCOL).stage == "unknown"


def test_nothing_is_computed_from_a_screen() -> None:
    rows = ((1, 80, 118, 76), (2, 84, 118, 76), (3, 82, 118, 76))
    told = {"pain_start": Decimal(1), "pain_end": Decimal(6), "stopped_min": Decimal(3)}
    now = concluded(screen(*rows, **told))
    assert not {"stand_dhr", "stand_time", "stand_pain_delta"} & now.grades.keys()
    assert "LBT" not in {one.code for one in now.findings}
    assert now.plan.stage == "unknown"


def test_a_screen_does_not_open_the_dizziness_cards() -> None:
    jpe: dict[str, Entry] = {"jpe": {"left": Taken(value=Decimal(9)), "right": Taken(value=Decimal(9))}}
    stood = msgspec.structs.replace(screen(*STEADY), screen=False)
    assert "DIZ" in {one.code for one in concluded(stood, tests=jpe, dizziness_cleared=True).findings}
    assert "DIZ" not in {one.code for one in concluded(screen(*STEADY), tests=jpe, dizziness_cleared=True).findings}


def test_a_screen_reads_back_from_the_record_as_a_screen() -> None:
    case = Case(patient=Patient(sex="F", age=40), date=dt.date(2026, 11, 2), standing=screen(*STEADY))
    held: dict[Any, Told] = {told.cell: told for told in from_case(case)}
    assert taken(held) == case.standing


def test_interpret_takes_a_screen_by_name() -> None:
    standing = {"screen": True, "supine": [[70, 120, 75]] * 2, "standing": [list(row) for row in STEADY]}
    line = json.dumps({"patient": {"age": 40, "sex": "F"}, "standing": standing})
    ((answer, understood),) = interpret_lines([line], LIBRARY)
    assert understood
    told = json.loads(answer)["standing"]
    assert told["stage"] == "unknown"
    assert "pressure_screen" in told["tags"]


def test_a_screen_in_which_nothing_was_met_has_words_of_its_own() -> None:
    protocol = load().stand
    quiet = Verdict(label="INCOMPLETE", tags=("pressure_screen",), delta_hr_max=None, noh_ratio=None, stage="unknown")
    said = pattern_of(quiet, protocol)
    assert "three minutes" in said.say
    assert "not a diagnosis" in said.say
    assert pattern_of(msgspec.structs.replace(quiet, tags=()), protocol).name == "Incomplete test"
    fallen = msgspec.structs.replace(quiet, label="CLASSICAL_OH")
    assert pattern_of(fallen, protocol).label == "CLASSICAL_OH"
