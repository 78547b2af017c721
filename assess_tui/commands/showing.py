"""One test or exercise card as plain text."""

from __future__ import annotations

from collections.abc import Iterator

from protocols.cards import Shown
from protocols.grading import reference_words, with_unit
from protocols.model import Sex, Test

PERSONS: tuple[tuple[str, Sex], ...] = (("women", "F"), ("men", "M"))
AGES = (30, 50, 65, 75)


def test_lines(test: Test, origin: str) -> Iterator[str]:
    """Purpose, position, steps, limits, reference, meaning, what stands behind the cut, and where it comes from."""
    measure = test.measure
    yield f"{test.id} · {test.title}"
    yield from _named("From", origin)
    yield test.purpose
    yield from _named("Position", test.position)
    yield from _named("Equipment", ", ".join(test.equipment))
    yield from (f"  {number} {step}" for number, step in enumerate(test.steps, 1))
    yield from _named("Watch", *test.watch)
    yield from _named("Skip or stop", *test.skip)
    if measure.hard is not None:
        low, high = (with_unit(limit, measure.unit) for limit in measure.hard)
        yield from _named("Limits", f"{low} to {high}")
    yield from _named("Categories", ", ".join(measure.categories))
    yield from _named("Reference", *_references(test))
    yield from _named("Cut", f"{test.evidence.cut} ({', '.join(one.replace('_', ' ') for one in test.evidence.basis)})")
    yield from _named("Norms", test.evidence.norm)
    yield from _named("Reliability", test.evidence.reliability)
    yield from _named("Meaning", test.meaning)
    yield from _named("Sources", *test.evidence.sources)


def exercise_lines(told: Shown) -> Iterator[str]:
    """What one card shows, as on the library screen."""
    yield f"{told.id} · {told.name}"
    yield from _named("From", told.origin)
    yield from _named("For", *told.targets)
    yield from _named("Ladders", *told.ladders)
    yield from _named("Phase", told.phase)
    yield from _named("Position", told.position)
    yield from _named("Equipment", told.equipment)
    yield from _named("Dose", f"{told.dose}; {told.minutes}")
    yield from _named("How often", told.often)
    yield from _named("Tempo", told.tempo)
    yield from (f"  {number} {cue}" for number, cue in enumerate(told.cues, 1))
    yield from _named("Stop if", told.stop_if)
    yield from _named("Not with", *told.blocks)
    yield from _named("Limits", *told.limits)
    yield from _named("Easier", told.easier)
    yield from _named("Harder", told.harder)
    yield from _named("Evidence", *told.evidence)


def _named(name: str, *texts: str) -> Iterator[str]:
    told = [text for text in texts if text]
    if len(told) == 1:
        yield f"{name}: {told[0]}"
    elif told:
        yield f"{name}:"
        yield from (f"  - {text}" for text in told)


def _references(test: Test) -> Iterator[str]:
    """The reference of women and men by age; one line where it is the same for all."""
    told = {(who, age): reference_words(test, sex, age) for who, sex in PERSONS for age in AGES}
    if len(set(told.values())) == 1:
        yield next(iter(told.values()))
        return
    for who, _ in PERSONS:
        yield f"{who}: " + "; ".join(f"at {age} {told[who, age]}" for age in AGES)
