"""Visits as a table for a spreadsheet: one row for each value that stands, with the grade of its side."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, Final

import msgspec

from protocols.devices import is_reading
from protocols.grading import side_word
from protocols.visit import SECOND, Cell, Measurement, Value
from reports.examined import GROUPS, Course, Examined

COLUMNS: Final = (
    "patient code",
    "family name",
    "given name",
    "birth date",
    "visit id",
    "date",
    "clinician",
    "test id",
    "test name",
    "side",
    "field",
    "value",
    "unit",
    "grade",
    "absent",
    "pain",
    "note",
    "device",
)
BYTE_ORDER_MARK: Final = "\ufeff"
"""Without it a spreadsheet takes the letters for another alphabet's."""
FORMULA: Final = tuple("=+-@\t\r\n＝＋－＠")
"""A text that begins so would be run as a formula (OWASP, CSV injection); wide forms are read as narrow ones."""
_json: Final = msgspec.json.Encoder(decimal_format="number")

Field = str | Decimal


def table(courses: Iterable[Course]) -> Iterator[bytes]:
    """The table as a file, piece by piece: UTF-8 with its mark, CRLF, texts in quotes, a point in numbers."""
    yield _lines([COLUMNS], BYTE_ORDER_MARK)
    for course in courses:
        for examined in course.visits:
            yield _lines(rows(examined))


def rows(examined: Examined) -> Iterator[tuple[Field, ...]]:
    """The current cells of a visit, in the order they were first answered."""
    visit = examined.visit
    patient = visit.patient
    about = (patient.code, patient.family_name, patient.given_name, patient.birth_date.isoformat())
    for cell, row in visit.cells.items():
        yield (*about, visit.id, visit.date.isoformat(), row.clinician, *_answer(cell, row, examined))


def _answer(cell: Cell, row: Measurement, examined: Examined) -> tuple[Field, ...]:
    read = is_reading(cell) and cell.field != SECOND
    grade = examined.grade(cell) if read else None
    pain = examined.visit.value(Cell(cell.test, cell.side, "pain"), "") if read else ""
    tool = examined.tools.get(row.device or "")
    return (
        cell.test,
        _name(cell.test, examined),
        cell.side,
        cell.field,
        _value(row.value),
        row.unit,
        side_word(grade.grade, grade.stopped) if grade else "",
        row.absent or "",
        pain,
        row.note,
        tool.name if tool else row.device or "",
    )


def _name(test: str, examined: Examined) -> str:
    known = examined.library.tests.get(test)
    return known.name if known else GROUPS.get(test, "")


def _value(value: Value) -> Field:
    """A number as typed, a text as it is; what is made of several is told as JSON."""
    if value is None:
        return ""
    if isinstance(value, Decimal | str):
        return value
    return _json.encode(value).decode()


def _lines(told: Iterable[tuple[Field, ...]], mark: str = "") -> bytes:
    text = io.StringIO(mark, newline="")
    text.seek(0, io.SEEK_END)
    writer: Any = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerows([_safe(field) for field in row] for row in told)
    return text.getvalue().encode(errors="replace")


def _safe(field: Field) -> Field:
    """A text that a spreadsheet would run gets an apostrophe; a number stays one."""
    runs = isinstance(field, str) and (field.startswith(FORMULA) or field.lstrip().startswith(FORMULA))
    return f"'{field}" if runs else field
