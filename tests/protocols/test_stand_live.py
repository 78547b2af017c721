"""The stand test while it runs: reasons not to start, alerts, and what is said so far."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec
import pytest

from protocols.case import Reading, Stand, Supine
from protocols.standing import (
    alerts,
    next_minute,
    not_to_start,
    pressure_so_far,
    schedule,
    so_far,
)
from tests.protocols.stand_samples import (
    COMPLETE,
    LOW,
    NOT_CONCORDANT,
    PROTOCOL,
    STEADY,
    Row,
    hearts,
    number,
    pressures,
    taken,
)

# -- before the start -------------------------------------------------------------------------------------------------


WELL = {"hr": 70, "sbp": 112, "dbp": 70}


def reasons(age: int = 30, spo2: float | None = None, ticked: tuple[str, ...] = (), **vitals: float) -> tuple[int, int]:
    values = {key: number(value) for key, value in (WELL | vitals).items()}
    found = not_to_start(Supine(**values), number(spo2), age, ticked, PROTOCOL)
    return len(found[0]), len(found[1])


@pytest.mark.parametrize(
    ("vitals", "absolute", "relative"),
    [
        ({}, 0, 0),
        ({"sbp": 179.9}, 0, 0),
        ({"sbp": 180}, 1, 0),
        ({"sbp": 90}, 0, 0),
        ({"sbp": 89.9}, 0, 1),
        ({"dbp": 100}, 0, 0),
        ({"dbp": 100.1}, 0, 1),
        ({"dbp": 119.9}, 0, 1),
        ({"dbp": 120}, 1, 0),
        ({"hr": 120}, 0, 0),
        ({"hr": 120.1}, 0, 1),
        ({"hr": 40}, 0, 0),
        ({"hr": 39.9}, 0, 1),
        ({"spo2": 92}, 0, 0),
        ({"spo2": 91.9}, 0, 1),
        ({"spo2": 85.1}, 0, 1),
        ({"spo2": 85}, 1, 0),
        ({"age": 11}, 0, 1),
        ({"age": 12}, 0, 0),
        ({"ticked": ("left_main", "leg_clot", "leg_clot")}, 1, 1),
        ({"ticked": ("a reason of an older library",)}, 1, 0),
        ({"ticked": ("bp_180",), "sbp": 190}, 1, 0),
    ],
)
def test_reasons_not_to_start(vitals: dict[str, Any], absolute: int, relative: int) -> None:
    assert reasons(**vitals) == (absolute, relative)


def test_nothing_measured_is_no_reason() -> None:
    assert not_to_start(None, None, 30, (), PROTOCOL) == ((), ())


def test_reasons_are_words() -> None:
    absolute, relative = not_to_start(Supine(sbp=Decimal(186), hr=Decimal(130)), None, 30, ("stroke_recent",), PROTOCOL)
    assert "180 systolic" in absolute[0]
    assert relative == ("Stroke or mini-stroke in the last six weeks", "Lying heart rate above 120")


# -- while standing ---------------------------------------------------------------------------------------------------


def sounded(now: dict[str, Any], *before: Row, age: int = 30, spo2: float | None = None, **details: Any) -> list[str]:
    values: dict[str, Any] = {key: number(value) if key in WELL else value for key, value in now.items()}
    latest = Reading(minute=5, **values)
    stand = taken(*before, **details)
    with_latest = msgspec.structs.replace(stand, standing=(*stand.standing, latest))
    alone = alerts(stand, latest, age, PROTOCOL, number(spo2))
    assert alerts(with_latest, latest, age, PROTOCOL, number(spo2)) == alone
    return [f"{alert.kind} {alert.code}" for alert in alone]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ({}, []),
        ({"hr": 99, "sbp": 112, "dbp": 74}, []),
        ({"hr": 139.9}, ["note rise_met"]),
        ({"hr": 140}, ["ask hr_140", "note rise_met"]),
        ({"hr": 140, "symptoms": 0}, ["ask hr_140", "note rise_met"]),
        ({"hr": 140, "symptoms": 1}, ["stop hr_140_symptoms", "note rise_met"]),
        ({"hr": 159.9}, ["ask hr_140", "note rise_met"]),
        ({"hr": 160}, ["stop hr_160", "note rise_met"]),
        ({"sbp": 199.9}, []),
        ({"sbp": 200}, ["stop sbp_200"]),
        ({"dbp": 119.9}, []),
        ({"dbp": 120}, ["stop dbp_120"]),
        ({"sbp": 82.1, "symptoms": 0}, ["ask sbp_90"]),
        ({"sbp": 82, "symptoms": 3}, ["stop sbp_fall", "stop sbp_90"]),
        ({"sbp": 82}, ["ask sbp_fall", "ask sbp_90"]),
        ({"sbp": 79.9, "symptoms": 0}, ["stop sbp_80", "ask sbp_fall"]),
        ({"sbp": 89.9, "symptoms": 1}, ["stop sbp_90"]),
        ({"sbp": 90, "symptoms": 1}, []),
        ({"gap": True}, ["note clock_gap"]),
    ],
)
def test_alerts_of_one_reading(now: dict[str, Any], expected: list[str]) -> None:
    assert sounded(now) == expected


def test_systolic_of_80_is_not_below_80() -> None:
    assert "stop sbp_80" not in sounded({"sbp": 80})


def test_a_sudden_fall_of_heart_rate_stops() -> None:
    assert sounded({"hr": 80}, (3, 120, 112, 74), (4, 100, 112, 74)) == ["stop hr_drop"]
    assert sounded({"hr": 80.1}, (4, 100, 112, 74)) == []
    assert sounded({"hr": 80}, (3, 100, 112, 74), (4, None, 112, 74)) == ["stop hr_drop"]


def test_a_slow_heart_stops_only_when_pressure_falls() -> None:
    assert sounded({"hr": 44, "sbp": 108}, (4, 50, 110, 70)) == ["stop hr_slow"]
    assert sounded({"hr": 44, "sbp": 110}, (4, 50, 110, 70)) == ["ask hr_slow"]
    assert sounded({"hr": 44}, (4, 50, 110, 70)) == ["ask hr_slow"]
    assert sounded({"hr": 45, "sbp": 108}, (4, 50, 110, 70)) == []
    assert sounded({"hr": 44, "sbp": 111}) == ["stop hr_slow"]


@pytest.mark.parametrize("sign", ["chest_pain", "neuro_sign"])
def test_a_sign_stops(sign: str) -> None:
    assert sounded({"hr": 80}, **{sign: True}) == [f"stop {sign}"]


def test_fainting_and_low_oxygen_stop() -> None:
    assert sounded({}, syncope=True) == sounded({}, presyncope=True) == ["stop faint"]
    assert sounded({}, spo2=89.9) == ["stop spo2_low"]
    assert sounded({}, spo2=90) == []


def test_one_lying_pressure_is_enough_to_watch_a_fall() -> None:
    assert sounded({"sbp": 95, "symptoms": 2}, supine=((None, 130, None),)) == ["stop sbp_fall"]
    assert sounded({"sbp": 95, "symptoms": 2}, supine=()) == []


def test_the_rise_is_noted_by_age() -> None:
    assert sounded({"hr": 105}, age=19) == []
    assert sounded({"hr": 110}, age=19) == ["note rise_met"]
    assert sounded({"hr": 139}, age=11) == []


def test_alert_words_hold_the_numbers() -> None:
    latest = Reading(minute=4, hr=Decimal(161), sbp=Decimal(80), symptoms=4)
    words = " ".join(alert.text for alert in alerts(taken(), latest, 30, PROTOCOL))
    assert "Heart rate 161" in words
    assert "Systolic down 32" in words


@pytest.mark.parametrize(
    ("stand", "age", "line"),
    [
        (taken(supine=()), 30, "two complete lying readings are needed first"),
        (taken(supine=NOT_CONCORDANT), 30, "the lying readings differ: repeat until two agree"),
        (taken((1, None, 112, 74)), 30, "no standing heart rate yet"),
        (hearts(80, 92, minutes=(1, 2)), 30, "+30 not met, largest change +22 at 2 min"),
        (hearts(66, minutes=(1,)), 30, "+30 not met, largest change -4 at 1 min"),
        (hearts(95, 102, minutes=(1, 2)), 30, "+30 met at 2 min, once"),
        (hearts(95, 102, 106, minutes=(1, 2, 3)), 30, "+30 met at 2 and 3 min, twice in a row"),
        (hearts(101, 90, 106, minutes=(1, 2, 3)), 30, "+30 met at 1 and 3 min, not in a row"),
        (hearts(101, 102, 106, minutes=(1, 2, 3)), 30, "+30 met at 1, 2 and 3 min, 3 in a row"),
        (hearts(95, 102, 106, minutes=(1, 2, 3)), 19, "+40 not met, largest change +36 at 3 min"),
        (hearts(95, minutes=(1,)), 11, "no heart-rate criterion at this age, largest change +25 at 1 min"),
    ],
)
def test_so_far(stand: Stand, age: int, line: str) -> None:
    assert so_far(stand, age, PROTOCOL) == line


def test_pressure_so_far() -> None:
    assert pressure_so_far(taken(), 30, PROTOCOL) == ""
    assert pressure_so_far(taken(*COMPLETE), 30, PROTOCOL) == "pressure steady, no fall"
    assert pressure_so_far(pressures(LOW, STEADY, minutes=(1, 2)), 30, PROTOCOL) == "pressure fell once and recovered"
    assert pressure_so_far(pressures(LOW, minutes=(2,)), 30, PROTOCOL) == "pressure down 20/-4 at 2 min, once"
    assert pressure_so_far(pressures(LOW, LOW, minutes=(2, 3)), 30, PROTOCOL).endswith("at 2 min, sustained")


def test_the_next_minute_due() -> None:
    due = schedule(PROTOCOL)
    assert due == tuple(range(1, 11))
    assert next_minute(taken(), due) == 1
    assert next_minute(taken((1, 80, 112, 74), (4, None, None, None)), due) == 5
    assert next_minute(taken((10, 80, 112, 74)), due) is None
