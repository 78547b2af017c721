"""Visits as an HL7 FHIR R4 Bundle: who, each visit, what was found, with what, and the plan taken home.

Tests and cards are named by codes of our own (`TEST`, `CARD`). LOINC and UCUM stand only where there is no doubt which
code is meant. Ids are those of the record, or follow from them: the same visit gives the same bundle.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from protocols.visit import PatientDetails
from reports.examined import Course, Examined, Tool
from reports.fhir_observations import observations
from reports.fhir_parts import Part, coding, derived, dropped_empty, entry, reference
from reports.wording import clean, dose_words, sentence

CARD: Final = "urn:assess-tui:card"
CODE: Final = "urn:assess-tui:patient"
ACT: Final = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
GENDERS: Final = {"F": "female", "M": "male", "X": "unknown"}
"""X is "unknown or other" in the record."""
_encoder: Final = msgspec.json.Encoder(decimal_format="number")


def bundle(courses: Iterable[Course]) -> Iterator[bytes]:
    """The bundle as a file, piece by piece."""
    yield b'{"resourceType":"Bundle","type":"collection"'
    before = b',"entry":[\n'
    tools: set[str] = set()
    for course in courses:
        for part in _course(course, tools):
            yield before + _encoder.encode(entry(part))
            before = b",\n"
    yield b"}\n" if before.startswith(b',"') else b"]}\n"


def _course(course: Course, tools: set[str]) -> Iterator[Part]:
    """Everything about one patient; a device is told the first time it is named."""
    yield _patient(course.patient)
    planned = [examined for examined in course.visits if examined.plan is not None and not examined.plan.blocked]
    for examined in course.visits:
        named = {row.device for row in examined.visit.cells.values()} & examined.tools.keys()
        yield from (_device(one, examined.tools[one]) for one in sorted(named - tools, key=str) if one is not None)
        tools |= {one for one in named if one is not None}
        yield _encounter(examined)
        yield from observations(examined)
        if examined in planned:
            at = planned.index(examined)
            yield _care_plan(examined, planned[at - 1] if at else None, newest=examined is planned[-1])


def _patient(patient: PatientDetails) -> Part:
    return dropped_empty(
        {
            "resourceType": "Patient",
            "id": patient.id,
            "identifier": [{"system": CODE, "value": clean(patient.code)}],
            "name": [
                {
                    "text": clean(patient.name),
                    "family": clean(patient.family_name),
                    "given": clean(patient.given_name).split(),
                }
            ],
            "gender": GENDERS[patient.sex],
            "birthDate": patient.birth_date.isoformat(),
        }
    )


def _device(identifier: str, tool: Tool) -> Part:
    name = {"name": clean(tool.name), "type": "user-friendly-name"}
    return dropped_empty(
        {"resourceType": "Device", "id": identifier, "deviceName": [name], "type": {"text": clean(tool.kind)}}
    )


def _encounter(examined: Examined) -> Part:
    visit = examined.visit
    return dropped_empty(
        {
            "resourceType": "Encounter",
            "id": visit.id,
            "status": "finished" if visit.finished else "in-progress",
            "class": coding(ACT, "AMB", "ambulatory"),
            "subject": reference(visit.patient.id),
            "participant": [{"individual": {"display": clean(visit.clinician)}}] if clean(visit.clinician) else [],
            "period": {"start": visit.started.isoformat()},
        }
    )


def _care_plan(examined: Examined, before: Examined | None, *, newest: bool) -> Part:
    visit = examined.visit
    return dropped_empty(
        {
            "resourceType": "CarePlan",
            "id": derived(visit.id, "plan"),
            "replaces": [reference(derived(before.visit.id, "plan"))] if before else [],
            "status": "active" if newest else "completed",
            "intent": "plan",
            "title": "Exercises at home",
            "subject": reference(visit.patient.id),
            "encounter": reference(visit.id),
            "period": {"start": visit.date.isoformat()},
            "created": visit.started.isoformat(),
            "author": {"display": clean(visit.clinician)},
            "activity": list(_activities(examined)),
        }
    )


def _activities(examined: Examined) -> Iterator[Part]:
    """Each card with its dose, then what is done through the day."""
    plan, library = examined.plan, examined.library
    if plan is None:
        return
    for given in plan.exercises:
        card = library.exercises.get(given.id)
        words = dose_words(card, given.dose, given.side) if card else ""
        reasons = [library.findings[code].name for code in given.because if code in library.findings]
        because = sentence(f"because of {', '.join(reasons)}") if reasons else ""
        yield _activity(given.id, card.name if card else given.id, f"{words} {because}".strip())
    for snack in plan.snacks:
        card = library.exercises.get(snack)
        yield _activity(snack, card.name if card else snack, "Through the day.")


def _activity(card: str, name: str, words: str) -> Part:
    code = {"coding": [coding(CARD, card, name)], "text": name}
    return {"detail": {"kind": "ServiceRequest", "code": code, "status": "unknown", "description": words}}
