"""A clinic with a data folder of its own, commands run on it, and a visit to give them."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from assess_tui.cli import main

ROOT = Path(__file__).parents[2]
LINE: dict[str, Any] = {
    "ref": "any",
    "date": "2026-11-01",
    "clinician": "M. Vogel",
    "patient": {"family_name": "Łoś", "given_name": "Ana", "birth_date": "1992-03-04", "sex": "F"},
    "red_flags": ["night_pain"],
    "precautions": ["WRIST"],
    "reported": {"SIT": 1},
    "main_problem": "LBT",
    "kit": ["mat", "band"],
    "minutes": 10,
    "tests": {
        "mtt_hip_ext": {"left": -3, "right": -8, "right_pain": 4, "right_compensated": True},
        "pelvic_tilt": {"left": 14, "right": 15.5},
        "sls_eo": {"left_trials": [31.0, 28.5, 30.1], "right": 40},
        "lordosis_obs": {"value": "pronounced"},
        "reset3": {"pre": 6, "post": 3},
        "hip_ir_supine": {"left": 24, "right": {"absent": "pain", "note": "<b>stopped[/]"}},
    },
    "standing": {
        "supine": [[72, 114, 72], [70, 112, 70]],
        "standing": [[1, 98, 112, 76], [2, 104, 110, 76], [3, 112, None, 78], [4, 118, 108, 78]],
        "upright_symptoms": True,
        "peak_symptoms": 6,
        "symptom_months": 8,
        "pain_start": 2,
        "pain_end": 4,
        "stopped_min": 4,
    },
    "previous": {"date": "2026-10-01", "same_rater": True, "tests": {"mtt_hip_ext": {"left": -9, "right": -9}}},
}


class Done(NamedTuple):
    """What a command left behind."""

    returncode: int
    stdout: str
    stderr: str


class Clinic:
    """Runs commands on a data folder of its own, in this process, with streams of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"

    def run(self, *arguments: str | Path, stdin: bytes = b"") -> Done:
        streams = [io.TextIOWrapper(io.BytesIO(told)) for told in (stdin, b"", b"")]
        with pytest.MonkeyPatch.context() as patched:
            patched.setenv("ASSESS_TUI_DATA", str(self.data))
            for name, stream in zip(("stdin", "stdout", "stderr"), streams, strict=True):
                patched.setattr(sys, name, stream)
            try:
                status = main([str(one) for one in arguments])
            except SystemExit as left:
                status = int(left.code or 0)
        told, said = (self._told(stream) for stream in streams[1:])
        return Done(status, told, said)

    def _told(self, stream: io.TextIOWrapper) -> str:
        stream.flush()
        told = stream.buffer
        assert isinstance(told, io.BytesIO)
        return told.getvalue().decode()

    def file(self, line: Any, name: str = "visit.json") -> Path:
        path = self.folder / name
        path.write_text(line if isinstance(line, str) else json.dumps(line), encoding="utf-8")
        return path

    def stored(self, line: Any) -> dict[str, str]:
        done = self.run("import", self.file(line), "--no-encryption")
        assert (done.returncode, done.stderr) == (0, "")
        ids: dict[str, str] = json.loads(done.stdout)
        return ids


def one_line(text: str) -> str:
    lines = text.splitlines()
    assert len(lines) == 1, text
    return lines[0]


def changed(**changes: Any) -> dict[str, Any]:
    return {**LINE, **changes}


def with_patient(**changes: Any) -> dict[str, Any]:
    return changed(patient={**LINE["patient"], **changes})
