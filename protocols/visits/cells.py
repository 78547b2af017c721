"""What is stored of a visit, one small value at a time.

A test's cells carry its id, the side and what was taken there. Everything else asked or agreed in a visit is a cell of
one of the `@` groups: `@consent`, `@flags`, `@concern`, `@intake`, `@devices`, `@second`, `@stand`, `@upright`,
`@vitals`, `@plan`, `@teach_back`, `@follow`, `@previous`, `@finish`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple, Protocol

import msgspec

from protocols.case import Absent

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


def numbered(fields: Mapping[str, Held], prefix: str) -> list[tuple[int, Held]]:
    """The rows of `prefix.1`, `prefix.2` ... in that order."""
    rows = ((field.partition("."), row) for field, row in fields.items())
    return sorted(
        ((int(number), row) for (head, _, number), row in rows if head == prefix and number), key=lambda r: r[0]
    )
