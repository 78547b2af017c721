"""Vital signs measured between the tests, as lines of the report and the letter: what was read, never what it means."""

from __future__ import annotations

from protocols.grades.words import plain_number
from protocols.model import Library
from protocols.vitals import Vitals, stop_words
from reports.wording import sentence


def vitals_told(vitals: Vitals, library: Library) -> tuple[str, ...]:
    """ "Measured between the tests: heart rate 176 bpm, oxygen 97 %.", and whether that stops the tests."""
    known = library.red_flags.vitals
    read = [f"{one.name.lower()} {plain_number(vitals[one.id])} {one.unit}" for one in known if one.id in vitals]
    if not read:
        return ()
    stops = stop_words(vitals, library.red_flags)
    return (f"Measured between the tests: {', '.join(read)}.", *((sentence(stops),) if stops else ()))
