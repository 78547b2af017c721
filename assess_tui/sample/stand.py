"""The stand test of an invented person, reading by reading."""

from __future__ import annotations

import random
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from protocols.visit import Value, plain


class Course(NamedTuple):
    """How heart rate, pressure and symptoms go: their change after ten minutes, and when it was stopped."""

    heart_rate: float
    systolic: float
    symptoms: int
    stopped: Decimal | None = None
    reason: str = ""


COURSES = {
    "normal": Course(12, -4, 0),
    "mild": Course(33, -4, 2),
    "pots": Course(42, -3, 6),
    "pressure_drop": Course(10, -32, 4),
    "faint": Course(34, -16, 7, Decimal("2.5"), "felt faint"),
}
RISE_MINUTES = 4
"""The change is reached by then, as it is in most people."""


def stand_fields(course: str, chance: random.Random, share: float) -> Iterator[tuple[str, Value]]:
    """Field and value of every `@stand` cell. `share` is how much of the course is left, 1 at the first visit."""
    if course == "none":
        yield "not_done", "contraindicated"
        return
    going = COURSES[course]
    pulse, systolic, diastolic = chance.randint(64, 76), chance.randint(108, 126), chance.randint(68, 78)
    yield from _start(course, chance)
    for number in (1, 2):
        lying = {"hr": pulse + chance.randint(-1, 1), "sbp": systolic + chance.randint(-2, 2), "dbp": diastolic}
        yield f"supine.{number}", plain(lying)
    last = int(going.stopped) if going.stopped else 10
    for minute in range(1, last + 1):
        yield f"minute.{minute}", plain(_reading(minute, going, (pulse, systolic, diastolic), share, chance))
    yield from _end(going, share)


def _start(course: str, chance: random.Random) -> Iterator[tuple[str, Value]]:
    yield "protocol", "lean"
    yield "device", "upper-arm cuff"
    yield "time_of_day", chance.choice(("morning", "afternoon"))
    if course != "normal":
        yield "symptom_months", Decimal(chance.randint(4, 30))
    yield "pain_start", Decimal(2)


def _reading(
    minute: int, going: Course, lying: tuple[int, int, int], share: float, chance: random.Random
) -> dict[str, Any]:
    so_far = min(1.0, 0.6 + 0.4 * minute / RISE_MINUTES)
    pulse, systolic, diastolic = lying
    return {
        "hr": round(pulse + going.heart_rate * so_far + chance.uniform(-2, 2)),
        "sbp": round(systolic + going.systolic * so_far + chance.uniform(-2, 2)),
        "dbp": round(diastolic + going.systolic * so_far * 0.4 + chance.uniform(-1, 1)),
        "symptoms": min(10, round(going.symptoms * share * min(1.0, minute / 3))),
        "second": minute * 60 + chance.randint(4, 24),
    }


def _end(going: Course, share: float) -> Iterator[tuple[str, Value]]:
    if going.stopped is not None:
        yield "stopped", {"minute": going.stopped, "reason": going.reason}
        yield "presyncope", True
    else:
        yield "completed", True
    yield "upright_symptoms", going.symptoms > 0
    yield "peak_symptoms", Decimal(round(going.symptoms * share))
    yield "pain_end", Decimal(2 if going.symptoms < 4 else 3)
