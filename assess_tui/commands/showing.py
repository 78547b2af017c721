"""One test or exercise card as plain text."""

from __future__ import annotations

from collections.abc import Iterator

from protocols.grades.words import reference_words, with_unit
from protocols.model import Dose, Exercise, Sex, Test

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


def exercise_lines(card: Exercise, origin: str) -> Iterator[str]:
    """Targets, dose, cues, stop line, blocks, rungs and evidence, and where the card comes from."""
    yield f"{card.id} · {card.name}"
    yield from _named("From", origin)
    yield from _named("For", ", ".join(card.targets))
    yield from _named("Phase", card.phase)
    yield from _named("Position", f"{card.position}, upright level {card.upright}")
    yield from _named("Equipment", card.equipment)
    yield from _named("Dose", _dose(card.dose))
    yield from _named("How often", card.frequency)
    yield from _named("Tempo", card.tempo)
    cues = (cue.format(hold=card.hold_s or card.dose.sec_per_rep, reps=card.dose.reps) for cue in card.cues)
    yield from (f"  {number} {cue}" for number, cue in enumerate(cues, 1))
    yield from _named("Stop if", card.stop_if)
    yield from _named("Blocks", ", ".join(f"{b.code} ({b.limit})" if b.limit else b.code for b in card.blocks))
    yield from _named("Easier", card.easier)
    yield from _named("Harder", card.harder)
    yield from _named("Evidence", *card.evidence)


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


def _dose(dose: Dose) -> str:
    sides = ", each side" if dose.sides == 2 else ""
    rest = f", {dose.rest_s} s rest" if dose.rest_s else ""
    return f"{dose.sets} x {dose.reps}, {dose.sec_per_rep} s each{rest}{sides}"
