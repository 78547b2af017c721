"""The headless commands against `python -c "import sqlite3"` in the same rounds (design, section 6)."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.figures import least, ratio
from bench.product import Product, product

ROUNDS = 15
LINES = 2000
LINE = '{"ref": 1, "patient": {"age": 34, "sex": "F"}, "tests": {"mtt_hip_ext": {"left": -3, "right": -8}}}\n'


def main() -> None:
    ours = product()
    with tempfile.TemporaryDirectory() as folder:
        visit = stored_visit(Path(folder), ours)
        of_the_record = [visit, "--data", folder]
        for name, arguments, text, budget in (
            ("--version", ["--version"], "", 3.0),
            ("tests list", ["tests", "list"], "", 5.0),
            ("exercises list", ["exercises", "list"], "", 5.0),
            ("interpret, one line", ["interpret"], LINE, 5.0),
            ("findings", ["findings", *of_the_record], "", 10.0),
            ("plan, as text", ["plan", *of_the_record], "", 10.0),
            ("report, as text", ["report", *of_the_record, "--text"], "", 10.0),
            ("--plain, to its first question", ["--plain", "--data", folder], "", 10.0),
        ):
            pairs = [(took(ours, [*ours.start, *arguments], text), bare(ours)) for _ in range(ROUNDS + 1)][1:]
            ratio(name, [mine for mine, _ in pairs], [base for _, base in pairs], budget)
        seconds = took(ours, [*ours.start, "interpret"], LINE * LINES) / 1000
        least("interpret", LINES / seconds, 200, "lines/s")


def bare(ours: Product) -> float:
    return took(ours, [sys.executable, "-c", "import sqlite3"])


def took(ours: Product, command: list[str], text: str = "") -> float:
    """Milliseconds of one whole process."""
    began = time.perf_counter()
    subprocess.run(command, input=text, env=ours.env, cwd=ours.folder, capture_output=True, text=True, check=True)
    return (time.perf_counter() - began) * 1000


def stored_visit(folder: Path, ours: Product) -> str:
    """The id of a visit stored by `import`."""
    line = json.loads(LINE)
    named = {"birth_date": "1992-04-03", "family_name": "Ruiz", "given_name": "Ana", "sex": "F"}
    line |= {"patient": named, "date": "2026-11-01", "clinician": "Kim Lee"}
    del line["ref"]
    file = folder / "visit.json"
    file.write_text(json.dumps(line))
    command = [*ours.start, "import", str(file), "--no-encryption", "--data", str(folder)]
    done = subprocess.run(command, env=ours.env, cwd=ours.folder, capture_output=True, text=True, check=True)
    return str(json.loads(done.stdout)["visit"])


if __name__ == "__main__":
    main()
