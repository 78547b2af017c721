"""`merge` and `unmerge`: two records of one person are read as one, and as two again. Nothing is moved."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from assess_tui.commands.asked import Asked
from assess_tui.commands.context import record
from assess_tui.commands.errors import BadInputError
from assess_tui.commands.people import line_of, meant, reason, recorded, who

if TYPE_CHECKING:
    from assess_tui.storage.record import Record
    from protocols.visit import PatientDetails


def merge(options: Asked) -> int:
    """Say that two records are of one person, after showing both."""
    why = reason(options)
    with record(options) as opened:
        by = who(options, opened)
        kept, other = _two(options, opened)
        if opened.head(kept.id) == opened.head(other.id):
            raise BadInputError(f"{kept.code} and {other.code} are one person already")
        sys.stderr.write(f"kept:  {line_of(kept)}\nalso:  {line_of(other)}\n{_differences(kept, other)}")
        meant(other.code, f"Are these one person? Type {other.code} to say so: ", yes=options.yes)
        opened.say_one(kept.id, other.id, one=True, why=why, who=by)
        visits = len(opened.visits(kept.id))
    sys.stdout.write(f"{kept.code} and {other.code} are one person now, {visits} visits; unmerge parts them again\n")
    return 0


def unmerge(options: Asked) -> int:
    """Say that two records are of two people again."""
    why = reason(options)
    with record(options) as opened:
        by = who(options, opened)
        kept, other = _two(options, opened)
        if opened.head(kept.id) != opened.head(other.id):
            raise BadInputError(f"{kept.code} and {other.code} are two people already")
        _refuse_indirect(kept, other, opened)
        opened.say_one(kept.id, other.id, one=False, why=why, who=by)
    sys.stdout.write(f"{kept.code} and {other.code} are two people again, each with the visits entered on it\n")
    return 0


def _two(options: Asked, opened: Record) -> tuple[PatientDetails, PatientDetails]:
    kept, other = recorded(options.kept, opened, "KEPT"), recorded(options.other, opened, "OTHER")
    if kept.id == other.id:
        raise BadInputError(f"{kept.code} is one record; name two")
    return kept, other


def _differences(kept: PatientDetails, other: PatientDetails) -> str:
    """What the two do not agree on: grades depend on it."""
    told = [
        words
        for words, differs in (
            ("birth date", kept.birth_date != other.birth_date),
            ("sex", kept.sex != other.sex),
            ("name", (kept.family_name, kept.given_name) != (other.family_name, other.given_name)),
        )
        if differs
    ]
    return f"they differ in {' and '.join(told)}: {kept.code} counts from now on, for every visit\n" if told else ""


def _refuse_indirect(kept: PatientDetails, other: PatientDetails, opened: Record) -> None:
    """Two may be one person through a third; then it is for the user to say which of the words was wrong."""
    said = {frozenset((one.kept, one.other)): one.one for one in opened.unions(kept.id)}
    if not said.get(frozenset((kept.id, other.id))):
        codes = " and ".join(opened.as_recorded(one).code for one in opened.records_of(kept.id))
        raise BadInputError(f"{kept.code} and {other.code} are one person through a third record; part two of {codes}")
