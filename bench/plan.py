"""How long planning takes, by the rules and by hand: the median over random patients, against its budget.

python -m bench.plan
"""

from __future__ import annotations

import datetime as dt
import time
from random import Random
from statistics import median, quantiles
from typing import Final, NamedTuple

import msgspec

from protocols import library
from protocols.case import Case, Clearance, Patient, Wanted
from protocols.editing import wanted
from protocols.findings import Finding
from protocols.model import Library
from protocols.planning import plan
from protocols.red_flags import Concern
from protocols.standing import Stage, Verdict

BUDGET_MS: Final = 2.0
PATIENTS: Final = 2_000
DAY: Final = dt.date(2026, 11, 1)
STAGES: Final[tuple[Stage, ...]] = (1, 2, 3, "none", "unknown")


class Asked(NamedTuple):
    """What `plan` is asked with."""

    case: Case
    findings: tuple[Finding, ...]
    blocks: frozenset[str]
    concern: Concern
    verdict: Verdict
    library: Library


def main() -> None:
    known = library.load()
    chance = Random(1)  # noqa: S311  # the same patients on every run
    patients = [_patient(chance, known) for _ in range(PATIENTS)]
    _say("plan", [_milliseconds(patient) for patient in patients])
    _say("by hand", [_milliseconds(_changed(patient, chance)) for patient in patients])


def _say(what: str, spent: list[float]) -> None:
    middle, slow = median(spent), quantiles(spent, n=20)[-1]
    against = f"{middle / BUDGET_MS:.2f} x the budget of {BUDGET_MS} ms"
    print(f"{what}: median {middle:.2f} ms, p95 {slow:.2f} ms, {against}")


def _milliseconds(asked: Asked) -> float:
    before = time.perf_counter()
    plan(*asked)
    return (time.perf_counter() - before) * 1000


def _patient(chance: Random, known: Library) -> Asked:
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
    return Asked(case, aims, blocks, Concern(0, ()), verdict, known)


def _changed(asked: Asked, chance: Random) -> Asked:
    """The plan of the rules with two cards added, one of them perhaps barred."""
    more = chance.sample(list(asked.library.exercises), 2)
    cards = (*wanted(plan(*asked)), *(Wanted(card=card, forced="as agreed") for card in more))
    return asked._replace(case=msgspec.structs.replace(asked.case, by_hand=cards))


def _finding(code: str, chance: Random) -> Finding:
    return Finding(code=code, side=None, severity=chance.randint(1, 3), because=("a test",))


if __name__ == "__main__":
    main()
