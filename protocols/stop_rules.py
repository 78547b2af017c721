"""When a test is to be stopped: what the pain and the dizziness just typed say by themselves.

Clinic rule (musculoskeletal G5). It is said, and never blocks: the therapist stops the test, and why is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from protocols.case import Entry, Taken
from protocols.grades.words import plain_number
from protocols.model import Side, Test, Threshold

PAIN, DIZZINESS = "NPRS", "NRS"
"""The units of tests whose value is itself a pain, or a dizziness, of 0-10."""
Limits = Mapping[str, Threshold]
"""`RedFlags.stops`; a limit that is not there says nothing."""


def why_stop(test: Test, entry: Entry, side: Side, resting: Decimal | None, limits: Limits) -> str:
    """Why this side is to be stopped, as "Pain 8" or "Dizziness 4, 2 more than before"; "" where nothing says so.

    `resting` is the pain at rest on record, 0-10. Nothing is said of a questionnaire, nor of a side that was stopped or
    left out.
    """
    taken = entry.get(side, Taken())
    if test.kind == "score" or taken.stopped is not None or taken.absent is not None:
        return ""
    value = taken.value if isinstance(taken.value, Decimal) else None
    if test.measure.unit == DIZZINESS:
        before = entry["pre"].value if side == "post" and "pre" in entry else None
        return _said("Dizziness", "than before", value, before, limits, "dizziness")
    pains = [pain for pain in (taken.pain, value if test.measure.unit == PAIN else None) if pain is not None]
    return _said("Pain", "than at rest", max(pains, default=None), resting, limits, "pain")


def _said(name: str, than: str, now: Decimal | None, before: Decimal | str | None, limits: Limits, key: str) -> str:
    most, rise = limits.get(key), limits.get(f"{key}_rise")
    if now is None:
        return ""
    if most is not None and now >= most.value:
        return f"{name} {plain_number(now)}"
    if rise is not None and isinstance(before, Decimal) and now - before >= rise.value:
        return f"{name} {plain_number(now)}, {plain_number(now - before)} more {than}"
    return ""
