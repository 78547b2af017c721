"""Where a fault of a card stands among its fields, in the words of the screen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from assess_tui.entry.card_fields import Field, Texts, filled
from protocols.check import Problem

ROW: Final = re.compile(r"(cues|blocks|evidence|pose\.arrows)\[(\d+)\]")
LISTED: Final = re.compile(r"\[\d+\].*")


def field_of(place: str, fields: Sequence[Field], texts: Texts) -> Field | None:
    """The field a place of `check` ("blocks[2].code", "pose.start.hip") belongs to; None for one without a field."""
    wanted = LISTED.sub("", place)
    if found := ROW.match(place):
        rows = filled(texts, found[1])
        number = int(found[2])
        wanted = f"{found[1]}.{rows[number]}" if number < len(rows) else place
    exact = (field for field in fields if field.key == wanted)
    return next(exact, None) or next((field for field in fields if field.key.startswith(f"{wanted}.")), None)


def sentence(problem: Problem, fields: Sequence[Field], texts: Texts) -> str:
    """A problem on one line: "finish hip: 200 lies beyond -30 to 150"."""
    field = field_of(problem.place, fields, texts)
    return f"{_name(problem.place, field)}: {problem.message}" if problem.place else problem.message


def _name(place: str, field: Field | None) -> str:
    parts = place.removeprefix("pose.").split(".")
    if field is None or (len(parts) == 1 and parts[0] in ("start", "finish", "dose")):
        return " ".join(parts)
    return f"{parts[0]} {field.line}" if field.kind == "angle" else field.line
