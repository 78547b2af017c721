"""Vital signs measured between the tests, as lines of the report and the letter: what was read, never what it means."""

from __future__ import annotations

from protocols.grading import plain_number
from protocols.model import Library
from protocols.vitals import Vitals, signs


def vitals_told(vitals: Vitals, library: Library) -> tuple[str, ...]:
    """ "Measured between the tests: heart rate 176 bpm, oxygen 97 %.", and what of it stops the tests, as read."""
    known = library.red_flags.vitals
    read = [f"{one.name.lower()} {plain_number(vitals[one.id])} {one.unit}" for one in known if one.id in vitals]
    if not read:
        return ()
    stops = ", ".join(one.words[0].lower() + one.words[1:] for one in signs(vitals, library.red_flags) if one.stop)
    told = f"Measured between the tests: {', '.join(read)}."
    return (told, f"At a limit where physical tests are stopped: {stops}.") if stops else (told,)
