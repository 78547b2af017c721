"""Whether a TOML document has the shape of a struct: every unknown, missing or wrong key, not only the first."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Any, Final, Literal, Union, get_args, get_origin

import msgspec

from protocols.checks.problem import Fault, Faults, meant

WORDS: Final[dict[str, str]] = {
    "array": "a list",
    "list": "a list",
    "dict": "a table",
    "bool": "true or false",
    "decimal": "a number",
    "float": "a number",
    "int": "a whole number",
    "object": "a table",
    "str": "a text",
    "date": "a day",
    "datetime": "a time",
}
TYPES = re.compile(r"`(\w+)`")
WHERE = re.compile(r" - at `\$(.*)`$")


def shape(value: Any, kind: Any, place: str = "") -> Faults:
    """Every fault of a document that should become a `kind`."""
    kind = _without_none(kind)
    inner = get_args(kind)
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        yield from _table(value, kind, place)
    elif get_origin(kind) is Literal:
        yield from _word(value, inner, place)
    elif get_origin(kind) is tuple and isinstance(value, list) and _fits(inner, value):
        for number, item in enumerate(value):
            yield from shape(item, inner[0] if inner[-1] is ... else inner[number], f"{place}[{number}]")
    elif get_origin(kind) is dict and isinstance(value, dict):
        for key, item in value.items():
            yield from shape(key, inner[0], _under(place, key))
            yield from shape(item, inner[1], _under(place, key))
    else:
        yield from _plain(value, kind, place)


def _table(value: Any, kind: type[msgspec.Struct], place: str) -> Faults:
    if not isinstance(value, dict):
        yield Fault(place, "wrong_type", f"expected a table, got {_type(value)}")
        return
    known = _fields(kind)
    for key in value.keys() - known.keys():
        yield Fault(_under(place, key), "unknown_key", f"this key is not known; {meant(key, known)}")
    for name, field in known.items():
        if name in value:
            yield from shape(value[name], field.type, _under(place, name))
        elif field.required:
            yield Fault(_under(place, name), "missing_key", "this key is missing")


@cache
def _fields(kind: type[msgspec.Struct]) -> Mapping[str, msgspec.structs.FieldInfo]:
    return {field.name: field for field in msgspec.structs.fields(kind)}


def _fits(inner: tuple[Any, ...], value: list[Any]) -> bool:
    return inner[-1] is ... or len(inner) == len(value)


def _word(value: Any, known: tuple[Any, ...], place: str) -> Faults:
    if value not in known:
        shown = f'"{value}"' if isinstance(value, str) else _type(value)
        yield Fault(place, "wrong_type", f"expected one of {', '.join(known)}, got {shown}")


def _plain(value: Any, kind: Any, place: str) -> Faults:
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError as why:
        inside = WHERE.search(str(why))
        said = WHERE.sub("", str(why))
        words = TYPES.sub(lambda found: WORDS.get(found[1], found[1]), said)
        yield Fault(f"{place}{inside[1]}" if inside else place, "wrong_type", words[0].lower() + words[1:])
        return
    if isinstance(value, Decimal) and not value.is_finite():
        yield Fault(place, "not_finite", "expected a number, got nan or inf")
    if kind is Decimal and isinstance(value, str):
        yield Fault(place, "wrong_type", "expected a number, got a text")


def _without_none(kind: Any) -> Any:
    if get_origin(kind) not in (Union, UnionType):
        return kind
    some = [one for one in get_args(kind) if one is not NoneType]
    return some[0] if len(some) == 1 else kind


def _under(place: str, key: str) -> str:
    return f"{place}.{key}" if place else str(key)


def _type(value: Any) -> str:
    name = type(value).__name__.lower()
    return WORDS.get(name, name)
