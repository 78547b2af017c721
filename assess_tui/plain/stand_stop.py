"""After STOP: what to do, then why the stand test was stopped, when there is time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from assess_tui.clock import minutes_seconds
from assess_tui.plain.talk import row_of

if TYPE_CHECKING:
    from assess_tui.entry.stand.flow import StandEntry
    from assess_tui.plain.room import Room

SAID_S: Final = 30
"""Seconds between two times said after STOP."""


def stopped(room: Room, entry: StandEntry, given: list[str]) -> None:
    """Say what to do; take the reason from `given`, else ask for it until there is one or no time."""
    run, rows = entry.live.run, room.library.stand.faint_card
    stood = f" at {minutes_seconds(run.stood(0))}" if run.standing_from is not None else ""
    room.talk.say(f"STOPPED{stood}.", *(f"{number}. {row}" for number, row in enumerate(rows, 1)))
    if not (given and _reason(room, entry, given[0])):
        _ask_why(room, entry)


def _ask_why(room: Room, entry: StandEntry) -> None:
    """The reason by number, or none yet; the time since STOP is said meanwhile."""
    reasons, since, said = room.library.stand.stop_reasons, room.clock.seconds(), 0

    def every() -> Iterator[str]:
        nonlocal said
        halves = int(room.clock.seconds() - since) // SAID_S
        if halves > said:
            said = halves
            yield f"{minutes_seconds(halves * SAID_S)} since STOP."

    named = " ".join(f"{number}: {reason}." for number, reason in enumerate(reasons, 1))
    asks = f"Why? 1 to {len(reasons)}, ? reads them, Enter when there is no time."
    while (typed := room.talk.ask(asks, every, explains=named)) and not _reason(room, entry, typed):
        pass


def _reason(room: Room, entry: StandEntry, typed: str) -> bool:
    """Put why on record; False, and one sentence, where it is no reason."""
    reasons = room.library.stand.stop_reasons
    reason = row_of(typed, reasons)
    if reason is None:
        room.talk.say(f"Reasons go from 1 to {len(reasons)}.")
        return False
    sign = entry.reason(int(typed) - 1)
    room.talk.say(f"Stopped because: {reason}.")
    if sign == "presyncope" and room.talk.yes("Did they lose consciousness?"):
        entry.lost_consciousness()
        room.talk.say("Loss of consciousness is on record. Emergency number if not awake in 1 minute.")
    elif sign and sign != "presyncope":
        room.talk.say("Emergency number now.")
    return True
