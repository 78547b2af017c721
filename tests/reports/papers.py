"""Visits to print: a patient whose standing is limited, one without limits, one with red flags, one with nothing."""

from __future__ import annotations

import datetime as dt
import io
import json
from functools import cache
from typing import Any

import pypdf

from protocols import library
from protocols.assessment import assess
from protocols.interchange import read_line
from protocols.model import Library
from protocols.visit import PatientDetails
from reports.content import Subject

BORN = dt.date(1992, 3, 4)
STARTED = dt.datetime(2026, 11, 22, 9, 30, tzinfo=dt.UTC)
STIFF: dict[str, Any] = {
    "mtt_hip_ext": {"left": 5, "right": 2},
    "hip_ir_supine": {"left": 24, "right": 12},
    "ll_rot": {"left": 30, "right": 40},
    "sls_eo": {"left": 12, "right": 30},
    "sh_flex_supine": {"left": 150, "right": 170},
}
UPRIGHT: dict[str, Any] = {
    "supine": [[72, 114, 72], [70, 112, 70]],
    "standing": [
        [1, 98, 112, 76],
        [2, 104, 110, 76],
        [3, 112, 110, 78],
        [4, 118, 108, 78],
        [5, 116, 110, 78],
        [7, 116, 110, 78],
        [10, 118, 112, 78],
    ],
    "upright_symptoms": True,
    "peak_symptoms": 6,
    "symptom_months": 8,
}
CLEARED = {"by": "Dr Lee", "date": "2026-10-10"}


@cache
def known() -> Library:
    return library.load()


def subject(
    *, given: str = "Ana", family: str = "Ruiz", code: str = "P0007", clinic: str = "Riverside", **line: Any
) -> Subject:
    """A visit read from an `interpret` line with these parts."""
    whole = {"ref": "1", "date": "2026-11-22", "patient": {"birth_date": BORN.isoformat(), "sex": "F"}, **line}
    case = read_line(json.dumps(whole), 1, known())
    patient = PatientDetails(id="1", code=code, family_name=family, given_name=given, birth_date=BORN, sex="F")
    return Subject(
        patient=patient,
        case=case,
        assessment=assess(case, known()),
        clinician="Sam Lee",
        clinic=clinic,
        started=STARTED,
        number=2,
    )


def limited(**rest: Any) -> Subject:
    """Stage 2, cleared by a doctor."""
    told = {"tests": STIFF, "standing": UPRIGHT, "minutes": 15, "medical_clearance": CLEARED, "reported": {"SIT": 1}}
    return subject(**{**told, **rest})


def stiff(**rest: Any) -> Subject:
    """Findings, no stand test."""
    return subject(**{"tests": STIFF, "minutes": 20, **rest})


def flagged(**rest: Any) -> Subject:
    """Answers that ask for an emergency department."""
    told = {"tests": STIFF, "red_flags": ["night_pain", "ces_bladder"], "red_flags_unknown": ["ces_sex", "wt_loss"]}
    return subject(**{**told, **rest})


def nothing_found(**rest: Any) -> Subject:
    return subject(**{"tests": {"hip_ir_supine": {"left": 40, "right": 40}}, **rest})


def pages(data: bytes) -> list[str]:
    """The text of each page, spaces and line ends made one space."""
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(data)).pages]


def read_back(data: bytes) -> str:
    return " ".join(pages(data))
