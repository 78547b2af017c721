"""What is stored of a visit, one small value at a time, and how those values make up a `Case`.

A test's cells carry its id, the side and what was taken there. Everything else asked or agreed in a visit is a cell of
one of the `@` groups: `@consent`, `@flags`, `@concern`, `@intake`, `@devices`, `@second`, `@stand`, `@upright`,
`@vitals`, `@plan`, `@teach_back`, `@follow`, `@previous`, `@finish`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple, Protocol, cast

import msgspec

from protocols.case import (
    Absent,
    Answered,
    BeatToBeat,
    Clearance,
    ConcernSet,
    Entry,
    Previous,
    Reading,
    Stand,
    Stop,
    Supine,
    Taken,
)
from protocols.model import Side

Value = Decimal | str | bool | list[Any] | dict[str, Any] | None
"""What a cell holds. Numbers are `Decimal`, as typed, inside lists and dicts too."""


class Cell(NamedTuple):
    """Where a value belongs: the test or `@` group, the side, and the field."""

    test: str
    side: str = "value"
    field: str = "value"


class Measurement(msgspec.Struct, frozen=True, kw_only=True):
    """One stored row. A later row that `supersedes` it takes its place; no value and no reason withdraws the cell."""

    id: str
    visit: str
    test: str
    side: str
    field: str
    value: Value = None
    unit: str = ""
    absent: Absent | None = None
    note: str = ""
    at: dt.datetime
    clinician: str
    supersedes: str | None = None
    why: str = ""
    device: str | None = None
    """What it was read with, by its id in the clinic's register; None where nothing was, or nobody said."""

    @property
    def cell(self) -> Cell:
        return Cell(self.test, self.side, self.field)

    @property
    def withdrawn(self) -> bool:
        return self.value is None and self.absent is None


class Told(NamedTuple):
    """One cell with what is said about it, before it is stored."""

    cell: Cell
    value: Value = None
    absent: Absent | None = None
    note: str = ""


class Held(Protocol):
    """What stands in a cell."""

    @property
    def value(self) -> Value: ...
    @property
    def absent(self) -> Absent | None: ...
    @property
    def note(self) -> str: ...


Cells = Mapping[Cell, Held]
UPRIGHT = "@upright"
VITALS = "@vitals"
"""Vital signs between the tests; the field is the sign."""
CONCERN = Cell("@concern", "value", "set")
"""The level of concern as the clinician set it."""
ITEM = "item."
"""What the field of an answer to one item of a questionnaire begins with."""
SECOND = "second"
"""The field of what a second rater read, blind to the first: the value, or the list of its trials. Never graded."""
RATER = Cell("@second", "value", "rater")
"""Who the second rater of a visit is."""


def plain(value: object) -> Value:
    """The value as it is read back from the record: whole numbers are Decimal, tuples are lists.

    Raises TypeError for anything the record cannot hold exactly: a float, or a number that is not finite.
    """
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, int):
        return Decimal(value)
    if isinstance(value, Decimal) and value.is_finite():
        return value
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    raise TypeError(f"the record holds no {type(value).__name__}: {value!r}")


def holds(cells: Cells, group: str, field: str, default: Any = None) -> Any:
    """What a field of an `@` group holds, or the default."""
    row = cells.get(Cell(group, "value", field))
    return default if row is None or row.value is None else row.value


# -- tests -----------------------------------------------------------------------------------------------------------


def entries(cells: Cells) -> dict[str, Entry]:
    """Every test of the visit as taken, in the order of its first cell."""
    return _entries({cell: row for cell, row in cells.items() if not cell.test.startswith("@")})


def upright(cells: Cells) -> Entry:
    """The ratings before and after standing; empty where none was given."""
    return _entries({cell: row for cell, row in cells.items() if cell.test == UPRIGHT}).get(UPRIGHT, {})


def _entries(cells: Cells) -> dict[str, Entry]:
    sides: dict[tuple[str, str], dict[str, Held]] = {}
    for cell, row in cells.items():
        if cell.field != SECOND:
            sides.setdefault((cell.test, cell.side), {})[cell.field] = row
    tests: dict[str, Entry] = {}
    for (test, side), fields in sides.items():
        tests.setdefault(test, {})[cast(Side, side)] = _taken(fields)
    return tests


def _taken(fields: Mapping[str, Held]) -> Taken:
    main = fields.get("value")
    trials = _numbered(fields, "trial")
    pain = fields.get("pain")
    stopped = fields.get("stopped")
    return Taken(
        value=cast("Decimal | str | None", main.value) if main else None,
        trials=tuple(cast(Decimal, row.value) for _, row in trials),
        pain=cast("Decimal | None", pain.value) if pain else None,
        compensated=_true(fields, "compensated"),
        familiar=_true(fields, "familiar"),
        absent=main.absent if main else None,
        stopped=cast("Stop | None", stopped.value) if stopped else None,
        note=next((row.note for row in fields.values() if row.note), ""),
        items={field.removeprefix(ITEM): answer(row.value) for field, row in fields.items() if field.startswith(ITEM)},
    )


def answer(value: Value) -> Answered:
    """The answer that a cell of an item holds."""
    if isinstance(value, dict):
        return Answered(value=cast("Decimal | None", value.get("rating")), words=cast(str, value["activity"]))
    return Answered(value=cast("Decimal | bool | None", value))


def answer_value(answered: Answered) -> Value:
    """What a cell holds of an answer: yes or no, a number, or an activity with its rating once there is one."""
    if not answered.words:
        return answered.value
    rated = {} if answered.value is None else {"rating": answered.value}
    return {"activity": answered.words, **rated}


