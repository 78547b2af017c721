"""The FHIR bundle against rules of FHIR R4 written down here by hand: fields, codes, types, references."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from assess_tui.outgoing.exporting import Wanted, parts
from assess_tui.sample.build import build
from assess_tui.storage.ids import uuid7
from assess_tui.storage.record import Record, open_record
from protocols.grading import SideGrade
from protocols.library import load
from protocols.model import Library
from protocols.visit import Cell, Measurement
from reports.fhir_parts import note

NOW = dt.datetime(2026, 11, 22, 10, 0, tzinfo=dt.UTC)
COMMON = {"resourceType", "id"}
FIELDS = {
    "Patient": (set(), {"identifier", "name", "gender", "birthDate"}),
    "Device": (set(), {"deviceName", "type"}),
    "Encounter": ({"status", "class"}, {"subject", "participant", "period"}),
    "Observation": (
        {"status", "code"},
        {
            "category", "subject", "encounter", "effectiveDateTime", "performer", "valueQuantity", "valueString",
            "valueCodeableConcept", "dataAbsentReason", "interpretation", "note", "bodySite", "device",
            "referenceRange", "component",
        },
    ),
    "CarePlan": (
        {"status", "intent", "subject"},
        {"replaces", "title", "encounter", "period", "created", "author", "activity"},
    ),
}  # fmt: skip
"""Resource -> fields R4 requires (1..1), and those it allows that are used."""
CODES = {
    ("Patient", "gender"): {"male", "female", "other", "unknown"},
    ("Encounter", "status"): {"planned", "arrived", "triaged", "in-progress", "onleave", "finished", "cancelled"},
    ("Observation", "status"): {"registered", "preliminary", "final", "amended", "corrected", "cancelled"},
    ("CarePlan", "status"): {"draft", "active", "on-hold", "revoked", "completed", "entered-in-error", "unknown"},
    ("CarePlan", "intent"): {"proposal", "plan", "order", "option"},
}
LOINC = {
    "8867-4", "8480-6", "8462-4", "85354-9", "9279-1", "59408-5", "2708-6",  # R4, vital signs
    "72514-3",  # pain severity, 0-10 verbal numeric rating
}  # fmt: skip
UCUM = {"deg", "cm", "mm", "mm[Hg]", "s", "/min", "%"}
SYSTEMS = {
    "urn:assess-tui:test",
    "urn:assess-tui:card",
    "http://loinc.org",
    "http://terminology.hl7.org/CodeSystem/observation-category",
    "http://terminology.hl7.org/CodeSystem/data-absent-reason",
    "http://terminology.hl7.org/CodeSystem/v3-ActCode",
}
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


@pytest.fixture(scope="module")
def library() -> Library:
    return load()


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory, library: Library) -> Iterator[Record]:
    opened = open_record(tmp_path_factory.mktemp("fhir"), lambda: NOW, uuid7)
    build(opened, library, NOW.date())
    _one_more(opened, library)
    yield opened
    opened.close()


def _one_more(record: Record, library: Library) -> None:
    """A person with a name that looks like markup, a device, vital signs, refusals and notes."""
    patient = record.add_patient(
        family_name="<b>O'Brien</b>", given_name="  Ana\tMaría ", birth_date=dt.date(1980, 1, 2), sex="X", code="ODD"
    )
    device = record.register_device("inclinometer", 'Level "7"', clinician="M. Vogel")
    visit = record.open_visit(patient.id, "M. <i>Vogel</i>", library)
    cells: tuple[tuple[Cell, Any, dict[str, Any]], ...] = (
        (Cell("pelvic_tilt", "left"), Decimal("15.50"), {"device": device.id, "note": "[x](javascript:1) *sore*"}),
        (Cell("pelvic_tilt", "right"), None, {"absent": "refused"}),
        (Cell("mtt_hip_ext", "left"), Decimal(-8), {}),
        (Cell("mtt_hip_ext", "left", "pain"), Decimal(4), {}),
        (Cell("nprs"), Decimal(6), {}),
        (Cell("@vitals", field="hr"), Decimal(71), {}),
        (Cell("@vitals", field="sbp"), Decimal(126), {}),
        (Cell("@vitals", field="spo2"), Decimal(97), {}),
    )
    for cell, value, more in cells:
        record.append(
            Measurement(id=uuid7(), visit=visit.id, **cell._asdict(), value=value, at=NOW, clinician="M. Vogel", **more)
        )


@pytest.fixture(scope="module")
def told(record: Record, library: Library) -> dict[str, Any]:
    data = b"".join(parts(Wanted("clinic"), "fhir", record, lambda: library))
    read: dict[str, Any] = json.loads(data, parse_float=Decimal)
    return read


@pytest.fixture(scope="module")
def resources(told: dict[str, Any]) -> list[dict[str, Any]]:
    return [entry["resource"] for entry in told["entry"]]


def of(resources: list[dict[str, Any]], kind: str) -> list[dict[str, Any]]:
    return [one for one in resources if one["resourceType"] == kind]


def walk(part: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    yield path, part
    for key, value in part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ():
        yield from walk(value, f"{path}.{key}" if isinstance(part, dict) else path)


def odd(resources: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """The Observations of the visit made by hand, by our code."""
    (patient,) = [one for one in of(resources, "Patient") if one["identifier"][0]["value"] == "ODD"]
    found: dict[str, list[dict[str, Any]]] = {}
    for one in of(resources, "Observation"):
        if one["subject"]["reference"].endswith(patient["id"]):
            found.setdefault(one["code"]["coding"][0]["code"], []).append(one)
    return found


def test_it_is_a_collection_whose_entries_have_their_own_names(told: dict[str, Any]) -> None:
    assert (told["resourceType"], told["type"]) == ("Bundle", "collection")
    assert set(told) == {"resourceType", "type", "entry"}
    names = [entry["fullUrl"] for entry in told["entry"]]
    assert len(set(names)) == len(names)
    for entry in told["entry"]:
        assert entry["fullUrl"] == f"urn:uuid:{entry['resource']['id']}"
        assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", entry["resource"]["id"])


def test_every_resource_has_what_it_must_and_nothing_it_may_not(resources: list[dict[str, Any]]) -> None:
    for one in resources:
        must, may = FIELDS[one["resourceType"]]
        assert must <= set(one), one
        assert set(one) <= COMMON | must | may, one
        for (kind, field), allowed in CODES.items():
            assert kind != one["resourceType"] or field not in one or one[field] in allowed


def test_nothing_is_empty_and_no_text_has_loose_ends(told: dict[str, Any]) -> None:
    for path, part in walk(told):
        assert part not in (None, "", [], {}), path
        if isinstance(part, str):
            assert part == part.strip(), (path, part)
            assert part.isprintable(), (path, part)


def test_every_reference_resolves(told: dict[str, Any]) -> None:
    names = {entry["fullUrl"]: entry["resource"]["resourceType"] for entry in told["entry"]}
    kinds = {"subject": "Patient", "encounter": "Encounter", "device": "Device", "replaces": "CarePlan"}
    seen = set()
    for path, part in walk(told):
        if isinstance(part, dict) and "reference" in part:
            field = path.rpartition(".")[2]
            assert names[part["reference"]] == kinds[field]
            seen.add(field)
    assert seen == set(kinds)


def test_only_codes_that_are_certain(told: dict[str, Any]) -> None:
    codes: dict[str, set[str]] = {}
    for _, part in walk(told):
        if isinstance(part, dict) and {"system", "code"} <= set(part):
            codes.setdefault(part["system"], set()).add(part["code"])
            assert re.fullmatch(r"[^\s]+( [^\s]+)*", part["code"])
    assert codes.pop("http://unitsofmeasure.org") <= UCUM
    assert codes.pop("http://loinc.org") == LOINC - {"9279-1"}
    assert set(codes) <= SYSTEMS


def test_an_observation_has_one_value_or_a_reason(resources: list[dict[str, Any]]) -> None:
    for one in of(resources, "Observation"):
        values = [field for field in one if field.startswith("value")]
        assert len(values) <= 1
        assert (len(values) == 1) != ("dataAbsentReason" in one) or "component" in one  # obs-6
        assert not (values and "dataAbsentReason" in one)
        assert MOMENT.fullmatch(one["effectiveDateTime"])
        own = {code["code"] for code in one["code"]["coding"]}
        for component in one.get("component", []):  # obs-7
            assert own.isdisjoint(code["code"] for code in component["code"].get("coding", []))
            assert ("valueQuantity" in component) != ("dataAbsentReason" in component)


def test_every_graded_side_is_an_observation(record: Record, resources: list[dict[str, Any]], library: Library) -> None:
    from protocols.assessment import assess
    from protocols.visit import to_case

    visits = [record.visit(one.id) for patient in record.patients(limit=99) for one in record.visits(patient.id)]
    sides = [
        (visit.id, test, value.value if isinstance(value, SideGrade) else value)
        for visit in visits
        for test, grade in assess(to_case(visit, library), library).grades.items()
        for value in grade.sides.values()
    ]
    told = [
        one
        for one in of(resources, "Observation")
        if one["code"]["coding"][0]["system"] == "urn:assess-tui:test" and one["code"]["coding"][0]["code"] != "@stand"
    ]
    assert len(told) == len(sides) > 1000
    assert len(of(resources, "Encounter")) == len(visits)


def test_what_was_typed_by_hand_is_told_exactly(resources: list[dict[str, Any]]) -> None:
    found = odd(resources)
    left, right = sorted(found["pelvic_tilt"], key=lambda one: one["bodySite"]["text"])
    assert str(left["valueQuantity"]["value"]) == "15.50"
    assert left["valueQuantity"]["code"] == "deg"
    assert left["bodySite"]["text"].endswith(", left")
    assert left["note"][0]["text"] == r"\[x\]\(javascript:1\) \*sore\*"
    assert "device" in left
    assert left["referenceRange"][0]["text"]
    assert left["interpretation"][0]["text"]
    assert right["dataAbsentReason"]["coding"][0]["code"] == "asked-declined"
    (hip,) = found["mtt_hip_ext"]
    assert (hip["valueQuantity"]["value"], hip["interpretation"][0]["text"]) == (-8, "limited, pain-limited")
    assert hip["component"][0]["valueQuantity"]["value"] == 4
    assert [code["code"] for code in found["nprs"][0]["code"]["coding"]] == ["nprs", "72514-3"]
    (pressure,) = found["85354-9"]
    assert pressure["component"][0]["valueQuantity"]["value"] == 126
    assert pressure["component"][1]["dataAbsentReason"]["coding"][0]["code"] == "unknown"
    assert found["8867-4"][0]["valueQuantity"] == {
        "value": 71, "unit": "bpm", "system": "http://unitsofmeasure.org", "code": "/min",
    }  # fmt: skip
    assert {code["code"] for code in found["59408-5"][0]["code"]["coding"]} == {"59408-5", "2708-6"}


def test_the_person_is_told_and_the_unfinished_visit_is_not_final(resources: list[dict[str, Any]]) -> None:
    (patient,) = [one for one in of(resources, "Patient") if one["identifier"][0]["value"] == "ODD"]
    assert patient["gender"] == "unknown"
    assert patient["name"][0]["family"] == "<b>O'Brien</b>"
    assert patient["name"][0]["given"] == ["Ana", "María"]
    assert {one["status"] for one in odd(resources)["nprs"]} == {"preliminary"}


def test_a_plan_replaces_the_one_before_and_names_its_cards(resources: list[dict[str, Any]], library: Library) -> None:
    plans = of(resources, "CarePlan")
    active = [one["subject"]["reference"] for one in plans if one["status"] == "active"]
    assert len(set(active)) == len(active) > 10
    assert any("replaces" in one for one in plans)
    for one in plans:
        for activity in one.get("activity", []):
            detail = activity["detail"]
            assert detail["status"] == "unknown"
            assert detail["code"]["coding"][0]["code"] in library.exercises
            assert detail["description"]


def test_a_patient_without_a_visit_and_an_empty_clinic(tmp_path: Path, library: Library) -> None:
    record = open_record(tmp_path, lambda: NOW, uuid7)
    for expected in (0, 1):
        told = json.loads(b"".join(parts(Wanted("clinic"), "fhir", record, lambda: library)))
        assert len(told.get("entry", [])) == expected
        assert told.get("entry", True)
        record.add_patient(family_name="", given_name="Ana", birth_date=dt.date(1980, 1, 2), sex="F")
    record.close()


def test_a_note_is_shown_letter_by_letter() -> None:
    assert note("1. <script> & _a_")["text"] == r"1\. \<script\> \& \_a\_"
