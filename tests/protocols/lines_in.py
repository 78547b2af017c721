"""A full line of interchange to change in one place, and the answers to lines."""

from __future__ import annotations

import copy
import datetime as dt
import json
from decimal import Decimal
from typing import Any

from protocols.interchange import interpret_lines
from protocols.library import load

LIBRARY = load()

FULL: dict[str, Any] = {
    "ref": "any",
    "date": "2026-11-01",
    "patient": {"age": 34, "sex": "F"},
    "red_flags": ["night_pain"],
    "red_flags_unknown": [],
    "precautions": ["PREG_SUP"],
    "reported": {"SIT": 1},
    "main_problem": "LBT",
    "kit": ["mat", "band"],
    "minutes": 10,
    "medical_clearance": None,
    "pem": False,
    "dizziness_cleared": False,
    "taught": [],
    "agreed": [],
    "tests": {
        "mtt_hip_ext": {
            "left": -3, "right": -8, "left_pain": 0, "right_pain": 4,
            "right_compensated": True, "right_familiar": False,
        },
        "pelvic_tilt": {"left": 14, "right": 15},
        "sorensen": {"value": 80},
        "sls_eo": {"left_trials": [31.0, 28.5, 30.1], "right": 40},
        "lordosis_obs": {"value": "pronounced"},
        "reset3": {"pre": 6, "post": 3},
        "nprs": {"value": 4},
        "hip_ir_supine": {"left": 24, "right": {"absent": "pain", "note": "stopped"}},
    },
    "standing": {
        "protocol": "lean",
        "supine": [[72, 114, 72], [70, 112, 70]],
        "standing": [[1, 98, 112, 76], [2, 104, 110, 76], [3, 112, 110, 78], [4, 118, 108, 78]],
        "upright_symptoms": True, "peak_symptoms": 6, "presyncope": False, "syncope": False, "symptom_months": 8,
        "medications": [], "confounders": [], "pain_start": 2, "pain_end": 4,
        "stopped_min": 4, "dizzy_first_30s": False, "beat_to_beat": None,
    },
    "previous": {
        "date": "2026-10-01", "same_rater": True, "tests": {"mtt_hip_ext": {"left": -9, "right": -9}},
    },
}  # fmt: skip


def answers(*lines: Any, today: dt.date | None = None) -> list[Any]:
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    return [json.loads(text, parse_float=Decimal) for text, _ in interpret_lines(texts, LIBRARY, today)]


def answer(today: dt.date | None = None, **changed: Any) -> Any:
    return answers({"ref": 1, "patient": {"age": 34, "sex": "F"}, **changed}, today=today)[0]


def put(path: str, value: Any) -> dict[str, Any]:
    """The full line with one place changed."""
    line = copy.deepcopy(FULL)
    *parents, last = path.split("/")
    at: Any = line
    for key in parents:
        at = at[int(key) if isinstance(at, list) else key]
    at[int(last) if isinstance(at, list) else last] = value
    return line
