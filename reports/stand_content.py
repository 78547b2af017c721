"""The stand test in words and rows, for the report and the letter."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Final

import msgspec

from protocols.case import Reading, Stand, Supine
from protocols.devices import READ_WITH_CUFF
from protocols.grading import plain_number
from protocols.model import Library
from protocols.standing import Verdict, pattern_of, stage_words
from reports.blocks import Chart, Table
from reports.chart import stand_curve
from reports.content import Subject
from reports.wording import clean, sentence

CARE = "A screening finding, not a diagnosis."
MISSING = "–"
SCREEN = "3-minute pressure screen, not a stand test"
NAME_SHARE = 2.6
"""The width of the column of names beside that of a reading."""
PROTOCOLS = {"lean": "Lean test against the wall", "active_stand": "Active stand"}


class StandTold(msgspec.Struct, frozen=True, kw_only=True):
    """A stand test, ready to print."""

    name: str
    say: str
    """What was found, then what the clinician is to do about it."""
    found: str
    """What was found alone, for a reader who is asked something else."""
    refer: str
    facts: tuple[str, ...]
    """Protocol, end, rise, stage, cuff, medicines, other causes."""
    readings: Table | None
    """Every reading as a column; None without one."""
    curve: Chart | None


def stand_told(subject: Subject, library: Library) -> StandTold | None:
    """The stand test of the visit; None where none was taken."""
    stand, verdict = subject.case.standing, subject.assessment.verdict
    if stand is None or verdict is None:
        return None
    known = pattern_of(verdict, library.stand)
    return StandTold(
        name=f"{SCREEN}. {known.name}" if stand.screen else known.name,
        say=known.say,
        found=_found(known.say),
        refer=known.refer,
        facts=_facts(stand, verdict, library, subject.read_with.get(READ_WITH_CUFF, ())),
        readings=_table(stand),
        curve=stand_curve(stand, subject.age, library.stand),
    )


def _found(say: str) -> str:
    """Up to the words of care, which end what was found (`say` in stand_test.toml); all of it without them."""
    found, care, _ = say.partition(CARE)
    return f"{found}{care}"


def _facts(stand: Stand, verdict: Verdict, library: Library, cuffs: tuple[str, ...]) -> tuple[str, ...]:
    ended = (
        f"stopped at {plain_number(stand.stopped_min)} min" if stand.stopped_min is not None else "not stopped early"
    )
    rise = (
        f"largest heart-rate rise {plain_number(verdict.delta_hr_max)} bpm" if verdict.delta_hr_max is not None else ""
    )
    ratio = f"rise per fall {verdict.noh_ratio} bpm/mmHg" if verdict.noh_ratio is not None else ""
    oxygen = f"oxygen standing {plain_number(stand.spo2)} %" if stand.spo2 is not None else ""
    first = ", ".join(
        part
        for part in (
            SCREEN if stand.screen else PROTOCOLS[stand.protocol],
            ended,
            rise,
            ratio,
            oxygen,
            stage_words(verdict.stage).replace("stage", "standing stage"),
            f"read with {' and '.join(clean(cuff) for cuff in cuffs)}" if cuffs else "",
        )
        if part
    )
    lists = (
        ("Seen", [library.stand.tags.get(tag, tag) for tag in verdict.tags]),
        ("Medicines that hold the rate down", _named(stand.medications, library.stand.medications)),
        ("Other causes noted", _named(stand.confounders, library.stand.confounders)),
        ("Events", _events(stand)),
    )
    return (sentence(first), *(sentence(f"{title}: {'; '.join(items)}") for title, items in lists if items))


def _named(ids: tuple[str, ...], names: dict[str, str]) -> list[str]:
    return [names.get(one, one) for one in ids]


def _events(stand: Stand) -> list[str]:
    told = (
        (stand.presyncope, "nearly fainted"),
        (stand.syncope, "fainted"),
        (stand.chest_pain, "chest pain"),
        (stand.neuro_sign, "a new neurological sign"),
    )
    return [words for happened, words in told if happened]


def _table(stand: Stand) -> Table | None:
    """The readings from left to right; read aloud and in plain text each has its name: "lying 1", "2 min"."""
    standing = sorted(stand.standing, key=lambda row: row.minute)
    readings: list[Reading | Supine] = [*stand.supine, *standing]
    if not readings:
        return None
    head = ("Minute", *("lying" for _ in stand.supine), *(_minute(row, "") for row in standing))
    spoken = ("", *(f"lying {at}" for at, _ in enumerate(stand.supine, 1)), *(_minute(row, " min") for row in standing))
    rows = tuple((title, *(of(row) for row in readings)) for title, of in MEASURED)
    return Table(head, rows, (NAME_SHARE, *(1.0 for _ in readings)), (spoken,) * len(rows))


def _minute(row: Reading, unit: str) -> str:
    return f"{row.minute}{unit}, clock gap" if row.gap else f"{row.minute}{unit}"


def _symptoms(row: Reading | Supine) -> str:
    felt = row.symptoms if isinstance(row, Reading) else None
    return MISSING if felt is None else str(felt)


def _number(value: Decimal | None) -> str:
    return MISSING if value is None else plain_number(value)


MEASURED: Final[tuple[tuple[str, Callable[[Reading | Supine], str]], ...]] = (
    ("Heart rate", lambda row: _number(row.hr)),
    ("Systolic", lambda row: _number(row.sbp)),
    ("Diastolic", lambda row: _number(row.dbp)),
    ("Symptoms 0-10", _symptoms),
)
"""The rows of the table of readings, and what stands in them."""
