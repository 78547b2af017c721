"""The tests as taken, from their cells: values, trials, answers to items, and the ratings beside the tests."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import cast

from protocols.case import Answered, Entry, Stop, Taken
from protocols.model import Side
from protocols.visits.cells import ITEM, SECOND, UPRIGHT, VITALS, Cells, Held, Value, numbered


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
    trials = numbered(fields, "trial")
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


def vitals(cells: Cells) -> dict[str, Decimal]:
    """The vital signs between the tests, by sign."""
    held = {cell.field: row.value for cell, row in cells.items() if cell.test == VITALS}
    return {sign: value for sign, value in held.items() if isinstance(value, Decimal)}
