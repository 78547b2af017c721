"""Small readers that check a JSON value and keep its path, so that every refusal says where and what was expected."""

from __future__ import annotations

import datetime as dt
import json
import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from decimal import Decimal
from typing import Any, Final, TypeVar

_T = TypeVar("_T")
Read = Callable[[Any, str], _T]
"""Takes a JSON value and its path; gives the value the instrument works with, or raises `FieldError`."""

SHOWN: Final = 40
FINEST: Final = -100
"""The least power of ten a number may be written with: more decimals than that are no measurement."""
DAY: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


class FieldError(Exception):
    """A JSON value that cannot be taken: path, and what was expected."""

    def __init__(self, path: str, what: str) -> None:
        super().__init__(f"{path}: {what}" if path else what)


def shown(value: Any) -> str:
    """A JSON value in a few characters, for "got ..."."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, float):  # NaN or an infinity: every other number is a decimal
        return json.dumps(value)
    return f'"{tidy(value)}"' if isinstance(value, str) else tidy(str(value))


def tidy(words: str) -> str:
    """What a stranger wrote, short and without control characters: it ends up in a terminal."""
    short = words if len(words) <= SHOWN else f"{words[:SHOWN]}..."
    return short if short.isprintable() else short.encode("unicode_escape").decode("ascii")


def under(path: str, key: str) -> str:
    """The path of a member."""
    return f"{path}.{tidy(key)}" if path else tidy(key)


def expected(path: str, what: str, value: Any) -> FieldError:
    return FieldError(path, f"expected {what}, got {shown(value)}")


def text(value: Any, path: str) -> str:
    if not isinstance(value, str):
        raise expected(path, "a text", value)
    return value


def label(value: Any, path: str) -> str:
    """A text on one line: what is printed in a heading, searched, compared."""
    line = " ".join(text(value, path).split())
    if any(unicodedata.category(character) == "Cc" for character in line):
        raise FieldError(path, "expected a text without control characters")
    return line


def name(value: Any, path: str) -> str:
    """A label that is not empty."""
    line = label(value, path)
    if not line:
        raise FieldError(path, "expected a name, got nothing")
    return line


def anything(value: Any, path: str) -> Any:
    """A value that only comes back as it was."""
    if isinstance(value, float):
        raise expected(path, "a value", value)
    return value


def flag(value: Any, path: str) -> bool:
    if not isinstance(value, bool):
        raise expected(path, "true or false", value)
    return value


def number(value: Any, path: str) -> Decimal:
    """Any number: JSON numbers are read as decimals before."""
    if not isinstance(value, Decimal):
        raise expected(path, "a number", value)
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent < FINEST:
        raise FieldError(path, f"expected a number with at most {-FINEST} decimals")
    return value


def between(low: int, high: int) -> Read[Decimal]:
    """A number within limits, both ends included."""

    def read(value: Any, path: str) -> Decimal:
        found = number(value, path)
        if not low <= found <= high:
            raise expected(path, f"a number from {low} to {high}", value)
        return found

    return read


def whole(low: int, high: int) -> Read[int]:
    """A whole number within limits, both ends included."""

    def read(value: Any, path: str) -> int:
        found = value if isinstance(value, Decimal) and low <= value <= high else None
        if found is None or found != int(found):
            raise expected(path, f"a whole number from {low} to {high}", value)
        return int(found)

    return read


def day(value: Any, path: str) -> dt.date:
    """A calendar day as YYYY-MM-DD."""
    if isinstance(value, str) and DAY.fullmatch(value):
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            pass
    raise expected(path, "a day as YYYY-MM-DD", value)


def one_of(known: Collection[str], what: str) -> Read[str]:
    """One of the ids of a table; `what` names the table: "red flag"."""

    def read(value: Any, path: str) -> str:
        found = text(value, path)
        if found not in known:
            raise FieldError(path, f"unknown {what} {shown(found)}")
        return found

    return read


def choice(*names: str) -> Read[Any]:
    """One of a few fixed words, all of them named in the refusal."""

    def read(value: Any, path: str) -> str:
        if not isinstance(value, str) or value not in names:
            raise expected(path, " or ".join(f'"{name}"' for name in names), value)
        return value

    return read


def many(each: Read[_T]) -> Read[tuple[_T, ...]]:
    """A list."""

    def read(value: Any, path: str) -> tuple[_T, ...]:
        if not isinstance(value, list):
            raise expected(path, "a list", value)
        return tuple(each(item, f"{path}[{place}]") for place, item in enumerate(value))

    return read


def distinct(each: Read[_T]) -> Read[tuple[_T, ...]]:
    """A list read as a set: an id sent twice counts once, in the order sent."""
    every = many(each)

    def read(value: Any, path: str) -> tuple[_T, ...]:
        return tuple(dict.fromkeys(every(value, path)))

    return read


def maybe(each: Read[_T]) -> Read[_T | None]:
    """Null where nothing was measured."""

    def read(value: Any, path: str) -> _T | None:
        return None if value is None else each(value, path)

    return read


def table(keys: Read[str], values: Read[_T]) -> Read[dict[str, _T]]:
    """An object whose keys are ids."""

    def read(value: Any, path: str) -> dict[str, _T]:
        if not isinstance(value, dict):
            raise expected(path, "an object", value)
        return {keys(key, under(path, key)): values(item, under(path, key)) for key, item in value.items()}

    return read


def row(names: str, *cells: Read[Any]) -> Read[tuple[Any, ...]]:
    """A list of fixed length, like [minute, HR, SBP, DBP]."""
    headings = names.split(", ")

    def read(value: Any, path: str) -> tuple[Any, ...]:
        if not isinstance(value, list) or len(value) != len(cells):
            got = f"{len(value)} values" if isinstance(value, list) else shown(value)
            raise FieldError(path, f"expected [{names}], got {got}")
        places = zip(headings, cells, value, strict=True)
        return tuple(cell(item, f"{path}.{heading}") for heading, cell, item in places)

    return read


def fields(value: Any, path: str, known: Mapping[str, Read[Any]], needed: Collection[str] = ()) -> dict[str, Any]:
    """The read members of an object. Null stands for left out; an unknown key is refused by its path."""
    if not isinstance(value, dict):
        raise expected(path, "an object", value)
    read: dict[str, Any] = {}
    for key, item in value.items():
        place = under(path, key)
        if key not in known:
            raise FieldError(place, f"unknown key; known here: {', '.join(known)}")
        if item is not None:
            read[key] = known[key](item, place)
    missing = next((key for key in needed if key not in read), None)
    if missing is not None:
        raise FieldError(under(path, missing), "expected a value, got nothing")
    return read
