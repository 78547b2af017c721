"""A row in its two forms: as the record keeps it, and as a file tells it."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec

from assess_tui.storage.row_values import text_of
from assess_tui.storage.rows import LibraryRow, Row
from assess_tui.storage.store import from_json, to_json


def _raw(text: str) -> msgspec.Raw:
    return msgspec.Raw(text.encode())


_TOLD: Final[dict[tuple[str, str], Callable[[Any], object]]] = {
    ("library", "body"): lambda body: msgspec.Raw(zlib.decompress(body)),
    ("device", "in_use"): bool,
    ("patient_union", "one"): bool,
    ("erasure", "held"): _raw,
    ("template", "body"): _raw,
    ("measurement", "value"): _raw,
    ("plan", "body"): _raw,
    ("document", "options"): _raw,
}


def told(table: str, kept: Mapping[str, object]) -> dict[str, object]:
    """A row of the record as it stands in a file; what is empty is left out."""
    held = ((name, value) for name, value in kept.items() if value is not None and value != "")
    return {name: _TOLD[table, name](value) if (table, name) in _TOLD else value for name, value in held}


def kept(row: Row) -> dict[str, Any]:
    """A row of a file as the record keeps it, by column."""
    return {name: _kept(row, getattr(row, name)) for name in row.__struct_fields__}


def _kept(row: Row, held: object) -> object:
    if isinstance(held, msgspec.Raw):
        text = text_of(held)
        return zlib.compress(text.encode()) if isinstance(row, LibraryRow) and text is not None else text
    if isinstance(held, dict):
        return to_json(held)
    return int(held) if isinstance(held, bool) else held


def same(one: object, other: object) -> bool:
    """Whether two columns hold the same: JSON may spell a letter in more than one way, and a number in one."""
    if one == other or not (isinstance(one, str) and isinstance(other, str)):
        return one == other
    try:
        return to_json(from_json(one)) == to_json(from_json(other)) if one[:1] in '[{"' else False
    except (msgspec.DecodeError, RecursionError, ArithmeticError):
        return False
