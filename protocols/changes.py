"""What differs between the knowledge a visit was taken with and that in use, and which of its grades would differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

import msgspec

from protocols.grading import SideGrade, TestGrade, grade_case
from protocols.model import Library, Pose
from protocols.visit import Visit, to_case

PARTS: Final = {
    "tests": "test",
    "exercises": "exercise",
    "findings": "finding",
    "lifestyle": "lifestyle card",
    "precautions": "precaution",
    "kit": "kit",
}
"""The parts of a library that are known by id, and what one of them is called."""
WHOLES: Final = {"red_flags": "red flags", "stand": "stand test", "families": "families", "last_resort": "last resort"}
"""The parts that are one thing each."""
Said = dict[tuple[str, str], str]
"""(test, side) -> the class given, or the reason there is none; what else a test concludes stands beside the sides."""


class Changed(NamedTuple):
    """One thing that is not as it was, and the fields that differ: ("measure.bands", "version")."""

    id: str
    fields: tuple[str, ...]


class Difference(NamedTuple):
    """What a part of the knowledge has gained, lost and changed."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[Changed, ...] = ()


class Regraded(NamedTuple):
    """How many grades a visit has, and how many would differ, by test."""

    grades: int
    differing: Counter[str]


def differences(old: Library, new: Library) -> dict[str, Difference]:
    """What differs, by what one thing of a kind is called ("test", "exercise" ...); empty where nothing does."""
    parts = {name: _difference(getattr(old, part), getattr(new, part)) for part, name in PARTS.items()}
    wholes = ({name: getattr(one, whole) for whole, name in WHOLES.items()} for one in (old, new))
    parts["part"] = _difference(*wholes)
    return {name: found for name, found in parts.items() if any(found)}


def regrade(visit: Visit, old: Library, new: Library) -> Regraded:
    """The visit graded by the knowledge it was taken with and by the new one.

    A test the new one no longer holds loses its grades; that counts as a difference too.
    """
    was, would = (_said(grade_case(to_case(visit, one), one)) for one in (old, new))
    differing = Counter(
        test for test, side in was.keys() | would.keys() if was.get((test, side)) != would.get((test, side))
    )
    return Regraded(len(was), differing)


def _difference(old: Mapping[str, Any], new: Mapping[str, Any]) -> Difference:
    both = {one: tuple(_fields(old[one], new[one])) for one in new if one in old}
    return Difference(
        added=tuple(one for one in new if one not in old),
        removed=tuple(one for one in old if one not in new),
        changed=tuple(Changed(one, fields) for one, fields in both.items() if fields),
    )


def _fields(old: Any, new: Any, place: str = "") -> Iterator[str]:
    """The dotted names of the fields that differ; a list, a number or a figure differs as a whole."""
    if old == new:
        return
    if isinstance(old, msgspec.Struct) and type(old) is type(new) and not isinstance(old, Pose):
        for name in old.__struct_fields__:
            yield from _fields(getattr(old, name), getattr(new, name), f"{place}.{name}" if place else name)
    else:
        yield place or "all of it"


def _said(graded: Mapping[str, TestGrade]) -> Said:
    said: Said = {}
    for test, grade in graded.items():
        for side, given in grade.sides.items():
            said[test, side] = given.grade if isinstance(given, SideGrade) else given
        if grade.asymmetry is not None:
            said[test, "between sides"] = "differ" if grade.asymmetry else "alike"
        if grade.band:
            said[test, "level"] = grade.band
    return said
