"""What is proposed for each card of the last plan; the therapist decides, then all of it is taken up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from assess_tui.days import short_day
from assess_tui.entry.proposals import ProposalsEntry, Row
from assess_tui.plain.talk import row_of
from assess_tui.visit.said import plan_change
from protocols.grading import plain_number

if TYPE_CHECKING:
    from assess_tui.plain.room import Room

EXPLAINS: Final = (
    "Enter: take all of it up as the plan. x: a new plan of the rules instead.",
    "A number: the next way for this card, as proposed, as it was, left out.",
    "a and words: add a card.",
)


def take(room: Room) -> str:
    """Say every proposal; returns the plan once it is decided."""
    entry = ProposalsEntry(room.session)
    room.about = None
    room.show(lambda: _all(entry), ("@plan",))
    while True:
        words = room.ask("Enter takes it up, a number changes a card, x makes a new plan?", EXPLAINS)
        if not words:
            changed = entry.take_up()
            room.said(changed.say)
            if changed.tone != "refused":
                return "plan"
        elif words == ["x"]:
            entry.afresh()
            room.talk.say("A new plan of the rules. u takes it back.")
            return "plan"
        elif words == ["b"]:
            return "findings"
        else:
            _change(room, entry, words)


def _change(room: Room, entry: ProposalsEntry, words: list[str]) -> None:
    if words[0] == "a":
        from assess_tui.plain.cards import chosen

        if card := chosen(room, " ".join(words[1:]), entry.fitting()):
            room.said(entry.add(card).say)
            room.talk.say(_minutes(entry))
    elif len(words) == 1 and row_of(words[0], entry.rows) is not None:
        entry.row = int(words[0]) - 1
        room.said(entry.other().say)
        room.talk.say(_minutes(entry))
    else:
        room.not_known(words)


def _all(entry: ProposalsEntry) -> Iterator[str]:
    yield f"From the last plan, taken home {short_day(entry.last.date)}: {entry.steps}."
    if not entry.asked:
        yield "Not asked yet how it went: f9."
    for number, row in enumerate(entry.rows, 1):
        yield _row(entry, number, row)
    yield _minutes(entry)
    library = entry.session.library
    missing = [library.findings[code].name for code in entry.unanswered(entry.following) if code in library.findings]
    if missing:
        yield f"No card yet for: {', '.join(missing)}. a adds one."


def _row(entry: ProposalsEntry, number: int, row: Row) -> str:
    was, to = entry.was(row.card), row.choice.to
    change = plan_change(entry.session.library, (was,), (to,)) if was is not None and to is not None else ""
    step = row.proposal.step if row.proposal is not None else "new"
    why = f" {row.proposal.reason}" if row.proposal is not None else ""
    way = "" if row.choice.way in ("as proposed", "added") else f" Now {row.choice.way}."
    return f"{number}. {step}: {change or entry.name(row.card)}.{why}{way}".replace(" -> ", ", now ")


def _minutes(entry: ProposalsEntry) -> str:
    following = entry.following
    warned = f" {following.warnings[0]}" if following.warnings else ""
    return f"The plan then: {plain_number(following.minutes)} of {entry.minutes} minutes.{warned}"
