"""A JSON document -> a case, strictly: every key, id, type and limit is checked, and every refusal names its path."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

import msgspec

from protocols.case import BeatToBeat, Case, Clearance, Entry, Patient, Previous, Reading, Stand, Supine
from protocols.lines import reading
from protocols.lines.entries import entry
from protocols.lines.reading import (
    FieldError,
    Read,
    between,
    choice,
    distinct,
    expected,
    fields,
    many,
    maybe,
    one_of,
    whole,
)
from protocols.model import Library

OLDEST: Final = 130
LONGEST_PLAN: Final = 120
"""Minutes of a plan that can be asked for."""
UNDATED: Final = dt.date(1970, 1, 1)
"""The day of a visit that names none, where no age depends on it."""

HR: Final = maybe(between(25, 250))
SBP: Final = maybe(between(50, 260))
DBP: Final = maybe(between(30, 160))
"""Plausible readings (rules 4); anything else is a slip of the hand."""
NPRS: Final = between(0, 10)
ANY_NUMBER: Final = reading.number


class NamedVisit(msgspec.Struct, frozen=True, kw_only=True):
    """A visit to store: the case, whose it is and who measured."""

    case: Case
    family_name: str
    given_name: str
    birth_date: dt.date
    code: str = ""
    clinician: str = ""


class CaseReader:
    """Reads documents against one library; the tables of known keys are made once.

    `today` is the day of a visit whose document names none.
    """

    def __init__(self, library: Library, today: dt.date | None = None) -> None:
        self.library = library
        self.today = today
        flags = distinct(one_of({flag.id for flag in library.red_flags.flags}, "red flag"))
        finding = one_of(library.findings, "finding")
        self._known: dict[str, Read[Any]] = {
            "ref": reading.anything,
            "date": reading.day,
            "patient": _patient,
            "clinician": reading.label,
            "red_flags": flags,
            "red_flags_unknown": flags,
            "precautions": distinct(one_of(library.precautions, "precaution")),
            "reported": reading.table(finding, whole(1, 3)),
            "main_problem": finding,
            "kit": distinct(one_of(library.kit, "kit")),
            "minutes": whole(1, LONGEST_PLAN),
            "medical_clearance": _clearance,
            "pem": reading.flag,
            "dizziness_cleared": reading.flag,
            "taught": distinct(one_of(library.exercises, "exercise")),
            "agreed": distinct(one_of(_agreements(library), "agreement")),
            "tests": self._tests,
            "standing": _stand,
            "previous": self._previous,
        }

    def case(self, document: dict[str, Any]) -> Case:
        """The case of a document. Raises `FieldError`."""
        return self._case(fields(document, "", self._known, needed=("patient",)))

    def visit(self, document: dict[str, Any]) -> NamedVisit:
        """The named visit of a document. Raises `FieldError`."""
        read = fields(document, "", self._known, needed=("patient",))
        clinician = read.get("clinician", "")
        patient = read["patient"]
        missing = next((key for key in ("family_name", "given_name", "birth_date") if key not in patient), None)
        if missing is not None:
            raise FieldError(f"patient.{missing}", "expected a value, got nothing")
        named = {key: patient[key] for key in ("family_name", "given_name", "birth_date", "code") if key in patient}
        return NamedVisit(case=self._case(read), clinician=clinician, **named)

    def _case(self, read: dict[str, Any]) -> Case:
        told = {
            key: value for key, value in read.items() if key not in ("ref", "clinician", "patient", "date", "previous")
        }
        who = {key: read["patient"][key] for key in ("sex", "birth_date", "age") if key in read["patient"]}
        patient = Patient(**{"sex": "X", **who})
        day = self._day(read.get("date"), patient)
        previous = read.get("previous")
        if previous is not None:
            told["previous"] = Previous(**{"date": day, **previous})
            if "date" in read and told["previous"].date > day:
                raise FieldError("previous.date", f"expected a day up to {day}, got {told['previous'].date}")
        return Case(patient=patient, date=day, **told)

    def _day(self, told: dt.date | None, patient: Patient) -> dt.date:
        day = told or self.today
        if patient.birth_date is None:
            return day or UNDATED
        if day is None:
            raise FieldError("date", "expected a day, as the patient has a birth date; got nothing")
        if not 0 <= patient.age_on(day) <= OLDEST:
            raise FieldError(
                "patient.birth_date", f"expected an age from 0 to {OLDEST} on {day}, got {patient.birth_date}"
            )
        return day

    def _tests(self, value: Any, path: str) -> dict[str, Entry]:
        if not isinstance(value, dict):
            raise expected(path, "an object", value)
        read: dict[str, Entry] = {}
        for test, taken in value.items():
            known = self.library.tests.get(test)
            if known is None:
                raise FieldError(reading.under(path, test), "unknown test")
            read[test] = entry(known, taken, f"{path}.{test}")
        return read

    def _previous(self, value: Any, path: str) -> dict[str, Any]:
        known: dict[str, Read[Any]] = {
            "date": reading.day,
            "same_rater": reading.flag,
            "same_device": reading.flag,
            "same_position": reading.flag,
            "protocol": PROTOCOL,
            "standing": _stand,
            "tests": self._tests,
        }
        return {"tests": {}, **fields(value, path, known)}


def _agreements(library: Library) -> frozenset[str]:
    """What a lifestyle card may wait for a doctor to agree to."""
    cards = library.lifestyle.values()
    return frozenset(one for card in cards for one in (*card.needs_agreed, *card.say_agreed))


# -- patient and clearance -----------------------------------------------------------------------------------------

PATIENT: Final[dict[str, Read[Any]]] = {
    "age": whole(0, OLDEST),
    "birth_date": reading.day,
    "sex": choice("F", "M", "X"),
    "family_name": reading.name,
    "given_name": reading.name,
    "code": reading.label,
}


def _patient(value: Any, path: str) -> dict[str, Any]:
    read = fields(value, path, PATIENT)
    if "age" not in read and "birth_date" not in read:
        raise FieldError(path, "expected an age or a birth_date")
    return read


def _clearance(value: Any, path: str) -> Clearance:
    return Clearance(**fields(value, path, {"by": reading.name, "date": reading.day}, needed=("by", "date")))


# -- the stand test ------------------------------------------------------------------------------------------------

PROTOCOL: Final = choice("lean", "active_stand")
SUPINE: Final = many(reading.row("HR, SBP, DBP", HR, SBP, DBP))
STANDING: Final = many(reading.row("minute, HR, SBP, DBP", whole(0, 60), HR, SBP, DBP))
BEATS: Final = reading.row("nadir SBP, nadir DBP, nadir s, recovered s", *[ANY_NUMBER] * 4)


def _lying(value: Any, path: str) -> tuple[Supine, ...]:
    return tuple(Supine(hr=hr, sbp=sbp, dbp=dbp) for hr, sbp, dbp in SUPINE(value, path))


def _readings(value: Any, path: str) -> tuple[Reading, ...]:
    rows = STANDING(value, path)
    minutes = [row[0] for row in rows]
    for place, minute in enumerate(minutes):
        if minute in minutes[:place]:
            raise FieldError(f"{path}[{place}].minute", f"minute {minute} stands twice")
    return tuple(Reading(minute=minute, hr=hr, sbp=sbp, dbp=dbp) for minute, hr, sbp, dbp in rows)


def _beats(value: Any, path: str) -> BeatToBeat:
    nadir_sbp, nadir_dbp, nadir_s, recovered_s = BEATS(value, path)
    return BeatToBeat(nadir_sbp=nadir_sbp, nadir_dbp=nadir_dbp, nadir_s=nadir_s, recovered_s=recovered_s)


STAND: Final[dict[str, Read[Any]]] = {
    "protocol": PROTOCOL,
    "screen": reading.flag,
    "supine": _lying,
    "standing": _readings,
    "upright_symptoms": reading.flag,
    "peak_symptoms": whole(0, 10),
    "presyncope": reading.flag,
    "syncope": reading.flag,
    "chest_pain": reading.flag,
    "neuro_sign": reading.flag,
    "symptom_months": between(0, 1200),
    "medications": distinct(reading.text),
    "confounders": distinct(reading.text),
    "pain_start": NPRS,
    "pain_end": NPRS,
    "stopped_min": between(0, 60),
    "dizzy_first_30s": reading.flag,
    "beat_to_beat": _beats,
}


def _stand(value: Any, path: str) -> Stand:
    return Stand(**fields(value, path, STAND))
