"""What a new version of the knowledge changes, and which stored grades would differ."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from protocols.changes import Changed, Difference, differences, regrade
from protocols.library import load
from protocols.model import Band, Library, Test
from protocols.visit import Cell, Measurement, PatientDetails, Value, Visit

KNOWN = load()
NOON = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)
ANA = PatientDetails(id="p", code="P1", family_name="Ruiz", given_name="Ana", birth_date=dt.date(1992, 3, 4), sex="F")


def visit(*answers: tuple[str, str, Value]) -> Visit:
    rows = [
        Measurement(
            id=str(n), visit="v", test=test, side=side, field="value", value=value, at=NOON, clinician="M. Vogel"
        )
        for n, (test, side, value) in enumerate(answers)
    ]
    cells = {row.cell: row for row in rows}
    return Visit(id="v", patient=ANA, started=NOON, clinician="M. Vogel", number=1, digest="d", cells=cells)


def with_test(test: Test) -> Library:
    return msgspec.structs.replace(KNOWN, tests=KNOWN.tests | {test.id: test})


def edited(test: str, **measure: Any) -> Test:
    known = KNOWN.tests[test]
    return msgspec.structs.replace(known, version=2, measure=msgspec.structs.replace(known.measure, **measure))


def without(test: str) -> Library:
    return msgspec.structs.replace(KNOWN, tests={key: one for key, one in KNOWN.tests.items() if key != test})


HIPS = (("hip_ir_supine", "left", Decimal(24)), ("hip_ir_supine", "right", Decimal(60)))
"""In every bundled version 60 is within; with the cuts below, 24 is limited."""
STRICT = (Band(ages=(18, 120), cuts=(Decimal(50), Decimal(40))),)
LAX = (Band(ages=(18, 120), cuts=(Decimal(1), Decimal(0))),)


def test_the_same_knowledge_differs_in_nothing() -> None:
    assert differences(KNOWN, KNOWN) == {}
    assert not regrade(visit(*HIPS), KNOWN, KNOWN).differing


def test_added_removed_and_changed_are_told_with_the_fields() -> None:
    own = msgspec.structs.replace(edited("nprs"), id="own", version=1)
    new = with_test(edited("hip_ir_supine", bands=STRICT))
    tests = {key: one for key, one in new.tests.items() if key != "fadir"} | {"own": own}
    drawn = KNOWN.exercises["A02"].pose
    card = msgspec.structs.replace(KNOWN.exercises["A03"], cues=("Lift.",), pose=drawn)
    dosed = msgspec.structs.replace(card, dose=msgspec.structs.replace(card.dose, reps=12))
    new = msgspec.structs.replace(new, tests=tests, exercises=KNOWN.exercises | {"A03": dosed}, last_resort=())
    assert differences(KNOWN, new) == {
        "test": Difference(
            added=("own",), removed=("fadir",), changed=(Changed("hip_ir_supine", ("version", "measure.bands")),)
        ),
        "exercise": Difference(changed=(Changed("A03", ("dose.reps", "cues", "pose")),)),
        "part": Difference(changed=(Changed("last resort", ("all of it",)),)),
    }


def test_only_a_side_whose_class_differs_is_counted() -> None:
    lax, strict = (with_test(edited("hip_ir_supine", bands=bands, asymmetry=None)) for bands in (LAX, STRICT))
    found = regrade(visit(*HIPS, ("odi_pct", "value", Decimal(24))), lax, strict)
    assert found.differing == Counter({"hip_ir_supine": 1})
    assert found.grades == 4, "two sides, the score and its level"


def test_a_difference_between_sides_is_a_grade_too() -> None:
    wide, narrow = (with_test(edited("hip_ir_supine", bands=LAX, asymmetry=Decimal(by))) for by in (90, 8))
    found = regrade(visit(*HIPS), wide, narrow)
    assert found.differing == Counter({"hip_ir_supine": 1})
    assert found.grades == 3, "two sides, and that they are alike"


def test_the_grades_of_a_test_that_is_gone_are_counted() -> None:
    assert regrade(visit(*HIPS), KNOWN, without("hip_ir_supine")).differing.keys() == {"hip_ir_supine"}
    back = regrade(visit(*HIPS), without("hip_ir_supine"), KNOWN)
    assert back.grades == 0
    assert back.differing["hip_ir_supine"] >= 2


def test_a_withdrawn_or_missing_answer_is_no_grade() -> None:
    assert regrade(visit(), KNOWN, with_test(edited("hip_ir_supine", bands=STRICT))).grades == 0


@pytest.mark.parametrize("given", [Decimal(3), "pronounced"])
def test_a_test_that_is_now_measured_otherwise_still_grades(given: Decimal | str) -> None:
    """A number became a category, or a category a number: no class any more, never a crash."""
    number, category = KNOWN.tests["hip_ir_supine"], KNOWN.tests["lordosis_obs"]
    was, now = (number, category) if isinstance(given, Decimal) else (category, number)
    own = [with_test(msgspec.structs.replace(one, id="own")) for one in (was, now)]
    held = visit(("own", "value", given))
    assert held.cells.keys() == {Cell("own")}
    assert regrade(held, *own).differing.keys() <= {"own"}
