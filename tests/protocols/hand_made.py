"""Small tests and cases made by hand, so that a rule is tried without the bundled numbers."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import msgspec

from protocols.case import Case, Entry, Patient, Previous, Taken
from protocols.library import load
from protocols.model import Library, Test

BUNDLED = load()
TODAY = dt.date(2026, 11, 1)
LAST_MONTH = dt.date(2026, 10, 1)


def hand_made(name_id: str = "reach", **measure: Any) -> Test:
    """A test with the given measure; higher is better, 20 and 10, unless said otherwise."""
    top: dict[str, Any] = {
        key: measure.pop(key) for key in ("kind", "norms", "name", "station", "basis") if key in measure
    }
    bands = [{"ages": [18, 120], "cuts": [20, 10]}]
    defaults: dict[str, Any] = {
        "unit": "deg",
        "sides": "LR",
        "direction": "hi",
        "hard": [-10, 90],
        "resolution": 1,
        "bands": bands,
    }
    return msgspec.convert(
        {
            "id": name_id,
            "name": top.pop("name", "Hip turn-in"),
            "title": "A test",
            "region": "hip",
            "station": top.pop("station", "supine"),
            "order": 1,
            "purpose": "p",
            "position": "p",
            "steps": ["s"],
            "meaning": "m",
            "measure": {**defaults, **measure},
            "evidence": {
                "basis": top.pop("basis", ["derived", "clinic_rule"]),
                "cut": "c",
                "norm": "n",
                "reliability": "r",
                "sources": ["Someone 2001"],
            },
            **top,
        },
        Test,
    )


def library_of(*tests: Test) -> Library:
    """The bundled library with these tests over it."""
    return msgspec.structs.replace(BUNDLED, tests={**BUNDLED.tests, **{test.id: test for test in tests}})


def taken(value: str | int | None = None, **rest: Any) -> Taken:
    """A side with a number as typed."""
    return Taken(value=None if value is None else Decimal(value), **rest)


def trials(*values: str) -> Taken:
    return Taken(trials=tuple(map(Decimal, values)))


def visit(tests: dict[str, Entry], *, sex: Any = "F", age: int | None = 34, **rest: Any) -> Case:
    """A visit of today."""
    patient = rest.pop("patient", Patient(sex=sex, age=age))
    return Case(patient=patient, date=TODAY, tests=tests, **rest)


def last(tests: dict[str, Entry], **rest: Any) -> Previous:
    """The last visit, a month ago, by the same rater unless said otherwise."""
    return Previous(**{"date": LAST_MONTH, "same_rater": True, "tests": tests, **rest})
