"""Stand tests to judge in the tests: short rows of numbers into the values the product takes."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec

from protocols.case import BeatToBeat, Reading, Stand, Supine
from protocols.model import StandProtocol
from protocols.standing import Verdict, classify

ROOT = Path(__file__).parents[2]
DATA = ROOT / "protocols" / "data" / "stand_test.toml"
PROTOCOL = msgspec.toml.decode(DATA.read_bytes(), type=StandProtocol)

Row = tuple[Any, ...]
LYING: tuple[Row, ...] = ((70, 112, 70), (70, 112, 70))
MINUTES = (1, 2, 3, 5, 10)
COMPLETE: tuple[Row, ...] = tuple((m, 80, 112, 74) for m in MINUTES)
STEADY = (112, 74)
LOW = (92, 74)
HIGH_LYING: tuple[Row, ...] = ((70, 140, 80), (70, 140, 80))
NOT_CONCORDANT: tuple[Row, ...] = ((70, 112, 70), (80, 112, 70))
REFLEX_BEFORE: Row = (6, 104, 109.9, 70)
MET = (104, 105, 106, 107, 108)
BRANCH: tuple[tuple[str, dict[str, Any]], ...] = (
    ("TACHYCARDIA_OTHER_CAUSE", {"confounders": ("anything at all",)}),
    ("ORTHOSTATIC_TACHYCARDIA_LOW_BASELINE", {"supine": ((59, 112, 70), (60, 112, 70))}),
    ("ORTHOSTATIC_TACHYCARDIA_NO_SYMPTOMS", {"upright_symptoms": False}),
    ("ORTHOSTATIC_TACHYCARDIA_SYMPTOMS_NOT_RECORDED", {"upright_symptoms": None}),
    ("POTS_HR_PATTERN_DURATION_NOT_RECORDED", {"symptom_months": None}),
    ("POTS_HR_PATTERN_UNDER_3_MONTHS", {"symptom_months": Decimal("2.9")}),
    ("POTS_PATTERN", {"symptom_months": Decimal(3)}),
)


def number(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def lying(*rows: Row) -> tuple[Supine, ...]:
    return tuple(Supine(hr=number(hr), sbp=number(sbp), dbp=number(dbp)) for hr, sbp, dbp in rows)


def upright(*rows: Row) -> tuple[Reading, ...]:
    return tuple(Reading(minute=m, hr=number(hr), sbp=number(sbp), dbp=number(dbp)) for m, hr, sbp, dbp in rows)


def taken(*rows: Row, supine: tuple[Row, ...] = LYING, **details: Any) -> Stand:
    return Stand(supine=lying(*supine), standing=upright(*rows), **details)


def hearts(*rates: Any, minutes: tuple[int, ...] = MINUTES, **details: Any) -> Stand:
    """Steady pressure, these heart rates."""
    return taken(*((m, hr, 112, 74) for m, hr in zip(minutes, rates, strict=True)), **details)


def pressures(*pairs: tuple[Any, Any], minutes: tuple[int, ...] = MINUTES, **details: Any) -> Stand:
    """Steady heart rate of 80, these pressures."""
    return taken(*((m, 80, sbp, dbp) for m, (sbp, dbp) in zip(minutes, pairs, strict=True)), **details)


def judge(stand: Stand, age: int = 30) -> Verdict:
    return classify(stand, age, PROTOCOL)


def beats(sbp: float, dbp: float, at: float, back: float) -> BeatToBeat:
    return BeatToBeat(
        nadir_sbp=Decimal(str(sbp)),
        nadir_dbp=Decimal(str(dbp)),
        nadir_s=Decimal(str(at)),
        recovered_s=Decimal(str(back)),
    )
