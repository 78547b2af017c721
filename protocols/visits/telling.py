"""A case told in cells, so that it can be stored row by row and read back as the same case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from protocols.case import Case, Entry, Previous, Stand
from protocols.visits.cells import CONCERN, ITEM, UPRIGHT, VITALS, Cell, Told, plain
from protocols.visits.stand import STAND_FIELDS
from protocols.visits.taken import answer_value
from protocols.visits.wanted import PLAN_CARDS, cards_value


def from_case(case: Case) -> Iterable[Told]:
    """Every cell a case needs, so that it reads back as the same case."""
    for answer, flags in (("yes", case.red_flags), ("unknown", case.red_flags_unknown)):
        yield from (Told(Cell("@flags", "value", flag), answer) for flag in flags)
    if case.concern_set is not None:
        yield Told(CONCERN, plain(msgspec.structs.asdict(case.concern_set)))
    yield from (Told(Cell("@intake", "value", field), plain(value)) for field, value in _intake(case))
    yield from _taken(case.tests, case.standing)
    yield from _test(UPRIGHT, case.upright)
    yield from (Told(Cell(VITALS, "value", sign), value) for sign, value in case.vitals.items())
    if case.by_hand is not None:
        yield Told(PLAN_CARDS, cards_value(case.by_hand))
    if case.previous is not None:
        yield from (Told(Cell("@previous", "value", field), plain(value)) for field, value in _previous(case.previous))


_INTAKE_FIELDS = (
    "precautions",
    "reported",
    "main_problem",
    "kit",
    "minutes",
    "pem",
    "dizziness_cleared",
    "taught",
    "agreed",
)
"""Fields that a cell holds as the case does."""


def _intake(case: Case) -> Iterator[tuple[str, object]]:
    defaults = Case(patient=case.patient, date=case.date)
    for name in _INTAKE_FIELDS:
        if getattr(case, name) != getattr(defaults, name):
            yield name, getattr(case, name)
    if case.medical_clearance is not None:
        yield "clearance", {"by": case.medical_clearance.by, "date": case.medical_clearance.date.isoformat()}


def _taken(tests: Mapping[str, Entry], stand: Stand | None) -> Iterator[Told]:
    for test, entry in tests.items():
        yield from _test(test, entry)
    if stand is not None:
        yield from (Told(Cell("@stand", "value", field), plain(value)) for field, value in _stand(stand))


def _test(test: str, entry: Entry) -> Iterator[Told]:
    for side, taken in entry.items():
        told: list[tuple[str, object]] = [(f"trial.{number}", trial) for number, trial in enumerate(taken.trials, 1)]
        told += [("pain", taken.pain)] if taken.pain is not None else []
        told += [("stopped", taken.stopped)] if taken.stopped is not None else []
        told += [(flag, True) for flag in ("compensated", "familiar") if getattr(taken, flag)]
        told += [(f"{ITEM}{key}", answer_value(answered)) for key, answered in taken.items.items()]
        if taken.value is not None or taken.absent is not None:
            yield Told(Cell(test, side), taken.value, taken.absent, taken.note)
        for number, (field, value) in enumerate(told):
            orphan = number == 0 and taken.value is None and taken.absent is None
            yield Told(Cell(test, side, field), plain(value), None, taken.note if orphan else "")


def _stand(taken: Stand) -> Iterator[tuple[str, object]]:
    """Field and value of every cell the stand test needs, lying readings first."""
    for number, lying in enumerate(taken.supine, 1):
        yield f"supine.{number}", _only_given(msgspec.structs.asdict(lying))
    for reading in taken.standing:
        given = _only_given(msgspec.structs.asdict(reading))
        yield f"minute.{reading.minute}", {key: given[key] for key in given if key != "minute"}
    defaults = Stand()
    for name in (*STAND_FIELDS, "peak_symptoms", "medications", "confounders"):
        value = getattr(taken, name)
        if value != getattr(defaults, name) or name == "protocol":
            yield name, value
    if taken.beat_to_beat is not None:
        yield "beat_to_beat", msgspec.structs.astuple(taken.beat_to_beat)
    if taken.spo2 is not None:
        yield "spo2", {"spo2": taken.spo2}
    if taken.stopped_min is not None:
        yield "stopped", {"minute": taken.stopped_min}
    elif not taken.standing:
        yield "told", True


def _only_given(row: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in row.items() if value is not None and value is not False}


def _previous(earlier: Previous) -> Iterator[tuple[str, object]]:
    yield "date", earlier.date.isoformat()
    for field in ("same_rater", "same_device", "same_position"):
        yield field, getattr(earlier, field)
    if earlier.other_device:
        yield "other_device", sorted(earlier.other_device)
    if earlier.protocol is not None:
        yield "protocol", earlier.protocol
    yield (
        "cells",
        [(*told.cell, told.value, told.absent, told.note) for told in _taken(earlier.tests, earlier.standing)],
    )
