"""The knowledge as it changes: what differs from that of the stored visits, and the schemas for editors."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from assess_tui.commands.asked import Asked
from assess_tui.commands.context import library, now, record
from protocols.changes import Difference, differences, regrade
from protocols.knowledge import words
from protocols.library import edition_of
from protocols.model import Library
from protocols.origin import OWN

if TYPE_CHECKING:
    from assess_tui.storage.record import Record
    from assess_tui.storage.visits import KeptLibrary

KEPT = "Stored visits keep the grades of their day; nothing on record was changed."


def changes(options: Asked) -> int:
    """What the knowledge in use has changed since each stored visit, and how many stored grades would differ."""
    current = library(options)
    with record(options) as opened:
        for line in _lines(opened, current):
            sys.stdout.write(f"{line}\n")
    return 0


def schema_of_tests(_: Asked) -> int:
    """The JSON Schema of a test file."""
    return _schema("test")


def schema_of_exercises(_: Asked) -> int:
    """The JSON Schema of an exercise file."""
    return _schema("exercise")


def _schema(kind: str) -> int:
    from protocols.schema import schema_path

    sys.stdout.write(schema_path(kind).read_text(encoding="utf-8"))
    return 0


def _lines(record: Record, current: Library) -> Iterator[str]:
    kept = record.libraries()
    same = sum(one.visits for one in kept if one.digest == current.digest)
    yield words(edition_of(current), current.digest, now().date())
    if current.own:
        yield f"With {len(current.own)} of {OWN}: {', '.join(current.own)}."
    yield f"{_visits(same)} on record taken with it."
    earlier = [one for one in kept if one.digest != current.digest]
    for one in earlier:
        yield ""
        yield f"{_visits(one.visits)} taken with knowledge {one.version}, {one.digest}, {one.first} to {one.last}"
        yield from (f"  {line}" for line in _since(one, record, current))
    if earlier:
        yield ""
        yield KEPT


def _since(kept: KeptLibrary, record: Record, current: Library) -> Iterator[str]:
    try:
        old = record.library(kept.digest)
    except msgspec.ValidationError:
        yield "Its definitions are of an older make and cannot be compared."
        return
    found = differences(old, current)
    for kind, difference in found.items():
        yield from _told(kind, difference)
    if not found:
        yield "Nothing that is read differs."
    yield from _grades(kept, record, old, current)


def _told(kind: str, difference: Difference) -> Iterator[str]:
    yield from (f"{kind} added: {one}" for one in difference.added)
    yield from (f"{kind} removed: {one}" for one in difference.removed)
    yield from (f"{kind} changed: {one.id}: {', '.join(one.fields)}" for one in difference.changed)


def _grades(kept: KeptLibrary, record: Record, old: Library, current: Library) -> Iterator[str]:
    grades, concerned, differing = 0, 0, Counter[str]()
    for visit in record.visits_with(kept.digest):
        found = regrade(visit, old, current)
        grades += found.grades
        concerned += bool(found.differing)
        differing += found.differing
    yield f"{differing.total()} of {grades} stored grades would differ, in {concerned} of {_visits(kept.visits)}."
    yield from (f"  {test}: {count}" for test, count in sorted(differing.items(), key=lambda one: (-one[1], one[0])))


def _visits(count: int) -> str:
    return f"{count} visit" if count == 1 else f"{count} visits"
