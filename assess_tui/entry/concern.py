"""The clinician's own level of concern: raised freely, lowered with a reason and a name. No screen."""

from __future__ import annotations

from typing import Final

import msgspec

from assess_tui.visit.session import VisitSession
from protocols.case import ConcernSet
from protocols.visit import CONCERN, plain

HIGHEST: Final = 3


def higher(session: VisitSession) -> tuple[int, ...]:
    """The levels it can be raised to, nearest first."""
    return tuple(range(session.assessment().concern.level + 1, HIGHEST + 1))


def lower(session: VisitSession) -> tuple[int, ...]:
    """The levels it can be lowered to, nearest first."""
    return tuple(range(session.assessment().concern.level - 1, -1, -1))


def set_level(session: VisitSession, to: int, why: str, by: str) -> str:
    """Set the level; the sentence says why it was refused, and is empty when it is on record."""
    was, case = session.assessment().concern.level, session.case()
    if to not in (*higher(session), *lower(session)):
        return f"The level is {was}: it goes from 0 to {HIGHEST}."
    why, by = why.strip(), by.strip()
    if to < was and not (why and by):
        return "A lower level needs a reason and a name; the level stays."
    own = ConcernSet(to=to, was=was, by=by, why=why, yes=case.red_flags, unknown=case.red_flags_unknown)
    session.put(CONCERN, plain(msgspec.structs.asdict(own)), why=why)
    return ""
