"""What a visit found, as FHIR Observations: each graded side, the vital signs, the stand test."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final, NamedTuple

from protocols.case import Absent, Taken
from protocols.grading import SideGrade, grade_word, reference_words, side_word, with_unit
from protocols.model import Test
from protocols.standing import pattern_of
from reports.examined import Examined
from reports.fhir_parts import Part, coding, derived, dropped_empty, note, reference
from reports.measured import ABSENCES, REGIONS
from reports.wording import clean

TEST: Final = "urn:assess-tui:test"
LOINC: Final = "http://loinc.org"
UCUM: Final = "http://unitsofmeasure.org"
CATEGORY: Final = "http://terminology.hl7.org/CodeSystem/observation-category"
ABSENT: Final = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
PAIN: Final = coding(LOINC, "72514-3", "Pain severity - 0-10 verbal numeric rating [Score] - Reported")
SIGNS: Final[dict[str, tuple[Part, ...]]] = {
    "hr": (coding(LOINC, "8867-4", "Heart rate"),),
    "sbp": (coding(LOINC, "8480-6", "Systolic blood pressure"),),
    "dbp": (coding(LOINC, "8462-4", "Diastolic blood pressure"),),
    "rr": (coding(LOINC, "9279-1", "Respiratory rate"),),
    "spo2": (
        coding(LOINC, "59408-5", "Oxygen saturation in Arterial blood by Pulse oximetry"),
        coding(LOINC, "2708-6", "Oxygen saturation in Arterial blood"),
    ),
}
PRESSURE: Final = coding(LOINC, "85354-9", "Blood pressure panel with all children optional")
"""LOINC as in the vital signs of FHIR R4."""
CODED: Final[dict[str, Part]] = {"nprs": PAIN}
"""Tests that are what a LOINC code says, no more and no less."""
UNITS: Final = {
    "deg": "deg",
    "cm": "cm",
    "mm": "mm",
    "mmHg": "mm[Hg]",
    "s": "s",
    "bpm": "/min",
    "/min": "/min",
    "%": "%",
}
"""Our unit -> UCUM. Scores and counts have none."""
SIGN_WORDS: Final = {
    "hr": ("Heart rate", "bpm"),
    "sbp": ("Systolic blood pressure", "mmHg"),
    "dbp": ("Diastolic blood pressure", "mmHg"),
    "rr": ("Respiratory rate", "/min"),
    "spo2": ("Oxygen saturation", "%"),
}
REASONS: Final[dict[Absent, str]] = {
    "not_tested": "not-performed",
    "pain": "not-performed",
    "refused": "asked-declined",
    "contraindicated": "not-performed",
}
NO_VALUE: Final = "what was taken gives no value"


class _Signs(NamedTuple):
    """Vital signs read together: when, in words, and by sign."""

    when: str
    held: dict[str, Decimal | None]


def observations(examined: Examined) -> Iterator[Part]:
    """Everything measured in the visit; where nothing was, why."""
    for test_id, graded in examined.subject.assessment.grades.items():
        test = examined.library.tests[test_id]
        for side, given in graded.sides.items():
            if isinstance(given, SideGrade):
                yield _graded(examined, test, side, given)
            else:
                yield _left_out(examined, test, side, given)
    for signs in _signs(examined):
        yield from _vital_signs(examined, signs)
    verdict = examined.subject.assessment.verdict
    if verdict is not None:
        said = pattern_of(verdict, examined.library.stand).say
        yield _observation(
            examined, "@stand", "exam", _code(TEST, "@stand", "Stand test"), {"valueString": clean(said)}
        )


def _observation(examined: Examined, what: str, category: str, code: Part, told: Part) -> Part:
    visit = examined.visit
    return dropped_empty(
        {
            "resourceType": "Observation",
            "id": derived(visit.id, what),
            "status": "final" if visit.finished else "preliminary",
            "category": [{"coding": [{"system": CATEGORY, "code": category}]}],
            "code": code,
            "subject": reference(visit.patient.id),
            "encounter": reference(visit.id),
            "effectiveDateTime": visit.started.isoformat(),
            "performer": [{"display": clean(visit.clinician)}],
            **told,
        }
    )


def _code(system: str, code: str, words: str) -> Part:
    return {"coding": [coding(system, code, words)], "text": words}


# -- tests -------------------------------------------------------------------------------------------------------------


def _graded(examined: Examined, test: Test, side: str, given: SideGrade) -> Part:
    age, sex = examined.subject.age, examined.visit.patient.sex
    graded = test.kind in ("graded", "computed")
    meaning = examined.subject.assessment.grades[test.id].band if test.kind == "score" else _meaning(given)
    told = {
        **_value(given, test.measure.unit),
        "interpretation": [{"text": meaning}],
        "referenceRange": [{"text": reference_words(test, sex, age)}] if graded else [],
        "component": list(_components(examined, test, side)),
    }
    return _of_side(examined, test, side, told)


def _left_out(examined: Examined, test: Test, side: str, why: Absent) -> Part:
    reason = {"coding": [{"system": ABSENT, "code": REASONS[why]}], "text": ABSENCES[why]}
    return _of_side(examined, test, side, {"dataAbsentReason": reason})


def _of_side(examined: Examined, test: Test, side: str, told: Part) -> Part:
    region = REGIONS[test.region]
    where = f"{region}, {side}" if side in ("left", "right") else region
    code = _code(TEST, test.id, test.title)
    code["coding"] += [CODED[test.id]] if test.id in CODED else []
    read = examined.readings(test.id, side)
    device = next((row.device for row in read if row.device in examined.tools), None)
    more = {
        "bodySite": {"text": where} if test.region != "whole" else {},
        "device": reference(device) if device else {},
        "note": [note(clean(words)) for words in dict.fromkeys(row.note for row in read) if clean(words)],
    }
    category = "survey" if test.kind == "score" else "exam"
    return _observation(examined, f"{test.id} {side}", category, code, told | more)


def _value(given: SideGrade, unit: str) -> Part:
    if isinstance(given.value, Decimal):
        return {"valueQuantity": quantity(given.value, unit)}
    if isinstance(given.value, str):
        return {"valueCodeableConcept": {"text": clean(given.value)}}
    if given.grade in ("INVALID", "N"):
        return {"dataAbsentReason": {"text": _meaning(given) if given.stopped else NO_VALUE}}
    return {"valueString": grade_word(given.grade)}


def quantity(value: Decimal, unit: str) -> Part:
    """A number exactly as it was typed or worked out, in UCUM where the unit is one of it."""
    told: Part = {"value": value, "unit": with_unit(Decimal(1), unit).removeprefix("1").strip() or unit}
    return told | ({"system": UCUM, "code": UNITS[unit]} if unit in UNITS else {})


def _meaning(given: SideGrade) -> str:
    marks = (
        (given.pain_limited and given.stopped is None, "pain-limited"),
        (given.compensated, "compensated"),
        (given.familiar, "the patient's own pain"),
    )
    return ", ".join((side_word(given.grade, given.stopped), *(words for holds, words in marks if holds)))


def _components(examined: Examined, test: Test, side: str) -> Iterator[Part]:
    """Pain at end range; of a response, the ratings before and after."""
    entry = examined.subject.case.tests.get(test.id, {})
    taken = next((one for name, one in entry.items() if name == side), Taken())
    if taken.pain is not None and test.id not in CODED:
        code = {"coding": [PAIN], "text": "Pain at end range, 0 to 10"}
        yield {"code": code, "valueQuantity": quantity(taken.pain, "")}
    for name, words in (("pre", "Before"), ("post", "After")):
        rated = next((one.value for at, one in entry.items() if at == name), None)
        if test.kind == "response" and isinstance(rated, Decimal):
            yield {"code": {"text": words}, "valueQuantity": quantity(rated, test.measure.unit)}


# -- vital signs -------------------------------------------------------------------------------------------------------


def _signs(examined: Examined) -> Iterator[_Signs]:
    case = examined.subject.case
    yield _Signs("", dict(case.vitals))
    if (stand := case.standing) is None:
        return
    for number, lying in enumerate(stand.supine, 1):
        yield _Signs(f", lying, reading {number}", {"hr": lying.hr, "sbp": lying.sbp, "dbp": lying.dbp})
    for one in stand.standing:
        yield _Signs(f", standing, minute {one.minute}", {"hr": one.hr, "sbp": one.sbp, "dbp": one.dbp})
    yield _Signs(", standing", {"spo2": stand.spo2})


def _vital_signs(examined: Examined, signs: _Signs) -> Iterator[Part]:
    held = {sign: value for sign, value in signs.held.items() if value is not None and sign in SIGNS}
    for sign in (one for one in held if one not in ("sbp", "dbp")):
        code = {"coding": list(SIGNS[sign]), "text": SIGN_WORDS[sign][0] + signs.when}
        told: Part = {"valueQuantity": quantity(held[sign], SIGN_WORDS[sign][1])}
        yield _observation(examined, f"{sign}{signs.when}", "vital-signs", code, told)
    if held.keys() & {"sbp", "dbp"}:
        code = {"coding": [PRESSURE], "text": f"Blood pressure{signs.when}"}
        told = {"component": [_pressure(sign, held.get(sign)) for sign in ("sbp", "dbp")]}
        yield _observation(examined, f"pressure{signs.when}", "vital-signs", code, told)


def _pressure(sign: str, value: Decimal | None) -> Part:
    code = {"coding": list(SIGNS[sign]), "text": SIGN_WORDS[sign][0]}
    if value is None:
        return {"code": code, "dataAbsentReason": {"coding": [{"system": ABSENT, "code": "unknown"}]}}
    return {"code": code, "valueQuantity": quantity(value, SIGN_WORDS[sign][1])}
