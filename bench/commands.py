"""The headless commands against `python -c "import sqlite3"` in the same rounds (design, section 6)."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.terminal import say

ROUNDS = 9
LINE = '{"ref": 1, "patient": {"age": 34, "sex": "F"}, "tests": {"mtt_hip_ext": {"left": -3, "right": -8}}}\n'


def took(command: list[str], text: str = "") -> float:
    """Milliseconds of one whole process."""
    began = time.perf_counter()
    subprocess.run(command, input=text, capture_output=True, text=True, check=True)
    return (time.perf_counter() - began) * 1000


def main() -> None:
    ours = [sys.executable, "-m", "assess_tui"]
    bare = [sys.executable, "-c", "import sqlite3"]
    with tempfile.TemporaryDirectory() as folder:
        visit = _one_visit(Path(folder), ours)
        rows = (
            ("--version", ["--version"], "", 3.0),
            ("tests list", ["tests", "list"], "", 5.0),
            ("exercises list", ["exercises", "list"], "", 5.0),
            ("interpret, one line", ["interpret"], LINE, 5.0),
            ("findings VISIT", ["findings", visit, "--data", folder], "", 10.0),
        )
        for name, arguments, text, budget in rows:
            pairs = [(took([*ours, *arguments], text), took(bare)) for _ in range(ROUNDS)]
            say(name, [mine for mine, _ in pairs], [base for _, base in pairs], budget)
        speed = 2000 / took([*ours, "interpret"], LINE * 2000) * 1000
        print(f"{'interpret':32} {speed:9.0f} lines/s  budget 200")


def _one_visit(folder: Path, ours: list[str]) -> str:
    """The id of a visit stored by `import`."""
    named = LINE.replace('"age": 34', '"birth_date": "1992-04-03", "family_name": "Ruiz", "given_name": "Ana"')
    (folder / "visit.json").write_text(
        named.replace('"ref": 1', '"ref": 1, "date": "2026-11-01", "clinician": "Kim Lee"')
    )
    done = subprocess.run(
        [*ours, "import", str(folder / "visit.json"), "--data", str(folder)], capture_output=True, text=True, check=True
    )
    return str(json.loads(done.stdout)["visit"])


if __name__ == "__main__":
    main()