def _true(fields: Mapping[str, Held], field: str) -> bool:
    return field in fields and fields[field].value is True


def _numbered(fields: Mapping[str, Held], prefix: str) -> list[tuple[int, Held]]:
    """The rows of `prefix.1`, `prefix.2` ... in that order."""
    rows = ((field.partition("."), row) for field, row in fields.items())
    return sorted(
        ((int(number), row) for (head, _, number), row in rows if head == prefix and number), key=lambda r: r[0]
    )


def vitals(cells: Cells) -> dict[str, Decimal]:
    """The vital signs between the tests, by sign."""
    held = {cell.field: row.value for cell, row in cells.items() if cell.test == VITALS}
    return {sign: value for sign, value in held.items() if isinstance(value, Decimal)}


# -- the stand test --------------------------------------------------------------------------------------------------

STAND_FIELDS = (
    "protocol",
    "screen",
    "upright_symptoms",
    "presyncope",
    "syncope",
    "chest_pain",
    "neuro_sign",
    "symptom_months",
    "pain_start",
    "pain_end",
    "dizzy_first_30s",
)
"""Fields that a cell holds as the case does."""


def stand(cells: Cells) -> Stand | None:
    """The stand test as taken; None until a standing reading or the stop is on record."""
    fields = {cell.field: row for cell, row in cells.items() if cell.test == "@stand"}
    held = {name: row.value for name, row in fields.items()}
    standing = _numbered(fields, "minute")
    if not (standing or "stopped" in held or "told" in held):
        return None
    stopped = cast("dict[str, Any]", held.get("stopped") or {})
    told: dict[str, Any] = {name: held[name] for name in STAND_FIELDS if name in held}
    peak, beats = held.get("peak_symptoms"), held.get("beat_to_beat")
    oxygen = cast("dict[str, Any]", held.get("spo2") or {})
    return Stand(
        **told,
        peak_symptoms=None if peak is None else int(cast(Decimal, peak)),
        medications=tuple(cast("list[str]", held.get("medications") or ())),
        confounders=tuple(cast("list[str]", held.get("confounders") or ())),
        supine=tuple(_supine(row.value) for _, row in _numbered(fields, "supine")),
        standing=tuple(_reading(minute, row.value) for minute, row in standing),
        stopped_min=stopped.get("minute"),
        spo2=oxygen.get("spo2"),
        beat_to_beat=BeatToBeat(**_four(beats)) if beats else None,
    )


def _four(beats: Value) -> dict[str, Decimal]:
    return dict(zip(BeatToBeat.__struct_fields__, cast("list[Decimal]", beats), strict=True))


def _supine(value: Value) -> Supine:
    row = cast("dict[str, Any]", value)
    return Supine(hr=row.get("hr"), sbp=row.get("sbp"), dbp=row.get("dbp"))


def _reading(minute: int, value: Value) -> Reading:
    row = cast("dict[str, Any]", value)
    symptoms, second = row.get("symptoms"), row.get("second")
    return Reading(
        minute=minute,
        hr=row.get("hr"),
        sbp=row.get("sbp"),
        dbp=row.get("dbp"),
        symptoms=None if symptoms is None else int(symptoms),
        second=None if second is None else int(second),
        gap=bool(row.get("gap", False)),
    )


# -- the intake and the last visit -----------------------------------------------------------------------------------


def intake(cells: Cells) -> dict[str, Any]:
    """The intake's part of a `Case`, by its field names."""
    told: dict[str, Any] = {}
    for name in ("precautions", "kit", "taught", "agreed"):
        listed = holds(cells, "@intake", name)
        if listed is not None:
            told[name] = tuple(listed)
    for name in ("main_problem", "pem", "dizziness_cleared"):
        held = holds(cells, "@intake", name)
        if held is not None:
            told[name] = held
    told["minutes"] = int(holds(cells, "@intake", "minutes", 10))
    told["reported"] = {code: int(severity) for code, severity in holds(cells, "@intake", "reported", {}).items()}
    clearance = holds(cells, "@intake", "clearance")
    if clearance:
        told["medical_clearance"] = Clearance(by=clearance["by"], date=dt.date.fromisoformat(clearance["date"]))
    return told


def answered(cells: Cells, answer: str) -> tuple[str, ...]:
    """Red-flag ids answered "yes", "no" or "unknown", in the order answered."""
    return tuple(cell.field for cell, row in cells.items() if cell.test == "@flags" and row.value == answer)


def concern_set(cells: Cells) -> ConcernSet | None:
    """The level of concern the clinician set, or None."""
    held = holds(cells, CONCERN.test, CONCERN.field)
    if held is None:
        return None
    yes, unknown = tuple(held["yes"]), tuple(held["unknown"])
    return ConcernSet(
        to=int(held["to"]), was=int(held["was"]), by=held["by"], why=held["why"], yes=yes, unknown=unknown
    )


def told_previous(cells: Cells) -> Previous | None:
    """Earlier values that came with the visit itself, from a practice that keeps another record."""
    day = holds(cells, "@previous", "date")
    if day is None:
        return None
    rows = holds(cells, "@previous", "cells", [])
    held = {Cell(*where): Told(Cell(*where), value, absent, note) for *where, value, absent, note in rows}
    return Previous(
        date=dt.date.fromisoformat(day),
        same_rater=holds(cells, "@previous", "same_rater"),
        same_device=holds(cells, "@previous", "same_device"),
        other_device=frozenset(holds(cells, "@previous", "other_device", ())),
        same_position=holds(cells, "@previous", "same_position"),
        protocol=holds(cells, "@previous", "protocol"),
        tests=entries(held),
        standing=stand(held),
    )
