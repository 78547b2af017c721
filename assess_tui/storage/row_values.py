"""What a value of a row may be: text of one kind by its field's name, and JSON with numbers that can be measured."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

import msgspec

from assess_tui.storage.store import from_json
from protocols.interchange import shown

ID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_MOMENT: Final = re.compile(
    r"(19|2\d)\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?[+-]([01]\d|2[0-3]):\d\d(:\d\d)?", re.ASCII
)
_DAY: Final = re.compile(r"(1[89]|2\d)\d\d-\d\d-\d\d", re.ASCII)
_LARGEST: Final = 100
"""Digits a number may have, and places before or behind its point: what is beyond was never measured."""
_DEEPEST: Final = 20
"""Lists within lists; the record's own are three deep."""
LONGEST: Final = 20_000
"""Letters of one text."""


def _an_id(text: str) -> str:
    return "" if ID.fullmatch(text) else "an id"


def _a_moment(text: str) -> str:
    return "" if _MOMENT.fullmatch(text) and _is(dt.datetime.fromisoformat, text) else "a moment with its zone"


def _a_day(text: str) -> str:
    return "" if _DAY.fullmatch(text) and _is(dt.date.fromisoformat, text) else "a day, as in 2026-11-01"


def _is(read: Callable[[str], object], text: str) -> bool:
    try:
        read(text)
    except ValueError:
        return False
    return True


def _a_word(text: str) -> str:
    return "" if text else "a word"


_EXPECTED: Final[dict[str, Callable[[str], str]]] = {
    **dict.fromkeys(
        ("id", "patient", "visit", "device", "template", "document", "supersedes", "kept", "other"), _an_id
    ),
    **dict.fromkeys(("at", "started"), _a_moment),
    **dict.fromkeys(("birth_date", "checked"), _a_day),
    **dict.fromkeys(("digest", "library", "code", "name", "test", "field", "kind"), _a_word),
}
"""What a field of this name holds, in whichever row: says what was expected, or nothing."""


def refused(name: str, held: str) -> str:
    """What is wrong with the text of this field, or nothing."""
    if len(held) > LONGEST:
        return f"expected at most {LONGEST} letters, got {len(held)}"
    expected = _EXPECTED[name](held) if name in _EXPECTED else ""
    return f"expected {expected}, got {shown(held)}" if expected else ""


# -- JSON within a row -------------------------------------------------------------------------------------------------


def text_of(raw: msgspec.Raw) -> str | None:
    """JSON without the space between its parts, numbers as they stand; None where there is nothing."""
    written = msgspec.json.format(bytes(raw), indent=-1).decode() if bytes(raw) else "null"
    return None if written == "null" else written


def an_object(name: str, raw: msgspec.Raw) -> None:
    """Look through JSON that is an object. Raises ValueError."""
    if not isinstance(checked(name, raw), dict):
        raise ValueError(f"{name}: expected an object")


def parsed(name: str, raw: msgspec.Raw) -> Any:
    """JSON as it is, however deep. Raises ValueError, and DecodeError where it is none."""
    try:
        return from_json(bytes(raw))
    except ArithmeticError:
        raise ValueError(f"{name}: expected a number that can be measured") from None


def checked(name: str, raw: msgspec.Raw) -> Any:
    """JSON no deeper, and with no larger numbers, than a record holds. Raises as `parsed` does."""
    held = parsed(name, raw)
    _look_through(name, held, _DEEPEST)
    return held


def _look_through(name: str, held: object, depth: int) -> None:
    if not depth:
        raise ValueError(f"{name}: nested too deeply")
    if isinstance(held, dict | list):
        for one in held.values() if isinstance(held, dict) else held:
            _look_through(name, one, depth - 1)
    elif isinstance(held, int | Decimal) and not _measurable(Decimal(held)):
        raise ValueError(f"{name}: expected a number that can be measured, got {shown(held)}")


def _measurable(number: Decimal) -> bool:
    _, digits, exponent = number.as_tuple()
    return isinstance(exponent, int) and len(digits) <= _LARGEST and abs(exponent) <= _LARGEST
