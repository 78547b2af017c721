"""A line of `interpret` or the visit of `import` -> a case; a stream of lines -> a stream of answers."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from protocols.assessment import assess
from protocols.case import Case
from protocols.errors import LineError
from protocols.lines import reading
from protocols.lines.answer import ENCODER, answer
from protocols.lines.case_reader import LONGEST_PLAN, CaseReader, NamedVisit
from protocols.lines.reading import FieldError, shown
from protocols.model import Library

__all__ = [
    "ENCODER",
    "LONGEST_PLAN",
    "LineError",
    "NamedVisit",
    "answer",
    "interpret_lines",
    "read_line",
    "read_visit",
    "shown",
]


def interpret_lines(lines: Iterable[str], library: Library, today: dt.date | None = None) -> Iterator[tuple[str, bool]]:
    """One (JSON text, ok) for every line that is not blank, in order. A line that is refused answers its error."""
    reader = CaseReader(library, today)
    for number, text in enumerate(lines, 1):
        if text.strip():
            yield _answer_line(text, number, reader)


def read_line(text: str, number: int, library: Library, today: dt.date | None = None) -> Case:
    """The case of one line. Raises `LineError`, which names line, path, what stood there and what was expected."""
    document = _document(text, number)
    try:
        return CaseReader(library, today).case(document)
    except FieldError as why:
        raise LineError(f"line {number}: {why}") from None


def read_visit(text: str, library: Library, today: dt.date | None = None) -> NamedVisit:
    """The visit of a whole file: one document with a named patient. Raises `LineError`."""
    document = _document(text, 1)
    try:
        return CaseReader(library, today).visit(document)
    except FieldError as why:
        raise LineError(f"line 1: {why}") from None


def _answer_line(text: str, number: int, reader: CaseReader) -> tuple[str, bool]:
    ref = None
    try:
        document = _document(text, number)
        ref = document.get("ref")
        conclusion = assess(reader.case(document), reader.library)
        return ENCODER.encode(answer(conclusion, ref)).decode(), True
    except LineError as why:
        message = str(why)
    except FieldError as why:
        message = f"line {number}: {why}"
    except Exception as why:  # a fault of ours must not cost the other lines their answers
        message = f"line {number}: the instrument failed on this line ({type(why).__name__}); please report it"
    return ENCODER.encode({"ref": ref, "error": message}).decode(), False


# -- JSON ----------------------------------------------------------------------------------------------------------


def _document(text: str, number: int) -> dict[str, Any]:
    """One JSON object with exact numbers. Raises `LineError`.

    NaN and infinities stay floats, which no reader takes, so that they are refused by their path.
    """
    try:
        text.encode()
        document = json.loads(
            text.removeprefix("\N{BYTE ORDER MARK}"),
            parse_float=Decimal,
            parse_int=Decimal,
            parse_constant=float,
            object_pairs_hook=_members,
        )
        if "\\ud" in text.lower():
            json.dumps(document, ensure_ascii=False, default=str).encode()
    except json.JSONDecodeError as why:
        raise LineError(f"line {number + why.lineno - 1}: no JSON at column {why.colno}: {why.msg}") from None
    except UnicodeEncodeError:
        raise LineError(f"line {number}: a text holds half a character; expected UTF-8") from None
    except RecursionError:
        raise LineError(f"line {number}: nested too deeply; expected the object of one visit") from None
    except FieldError as why:
        raise LineError(f"line {number}: {why}") from None
    if not isinstance(document, dict):
        raise LineError(f"line {number}: expected an object, got {shown(document)}")
    return document


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise FieldError("", f'"{reading.tidy(twice)}" stands twice in one object')
    return found
