"""How long planning takes: the median over random patients, against its budget.

python bench/plan.py
"""

from __future__ import annotations

import datetime as dt
import time
from random import Random
from statistics import median, quantiles
from typing import Final

from protocols import library
from protocols.case import Case, Clearance, Patient
from protocols.findings import Finding
from protocols.model import Library
from protocols.planning import plan
from protocols.red_flags import Concern
from protocols.standing import Stage, Verdict

BUDGET_MS: Final = 2.0
PATIENTS: Final = 2_000
DAY: Final = dt.date(2026, 11, 1)
STAGES: Final[tuple[Stage, ...]] = (1, 2, 3, "none", "unknown")


def main() -> None:
    known = library.load()
    chance = Random(1)  # noqa: S311  # the same patients on every run
    spent = [_milliseconds(chance, known) for _ in range(PATIENTS)]
    middle, slow = median(spent), quantiles(spent, n=20)[-1]
    print(f"plan: median {middle:.2f} ms, p95 {slow:.2f} ms, {middle / BUDGET_MS:.2f} x the budget of {BUDGET_MS} ms")


def _milliseconds(chance: Random, known: Library) -> float:
    codes = [rule.code for rule in known.findings.values() if rule.ladder]
    aims = tuple(_finding(code, chance) for code in chance.sample(codes, chance.randint(1, 6)))
    case = Case(
        patient=Patient(sex="F", age=chance.randint(18, 90)),
        date=DAY,
        minutes=chance.choice((5, 10, 15, 20)),
        medical_clearance=chance.choice((None, Clearance(by="Dr Lee", date=DAY))),
    )
    blocks = frozenset(chance.sample([code for code in known.precautions if code != "PEM"], chance.randint(0, 3)))
    verdict = Verdict(label="NORMAL", tags=(), delta_hr_max=None, noh_ratio=None, stage=chance.choice(STAGES))
    before = time.perf_counter()
    plan(case, aims, blocks, Concern(0, ()), verdict, known)
    return (time.perf_counter() - before) * 1000


def _finding(code: str, chance: Random) -> Finding:
    return Finding(code=code, side=None, severity=chance.randint(1, 3), because=("a test",))


if __name__ == "__main__":
    main()
