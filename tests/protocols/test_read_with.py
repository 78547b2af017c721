"""Which device reads which test, and what another one means for the change since the last visit."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocols.case import Reading, Stand, Supine, Taken
from protocols.devices import chosen, kinds_read, other_device, used
from protocols.grading import SideChange, SideGrade, grade_case
from protocols.library import load
from protocols.model import Test
from protocols.visit import Cell, Measurement, PatientDetails, Visit, to_case
from protocols.visits.cells import SECOND
from tests.protocols.hand_made import hand_made, last, library_of, taken, visit

LIBRARY = load()
MDC = {"mdc": {"*": 7}, "mdc_different": 10, "kind": "F"}
REACH = hand_made(change=MDC)
DEVICES = st.sampled_from(["level", "phone", None])
NAMED_IN_EQUIPMENT = {
    "goniometer": "goniometer",
    "inclinometer": "inclinometer",
    "phone": "inclinometer",
    "CROM": "crom",
    "biofeedback cuff": "biofeedback",
}
NOT_THE_VALUE = {"beighton"}
"""A goniometer helps to decide a sign; the value is a count."""


def changes(test: Test, old: Taken, new: Taken, **previous: Any) -> list[SideChange]:
    case = visit({test.id: {"left": new}}, previous=last({test.id: {"left": old}}, **previous))
    sides = grade_case(case, library_of(test))[test.id].sides.values()
    return [one.change for one in sides if isinstance(one, SideGrade) and one.change is not None]


@given(st.decimals(-10, 90, places=1), st.decimals(-10, 90, places=1), st.sampled_from(["hi", "lo"]), st.booleans())
def test_another_device_never_proves_anything(old: Decimal, new: Decimal, direction: str, rater: bool) -> None:
    cuts = [20, 10] if direction == "hi" else [10, 20]
    test = hand_made(direction=direction, bands=[{"ages": [18, 120], "cuts": cuts}], change=MDC)
    other = changes(test, Taken(value=old), Taken(value=new), other_device=frozenset({test.id}), same_rater=rater)
    assert [(one.say, one.mdc, one.beyond_error) for one in other] == [("describe only", None, None)]
    assert other[0].delta == new - old
    elsewhere = changes(test, Taken(value=old), Taken(value=new), other_device=frozenset({"ely_knee_flex"}))
    assert elsewhere == changes(test, Taken(value=old), Taken(value=new))


def test_the_same_change_with_the_same_device_is_an_improvement() -> None:
    assert [one.say for one in changes(REACH, taken(10), taken(30))] == ["improved"]


def test_what_is_computed_from_such_a_value_is_described_only() -> None:
    tests = {
        "hip_ir_seated": {"left": taken(20), "right": taken(20)},
        "hip_er_seated": {"left": taken(20), "right": taken(20)},
    }
    before = {test: {side: taken(45) for side in entry} for test, entry in tests.items()}

    def said(*other: str) -> set[str]:
        previous = last(before, other_device=frozenset(other))  # type: ignore[arg-type]  # sides are left and right
        grades = grade_case(visit(tests, previous=previous), LIBRARY)["hip_arc_seated"]  # type: ignore[arg-type]  # as above
        return {one.change.say for one in grades.sides.values() if isinstance(one, SideGrade) and one.change}

    assert said() == {"worsened"}
    assert said("hip_er_seated") == {"describe only"}


def test_the_rise_of_the_heart_rate_follows_the_cuff() -> None:
    """Its error is our own limit, so it is described only in any case; here one that would be called real."""
    change = {"mdc": {"*": 3}, "kind": "F"}
    measure = msgspec.to_builtins(LIBRARY.tests["stand_dhr"].measure, builtin_types=(Decimal,)) | {"change": change}
    rise = msgspec.convert(
        msgspec.to_builtins(LIBRARY.tests["stand_dhr"], builtin_types=(Decimal,)) | {"measure": measure}, Test
    )

    def stand(rate: int) -> Stand:
        lying = Supine(hr=Decimal(70), sbp=Decimal(120), dbp=Decimal(80))
        standing = tuple(Reading(minute=minute, hr=Decimal(rate)) for minute in range(1, 11))
        return Stand(supine=(lying, lying), standing=standing)

    def said(**previous: Any) -> str:
        case = visit({}, standing=stand(80), previous=last({}, standing=stand(110), **previous))
        side = grade_case(case, library_of(rise))["stand_dhr"].sides["value"]
        assert isinstance(side, SideGrade)
        assert side.change is not None
        return side.change.say

    assert said() == "improved"
    assert said(other_device=frozenset({"stand_dhr"})) == "describe only"


# -- two visits ----------------------------------------------------------------------------------------------------


def cells_with(**read_with: str | None) -> dict[Cell, Measurement]:
    """Left and right of the wall hinge, each read with a device."""
    return cells_of({Cell("wall_hinge", side): device for side, device in read_with.items()})


def cells_of(cells: dict[Cell, str | None]) -> dict[Cell, Measurement]:
    at = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)
    return {
        cell: Measurement(
            id="1", visit="v", **cell._asdict(), value=Decimal(150), at=at, clinician="M. Vogel", device=device
        )
        for cell, device in cells.items()
    }


@given(DEVICES, DEVICES, DEVICES, DEVICES)
def test_only_two_devices_on_record_can_differ(a: str | None, b: str | None, c: str | None, d: str | None) -> None:
    differs = any(then and now and then != now for then, now in ((a, c), (b, d)))
    found = other_device(cells_with(left=a, right=b), cells_with(left=c, right=d))
    assert found == ({"wall_hinge"} if differs else frozenset())


def test_the_second_raters_device_is_no_other_device() -> None:
    then, now = cells_with(left="level"), cells_with(left="level")
    cell = Cell("wall_hinge", "left", SECOND)
    second = msgspec.structs.replace(now[Cell("wall_hinge", "left")], field=SECOND, device="phone")
    assert other_device(then, {**now, cell: second}) == frozenset()


@pytest.mark.parametrize(("now", "say"), [("level", "improved"), (None, "improved"), ("phone", "describe only")])
def test_the_visits_themselves_tell_that_the_device_changed(now: str | None, say: str) -> None:
    patient = PatientDetails(
        id="p", code="P", family_name="Ruiz", given_name="Ana", birth_date=dt.date(1992, 4, 3), sex="F"
    )
    hinge = msgspec.structs.replace(LIBRARY.tests["wall_hinge"], measure=hand_made(hard=[0, 220], change=MDC).measure)
    library = library_of(hinge)

    def on(day: int, value: int, device: str | None) -> Visit:
        cells = {
            cell: msgspec.structs.replace(row, value=Decimal(value)) for cell, row in cells_with(left=device).items()
        }
        started = dt.datetime(2026, 11, day, tzinfo=dt.UTC)
        return Visit(id=str(day), patient=patient, started=started, clinician="M", number=day, digest="", cells=cells)

    grades = grade_case(to_case(on(2, 170, now), library, on(1, 140, "level")), library)
    side = grades["wall_hinge"].sides["left"]
    assert isinstance(side, SideGrade)
    assert side.change is not None
    assert side.change.say == say


# -- data --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("test", LIBRARY.tests.values(), ids=lambda test: test.id)
def test_a_test_is_read_with_what_stands_in_its_equipment(test: Test) -> None:
    equipment = "; ".join(test.equipment)
    named = {kind for word, kind in NAMED_IN_EQUIPMENT.items() if word in equipment}
    expected = set() if test.id in NOT_THE_VALUE else named
    assert set(test.measure.devices) - {"cuff"} == expected
    assert ("cuff" in test.measure.devices) == (test.id == "stand_dhr")


def test_the_cells_of_the_stand_test_are_read_with_the_cuff() -> None:
    assert kinds_read(Cell("@stand", field="minute.3"), LIBRARY) == ("cuff",)
    assert kinds_read(Cell("@stand", field="completed"), LIBRARY) == ()
    assert kinds_read(Cell("mtt_hip_ext", "left", "trial.2"), LIBRARY) == ("inclinometer", "goniometer")
    assert kinds_read(Cell("mtt_hip_ext", "left", "compensated"), LIBRARY) == ()
    assert kinds_read(Cell("gone", "left"), LIBRARY) == ()


def test_the_choice_for_a_test_comes_before_that_of_its_kinds() -> None:
    kinds: Any = ("inclinometer", "goniometer")
    assert chosen({}, "a", kinds) == ""
    assert chosen({"goniometer": "g"}, "a", kinds) == "g"
    assert chosen({"inclinometer": "", "goniometer": "g"}, "a", kinds) == "g"
    assert chosen({"inclinometer": "i", "goniometer": "g"}, "a", kinds) == "i"
    assert chosen({"inclinometer": "i", "a": ""}, "a", kinds) == ""


def test_each_test_names_what_it_was_read_with() -> None:
    """Both sides may differ; the stand test's readings are named once, at the test whose value follows from them."""
    cells = cells_of(
        {
            Cell("wall_hinge", "left"): "a",
            Cell("wall_hinge", "right"): "b",
            Cell("wall_hinge", "left", SECOND): "c",
            Cell("@stand", field="supine.1"): "cuff",
            Cell("@stand", field="minute.3"): "cuff",
            Cell("sls_eo", "left"): None,
        }
    )
    assert used(cells) == {"wall_hinge": ("a", "b"), "stand_dhr": ("cuff",)}
