"""The `tests` of a JSON document -> entries: values, trials, reasons for none, and what was seen on each side."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from protocols.case import Entry, Taken
from protocols.lines import reading
from protocols.lines.reading import FieldError, Read, between, choice, expected, fields, many, number, shown, under
from protocols.model import Measure, Side, Test

SIDES: Final[dict[str, tuple[Side, ...]]] = {
    "LR": ("left", "right"),
    "one": ("value",),
    "pre_post": ("pre", "post"),
}
MARKS: Final[dict[str, Read[Any]]] = {
    "pain": between(0, 10),
    "compensated": reading.flag,
    "familiar": reading.flag,
}
"""What may be said of a side beside its value."""
REASON: Final[dict[str, Read[Any]]] = {
    "absent": choice("not_tested", "pain", "refused", "contraindicated"),
    "note": reading.text,
}
_Place = tuple[Side, str]


def _keys(sides: tuple[Side, ...]) -> dict[str, _Place]:
    """Every key an entry may have: "left", "left_trials", "left_pain" ... A test of one side may leave its name out."""
    marks = () if "pre" in sides else ("trials", *MARKS)
    keys: dict[str, _Place] = {side: (side, "value") for side in sides}
    keys |= {f"{side}_{mark}": (side, mark) for side in sides for mark in marks}
    return keys | ({mark: ("value", mark) for mark in marks} if sides == ("value",) else {})


KEYS: Final[dict[str, dict[str, _Place]]] = {name: _keys(sides) for name, sides in SIDES.items()}


def entry(test: Test, value: Any, path: str) -> Entry:
    """One test as taken. Raises `FieldError` with the path of what cannot be taken."""
    if not isinstance(value, dict):
        raise expected(path, "an object", value)
    known = KEYS[test.measure.sides]
    sides: dict[Side, dict[str, Any]] = {}
    seen: set[_Place] = set()
    for key, item in value.items():
        if key not in known:
            raise FieldError(under(path, key), f"unknown key; known here: {', '.join(known)}")
        side, mark = known[key]
        if known[key] in seen or {(side, "value"), (side, "trials")} <= seen | {known[key]}:
            raise FieldError(under(path, key), f"{side} is given twice; expected a value or trials, once")
        seen.add(known[key])
        sides.setdefault(side, {}).update(_mark(test, mark, item, under(path, key)))
    return _both(test, {side: Taken(**taken) for side, taken in sides.items()})


def _mark(test: Test, mark: str, value: Any, path: str) -> dict[str, Any]:
    if mark == "trials":
        return {"trials": _trials(test.measure, value, path)}
    if mark != "value":
        return {mark: MARKS[mark](value, path)}
    if isinstance(value, dict):
        return fields(value, path, REASON, needed=("absent",))
    return {"value": _value(test.measure, value, path)}


def _value(measure: Measure, value: Any, path: str) -> Decimal | str:
    if measure.direction != "category":
        return number(value, path)
    if not isinstance(value, str):
        raise expected(path, "a category", value)
    if value not in measure.categories:
        raise FieldError(path, f"unknown category {shown(value)}; known here: {', '.join(measure.categories)}")
    return value


def _trials(measure: Measure, value: Any, path: str) -> tuple[Decimal, ...]:
    trials = many(number)(value, path)
    if not trials or measure.direction == "category":
        raise expected(path, "one trial or more" if not trials else "a category", value)
    if len(trials) > 1 and measure.summary == "single":
        raise FieldError(path, f"expected one value: this test has no rule for {len(trials)} trials")
    return trials


def _both(test: Test, entry: Entry) -> Entry:
    """A before-and-after test with one half left out was not tested."""
    if test.measure.sides != "pre_post" or len(entry) != 1:
        return entry
    return {side: entry.get(side, Taken(absent="not_tested")) for side in SIDES["pre_post"]}
