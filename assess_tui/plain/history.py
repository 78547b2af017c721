"""What was answered on a page in this visit, the last first, with what it replaced."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from assess_tui.entry.history import Answer, CellHistory, history
from assess_tui.plain.talk import sentence, spoken

if TYPE_CHECKING:
    from assess_tui.plain.room import Room


def tell(room: Room, tests: Collection[str], fields: Collection[str]) -> None:
    """Every answer to these tests or groups, or to these fields of them."""
    found = history(room.session, tests, fields) if tests else []
    if not found:
        room.talk.say("Nothing was answered on this page yet.")
        return
    room.talk.say("Answers of this visit, the last first; each stays on record.")
    for cell in found:
        room.talk.say(*_told(cell))


def _told(cell: CellHistory) -> Iterator[str]:
    yield f"{cell.place[:1].upper()}{cell.place[1:].rstrip('.')}:"
    yield from (_answer(answer) for answer in cell.answers)


def _answer(answer: Answer) -> str:
    state = "counts" if answer.counts else "counts no more"
    parts = (answer.said.replace("/10", " of 10"), state, f"at {answer.at}", f"by {answer.by}", answer.details)
    return sentence(spoken(", ".join(part for part in parts if part)))
