"""The stand test as taken, from its cells."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, cast

from protocols.case import BeatToBeat, Reading, Stand, Supine
from protocols.visits.cells import Cells, Value, numbered

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
    standing = numbered(fields, "minute")
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
        supine=tuple(_supine(row.value) for _, row in numbered(fields, "supine")),
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
